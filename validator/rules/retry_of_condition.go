package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL503", Name: "retry-of-condition", Severity: source.Warning,
	Doc: `
A condition is to be retried, which evaluates it again with the same values.

A condition that fails compares what cannot be compared, and between the attempts nothing writes a variable: after all
attempts and the waits between them it fails as it did at first.

Remove ` + "`on_error`" + `, and make sure of the values before the condition reads them.
`,
	Bad: `
steps:
  - {id: score, type: tool, tool: score_customer}
  - {id: good, type: condition, condition: $score.output >= 50, on_error: retry, max_retries: 5, then: open, otherwise: reject}
  - {id: open, type: tool, tool: open_account, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: score, type: tool, tool: score_customer, on_error: retry, max_retries: 5}
  - {id: good, type: condition, condition: $score.output >= 50, then: open, otherwise: reject}
  - {id: open, type: tool, tool: open_account, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
tools: {score_customer: n/a}
bad: {status: failed, steps: [{}, {retries: 4}]}
good: {status: failed, steps: [{}, {retries: 0}]}
`,
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if s.Kind != program.Condition || s.OnError != program.Retry {
				continue
			}
			fields := policyFields(s)
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span:    fieldSpan(s, "on_error"),
					Message: fmt.Sprintf("a retry of %s evaluates the same values again: remove on_error", describe(s)),
				},
				Fixes: p.fix("remove "+list(fields), true, removeFields(s.Node, fields...)),
			})
		}
	},
})
