package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL606", Name: "webhook-without-suspension", Severity: source.Error,
	Doc: `
A step reads what a resumed run is sent, and no way to it can have been resumed.

` + "`$__webhook__` and `$__webhook_source__`" + ` are there only behind a resume, and only a tool step of the list suspends a run, by
answering PENDING. A model that answers PENDING has answered a text, and so has a tool inside a parallel block. Where no
tool step runs before, a condition finds None and a prompt or argument is sent as it is written.

Put the tool step that suspends the run before.
`,
	Bad: `
steps:
  - {id: ask, type: llm, prompt: Ask the manager and answer PENDING}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Good: `
steps:
  - {id: ask, type: tool, tool: ask_manager}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Proof: `
llm: {ask: PENDING}
tools: {ask_manager: PENDING}
resume: [{approved: true}]
bad: {path: [ask, approved, reject]}
good: {path: [ask, approved, pay]}
`,
	More: []Example{
		{Name: "In a block it is no suspension", Reported: true, Program: `
steps:
  - id: prepare
    type: parallel
    parallel_steps:
      - {id: approval, type: tool, tool: wait_for_approval}
      - {id: invoice, type: tool, tool: load_invoice}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, args: {invoice: $invoice.output}, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
		{Name: "The only tool before never suspends", Reported: true,
			Declare: func() Declared { return Declared{Tools: map[string]Tool{"load": {Suspends: No}}} }, Program: `
steps:
  - {id: load, type: tool, tool: load}
  - {id: use_or_fail, type: tool, tool: use, args: {answer: $__webhook__}, is_terminal: true}
`},
		{Name: "On one of two ways", Program: `
steps:
  - {id: large, type: condition, condition: $amount > 100, then: ask, otherwise: note_or_fail}
  - {id: ask, type: tool, tool: ask_manager, next_step: note_or_fail}
  - {id: note_or_fail, type: tool, tool: note, args: {answer: $__webhook__}, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		known := p.suspended()
		if len(known.readers) == 0 || p.unreadable() {
			return
		}
		resumed := p.behindAnyResume(known)
		p.uses(func(u *program.Use) {
			at := topOf(u.Step)
			if !isWebhook(*u) || u.Site == program.InNested || !known.whole.Reachable(at) || resumed[at] {
				return
			}
			what := "is sent as it is written"
			if u.Site == program.InCondition {
				what = "is None"
			}
			d := source.Diagnostic{Note: source.Note{
				Span: u.Span,
				Message: fmt.Sprintf("%s in %s %s, because no tool step runs before it that could suspend the run",
					u.Path, describe(u.Step), what),
			}}
			if sub := p.waitingSub(); sub != nil {
				d.Related = []source.Note{{Span: sub.Place(), Message: "cannot suspend the run inside a parallel block"}}
			}
			p.Report(d)
		})
	},
})

// behindAnyResume are the steps that a run may come to behind a resume, whichever tool may have suspended it.
func (p *Pass) behindAnyResume(known *suspensionsOf) map[*program.Step]bool {
	steps, seen := map[*program.Step]bool{}, map[program.State]bool{}
	var queue []program.State
	add := func(to program.State) {
		if to != program.Nowhere && !seen[to] {
			seen[to] = true
			steps[p.step(to)] = true
			queue = append(queue, to)
		}
	}
	for i := range known.whole.Edges {
		if e := &known.whole.Edges[i]; e.Halt == program.Suspended && p.suspendsAsDeclared(p.step(e.From)) != No {
			add(e.To)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, e := range known.whole.From(queue[0]) {
			if e.Halt == program.Running {
				add(e.To)
			}
		}
	}
	return steps
}

// waitingSub is a sub-step that by its name waits for somebody.
func (p *Pass) waitingSub() *program.Step {
	for s := range p.Program.All {
		if s.Parent != nil && s.Kind == program.Tool && mayWait(s) {
			return s
		}
	}
	return nil
}
