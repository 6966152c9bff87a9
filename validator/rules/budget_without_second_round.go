package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL510", Name: "budget-without-second-round", Severity: source.Warning,
	Doc: `
A circle can be left in its first round only: max_steps ends the run before a second one is over.

Steps that lead back are there to be repeated. When ` + "`max_steps`" + ` allows one round and the way to the end, but not two, every run
that goes back ends BUDGET_EXCEEDED, without a final output.

Count the steps of a round, the condition and the step that leads back included, and allow as many rounds as you mean.
`,
	Bad: `
max_steps: 5
steps:
  - {id: draft, type: llm, prompt: Write about $topic}
  - {id: review, type: llm, prompt: "Answer good or bad. $draft", allowed_outputs: [good, bad]}
  - {id: good, type: condition, condition: $review.output == 'good', then: publish_or_fail, otherwise: note}
  - {id: note, type: tool, tool: note, next_step: draft}
  - {id: publish_or_fail, type: tool, tool: publish, is_terminal: true}
`,
	Good: `
max_steps: 20
steps:
  - {id: draft, type: llm, prompt: Write about $topic}
  - {id: review, type: llm, prompt: "Answer good or bad. $draft", allowed_outputs: [good, bad]}
  - {id: good, type: condition, condition: $review.output == 'good', then: publish_or_fail, otherwise: note}
  - {id: note, type: tool, tool: note, next_step: draft}
  - {id: publish_or_fail, type: tool, tool: publish, is_terminal: true}
`,
	Proof: `
llm: {review: [bad, good]}
bad: {path: [draft, review, good, note, draft], status: budget_exceeded}
good: {path: [draft, review, good, note, draft, review, good, publish_or_fail], status: success}
`,
	More: []Example{
		{Name: "Just enough for two rounds", Program: `
max_steps: 7
steps:
  - {id: draft, type: llm, prompt: Write about $topic}
  - {id: review, type: llm, prompt: "Answer good or bad. $draft", allowed_outputs: [good, bad]}
  - {id: good, type: condition, condition: $review.output == 'good', then: publish_or_fail, otherwise: note}
  - {id: note, type: tool, tool: note, next_step: draft}
  - {id: publish_or_fail, type: tool, tool: publish, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		limit := p.maxSteps()
		if limit == 0 || len(p.circles()) == 0 || p.unreadable() {
			return
		}
		until, since := p.stepsUntilEnd(), p.stepsSinceStart()
		for _, c := range p.circles() {
			if !p.isPlainCircle(c) {
				continue
			}
			once := -1
			for _, s := range c.States {
				if left, ok := until[s]; ok && (once < 0 || since[s]+left < once) {
					once = since[s] + left
				}
			}
			if twice := once + len(c.States); once > 0 && once <= limit && limit < twice {
				p.Report(source.Diagnostic{
					Note: source.Note{
						Span: p.Program.MaxSteps.Span,
						Message: fmt.Sprintf("max_steps %d ends the circle of %s before a second round is over: one takes %d steps, two take %d",
							limit, list(quoteIDs(c.steps)), once, twice),
					},
					Related: p.path(c.path[:min(len(c.path), maxWitness)]),
					IsPath:  true,
					Fixes: p.fix(fmt.Sprintf("set max_steps: %d", twice+len(c.States)), false,
						setField(p.Program.Root, "max_steps", syntax.NewInt(twice+len(c.States)))),
				})
				return // a circle is told; the budget is one
			}
		}
	},
})

// isPlainCircle reports whether there is only one way round: each round then has the same steps.
func (p *Pass) isPlainCircle(c circle) bool {
	return len(c.path) == len(c.States) && len(p.movesInside(c)) == len(c.States)
}

// movesInside are the moves that stay in a circle.
func (p *Pass) movesInside(c circle) []graphcheck.Edge {
	inside := make(map[program.State]bool, len(c.States))
	for _, s := range c.States {
		inside[s] = true
	}
	var moves []graphcheck.Edge
	for _, s := range c.States {
		for _, e := range p.Graph.From(s) {
			if e.Halt == program.Running && inside[e.To] {
				moves = append(moves, e)
			}
		}
	}
	return moves
}

// stepsSinceStart is the number of steps on a shortest way to each state, without its own.
func (p *Pass) stepsSinceStart() map[program.State]int {
	since := make(map[program.State]int, len(p.Graph.States))
	for _, s := range p.Graph.States { // in the order of discovery, so the one before is known
		if e, ok := p.Graph.Via(s); ok {
			since[s] = since[e.From] + 1
		}
	}
	return since
}

// stepsUntilEnd is the number of steps on a shortest way from each state to a success, with its own; a last step that is
// the branch of a condition is not compared with max_steps, and does not count. States that lead to none are not there.
func (p *Pass) stepsUntilEnd() map[program.State]int {
	into := make(map[program.State][]program.State, len(p.Graph.States))
	until := make(map[program.State]int, len(p.Graph.States))
	var unchecked, checked []program.State // what ends the run
	for i := range p.Graph.Edges {
		e := &p.Graph.Edges[i]
		switch _, known := until[e.From]; {
		case e.Halt == program.Running:
			into[e.To] = append(into[e.To], e.From)
		case e.Halt != program.Success || known:
		case e.From.Entry == program.Inline:
			unchecked, until[e.From] = append(unchecked, e.From), 0
		default:
			checked, until[e.From] = append(checked, e.From), 1
		}
	}
	visit := func(queue []program.State) (found []program.State) {
		for _, s := range queue {
			for _, from := range into[s] {
				if _, known := until[from]; !known {
					until[from] = until[s] + 1
					found = append(found, from)
				}
			}
		}
		return found
	}
	for queue := append(visit(unchecked), checked...); len(queue) > 0; {
		queue = visit(queue)
	}
	return until
}
