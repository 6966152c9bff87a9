package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL222", Name: "text-order", Severity: source.Warning,
	Doc: `
A condition orders a variable against a number in quotes.

In quotes a number is text. Text is ordered letter by letter, so '9' is greater than '10'; and if the variable holds a number,
ordering it against text fails the step.

Write the number without quotes, and let a tool convert text to a number first.
`,
	Bad: `
steps:
  - {id: large, type: condition, condition: "$amount > '100'", then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: large, type: condition, condition: "$amount > 100", then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {amount: 500}
bad: {path: [large], status: failed}
good: {path: [large, reject], status: success}
`,
	More: []Example{
		{Name: "Dates as text are in their order", Program: `
steps:
  - {id: recent, type: condition, condition: "$date >= '2024-01-01'", then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		p.conditions(func(s *program.Step, states []program.State) {
			for term := range cond.Terms(s.Cond.Root) {
				b, ok := term.(*cond.Binary)
				if !ok || b.Op.Class() != cond.Order {
					continue
				}
				for _, side := range [...]cond.Node{b.Left, b.Right} {
					if l, ok := side.(*cond.Literal); ok && isNumeral(l.Value) {
						p.reportTextOrder(s, l)
					}
				}
			}
		})
	},
})

// isNumeral reports whether a value is a text that spells a number.
func isNumeral(v value.Value) bool {
	if v.Kind() != value.String {
		return false
	}
	digits := strings.Replace(strings.TrimPrefix(v.Text(), "-"), ".", "", 1)
	return digits != "" && strings.Trim(digits, "0123456789") == "" && !strings.HasPrefix(v.Text(), ".") && !strings.HasSuffix(v.Text(), ".")
}

func (p *Pass) reportTextOrder(s *program.Step, l *cond.Literal) {
	p.Report(source.Diagnostic{
		Note: source.Note{
			Span:    l.Place,
			Message: fmt.Sprintf("'%s' is text, which is ordered letter by letter: write %s without quotes", l.Value.Text(), l.Value.Text()),
		},
		Fixes: p.fix("write "+l.Value.Text(), false, p.replaceInText(s.Condition, l.Place, l.Value.Text())),
	})
}
