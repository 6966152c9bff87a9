package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL601", Name: "resumes-elsewhere", Severity: source.Error, Needs: Conditions | Texts,
	Doc: `
A run that is suspended at a step goes on somewhere else than the step says.

A resumed run goes on at the step that is listed next. The ` + "`next_step`" + ` of the step that suspended it is not followed, its
` + "`is_terminal`" + ` does not end the run, and that it was the branch of a condition is forgotten. The worst case is a branch that asks for
approval, with the other branch listed behind it: the manager approves the refund, the run is resumed, and rejects it.

Which tools suspend a run is declared, or seen from ` + "`$__webhook__`" + ` being read behind them. A name like ` + "`wait_for_approval`" + ` alone
is enough only where another branch or another step than the named one would run.

List what is to follow directly behind the step that suspends.
`,
	Bad: `
steps:
  - {id: large, type: condition, condition: $amount > 100, then: ask_manager, otherwise: reject}
  - {id: ask_manager, type: tool, tool: ask, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: large, type: condition, condition: $amount > 100, then: ask_manager, otherwise: reject}
  - {id: ask_manager, type: tool, tool: ask}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {amount: 500}
tools: {ask: PENDING}
resume: [{approved: true}]
bad: {path: [large, ask_manager, reject], status: success}
good: {path: [large, ask_manager, approved, pay], status: success}
`,
	Declare: func() Declared { return Suspending("ask") },
	More: []Example{
		{Name: "next_step is not followed", Reported: true, Declare: func() Declared { return Suspending("wait") }, Program: `
steps:
  - {id: wait, type: tool, tool: wait, next_step: finish}
  - {id: cancel, type: tool, tool: cancel_order}
  - {id: finish, type: tool, tool: finish, args: {answer: $__webhook__}}
`},
		{Name: "Not declared, but the answer is read", Reported: true, Program: `
steps:
  - {id: large, type: condition, condition: $amount > 100, then: ask_manager, otherwise: pay_at_once}
  - {id: ask_manager, type: tool, tool: ask_manager, next_step: approved}
  - {id: pay_at_once, type: tool, tool: pay, is_terminal: true}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay_at_once, otherwise: reject}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A name alone, and the other branch behind it", Reported: true, Program: `
steps:
  - {id: large, type: condition, condition: $amount > 100, then: approval, otherwise: reject}
  - {id: approval, type: tool, tool: wait_for_approval, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A resume at the end of the list is the end", Reported: true, Declare: func() Declared { return Suspending("ask_customer") }, Program: `
max_steps: 20
steps:
  - {id: offer, type: tool, tool: make_offer}
  - {id: accepted, type: condition, condition: $offer.output == 'accepted', then: sell, otherwise: ask}
  - {id: sell, type: tool, tool: sell, is_terminal: true}
  - {id: ask, type: tool, tool: ask_customer, next_step: offer}
`},
		{Name: "The step listed next takes the answer, and next_step is for when nobody has to be asked", Declare: func() Declared { return Suspending("ask") }, Program: `
steps:
  - {id: ask, type: tool, tool: ask, next_step: pay}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A tool that only waits a while", Program: `
max_steps: 30
steps:
  - {id: poll, type: tool, tool: poll}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: fetch, otherwise: wait}
  - {id: wait, type: tool, tool: wait_seconds, next_step: poll}
  - {id: fetch, type: tool, tool: fetch, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		known := p.suspended()
		if len(known.all) == 0 || p.unreadable() {
			return
		}
		for _, s := range known.all {
			if at, ok := p.resumesElsewhere(s); ok {
				p.reportResume(s, at)
			}
		}
	},
})

// resumesElsewhere is a state in which a step suspends a run that goes on elsewhere by mistake, and whether there is one.
func (p *Pass) resumesElsewhere(s *suspension) (at program.State, ok bool) {
	for _, entry := range p.suspended().graph.Entries(s.step) {
		at := program.State{Step: s.step.Index, Entry: entry}
		resumed, done := p.Program.Next(at, program.Pending), p.Program.Next(at, program.Done)
		if resumed.To != done.To && done.Halt != program.Failure && p.isHarmful(s, resumed, done) {
			return at, true
		}
	}
	return program.Nowhere, false
}

// isHarmful reports whether a resume elsewhere is a mistake. A step that takes the answer of the webhook is listed behind on
// purpose, and so may be any that the end of a branch is followed by, but the branch of another case.
func (p *Pass) isHarmful(s *suspension, resumed, done program.Move) bool {
	if resumed.To == program.Nowhere {
		return s.how > byItsName
	}
	to := p.step(resumed.To)
	switch {
	case readsWebhook(to):
		return false
	case done.Why == program.ByNextStep:
		return true
	case p.otherBranch(s.step, to) != nil:
		return true
	}
	return done.Why == program.Terminal && s.how > byItsName && p.Graph.Reachable(to)
}

// otherBranch is a condition that chooses one step and, in its other case, the other.
func (p *Pass) otherBranch(a, b *program.Step) *program.Step {
	for _, c := range p.chosenBy(a) {
		if c.Then.To == b || c.Otherwise.To == b {
			return c
		}
	}
	return nil
}

func (p *Pass) reportResume(s *suspension, at program.State) {
	resumed, done := p.Program.Next(at, program.Pending), p.Program.Next(at, program.Done)
	d := source.Diagnostic{
		Severity: s.severity(),
		Note:     source.Note{Span: s.step.Place(), Message: s.when()},
		Related:  p.witness(at, graphcheck.Edge{From: at, On: program.Pending, Move: resumed}),
		IsPath:   true,
	}
	if resumed.To == program.Nowhere {
		d.Message += ", it ends as soon as it is resumed, because no step is listed behind"
	} else {
		to := p.step(resumed.To)
		d.Message += ", it resumes at " + quote(to.ID())
		if c := p.otherBranch(s.step, to); c != nil {
			d.Message += ", the other branch of " + quote(c.ID())
		}
	}
	switch done.Why {
	case program.ByNextStep:
		d.Span = fieldSpan(s.step, "next_step")
		d.Message += fmt.Sprintf(", and next_step is not followed: list %s directly behind %s", quote(p.step(done.To).ID()), quote(s.step.ID()))
	case program.Terminal:
		d.Span = fieldSpan(s.step, "is_terminal")
		d.Message += ", and is_terminal does not count: list what is to follow directly behind " + quote(s.step.ID())
	default:
		d.Message += ": list what is to follow directly behind " + quote(s.step.ID())
	}
	p.Report(d)
}
