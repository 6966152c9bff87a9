package rules

import "github.com/nanolint/nanolint/source"

var _ = rule(Rule{
	ID: "NL114", Name: "budget-ends-cycle", Severity: source.Warning,
	Doc: `
Steps follow each other in a circle that nothing but a budget ends.

Every run that comes here ends as BUDGET_EXCEEDED or STALLED, never as a success, and has no final output:
no step of the circle is terminal and no condition leads out.

Put a condition into the circle that leads out of it when the work is done.
`,
	Bad: `
max_steps: 20
steps:
  - {id: draft, type: llm, prompt: Improve this text. $text}
  - {id: review, type: llm, prompt: Review this text. $draft, next_step: draft}
`,
	Good: `
max_steps: 20
steps:
  - {id: draft, type: llm, prompt: Improve this text. $text}
  - {id: review, type: llm, prompt: Judge this text. $draft, allowed_outputs: ["yes", "no"]}
  - {id: good, type: condition, condition: $review.output == 'yes', then: publish, otherwise: draft}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
`,
	Proof: `
llm: {draft: A text., review: "yes"}
bad: {status: budget_exceeded}
good: {status: success}
`,
	Run: func(p *Pass) {
		for _, c := range p.circles() {
			if b := p.budget(c); b != "" && len(c.Exits) == 0 && !p.onlyConditions(c) {
				p.reportCircle(c, "%s follow each other in a circle that only "+b+" ends: add a condition that leads out of it")
			}
		}
	},
})
