package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL023", Name: "duplicate-step-id", Severity: source.Error, Needs: OtherSteps,
	Doc: `
Two steps of the program have the same id.

Both run where they stand in the list, and the output of the later one replaces that of the earlier. Every
jump and every resume, however, goes to the last step with that id: one that is meant to go back to the first
skips all that lies between. The runtime accepts it in silence.

Give each step an id of its own.
`,
	Bad: `
max_steps: 20
steps:
  - {id: ask, type: llm, prompt: Ask for the order.}
  - {id: known, type: condition, condition: $ask.output == 'none', then: ask, otherwise: refund}
  - {id: ask, type: llm, prompt: Ask for the account., next_step: refund}
  - {id: refund, type: tool, tool: pay_back, is_terminal: true}
`,
	Good: `
steps:
  - {id: ask, type: llm, prompt: Ask for the order.}
  - {id: known, type: condition, condition: $ask.output == 'none', then: ask_account, otherwise: refund}
  - {id: ask_account, type: llm, prompt: Ask for the account., next_step: refund}
  - {id: refund, type: tool, tool: pay_back, is_terminal: true}
`,
	Proof: `
llm: {ask: [none, A-17], ask_account: A-17}
bad: {path: [ask, known, ask, refund]}
good: {path: [ask, known, ask_account, refund]}
`,
	More: []Example{
		{Name: "A sub-step is no step of the list", Program: `
steps:
  - id: fetch
    type: parallel
    parallel_steps:
      - {id: weather, type: tool, tool: weather}
  - {id: report, type: tool, tool: report}
`},
	},
	Run: func(p *Pass) {
		if !p.Program.SameIDs {
			return
		}
		first := make(map[string]*program.Step, len(p.Program.Steps))
		for _, s := range p.Program.Steps {
			if isBlank(s.ID()) {
				continue
			}
			if before, ok := first[s.ID()]; ok {
				p.reportSameID(s, before)
				continue
			}
			first[s.ID()] = s
		}
	},
})

// reportSameID reports a step that has the id of an earlier one.
func (p *Pass) reportSameID(s, first *program.Step) {
	d := source.Diagnostic{
		Note: source.Note{
			Span:    s.Place(),
			Message: fmt.Sprintf("a step before this one is called %s too, and every jump to that name comes to the last: rename one of them", quote(s.ID())),
		},
		Related: []source.Note{{Span: first.Place(), Message: "the first step of that name"}},
	}
	p.Report(d)
}
