package rules

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL105", Name: "branch-ends-program", Severity: source.Error,
	Doc: `
A branch of a condition ends the program although steps follow it.

A step that a condition chooses does not go on to the step listed after it. Without ` + "`next_step`" + ` it ends
the whole run, with SUCCESS, and what was to follow never runs, in no outcome. Neither the runtime nor its own
validator says so.

Give every branch a ` + "`next_step`" + `, or ` + "`is_terminal`" + ` if the end is meant.
`,
	Bad: `
steps:
  - {id: express, type: condition, condition: $express == 1, then: courier, otherwise: post}
  - {id: courier, type: tool, tool: book_courier}
  - {id: post, type: tool, tool: book_post}
  - {id: notify, type: tool, tool: notify_customer}
  - {id: done, type: tool, tool: close_order, is_terminal: true}
`,
	Good: `
steps:
  - {id: express, type: condition, condition: $express == 1, then: courier, otherwise: post}
  - {id: courier, type: tool, tool: book_courier, next_step: notify}
  - {id: post, type: tool, tool: book_post, next_step: notify}
  - {id: notify, type: tool, tool: notify_customer}
  - {id: done, type: tool, tool: close_order, is_terminal: true}
`,
	Proof: `
context: {express: 1}
bad: {path: [express, courier]}
good: {path: [express, courier, notify, done]}
`,
	More: []Example{
		{Name: "Branches that are the last thing to do", Program: `
steps:
  - {id: express, type: condition, condition: $express == 1, then: courier, otherwise: post}
  - {id: courier, type: tool, tool: book_courier}
  - {id: post, type: tool, tool: book_post}
`},
	},
	Run: func(p *Pass) {
		if len(p.deadSteps()) == 0 || p.unreadable() {
			return
		}
		for _, g := range p.endingBranches() {
			p.reportEnding(g)
		}
	},
})

// ending is the branches of conditions that end the program, and the first step that they lose.
type ending struct {
	branches []*program.Step
	lost     []*program.Step // all that never runs because of them; the first is where they should go
}

// endingBranches are the branches that end the program and with it steps that would run if branches went
// on in the list, those that lose the same steps together.
func (p *Pass) endingBranches() []ending {
	lost := p.lostSteps()
	at := make(map[int]int) // the number of the ending that loses a step first
	var endings []ending
	for _, e := range p.Graph.Edges {
		to := p.flowsOn(e)
		if to == program.Nowhere || lost[to.Step] < 0 {
			continue
		}
		first := lost[to.Step]
		i, known := at[first]
		if !known {
			i = len(endings)
			at[first] = i
			endings = append(endings, ending{})
			for k := first; k < len(lost) && lost[k] == k; k++ {
				endings[i].lost = append(endings[i].lost, p.Program.Steps[k])
			}
		}
		if b := endings[i].branches; len(b) == 0 || b[len(b)-1] != p.step(e.From) { // more than one outcome may end it
			endings[i].branches = append(b, p.step(e.From))
		}
	}
	return endings
}

// lostSteps is, for each step, the number of the first lost step at or behind it: one that never runs and
// would if branches went on in the list. Other branches on the way are passed over; any other step that
// runs is where the list goes on without them, and the answer is -1.
func (p *Pass) lostSteps() []int {
	meant := graphcheck.BuildAs(p.Program, func(e graphcheck.Edge) [2]program.State {
		return [...]program.State{graphcheck.Unsuspended(e)[0], p.flowsOn(e)}
	})
	lost := make([]int, len(p.Program.Steps)+1)
	lost[len(p.Program.Steps)] = -1
	for i, s := range slices.Backward(p.Program.Steps) {
		switch {
		case p.isDead(s) && meant.Reachable(s):
			lost[i] = i
		case s.Terminal || p.Entered(s, program.Sequential):
			lost[i] = -1
		default:
			lost[i] = lost[i+1]
		}
	}
	return lost
}

func (p *Pass) reportEnding(g ending) {
	names, verb := list(quoteIDs(g.branches)), "ends"
	if len(g.branches) > 1 {
		verb = "end"
	}
	verb2 := "is"
	if len(g.lost) > 1 {
		verb2 = "are"
	}
	d := source.Diagnostic{Note: source.Note{
		Span: g.branches[0].Place(),
		Message: fmt.Sprintf("%s %s the program as a branch without next_step: %s %s never run",
			names, verb, list(quoteIDs(g.lost)), verb2),
	}}
	for _, c := range p.chosenBy(g.branches[0]) {
		d.Related = append(d.Related, source.Note{Span: c.Place(), Message: "the condition that chooses it"})
	}
	for _, s := range g.branches[1:] {
		d.Related = append(d.Related, source.Note{Span: s.Place(), Message: "ends the program too"})
	}
	for _, s := range g.lost {
		d.Related = append(d.Related, source.Note{Span: s.Place(), Message: "never runs"})
	}
	if to := g.lost[0].ID(); to != "" {
		var changes []change
		for _, s := range g.branches {
			changes = append(changes, setField(s.Node, "next_step", syntax.NewString(to)))
		}
		d.Fixes = p.fix(fmt.Sprintf("add next_step: %s to %s", to, names), false, changes...)
	}
	p.Report(d)
}
