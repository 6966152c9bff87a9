package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL119", Name: "terminal-condition", Severity: source.Error,
	Doc: `
A condition with is_terminal ends the program instead of taking its branch.

The condition is evaluated, the branch is chosen and thrown away, and the run is a SUCCESS with the name of the
branch as its final output: it reads as if the step had run.

Remove ` + "`is_terminal`" + `; put it on the branches that are to end the program.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: $approved == 1, then: ship, otherwise: reject, is_terminal: true}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: $approved == 1, then: ship, otherwise: reject}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {approved: 1}
bad: {path: [gate]}
good: {path: [gate, ship]}
`,
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if s.Kind != program.Condition || !s.Terminal || !p.Entered(s, program.Sequential) {
				continue
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span:    fieldSpan(s, "is_terminal"),
					Message: fmt.Sprintf("%s ends the program before its branch runs: remove is_terminal", quote(s.ID())),
				},
				Fixes: p.fix("remove is_terminal", true, removeField(s.Node, "is_terminal")),
			})
		}
	},
})
