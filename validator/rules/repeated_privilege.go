package rules

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL808", Name: "repeated-privilege", Severity: source.Error, Needs: Conditions | Texts,
	Doc: `
A run that is resumed comes to a privileged tool that it has called before.

A suspended run goes on with the step that is listed next, whatever the steps before have done: what is paid is paid again. The rule
needs the tools that pay, delete or send to be named, under ` + "`privileged-tools`" + ` of the configuration. It is silent about a tool that is
declared idempotent, and about a call with a key that tells the tool of the repetition. A retry of a privileged tool is told by
repeated-action.

Let the run go on behind the call, or pass a key that makes it idempotent.
`,
	Bad: `
max_steps: 20
steps:
  - {id: approved, type: condition, condition: $amount < 100, then: pay, otherwise: refuse}
  - {id: ask, type: tool, tool: ask_human}
  - {id: really, type: condition, condition: $__webhook__.again == True, then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, next_step: ask}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: approved, type: condition, condition: $amount < 100, then: pay, otherwise: ask}
  - {id: ask, type: tool, tool: ask_human}
  - {id: really, type: condition, condition: $__webhook__.again == True, then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {amount: 5}
tools: {ask_human: PENDING, pay: paid, refuse: refused}
resume: [{again: true}, {again: false}]
bad: {path: [approved, pay, ask, really, pay, ask, really, refuse]}
good: {path: [approved, pay]}
`,
	Declare: func() Declared {
		return Declared{PrivilegedTools: []string{"pay"}, Tools: Suspending("ask_human").Tools}
	},
	More: []Example{
		{Name: "The tool can tell a repetition", Declare: func() Declared {
			return Declared{PrivilegedTools: []string{"pay"}, Tools: Suspending("ask_human").Tools}
		}, Program: `
max_steps: 20
steps:
  - {id: approved, type: condition, condition: $amount < 100, then: pay, otherwise: refuse}
  - {id: ask, type: tool, tool: ask_human}
  - {id: really, type: condition, condition: $__webhook__.again == True, then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, args: {idempotency_key: $order_id}, next_step: ask}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		for _, c := range p.privilegedCalls() {
			if p.isRepeatable(c.Step) == unknownRepeat {
				continue
			}
			if way := p.resumedInto(c.Step); way != nil {
				p.Report(source.Diagnostic{IsPath: true, Related: p.path(way), Note: source.Note{
					Span: c.Tool.Span,
					Message: fmt.Sprintf("a resume of %s can lead back to %s, which calls the privileged tool %s again: go on behind it, or pass a key that makes it idempotent",
						quote(suspendedOn(p, way).ID()), describe(c.Step), quote(c.name)),
				}})
			}
		}
	},
})

func suspendedOn(p *Pass, way []graphcheck.Edge) *program.Step {
	for _, e := range way {
		if e.Halt == program.Suspended {
			return p.step(e.From)
		}
	}
	return p.step(way[0].From) // the resume is further back than is told
}

// resumedInto is a shortest way from behind a step back to it, through a resume; nil if there is none.
func (p *Pass) resumedInto(s *program.Step) []graphcheck.Edge {
	for s.Parent != nil {
		s = s.Parent
	}
	type place struct {
		at      program.State
		resumed bool
	}
	type step struct {
		graphcheck.Edge
		from place
	}
	g, came := p.suspended().graph, map[place]step{}
	var queue []place
	for _, entry := range g.Entries(s) {
		queue = append(queue, place{at: program.State{Step: s.Index, Entry: entry}})
	}
	for starts, i := len(queue), 0; i < len(queue); i++ {
		from := queue[i]
		for _, e := range g.From(from.at) {
			to := place{e.To, from.resumed || e.Halt == program.Suspended}
			isOpen := e.Halt == program.Running || e.Halt == program.Suspended && p.suspends(p.step(e.From)) != nil
			_, seen := came[to]
			if !isOpen || e.To == program.Nowhere || seen || i < starts && e.On != program.Done {
				continue // what has failed or was skipped may be tried again
			}
			came[to] = step{e, from}
			if to.at.Step != s.Index {
				queue = append(queue, to)
			} else if to.resumed {
				return wayBack(to, func(at place) (graphcheck.Edge, place, bool) { c, ok := came[at]; return c.Edge, c.from, ok })
			}
		}
	}
	return nil
}

// wayBack is the end of the way that before leads back along, in the order of the run.
func wayBack[P any](at P, before func(P) (graphcheck.Edge, P, bool)) []graphcheck.Edge {
	var way []graphcheck.Edge
	for len(way) < maxWitness {
		e, from, ok := before(at)
		if !ok {
			break
		}
		way = append(way, e)
		at = from
	}
	slices.Reverse(way)
	return way
}
