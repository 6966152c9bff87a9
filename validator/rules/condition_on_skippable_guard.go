package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL418", Name: "condition-on-skippable-guard", Severity: source.Warning, Needs: Conditions,
	Doc: `
A check may be skipped, and the condition that reads it then lets something happen or fails.

A step that is skipped stores nothing, so a condition sees None. A comparison with ` + "`==`" + ` is then silently false: "refuse if the
answer is reject" goes on to pay. An order such as ` + "`< 50`" + `, and ` + "`in`" + `, fail the step of the condition instead, and the run with it,
which ` + "`on_error: skip`" + ` was to prevent.

Ask the other way round, so that only a good answer goes on; or compare with None in a condition before; or do not skip.
`,
	Bad: `
steps:
  - {id: fraud, type: tool, tool: check_fraud, args: {order: $order}, on_error: skip}
  - {id: route, type: condition, condition: $fraud.output == 'high', then: refuse, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: fraud, type: tool, tool: check_fraud, args: {order: $order}, on_error: skip}
  - {id: route, type: condition, condition: $fraud.output == 'low', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
tools: {check_fraud: {error: 'ConnectionError: gone'}}
bad: {path: [fraud, route, pay]}
good: {path: [fraud, route, refuse]}
`,
	More: []Example{
		{Name: "A comparison that fails", Reported: true, Program: `
steps:
  - {id: score, type: tool, tool: score, on_error: skip}
  - {id: route, type: condition, condition: $score.output < 50, then: refuse, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Asked before", Program: `
steps:
  - {id: score, type: tool, tool: score, on_error: skip}
  - {id: skipped, type: condition, condition: $score.output == None, then: refuse, otherwise: route}
  - {id: route, type: condition, condition: $score.output < 50, then: refuse, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A parallel block that is skipped in part", Reported: true, Program: `
steps:
  - id: checks
    type: parallel
    on_error: skip
    parallel_steps:
      - {id: fraud, type: llm, prompt: "Is this fraud, yes or no? $order", allowed_outputs: ["yes", "no"]}
      - {id: stock, type: tool, tool: check_stock}
  - {id: route, type: condition, condition: $fraud.output == 'yes', then: refuse, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "An extra that may be missing", Program: `
steps:
  - {id: weather, type: tool, tool: weather, on_error: skip}
  - {id: rain, type: condition, condition: $weather.output == 'rain', then: umbrella_or_fail, otherwise: walk}
  - {id: umbrella_or_fail, type: tool, tool: take_umbrella, is_terminal: true}
  - {id: walk, type: tool, tool: walk, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		w := skipWalk{p: p, budget: skipBudget, seen: map[program.State]int{}}
		for s := range p.Program.All {
			if len(p.readings().tests[s]) > 0 && canBeMissing(s) {
				w.check(s)
			}
		}
	},
})

// canBeMissing reports whether on_error may leave a step without an output.
func canBeMissing(s *program.Step) bool {
	if s.Parent != nil {
		return s.Parent.OnError == program.Skip
	}
	return s.OnError == program.Skip && s.Kind != program.Condition && s.Kind != program.Parallel
}

// A skipWalk looks where control goes behind steps that were skipped. Its work is bounded.
type skipWalk struct {
	p      *Pass
	budget int
	round  int
	seen   map[program.State]int // in which round
}

const skipBudget = 200_000

// check follows the run behind a step that put out nothing to the first condition that goes wrong for it.
func (w *skipWalk) check(s *program.Step) {
	if values, ok := guardOf(s); ok && s.OnError == program.Skip && w.p.opens(s, values, values[0]) != nil {
		return // NL401 tells that skipping lets something happen
	}
	top, on := s, program.Skipped
	if s.Parent != nil {
		top, on = s.Parent, program.Done
	}
	var queue []program.State
	w.round++
	push := func(to program.State) {
		if to != program.Nowhere && to.Step != top.Index && w.seen[to] != w.round {
			w.seen[to] = w.round
			queue = append(queue, to)
		}
	}
	for _, e := range w.p.Graph.Entries(top) {
		for _, edge := range w.p.Graph.From(program.State{Step: top.Index, Entry: e}) {
			if edge.On == on {
				push(edge.To)
			}
		}
	}
	reads := map[*program.Step]*test{}
	tests := w.p.readings().tests[s]
	for i := range tests {
		if reads[tests[i].cond] == nil {
			reads[tests[i].cond] = &tests[i]
		}
	}
	for len(queue) > 0 && w.budget > 0 {
		at := queue[0]
		queue = queue[1:]
		w.budget--
		t := reads[w.p.step(at)]
		may := cond.Anything
		if t != nil {
			may = w.p.readings().decide(t.cond, s, value.Value{})
			if w.report(s, t, at, may) {
				return
			}
		}
		for _, e := range w.p.Graph.From(at) {
			if e.On == program.True && may&cond.CanBeTrue == 0 || e.On == program.False && may&cond.CanBeFalse == 0 {
				continue
			}
			push(e.To)
		}
	}
}

// report reports what a condition does with None, if it is bad.
func (w *skipWalk) report(s *program.Step, t *test, at program.State, may cond.Outcomes) bool {
	p := w.p
	d := source.Diagnostic{Note: source.Note{Span: t.v.Place}}
	var taken, other *program.Step
	var move graphcheck.Edge
	for _, e := range p.Graph.From(at) {
		switch {
		case e.To == program.Nowhere:
		case e.On == program.True && may == cond.CanBeTrue, e.On == program.False && may == cond.CanBeFalse:
			taken, move = p.step(e.To), e
		case e.On == program.True || e.On == program.False:
			other = p.step(e.To)
		}
	}
	switch {
	case may == cond.CanFail && t.cond.OnError != program.Skip:
		d.Message = fmt.Sprintf("when %s is skipped, %s is None and this comparison fails the run: compare with None in a condition before",
			describe(s), t.v.Path)
	case taken != nil && other != nil && polarityOfStep(taken) > neutral && polarityOfStep(other) == refuses:
		d.Message = fmt.Sprintf("when %s is skipped, %s is None and %s goes to %s: ask the other way round, or do not skip",
			describe(s), t.v.Path, quote(t.cond.ID()), quote(taken.ID()))
	default:
		return false
	}
	from := s
	if s.Parent != nil {
		from = s.Parent
	}
	d.Related = []source.Note{{Span: fieldSpan(from, "on_error"), Message: "skips it"}}
	if move.Via != nil {
		d.Related, d.IsPath = append(d.Related, p.path([]graphcheck.Edge{move})...), true
	}
	d.Fixes = p.fix("remove on_error of "+quote(from.ID()), false, removeFields(from.Node, "on_error"))
	p.Report(d)
	return true
}
