package rules

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL806", Name: "unguarded-privilege", Severity: source.Error, Needs: Conditions | Texts,
	Doc: `
A privileged tool can be reached on a way that passes no guard.

A guard is a model with ` + "`allowed_outputs`" + `, or a condition, unless all that the condition looks at is the free text of a model:
"I would not say yes" contains a yes, and so does what a customer has written into the prompt. The rule needs the tools that pay,
delete or send to be named, under ` + "`privileged-tools`" + ` of the configuration. It tells the shortest way past all guards.

Put a condition on something certain before the tool, on every way to it: an answer under ` + "`allowed_outputs`" + `, an amount, an approval.
`,
	Bad: `
steps:
  - {id: ask, type: llm, prompt: "May we refund $order? Answer yes or no.", output_key: verdict}
  - {id: agreed, type: condition, condition: "'yes' in $verdict", then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: ask, type: llm, prompt: "May we refund $order? Answer yes or no.", allowed_outputs: ["yes", "no"], output_key: verdict}
  - {id: agreed, type: condition, condition: $verdict == 'yes', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {ask: I would not say yes}
tools: {pay: paid, refuse: refused}
bad: {path: [ask, agreed, pay]}
good: {status: failed, calls: []}
`,
	Declare: func() Declared { return Privileged("pay") },
	More: []Example{
		{Name: "Nothing stands before it", Reported: true, Declare: func() Declared { return Privileged("pay") }, Program: `
steps:
  - {id: load, type: tool, tool: load_order}
  - {id: pay_or_fail, type: tool, tool: pay, is_terminal: true}
`},
		{Name: "One way leads past the guard", Reported: true, Declare: func() Declared { return Privileged("pay") }, Program: `
steps:
  - {id: ask, type: llm, prompt: "Is this urgent? $order"}
  - {id: urgent, type: condition, condition: "'urgent' in $ask.output", then: pay, otherwise: amount}
  - {id: amount, type: condition, condition: $amount < 100, then: pay, otherwise: refuse}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
`},
		{Name: "A tool that is not privileged", Declare: func() Declared { return Privileged("pay") }, Program: `
steps:
  - {id: load_or_fail, type: tool, tool: load_order, is_terminal: true}
`},
		{Name: "Somebody approves", Declare: func() Declared {
			return Declared{PrivilegedTools: []string{"pay"}, Tools: Suspending("ask_human").Tools}
		}, Program: `
steps:
  - {id: ask, type: tool, tool: ask_human}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if len(p.Declared.PrivilegedTools) == 0 || p.unreadable() {
			return
		}
		free := p.waysPast(p.isGuard)
		for _, c := range p.privilegedCalls() {
			at, found := free.to(c.Step)
			if !found {
				continue
			}
			way := free.way(at)
			d := source.Diagnostic{IsPath: true, Note: source.Note{Span: c.Tool.Span}, Related: p.path(way)}
			d.Message = fmt.Sprintf("%s calls the privileged tool %s, and no guard stands before it on this way: put a condition on something certain there",
				describe(c.Step), quote(c.name))
			for _, e := range way {
				if from := p.step(e.From); from.Kind == program.Condition {
					d.Message = fmt.Sprintf("%s calls the privileged tool %s, and only %s, which looks at the free text of a model, stands before it: set allowed_outputs there",
						describe(c.Step), quote(c.name), quote(from.ID()))
				}
			}
			p.Report(d)
		}
	},
})

// privilegedCalls are the calls of tools that must not be called on the word of a model alone.
func (p *Pass) privilegedCalls() []call {
	var all []call
	for c := range p.calls {
		if slices.Contains(p.Declared.PrivilegedTools, c.name) {
			all = append(all, c)
		}
	}
	return all
}

// isGuard reports whether a step lets a run by only on something certain. What cannot be read may be that.
func (p *Pass) isGuard(s *program.Step) bool {
	switch s.Kind {
	case program.Unknown:
		return true
	case program.LLM:
		_, guarded := guardOf(s)
		return guarded || s.AllowedOutputs != nil && len(s.AllowedOutputs.Items) > 0
	case program.Condition:
		return len(s.Uses) == 0 || slices.ContainsFunc(s.Uses, func(u program.Use) bool {
			of := p.readings().writer(u.Path, true)
			return of == nil || of.Kind != program.LLM || p.isGuard(of)
		})
	}
	return false
}

// ways are the ways of a run on which no guard is passed.
type ways struct {
	came map[program.State]graphcheck.Edge // the last move to each state, on a shortest way
	seen map[program.State]bool
}

// waysPast walks from the start, and goes on behind no step that is a guard. A run that suspends goes on where it
// is known that the tool suspends.
func (p *Pass) waysPast(isGuard func(*program.Step) bool) *ways {
	w := &ways{came: map[program.State]graphcheck.Edge{}, seen: map[program.State]bool{}}
	if len(p.Program.Steps) == 0 {
		return w
	}
	g := p.suspended().graph
	w.seen[program.Start] = true
	for queue := []program.State{program.Start}; len(queue) > 0; queue = queue[1:] {
		from := queue[0]
		if isGuard(p.step(from)) {
			continue
		}
		for _, e := range g.From(from) {
			isOpen := e.Halt == program.Running && p.Flow().Happens(e) || e.Halt == program.Suspended && p.suspends(p.step(from)) != nil
			if isOpen && e.To != program.Nowhere && !w.seen[e.To] {
				w.seen[e.To], w.came[e.To] = true, e
				queue = append(queue, e.To)
			}
		}
	}
	return w
}

// to is a state in which control comes to a step, or to the block of a sub-step.
func (w *ways) to(s *program.Step) (program.State, bool) {
	for s.Parent != nil {
		s = s.Parent
	}
	for _, e := range [...]program.Entry{program.Sequential, program.Inline} {
		if at := (program.State{Step: s.Index, Entry: e}); w.seen[at] {
			return at, true
		}
	}
	return program.Nowhere, false
}

// way is the end of a shortest way to a state.
func (w *ways) way(to program.State) []graphcheck.Edge {
	return wayBack(to, func(at program.State) (graphcheck.Edge, program.State, bool) {
		e, ok := w.came[at]
		return e, e.From, ok
	})
}
