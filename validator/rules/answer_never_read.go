package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL603", Name: "answer-never-read", Severity: source.Error, Needs: Conditions | Texts,
	Doc: `
A run is suspended to ask somebody, and nothing reads the answer.

A resume is not an approval. Whatever the webhook brings, ` + "`{\"approved\": false}`" + ` too, the run goes on with the step that is listed
next; only a step that reads ` + "`$__webhook__`" + ` can tell a yes from a no. A second suspension brings another answer under the same
name, so that the first must be read before. Where the name of the step or its tool says that somebody decides, this is an
error; a run that waits for a job may need no answer.

Put a condition on ` + "`$__webhook__`" + ` directly behind the step.
`,
	Bad: `
steps:
  - {id: ask, type: tool, tool: ask_human}
  - {id: pay_or_fail, type: tool, tool: pay, is_terminal: true}
`,
	Good: `
steps:
  - {id: ask, type: tool, tool: ask_human}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Proof: `
tools: {ask_human: PENDING}
resume: [{approved: false}]
bad: {path: [ask, pay_or_fail], status: success}
good: {path: [ask, approved, reject], status: success}
`,
	Declare: func() Declared { return Suspending("ask_human") },
	More: []Example{
		{Name: "The second answer replaces the first", Reported: true, Declare: func() Declared { return Suspending("ask_manager", "ask_director") }, Program: `
steps:
  - {id: first, type: tool, tool: ask_manager}
  - {id: second, type: tool, tool: ask_director}
  - {id: both, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
		{Name: "A job that only has to be done", Reported: true, Declare: func() Declared { return Suspending("render") }, Program: `
steps:
  - {id: render, type: tool, tool: render}
  - {id: fetch_or_fail, type: tool, tool: fetch_file, is_terminal: true}
`},
		{Name: "A tool takes the answer", Declare: func() Declared { return Suspending("ask_human") }, Program: `
steps:
  - {id: ask, type: tool, tool: ask_human}
  - {id: act_or_fail, type: tool, tool: act_on_answer, args: {answer: $__webhook__}, is_terminal: true}
`},
		{Name: "A day goes by", Declare: func() Declared { return Suspending("wait_one_day") }, Program: `
steps:
  - {id: invite, type: tool, tool: invite}
  - {id: rest, type: tool, tool: wait_one_day}
  - {id: remind_or_fail, type: tool, tool: remind, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		known := p.suspended()
		for _, s := range known.all {
			if s.how != declared || isTimer(s.step) || p.isOutputTold(s.step) {
				continue
			}
			if _, told := p.resumesElsewhere(s); told {
				continue
			}
			first, next, read := p.behindSuspension(s.step)
			if first == nil || read {
				continue
			}
			d := source.Diagnostic{
				Note: source.Note{
					Span:    s.step.Place(),
					Message: fmt.Sprintf("whatever %s is answered, the run goes on with %s: put a condition on $%s between them", quote(s.step.ID()), quote(first.ID()), program.Webhook),
				},
				Related: []source.Note{{Span: first.Place(), Message: "runs after any answer"}},
			}
			if next != nil {
				d.Message = fmt.Sprintf("nothing reads the answer to %s before that to %s replaces it: put a condition on $%s between them",
					quote(s.step.ID()), quote(next.ID()), program.Webhook)
				d.Related = []source.Note{{Span: next.Place(), Message: "suspends the run again"}}
			}
			if !asksSomebody(s.step) {
				d.Severity = source.Info
			}
			p.Report(d)
		}
	},
})

// behindSuspension looks for a reader of the answer behind a step that suspends the run: the step that the run is resumed
// at, one that suspends it again before the answer is read, and whether it is, or may be, read on any way.
func (p *Pass) behindSuspension(s *program.Step) (first, next *program.Step, read bool) {
	whole := p.walkBehindResume(s, func(at *program.Step) bool {
		if first == nil {
			first = at
		}
		switch again := p.suspends(at); {
		case readsWebhook(at):
			read = true
			return false
		case again != nil:
			if next == nil && at != s {
				next = at
			}
			return false
		}
		return true
	})
	return first, next, read || !whole
}

// isOutputTold reports whether the rule about outputs of suspended steps speaks about a step: then its reader expects the
// answer there.
func (p *Pass) isOutputTold(s *program.Step) bool {
	for _, r := range p.readsOfSuspended() {
		if p.Flow().Writers(r.of)[0] == s {
			return true
		}
	}
	return false
}

// asksSomebody reports whether a name of a step says that somebody decides.
func asksSomebody(s *program.Step) bool {
	names := namesOf(s)
	return hasAny(names[0], decidingWords) || hasAny(names[1], decidingWords)
}

var decidingWords = strings.Fields("approval approvals approve approver human review reviewer manual confirm confirmation ask asks manager supervisor " +
	"consent signoff decision permission")

// isTimer reports whether a name of a step says that only time has to go by.
func isTimer(s *program.Step) bool {
	names := namesOf(s)
	return hasAny(names[0], timeWords) || hasAny(names[1], timeWords)
}

var timeWords = strings.Fields("second seconds minute minutes hour hours day days week weeks month months time timer delay sleep until tomorrow")
