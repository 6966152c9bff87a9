package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL110", Name: "skipped-condition", Severity: source.Error,
	Doc: `
A condition has ` + "`on_error: skip`" + `, so a guard that breaks lets through what it should stop.

A condition fails when it compares what cannot be compared, such as a text and a number. Skipped, it chooses no
branch: the program goes on with the step listed after it, which is usually the ` + "`then`" + ` branch. A condition
that is itself a branch starts the whole program again.

Leave ` + "`on_error`" + ` out: the run then fails where the guard broke.
`,
	Bad: `
steps:
  - {id: score, type: tool, tool: score}
  - {id: gate, type: condition, condition: $score.output < 50, on_error: skip, then: approve, otherwise: reject}
  - {id: approve, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: score, type: tool, tool: score}
  - {id: gate, type: condition, condition: $score.output < 50, then: approve, otherwise: reject}
  - {id: approve, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
tools: {score: n/a}
bad: {path: [score, gate, approve], status: success}
good: {path: [score, gate], status: failed}
`,
	More: []Example{
		{Name: "A skipped condition behind another starts the program again", Reported: true, Program: `
max_steps: 6
steps:
  - {id: charge, type: tool, tool: charge}
  - {id: charged, type: condition, condition: $charge.output != 'x', then: small, otherwise: failed}
  - {id: small, type: condition, condition: $charge.output < 5, on_error: skip, then: ship, otherwise: failed}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: failed, type: tool, tool: apologise, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		reported := make(map[*program.Step]bool)
		for _, e := range p.Graph.Edges {
			c := p.step(e.From)
			if e.On != program.Skipped || c.Kind != program.Condition || c.OnError != program.Skip || reported[c] {
				continue
			}
			reported[c] = true
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span:    fieldSpan(c, "on_error"),
					Message: fmt.Sprintf("if %s cannot be evaluated, skipping it %s: remove on_error", quote(c.ID()), p.skipsTo(e)),
				},
				Related: p.witness(e.From, e),
				IsPath:  true,
				Fixes:   p.fix("remove on_error", false, removeField(c.Node, "on_error")),
			})
		}
	},
})

// skipsTo says what follows a skipped condition.
func (p *Pass) skipsTo(e graphcheck.Edge) string {
	switch {
	case e.Why == program.Restart:
		return "starts the program again at " + quote(p.step(e.To).ID())
	case e.To == program.Nowhere:
		return "ends the run, as a " + e.Halt.String()
	}
	to := quote(p.step(e.To).ID())
	switch c := p.step(e.From); p.step(e.To) {
	case c.Then.To:
		return "takes the branch " + to + " as if it were true"
	case c.Otherwise.To:
		return "takes the branch " + to + " as if it were false"
	}
	return "goes on to " + to
}
