package rules

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL805", Name: "denied-tool", Severity: source.Error,
	Doc: `
A step calls a tool that the policy does not allow.

A gateway with a ` + "`PolicySnapshot`" + ` refuses the call when it comes to the step, after all that the steps before have done. The
machine itself knows no policies: without a gateway, the tool is called. The rule needs the snapshot, under ` + "`policy`" + ` of the
configuration. A privileged tool that the policy lists without any capability is a warning.

Call a tool that the policy allows, or have the policy changed.
`,
	Bad: `
steps:
  - {id: clean_or_fail, type: tool, tool: delete_all, is_terminal: true}
`,
	Good: `
steps:
  - {id: clean_or_fail, type: tool, tool: archive_old, is_terminal: true}
`,
	Proof: `
tools: {delete_all: done, archive_old: done}
bad: {calls: [[delete_all, {}]]}
good: {calls: [[archive_old, {}]]}
`,
	Declare: func() Declared {
		return Declared{Policy: &Policy{Capabilities: map[string][]string{"archive_old": {"files.archive"}}}}
	},
	More: []Example{
		{Name: "No capability for a privileged tool", Reported: true, Declare: func() Declared {
			return Declared{
				PrivilegedTools: []string{"archive_old"},
				Policy:          &Policy{Capabilities: map[string][]string{"archive_old": nil}},
			}
		}, Program: `
steps:
  - {id: old, type: condition, condition: $age > 30, then: archive, otherwise: keep}
  - {id: archive, type: tool, tool: archive_old, is_terminal: true}
  - {id: keep, type: llm, prompt: Say why $file is kept., is_terminal: true}
`},
		{Name: "There is no policy", Program: `
steps:
  - {id: clean_or_fail, type: tool, tool: delete_all, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if p.Declared.Policy == nil {
			return
		}
		for c := range p.calls {
			may, allowed := p.Declared.Policy.Capabilities[c.name]
			switch {
			case !allowed:
				p.Note(c.Tool.Span, fmt.Sprintf("the policy does not allow %s, so %s is refused when it is reached: call another tool, or change the policy",
					quote(c.name), describe(c.Step)))
			case len(may) == 0 && slices.Contains(p.Declared.PrivilegedTools, c.name):
				p.Report(source.Diagnostic{Severity: source.Warning, Note: source.Note{
					Span:    c.Tool.Span,
					Message: fmt.Sprintf("the policy lists the privileged tool %s without a capability: name what it may do", quote(c.name)),
				}})
			}
		}
	},
})
