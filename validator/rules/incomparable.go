package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL224", Name: "incomparable", Severity: source.Error, Yields: true, Needs: OtherSteps,
	Doc: `
A comparison can only fail, whatever its variables hold.

Text, numbers, lists and None have no order among each other, and ` + "`in`" + ` looks only into text, lists and objects. The step fails
when the comparison is evaluated.

Compare values of one kind.
`,
	Bad: `
steps:
  - {id: risk, type: llm, prompt: Answer high or low., allowed_outputs: [high, low]}
  - {id: gate, type: condition, condition: $risk.output in 5, then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: risk, type: llm, prompt: Answer high or low., allowed_outputs: [high, low]}
  - {id: gate, type: condition, condition: $risk.output == 'high', then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {risk: high}
bad: {path: [risk, gate], status: failed}
good: {path: [risk, gate, reject], status: success}
`,
	More: []Example{
		{Name: "Ordering against None", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $limit > None, then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "An input may hold text or a number", Program: `
steps:
  - {id: gate, type: condition, condition: $limit > 100, then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		p.conditions(func(s *program.Step, states []program.State) {
			if !p.mayFail(states) {
				return
			}
			for term := range cond.Terms(s.Cond.Root) {
				b, ok := term.(*cond.Binary)
				if !ok || p.term(states, b) != cond.CanFail || p.isTextNumber(states, b) {
					continue
				}
				p.Note(b.Span(), fmt.Sprintf("%s fails whenever it is evaluated: its sides cannot be compared with %s",
					quote(p.File.Slice(b.Span())), b.Op))
			}
		})
	},
})

// mayFail reports whether evaluating a condition may fail.
func (p *Pass) mayFail(states []program.State) bool {
	for _, s := range states {
		if p.Flow().Condition(s)&cond.CanFail != 0 {
			return true
		}
	}
	return false
}

// isTextNumber reports whether a comparison is the business of the rule about text and numbers.
func (p *Pass) isTextNumber(states []program.State, b *cond.Binary) bool {
	return b.Op.Class() == cond.Order &&
		(numberOf(b.Right) != nil && p.isText(states, b.Left) || numberOf(b.Left) != nil && p.isText(states, b.Right))
}
