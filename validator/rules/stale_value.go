package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL323", Name: "stale-value", Severity: source.Warning,
	Doc: `
A step of a loop may be skipped, and then the others read its output of an earlier round.

A skipped step writes nothing, and what it wrote before stays. The loop goes on with an old answer as if it were new.

Leave ` + "`on_error: skip`" + ` out in loops.
`,
	Bad: `
max_steps: 40
steps:
  - {id: poll, type: tool, tool: poll, on_error: skip}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: deliver_or_fail, otherwise: wait}
  - {id: wait, type: tool, tool: wait_a_minute, next_step: poll}
  - {id: deliver_or_fail, type: tool, tool: deliver, is_terminal: true}
`,
	Good: `
max_steps: 40
steps:
  - {id: poll, type: tool, tool: poll}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: deliver_or_fail, otherwise: wait}
  - {id: wait, type: tool, tool: wait_a_minute, next_step: poll}
  - {id: deliver_or_fail, type: tool, tool: deliver, is_terminal: true}
`,
	Proof: `
tools: {poll: [busy, {error: 'ConnectionError: gone'}]}
bad: {status: budget_exceeded}
good: {status: failed}
`,
	Run: func(p *Pass) {
		if len(p.circles()) == 0 {
			return
		}
		reported := make(map[*program.Step]bool)
		p.reads(func(r read) {
			for _, w := range p.Flow().Writers(r.of) {
				if w.OnError != program.Skip || w == r.Step || reported[w] || w.Kind == program.Condition || !p.isOnCircleWith(w, r.Step) {
					continue
				}
				reported[w] = true
				p.Report(source.Diagnostic{
					Note: source.Note{
						Span:    fieldSpan(w, "on_error"),
						Message: fmt.Sprintf("if %s is skipped in a later round, %s reads its output of an earlier one: remove on_error", quote(w.ID()), quote(r.Step.ID())),
					},
					Related: []source.Note{{Span: r.Span, Message: "reads it here"}},
					Fixes:   p.fix("remove on_error", false, removeField(w.Node, "on_error")),
				})
			}
		})
	},
})
