package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL602", Name: "output-of-suspended", Severity: source.Error, Needs: Conditions | Texts,
	Doc: `
A step reads the output of the step that suspended the run, which has none.

A step that suspends the run is not run again when the run is resumed, and puts nothing out, ever. Behind the resume
a condition finds None under its name, and a prompt or an argument is sent with the variable as it is written. What the resume
brings is in ` + "`$__webhook__`" + `.

Read ` + "`$__webhook__`" + `. To ask again, as in a dialogue or when something is polled, lead back to the step, or give each turn a step of
its own.
`,
	Bad: `
steps:
  - {id: poll, type: tool, tool: poll_job}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: fetch, otherwise: give_up}
  - {id: fetch, type: tool, tool: fetch, is_terminal: true}
  - {id: give_up, type: tool, tool: give_up, is_terminal: true}
`,
	Good: `
steps:
  - {id: poll, type: tool, tool: poll_job}
  - {id: ready, type: condition, condition: $__webhook__.status == 'ready', then: fetch, otherwise: give_up}
  - {id: fetch, type: tool, tool: fetch, is_terminal: true}
  - {id: give_up, type: tool, tool: give_up, is_terminal: true}
`,
	Proof: `
tools: {poll_job: PENDING}
resume: [{status: ready}]
bad: {path: [poll, ready, give_up], status: success}
good: {path: [poll, ready, fetch], status: success}
`,
	Declare: func() Declared { return Suspending("poll_job") },
	More: []Example{
		{Name: "Not declared, and passed to a tool", Reported: true, Program: `
steps:
  - {id: ask, type: tool, tool: ask_manager}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, args: {approval: $ask.output}, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
		{Name: "The answer at once, if there is one", Declare: func() Declared { return Suspending("ask") }, Program: `
steps:
  - {id: ask, type: tool, tool: ask}
  - {id: at_once, type: condition, condition: $ask.output != None, then: record, otherwise: later}
  - {id: record, type: tool, tool: record, args: {answer: $ask.output}, is_terminal: true}
  - {id: later, type: tool, tool: record, args: {answer: $__webhook__}, is_terminal: true}
`},
		{Name: "One condition for both ways of an answer", Declare: func() Declared { return Suspending("ask") }, Program: `
steps:
  - {id: ask, type: tool, tool: ask}
  - {id: approved, type: condition, condition: $ask.output == 'yes' or $__webhook__.answer == 'yes', then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		for _, r := range p.readsOfSuspended() {
			s := p.suspends(p.Flow().Writers(r.of)[0])
			what := fmt.Sprintf("is None for %s", describe(r.Step))
			if r.Site != program.InCondition {
				what = fmt.Sprintf("is sent by %s as it is written", describe(r.Step))
			}
			p.Report(source.Diagnostic{
				Severity: s.severity(),
				Note: source.Note{
					Span:    r.Span,
					Message: fmt.Sprintf("%s, it puts nothing out, and %s %s: read $%s", s.when(), r.Path, what, program.Webhook),
				},
				Related: []source.Note{{Span: s.step.Place(), Message: "suspends the run, and is not run again"}},
			})
		}
	},
})

// readsOfSuspended are the places that read what only a step writes that suspends the run, where a resumed run comes
// without writing it. Where a condition reads what the resume brings, or asks whether the output is there, its author knows.
func (p *Pass) readsOfSuspended() []read {
	known := p.suspended()
	if len(known.all) == 0 {
		return nil
	}
	if known.reads == nil {
		known.reads = []read{}
		answered := p.readsAnswerInCondition()
		behind := map[*program.Step]map[*program.Step]bool{}
		p.eachWritten(func(u *program.Use, v dataflow.Variable) {
			writers := p.Flow().Writers(v)
			if len(writers) != 1 || writers[0] == u.Step {
				return
			}
			s := p.suspends(writers[0])
			switch {
			case s == nil || readsWebhook(u.Step) || p.looksAt(v.Name):
				return
			case u.Site == program.InCondition && (answered || s.how < declared):
				return
			}
			if behind[s.step] == nil {
				behind[s.step] = p.behindResume(s.step)
			}
			if at := topOf(u.Step); behind[s.step][at] {
				known.reads = append(known.reads, read{Use: u, of: v, unset: program.Nowhere})
			}
		})
	}
	return known.reads
}

// eachWritten calls f for every variable in a text that names something that a step writes.
func (p *Pass) eachWritten(f func(u *program.Use, v dataflow.Variable)) {
	p.uses(func(u *program.Use) {
		if v, ok := p.written(u); ok {
			f(u, v)
		}
	})
}

// readsAnswerInCondition reports whether a condition reads what a resumed run is sent.
func (p *Pass) readsAnswerInCondition() bool {
	for _, s := range p.suspended().readers {
		if s.Kind == program.Condition {
			return true
		}
	}
	return false
}

// looksAt reports whether a condition asks if a variable is there: for its truth, or whether it is None.
func (p *Pass) looksAt(name string) bool {
	known := p.suspended()
	if known.lookedAt == nil {
		known.lookedAt = map[string]bool{}
		for _, s := range p.Program.Steps {
			if s.Cond == nil || !isPlain(s.Cond) {
				continue
			}
			for term := range cond.Terms(s.Cond.Root) {
				if v := variableOfNoneTest(term); v != nil {
					known.lookedAt[v.Path[0].Name] = true
				}
			}
		}
	}
	return known.lookedAt[name]
}

// variableOfNoneTest is the variable of which a term asks whether it is there, nil if it asks something else.
func variableOfNoneTest(term cond.Node) *cond.Var {
	if v, is := term.(*cond.Var); is {
		return v
	}
	b, is := term.(*cond.Binary)
	if !is {
		return nil
	}
	for _, sides := range [...][2]cond.Node{{b.Left, b.Right}, {b.Right, b.Left}} {
		v, isVar := sides[0].(*cond.Var)
		l, isLiteral := sides[1].(*cond.Literal)
		if isVar && isLiteral && l.Value.Kind() == value.None {
			return v
		}
	}
	return nil
}

// behindResume are the steps that a run may come to when it is resumed behind a step, without running that step again.
func (p *Pass) behindResume(s *program.Step) map[*program.Step]bool {
	behind := map[*program.Step]bool{}
	p.walkBehindResume(s, func(at *program.Step) bool {
		if at == s {
			return false
		}
		behind[at] = true
		return true
	})
	return behind
}

// walkBehindResume visits the steps that a run comes to when it is resumed behind a step, and goes on behind those of which
// visit says so. It is false if it has given up, because all walks together have come by too many states.
func (p *Pass) walkBehindResume(s *program.Step, visit func(*program.Step) bool) (whole bool) {
	known := p.suspended()
	seen := map[program.State]bool{}
	var queue []program.State
	add := func(to program.State) {
		if to != program.Nowhere && !seen[to] {
			seen[to] = true
			queue = append(queue, to)
		}
	}
	for _, entry := range known.graph.Entries(s) {
		add(p.Program.Next(program.State{Step: s.Index, Entry: entry}, program.Pending).To)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		if known.visits++; known.visits > maxRunTogether {
			return false
		}
		if !visit(p.step(queue[0])) {
			continue
		}
		for _, e := range known.graph.From(queue[0]) {
			if e.Halt == program.Running || e.Halt == program.Suspended && p.suspends(p.step(e.From)) != nil {
				add(e.To)
			}
		}
	}
	return true
}
