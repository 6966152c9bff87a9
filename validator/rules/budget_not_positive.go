package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL508", Name: "budget-not-positive", Severity: source.Error,
	Doc: `
A budget of zero or less ends every run at its first step.

0 is not "no limit". With ` + "`max_steps`" + ` or ` + "`max_tokens`" + ` of 0 or less no step runs and the run ends BUDGET_EXCEEDED. With
` + "`max_stalled_steps`" + ` it ends STALLED behind the first step, whose work is done and missing in the trace.

Remove the field for no limit.
`,
	Bad: `
max_steps: 0
steps:
  - {id: draft, type: llm, prompt: Draft an answer to $mail}
  - {id: send, type: tool, tool: send, args: {text: $draft.output}}
`,
	Good: `
steps:
  - {id: draft, type: llm, prompt: Draft an answer to $mail}
  - {id: send, type: tool, tool: send, args: {text: $draft.output}}
`,
	Proof: `
bad: {path: [], status: budget_exceeded}
good: {path: [draft, send], status: success}
`,
	More: []Example{
		{Name: "The first step has acted", Reported: true, Program: `
max_stalled_steps: -1
steps:
  - {id: pay, type: tool, tool: pay}
  - {id: tell, type: tool, tool: tell}
`},
		{Name: "No limit in so many words", Program: `
max_steps: null
max_tokens: null
max_stalled_steps: null
steps:
  - {id: pay, type: tool, tool: pay}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram || len(p.Program.Steps) == 0 {
			return
		}
		for _, b := range [...]struct {
			field string
			value *syntax.Node
			what  string
		}{
			{"max_steps", p.Program.MaxSteps, "no step ever runs"},
			{"max_stalled_steps", p.Program.MaxStalledSteps, "every run ends STALLED behind its first step, which has acted and is missing in the trace"},
			{"max_tokens", p.Program.MaxTokens, "no step ever runs"},
		} {
			n, ok := program.IntOf(b.value)
			if !ok || n.Sign() > 0 {
				continue
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span:    b.value.Span,
					Message: fmt.Sprintf("%s of %s means that %s: remove it for no limit", b.field, brief(b.value.Text.Value), b.what),
				},
				Fixes: p.fix("remove "+b.field, false, removeFields(p.Program.Root, b.field)),
			})
		}
	},
})
