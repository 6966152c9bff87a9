package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL109", Name: "restarts-program", Severity: source.Error,
	Doc: `
A condition that is a branch of another one has no branch for one of its results, and starts the program again.

Where a condition is entered in sequence, a missing branch ends the run. Where another condition has chosen it,
the machine looks for no step at all and finds the first of the list: everything runs again, with what it
has cost, until a budget or Python's stack ends it.

Name a step for both results.
`,
	Bad: `
steps:
  - {id: charge, type: tool, tool: charge}
  - {id: known, type: condition, condition: $customer != 'new', then: paid, otherwise: reject}
  - {id: paid, type: condition, condition: $charge.output == 'ok', then: ship}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge}
  - {id: known, type: condition, condition: $customer != 'new', then: paid, otherwise: reject}
  - {id: paid, type: condition, condition: $charge.output == 'ok', then: ship, otherwise: reject}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {customer: known}
tools: {charge: [declined, ok]}
bad: {path: [charge, known, paid, charge, known, paid, ship]}
good: {path: [charge, known, paid, reject]}
`,
	Run: func(p *Pass) {
		for _, e := range p.Graph.Edges {
			c := p.step(e.From)
			if e.Why != program.Restart || e.On == program.Skipped || c.Kind != program.Condition {
				continue
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span: c.Place(),
					Message: fmt.Sprintf("%s has no %s: as a branch of %s it starts the program again at %s when the condition is %s",
						quote(c.ID()), e.Via.Field, quote(p.chosenBy(c)[0].ID()), quote(p.step(e.To).ID()), e.On),
				},
				Related: p.witness(e.From, e),
				IsPath:  true,
			})
		}
	},
})
