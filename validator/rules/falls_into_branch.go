package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL107", Name: "falls-into-branch", Severity: source.Warning,
	Doc: `
A path goes on, in the order of the list, into a branch that was meant for another case.

A branch ends the program by itself only behind one condition. Behind two in a row it is entered like any step
of the list and falls into the next one: the approval is followed by the rejection. The same happens to the last
step of a good path when the failure handler stands behind it.

Put ` + "`is_terminal`" + ` on the last step of every path, or name the step that follows with ` + "`next_step`" + `.
`,
	Bad: `
steps:
  - {id: vip, type: condition, condition: $vip == 1, then: large, otherwise: refuse}
  - {id: large, type: condition, condition: $amount > 100, then: approve, otherwise: reject}
  - {id: approve, type: tool, tool: pay}
  - {id: reject, type: tool, tool: explain, is_terminal: true}
  - {id: refuse, type: tool, tool: explain, is_terminal: true}
`,
	Good: `
steps:
  - {id: vip, type: condition, condition: $vip == 1, then: large, otherwise: refuse}
  - {id: large, type: condition, condition: $amount > 100, then: approve, otherwise: reject}
  - {id: approve, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: explain, is_terminal: true}
  - {id: refuse, type: tool, tool: explain, is_terminal: true}
`,
	Proof: `
context: {vip: 1, amount: 500}
bad: {path: [vip, large, approve, reject]}
good: {path: [vip, large, approve]}
`,
	More: []Example{
		{Name: "The good path falls into the failure handler", Reported: true, Program: `
steps:
  - {id: check, type: tool, tool: check}
  - {id: gate, type: condition, condition: $check.output == 'ok', then: work, otherwise: failed}
  - {id: work, type: tool, tool: work, next_step: notify}
  - {id: notify, type: tool, tool: notify}
  - {id: failed, type: tool, tool: alarm, is_terminal: true}
`},
		{Name: "An optional step before the join", Program: `
steps:
  - {id: gate, type: condition, condition: $gift == 1, then: wrap, otherwise: ship}
  - {id: wrap, type: tool, tool: wrap, next_step: card}
  - {id: card, type: tool, tool: write_card}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
`},
		{Name: "Falling into the step that a later condition goes back to", Program: `
max_steps: 30
steps:
  - {id: start, type: tool, tool: start_job}
  - {id: poll, type: tool, tool: poll}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: deliver, otherwise: wait}
  - {id: wait, type: tool, tool: wait, next_step: poll}
  - {id: deliver, type: tool, tool: deliver, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		for _, e := range p.Graph.Edges {
			if e.Why != program.InList || e.On != program.Done {
				continue
			}
			from, to := p.step(e.From), p.step(e.To)
			if len(p.chosenBy(to)) == 0 {
				continue
			}
			switch c := p.siblingChooser(from, to); {
			case c != nil:
				p.reportFall(e, fmt.Sprintf("%s goes on into %s, the other branch of %s: behind two conditions a branch does not end the program",
					quote(from.ID()), quote(to.ID()), quote(c.ID())))
			case namedForFailure(to) && !namedForFailure(from):
				if c := p.chooserBefore(to, from); c != nil {
					p.reportFall(e, fmt.Sprintf("%s goes on into %s, which is a branch of %s", quote(from.ID()), quote(to.ID()), quote(c.ID())))
				}
			}
		}
	},
})

// siblingChooser is the inline condition that chooses between two steps.
func (p *Pass) siblingChooser(a, b *program.Step) *program.Step {
	for _, c := range p.chosenBy(a) {
		if (c.Then.To == b || c.Otherwise.To == b) && p.Entered(c, program.Inline) && c != a && c != b {
			return c
		}
	}
	return nil
}

// chooserBefore is a condition that chooses s and is listed before another step.
func (p *Pass) chooserBefore(s, before *program.Step) *program.Step {
	for _, c := range p.chosenBy(s) {
		if c.Index < before.Index {
			return c
		}
	}
	return nil
}

func (p *Pass) reportFall(e graphcheck.Edge, message string) {
	from, to := p.step(e.From), p.step(e.To)
	p.Report(source.Diagnostic{
		Note:    source.Note{Span: from.Place(), Message: message},
		Related: p.witness(e.From, e),
		IsPath:  true,
		Fixes: append(
			p.fix("add is_terminal: true to "+quote(from.ID()), false, setField(from.Node, "is_terminal", syntax.NewBool(true))),
			p.fix("add next_step: "+to.ID(), false, setField(from.Node, "next_step", syntax.NewString(to.ID())))...),
	})
}
