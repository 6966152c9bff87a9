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
	ID: "NL511", Name: "stall-on-outage", Severity: source.Error, Needs: Conditions | Texts,
	Doc: `
max_stalled_steps ends a run that is not stuck.

A step that leaves all outputs as they were counts as stalled: one that repeats its output, but also one that is skipped, fails or
suspends the run, because such a step puts nothing out. With ` + "`max_stalled_steps: 1`" + ` the first step that is skipped ends the run
as STALLED instead of going on; a tool that answers PENDING ends it instead of suspending it, so that its webhook finds nothing
to resume; and an error is never told. A larger number is reached by as many steps in a row that are skipped in one outage.

The step that stalls a run has acted and leaves no record.

Write a number that no row of such steps can reach.
`,
	Bad: `
max_stalled_steps: 1
steps:
  - {id: load, type: tool, tool: load}
  - {id: enrich, type: tool, tool: enrich, on_error: skip}
  - {id: store_or_fail, type: tool, tool: store, args: {record: $load.output}, is_terminal: true}
`,
	Good: `
max_stalled_steps: 3
steps:
  - {id: load, type: tool, tool: load}
  - {id: enrich, type: tool, tool: enrich, on_error: skip}
  - {id: store_or_fail, type: tool, tool: store, args: {record: $load.output}, is_terminal: true}
`,
	Proof: `
tools: {load: 1, enrich: {error: "ConnectionError: down"}, store: 2}
bad: {path: [load], status: stalled}
good: {path: [load, enrich, store_or_fail], status: success}
`,
	More: []Example{
		{Name: "A suspension that is lost", Reported: true, Declare: func() Declared { return Suspending("ask_manager") }, Program: `
max_stalled_steps: 1
steps:
  - {id: load, type: tool, tool: load_invoice}
  - {id: ask, type: tool, tool: ask_manager}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
		{Name: "Two steps in a row that one outage skips", Reported: true, Program: `
max_stalled_steps: 2
steps:
  - {id: load, type: tool, tool: load}
  - {id: weather, type: tool, tool: weather, on_error: skip}
  - {id: traffic, type: tool, tool: traffic, on_error: skip}
  - {id: plan_or_fail, type: tool, tool: plan, is_terminal: true}
`},
		{Name: "A condition that gives the same answer again", Reported: true, Program: `
max_steps: 30
max_stalled_steps: 1
steps:
  - {id: poll, type: tool, tool: poll}
  - {id: ready, type: condition, condition: $poll.output.state == 'ready', then: fetch_or_fail, otherwise: rest}
  - {id: rest, type: tool, tool: rest, next_step: poll}
  - {id: fetch_or_fail, type: tool, tool: fetch, is_terminal: true}
`},
		{Name: "An error that is not told", Reported: true, Program: `
max_stalled_steps: 1
steps:
  - {id: load, type: tool, tool: load}
  - {id: store_or_fail, type: tool, tool: store, is_terminal: true}
`},
		{Name: "The first step of a run never counts", Program: `
max_stalled_steps: 1
steps:
  - {id: store_or_fail, type: tool, tool: store, on_error: skip, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		n, ok := program.IntOf(p.Program.MaxStalledSteps)
		if !ok || !p.IsProgram || n.Sign() <= 0 || !n.IsInt64() {
			return
		}
		limit := int(min(n.Int64(), maxRow+1))
		if limit > maxRow {
			return
		}
		l := p.stalls(limit)
		d := source.Diagnostic{Note: source.Note{Span: p.Program.MaxStalledSteps.Span}}
		switch {
		case l.suspended != nil:
			d.Severity = l.suspended.severity()
			d.Message = fmt.Sprintf("max_stalled_steps %d ends the run where %s suspends it, and nothing can resume it", limit, quote(l.suspended.step.ID()))
		case l.skipped != nil && limit == 1:
			d.Message = fmt.Sprintf("max_stalled_steps 1 ends the run when %s is skipped, instead of going on", quote(l.skipped[0].ID()))
		case l.skipped != nil:
			d.Severity = source.Warning
			d.Message = fmt.Sprintf("max_stalled_steps %d ends the run when %s are skipped, instead of going on", limit, list(quoteIDs(l.skipped)))
		case l.repeated != nil:
			d.Severity = source.Warning
			d.Message = fmt.Sprintf("max_stalled_steps 1 ends the run as soon as %s gives the same answer again, in its second round", quote(l.repeated.ID()))
		case l.failed != nil:
			d.Severity = source.Info
			d.Message = fmt.Sprintf("with max_stalled_steps 1 a run whose step %s fails ends STALLED, and its error is not told", quote(l.failed.ID()))
		default:
			return
		}
		d.Message += fmt.Sprintf(": set at least %d", max(l.longest, limit)+1)
		d.Fixes = p.fix(fmt.Sprintf("set max_stalled_steps: %d", max(l.longest, limit)+1), false,
			setField(p.Program.Root, "max_stalled_steps", syntax.NewInt(max(l.longest, limit)+1)))
		p.Report(d)
	},
})

// maxRow is the longest row of steps that is looked at: nobody has more that may be skipped one behind the other.
const maxRow = 32

// stalls are the ways in which max_stalled_steps ends a run that is not stuck. Of each the first is kept.
type stalls struct {
	longest          int             // row of steps that put nothing out
	skipped          []*program.Step // a row that is long enough
	suspended        *suspension     // at the end of such a row
	repeated, failed *program.Step
}

// stalls looks for rows of steps that can put nothing out, one behind the other.
func (p *Pass) stalls(limit int) *stalls {
	l := &stalls{}
	counts := p.countsForStall()
	for _, s := range p.Graph.States {
		if s.Entry != program.Sequential {
			continue
		}
		uncounted := 1
		if counts[s] {
			uncounted = 0
		}
		row, by := p.silentRow(s, limit+uncounted)
		l.longest = max(l.longest, len(row)-uncounted)
		if l.suspended == nil {
			l.suspended = by
		}
		if l.skipped == nil && len(row) >= limit+uncounted {
			l.skipped = row[uncounted : limit+uncounted]
		}
		if limit == 1 && counts[s] && l.failed == nil && p.step(s).Kind != program.Condition && hasOutcome(p.Graph.From(s), program.Failed) {
			l.failed = p.step(s)
		}
	}
	if limit == 1 {
		l.repeated = p.repeatedCondition(counts)
	}
	return l
}

// countsForStall are the states before which another step has run since the machine began its walk.
func (p *Pass) countsForStall() map[program.State]bool {
	counts := make(map[program.State]bool, len(p.Graph.States))
	for _, e := range p.Graph.Edges {
		if e.Halt == program.Running && !e.Reenters() {
			counts[e.To] = true
		}
	}
	return counts
}

// silentRow is the steps in a row that can all be skipped, from a state on, and the first that may suspend the run at
// the end of such a row of at least so many steps.
func (p *Pass) silentRow(s program.State, least int) (row []*program.Step, by *suspension) {
	for len(row) <= maxRow {
		step := p.step(s)
		if by == nil && len(row)+1 >= least {
			by = p.suspends(step)
		}
		i := slices.IndexFunc(p.Graph.From(s), func(e graphcheck.Edge) bool { return e.On == program.Skipped })
		if i < 0 {
			break
		}
		row = append(row, step)
		e := p.Graph.From(s)[i]
		if e.To.Entry != program.Sequential || e.To == program.Nowhere || e.Reenters() {
			break
		}
		s = e.To
	}
	return row, by
}

func hasOutcome(edges []graphcheck.Edge, o program.Outcome) bool {
	return slices.ContainsFunc(edges, func(e graphcheck.Edge) bool { return e.On == o })
}

// repeatedCondition is a condition of a circle with one way round. It chooses the same branch in each round, which leaves
// its output as it was.
func (p *Pass) repeatedCondition(counts map[program.State]bool) *program.Step {
	for _, c := range p.circles() {
		if !p.isPlainCircle(c) {
			continue
		}
		for _, s := range c.States {
			if p.step(s).Kind == program.Condition && s.Entry == program.Sequential && counts[s] {
				return p.step(s)
			}
		}
	}
	return nil
}
