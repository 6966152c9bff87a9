package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL225", Name: "may-be-none", Severity: source.Warning, Yields: true, Needs: OtherSteps | Conditions,
	Doc: `
A condition orders a variable that is None on some way there.

What a step that has not run or was skipped would have put out is None, and None has no order: the step fails on that way, after
everything before it has been done.

Ask whether it is None first, or write the value on every way.
`,
	Bad: `
steps:
  - {id: new, type: condition, condition: $new == 1, then: score, otherwise: good}
  - {id: score, type: tool, tool: score_customer, next_step: good}
  - {id: good, type: condition, condition: $score.output >= 50, then: open, otherwise: reject}
  - {id: open, type: tool, tool: open_account, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: new, type: condition, condition: $new == 1, then: score, otherwise: open}
  - {id: score, type: tool, tool: score_customer, next_step: good}
  - {id: good, type: condition, condition: $score.output >= 50, then: open, otherwise: reject}
  - {id: open, type: tool, tool: open_account, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {new: 0}
bad: {path: [new, good], status: failed}
good: {path: [new, open], status: success}
`,
	More: []Example{
		{Name: "Asked for in the same condition", Program: `
steps:
  - {id: score, type: tool, tool: score_customer, on_error: skip}
  - {id: good, type: condition, condition: $score.output != None and $score.output >= 50, then: open, otherwise: reject}
  - {id: open, type: tool, tool: open_account, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Asked for by the condition before", Program: `
steps:
  - {id: score, type: tool, tool: score_customer, on_error: skip}
  - {id: known, type: condition, condition: $score.output != None, then: good, otherwise: reject}
  - {id: good, type: condition, condition: $score.output >= 50, then: open, otherwise: reject}
  - {id: open, type: tool, tool: open_account, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		ordered := make(map[*program.Step][]source.Span)
		p.conditions(func(s *program.Step, states []program.State) {
			if p.mayFail(states) {
				ordered[s] = orderedVariables(s.Cond)
			}
		})
		p.reads(func(r read) {
			if r.Site != program.InCondition || r.of.Data || len(r.Path) == 1 || r.unset == program.Nowhere || len(r.all.Writers) == 0 {
				return
			}
			for _, at := range ordered[r.Step] {
				if at != r.Span {
					continue
				}
				if path, why := p.missing(r); path != nil {
					p.Report(source.Diagnostic{
						Note: source.Note{
							Span:    r.Span,
							Message: fmt.Sprintf("when %s, %s is None and %s fails: ask for None first", why, r.Path, quote(r.Step.ID())),
						},
						Related: path,
						IsPath:  true,
					})
				}
			}
		})
	},
})

// orderedVariables are the places of the variables that a condition orders and asks nothing else about.
func orderedVariables(e *cond.Expr) []source.Span {
	asked := make(map[string]int)
	for v := range cond.Vars(e.Root) {
		asked[v.Path.String()]++
	}
	var places []source.Span
	for term := range cond.Terms(e.Root) {
		b, ok := term.(*cond.Binary)
		if !ok || b.Op.Class() != cond.Order {
			continue
		}
		for _, side := range [...]cond.Node{b.Left, b.Right} {
			if v, ok := side.(*cond.Var); ok && asked[v.Path.String()] == 1 {
				places = append(places, v.Place)
			}
		}
	}
	return places
}
