package rules

import "github.com/nanolint/nanolint/source"

var _ = rule(Rule{
	ID: "NL113", Name: "endless-cycle", Severity: source.Error,
	Doc: `
Steps follow each other in a circle that has no way out and no budget.

Once the run has come here it goes on for ever, unless a step fails: no step of the circle is terminal and no
condition leads out. Each round calls the tools and the models again.

Put a condition into the circle that leads out of it, and ` + "`max_steps`" + ` on the program.
`,
	Bad: `
steps:
  - {id: fetch, type: tool, tool: fetch_mail}
  - {id: answer, type: llm, prompt: Answer this mail. $fetch, next_step: fetch}
`,
	Good: `
max_steps: 100
steps:
  - {id: fetch, type: tool, tool: fetch_mail}
  - {id: empty, type: condition, condition: $fetch.output == '', then: done, otherwise: answer}
  - {id: answer, type: llm, prompt: Answer this mail. $fetch, next_step: fetch}
  - {id: done, type: tool, tool: log_out, is_terminal: true}
`,
	Proof: `
max_steps: 400
tools: {fetch_mail: [Where is it, ""]}
bad: {status: runaway}
good: {status: success}
`,
	Run: func(p *Pass) {
		for _, c := range p.circles() {
			if len(c.Exits) == 0 && !p.onlyConditions(c) && p.budget(c) == "" {
				p.reportCircle(c, "%s follow each other in a circle without a way out: add a condition that leads out of it")
			}
		}
	},
})
