package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL701", Name: "no-concurrency", Severity: source.Error,
	Doc: `
A parallel block allows no sub-step to run.

` + "`max_concurrency`" + ` is how many sub-steps run at once. 0 is not "no limit": every sub-step waits for room that never comes, and the
run never ends; no budget and no timeout ends it. With less than 0 the block fails before the first sub-step.

Remove ` + "`max_concurrency`" + ` for no limit, or write 1 to run the sub-steps one after the other.
`,
	Bad: `
steps:
  - id: load
    type: parallel
    max_concurrency: 0
    parallel_steps:
      - {id: user, type: tool, tool: load_user}
      - {id: orders, type: tool, tool: load_orders}
  - {id: answer_or_fail, type: llm, prompt: "Answer $mail for $user.output with $orders.output", is_terminal: true}
`,
	Good: `
steps:
  - id: load
    type: parallel
    parallel_steps:
      - {id: user, type: tool, tool: load_user}
      - {id: orders, type: tool, tool: load_orders}
  - {id: answer_or_fail, type: llm, prompt: "Answer $mail for $user.output with $orders.output", is_terminal: true}
`,
	Proof: `
bad: {path: [], status: deadlock}
good: {path: [load, answer_or_fail], status: success}
`,
	More: []Example{
		{Name: "Less than none", Reported: true, Program: `
steps:
  - id: load
    type: parallel
    max_concurrency: -1
    parallel_steps:
      - {id: user, type: tool, tool: load_user}
      - {id: orders, type: tool, tool: load_orders}
`},
		{Name: "One after the other", Program: `
steps:
  - id: load
    type: parallel
    max_concurrency: 1
    parallel_steps:
      - {id: user, type: tool, tool: load_user}
      - {id: orders, type: tool, tool: load_orders}
`},
	},
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			n, ok := program.IntOf(s.MaxConcurrency)
			if s.Kind != program.Parallel || !ok || n.Sign() > 0 {
				continue
			}
			message := fmt.Sprintf("%s waits for ever, because max_concurrency 0 lets no sub-step begin: remove it for no limit", describe(s))
			if n.Sign() < 0 {
				fate := "always fails"
				if s.OnError == program.Skip {
					fate = "is always skipped"
				}
				message = fmt.Sprintf("%s %s before its first sub-step, because max_concurrency is less than 0: remove it for no limit", describe(s), fate)
			}
			p.Report(source.Diagnostic{
				Note:  source.Note{Span: s.MaxConcurrency.Span, Message: message},
				Fixes: p.fix("remove max_concurrency", false, removeFields(s.Node, "max_concurrency")),
			})
		}
	},
})
