package rules

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL115", Name: "unbounded-cycle", Severity: source.Error,
	Doc: `
Steps can follow each other in a circle, and the program has no budget.

The circle ends when a condition says so. If that never happens, because the service that is polled never answers
or the model never agrees, nothing in the runtime stops it: it calls its tools and models for ever.

Set ` + "`max_steps`" + ` on the program, a little above what a good run needs.
`,
	Bad: `
steps:
  - {id: poll, type: tool, tool: poll}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: deliver, otherwise: wait}
  - {id: wait, type: tool, tool: wait_a_minute, next_step: poll}
  - {id: deliver, type: tool, tool: deliver, is_terminal: true}
`,
	Good: `
max_steps: 100
steps:
  - {id: poll, type: tool, tool: poll}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: deliver, otherwise: wait}
  - {id: wait, type: tool, tool: wait_a_minute, next_step: poll}
  - {id: deliver, type: tool, tool: deliver, is_terminal: true}
`,
	Proof: `
max_steps: 400
tools: {poll: busy}
bad: {status: runaway}
good: {status: budget_exceeded}
`,
	Run: func(p *Pass) {
		for _, c := range p.circles() {
			if len(c.Exits) > 0 && !p.onlyConditions(c) && p.budget(c) == "" {
				p.reportCircle(c, "%s can follow each other for ever: set max_steps on the program",
					p.fix("set max_steps to 100", false, setField(p.Program.Root, "max_steps", syntax.NewInt(100)))...)
			}
		}
	},
})
