package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL509", Name: "budget-too-small", Severity: source.Error,
	Doc: `
A run needs more steps than max_steps allows to come to its end.

The number of steps is compared before each step: when it has reached ` + "`max_steps`" + `, the run ends BUDGET_EXCEEDED, without a
final output, and what the steps before have done stays done. Where not even the shortest way to the end fits, no run can
succeed. Where the program has no circle and a longer way does not fit, runs on that way never come to their end.

A parallel block counts as one step; behind two conditions in a row, and when a run is resumed, its sub-steps count as well.
The branch of a condition is not checked, so that it may be one step more.

Allow at least as many steps as the longest way has, or remove ` + "`max_steps`" + `.
`,
	Bad: `
max_steps: 2
steps:
  - {id: reserve, type: tool, tool: reserve}
  - {id: charge, type: tool, tool: charge}
  - {id: confirm_or_fail, type: tool, tool: confirm, is_terminal: true}
`,
	Good: `
max_steps: 3
steps:
  - {id: reserve, type: tool, tool: reserve}
  - {id: charge, type: tool, tool: charge}
  - {id: confirm_or_fail, type: tool, tool: confirm, is_terminal: true}
`,
	Proof: `
bad: {path: [reserve, charge], status: budget_exceeded}
good: {path: [reserve, charge, confirm_or_fail], status: success}
`,
	More: []Example{
		{Name: "Only the shorter way fits", Reported: true, Program: `
max_steps: 3
steps:
  - {id: paid, type: condition, condition: $paid == 1, then: pack, otherwise: reject}
  - {id: pack, type: tool, tool: pack, next_step: ship}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
  - {id: ship, type: tool, tool: ship}
  - {id: tell, type: tool, tool: tell, is_terminal: true}
`},
		{Name: "Sub-steps count behind two conditions", Reported: true, Program: `
max_steps: 6
steps:
  - id: load
    type: parallel
    parallel_steps:
      - {id: user, type: tool, tool: load_user}
      - {id: orders, type: tool, tool: load_orders}
      - {id: prices, type: tool, tool: load_prices}
  - {id: known, type: condition, condition: $user.output != None, then: rich, otherwise: rich}
  - {id: rich, type: condition, condition: $user.output.rich == True, then: sell, otherwise: sell}
  - {id: sell, type: tool, tool: sell, is_terminal: true}
`},
		{Name: "The branch of a condition may be one step more", Program: `
max_steps: 2
steps:
  - {id: look, type: tool, tool: look}
  - {id: good, type: condition, condition: $look.output == 'good', then: buy, otherwise: reject}
  - {id: buy, type: tool, tool: buy, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
		{Name: "The budget is there to end the circle", Program: `
max_steps: 8
steps:
  - {id: poll, type: tool, tool: poll}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: fetch, otherwise: rest}
  - {id: rest, type: tool, tool: rest, next_step: poll}
  - {id: fetch, type: tool, tool: fetch, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		limit := p.maxSteps()
		if limit == 0 || p.unreadable() {
			return
		}
		if shortest := p.shortestRun(); shortest != nil && shortest.need > limit {
			p.reportTooSmall(shortest, limit, fmt.Sprintf("no run can succeed with max_steps %d: the shortest way to an end needs %d", limit, shortest.need))
			return
		}
		if longest := p.longestRun(); longest != nil && longest.need > limit {
			p.reportTooSmall(longest, limit, fmt.Sprintf("max_steps %d ends some runs before they are done: the longest way needs %d", limit, longest.need))
		}
	},
})

// reportTooSmall reports a run that does not fit, and the step that it does not come to.
func (p *Pass) reportTooSmall(r *run, limit int, message string) {
	at := p.Program.MaxSteps
	d := source.Diagnostic{
		Note:  source.Note{Span: at.Span, Message: message},
		Fixes: p.fix(fmt.Sprintf("set max_steps: %d", r.need), false, setField(p.Program.Root, "max_steps", syntax.NewInt(r.need))),
	}
	if r.longest {
		d.Severity = source.Warning
	}
	for i, n := range r.counts {
		if n >= limit && r.states[i].Entry == program.Sequential {
			s := p.step(r.states[i])
			d.Message += fmt.Sprintf(", and the run ends before %s", quote(s.ID()))
			d.Related = []source.Note{{Span: s.Place(), Message: "is not run: the number of steps is " + fmt.Sprint(n)}}
			break
		}
	}
	p.Report(d)
}

// run is a way through the program, and what it needs.
type run struct {
	need    int             // max_steps must be at least that much
	states  []program.State // as they follow each other
	counts  []int           // of each state, the number that is compared with max_steps before it
	longest bool
}

// maxSteps is the budget of steps, 0 if there is none that can be too small: at most so many are needed if every step
// is run in both ways.
func (p *Pass) maxSteps() int {
	n, ok := program.IntOf(p.Program.MaxSteps)
	if !ok || !p.IsProgram || n.Sign() <= 0 || !n.IsInt64() {
		return 0
	}
	most := 0
	for _, s := range p.Program.Steps {
		most += 2 * (1 + len(s.Subs))
	}
	if n.Int64() >= int64(most) {
		return 0
	}
	return int(n.Int64())
}

// records is how many records a step leaves with a move: its own, and those of the sub-steps of a block.
func (p *Pass) records(e graphcheck.Edge) int {
	if s := p.step(e.From); s.Kind == program.Parallel && e.On == program.Done {
		return 1 + len(s.Subs)
	}
	return 1
}
