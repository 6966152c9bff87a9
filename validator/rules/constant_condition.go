package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL221", Name: "constant-condition", Severity: source.Warning, Yields: true, Needs: OtherSteps,
	Doc: `
A condition always comes out the same, so one of its branches is never taken.

Either there is no variable in it, or the values that its variables can hold leave no choice: the answers that a model is
allowed, the branch that an earlier condition took, a step that has not run.

Compare with a value that can occur, or drop the condition.
`,
	Bad: `
steps:
  - {id: size, type: llm, prompt: Answer small or large., allowed_outputs: [small, large]}
  - {id: known, type: condition, condition: $size.output in 'small or large', then: ship, otherwise: reject}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: size, type: llm, prompt: Answer small or large., allowed_outputs: [small, large]}
  - {id: known, type: condition, condition: $size.output == 'small', then: ship, otherwise: reject}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {size: large}
bad: {path: [size, known, ship]}
good: {path: [size, known, reject]}
`,
	More: []Example{
		{Name: "Nothing but literals", Reported: true, Program: `
steps:
  - {id: debug, type: condition, condition: "'approved' == 'approved'", then: ship, otherwise: reject}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "What an earlier condition chose", Reported: true, Program: `
steps:
  - {id: first, type: condition, condition: $vip == 1, then: gift, otherwise: reject}
  - {id: gift, type: tool, tool: pack_gift, next_step: again}
  - {id: again, type: condition, condition: "$first.output == 'gift'", then: ship, otherwise: reject}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Always true, on purpose", Reported: true, Program: `
steps:
  - {id: always, type: condition, condition: "True", then: ship, otherwise: reject}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		p.conditions(func(s *program.Step, states []program.State) {
			var o cond.Outcomes
			for _, at := range states {
				o |= p.Flow().Condition(at)
			}
			switch o &^ cond.CanFail {
			case cond.CanBeTrue:
				p.reportConstant(s, "true", &s.Otherwise)
			case cond.CanBeFalse:
				p.reportConstant(s, "false", &s.Then)
			}
		})
	},
})

// reportConstant reports a condition that never takes one of its branches.
func (p *Pass) reportConstant(s *program.Step, result string, never *program.Ref) {
	d := source.Diagnostic{Note: source.Note{
		Span:    s.Condition.Text.Content(),
		Message: fmt.Sprintf("the condition of %s is always %s", quote(s.ID()), result),
	}}
	if never.To != nil {
		what := "is not chosen here"
		if !p.Flow().Graph.Reachable(never.To) {
			what = "never runs"
		}
		d.Message += fmt.Sprintf(": %s %s", quote(never.To.ID()), what)
		d.Related = []source.Note{{Span: never.Node.Text.Content(), Message: "never taken"}}
	}
	p.Report(d)
}
