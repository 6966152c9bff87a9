package rules

import "github.com/nanolint/nanolint/source"

var _ = rule(Rule{
	ID: "NL116", Name: "condition-cycle", Severity: source.Error,
	Doc: `
Conditions choose each other in a circle in which nothing else runs.

Nothing that they look at can change on the way, so they come out the same each time. The machine descends one level of Python's
stack for every second one, until "maximum recursion depth exceeded".

Put a step into the circle that changes what the conditions look at.
`,
	Bad: `
max_steps: 50
steps:
  - {id: paid, type: condition, condition: $paid == 1, then: ship, otherwise: promised}
  - {id: promised, type: condition, condition: $promised == 1, then: paid, otherwise: reject}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
max_steps: 50
steps:
  - {id: look, type: tool, tool: look_up_payment}
  - {id: paid, type: condition, condition: $look.output == 'paid', then: ship, otherwise: promised}
  - {id: promised, type: condition, condition: $look.output == 'promised', then: look, otherwise: reject}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {paid: 0, promised: 1}
tools: {look_up_payment: [promised, paid]}
bad: {status: budget_exceeded}
good: {status: success}
`,
	Run: func(p *Pass) {
		for _, c := range p.circles() {
			if p.onlyConditions(c) {
				p.reportCircle(c, "%s choose each other with nothing changed in between: add a step that changes what they look at")
			}
		}
	},
})
