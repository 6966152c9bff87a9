package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL111", Name: "equal-branches", Severity: source.Warning,
	Doc: `
Both branches of a condition name the same step.

The condition is evaluated and decides nothing. Usually one of the two is the remains of a copy.

Name the step that should run in the other case, or drop the condition.
`,
	Bad: `
steps:
  - {id: fraud, type: condition, condition: $risk > 80, then: reject, otherwise: reject}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: fraud, type: condition, condition: $risk > 80, then: reject, otherwise: accept}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
  - {id: accept, type: tool, tool: accept, is_terminal: true}
`,
	Proof: `
context: {risk: 10}
bad: {path: [fraud, reject]}
good: {path: [fraud, accept]}
`,
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if s.Kind != program.Condition || s.Then.To == nil || s.Then.To != s.Otherwise.To {
				continue
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span:    s.Otherwise.Node.Text.Content(),
					Message: fmt.Sprintf("%s decides nothing: both its branches are %s", quote(s.ID()), quote(s.Then.Name())),
				},
				Related: []source.Note{{Span: s.Then.Node.Text.Content(), Message: "the other branch"}},
			})
		}
	},
})
