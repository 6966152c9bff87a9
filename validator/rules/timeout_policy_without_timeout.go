package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL405", Name: "timeout-policy-without-timeout", Severity: source.Warning,
	Doc: `
A step has a fallback for a late model, but no time limit.

Without ` + "`timeout_seconds`" + ` nothing is ever late: the runtime waits for the model as long as the adapter does, for ever if
need be, and the fallback is never used.

Set ` + "`timeout_seconds`" + `, or remove ` + "`on_timeout`" + `.
`,
	Bad: `
steps:
  - {id: triage, type: llm, prompt: "Is this low or high? $ticket", allowed_outputs: [low, high], on_timeout: fallback}
  - {id: store, type: tool, tool: set_priority, args: {priority: $triage.output}}
`,
	Good: `
steps:
  - {id: triage, type: llm, prompt: "Is this low or high? $ticket", allowed_outputs: [low, high], timeout_seconds: 20, on_timeout: fallback}
  - {id: store, type: tool, tool: set_priority, args: {priority: $triage.output}}
`,
	Proof: `
llm: {triage: {hang: true}}
bad: {status: deadlock}
good: {status: success}
`,
	More: []Example{
		{Name: "No limit in so many words", Reported: true, Program: `
steps:
  - {id: triage, type: llm, prompt: "Is this low or high? $ticket", allowed_outputs: [low, high], timeout_seconds: null, on_timeout: fallback}
`},
		{Name: "The default in so many words", Program: `
steps:
  - {id: triage, type: llm, prompt: "Is this low or high? $ticket", allowed_outputs: [low, high], on_timeout: fail}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			if !isFallback(s) || s.Timeout != nil {
				continue
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span:    fieldSpan(s, "on_timeout"),
					Message: fmt.Sprintf("%s has no timeout_seconds, so its model is never late and on_timeout has no effect: set a limit", describe(s)),
				},
				Fixes: append(
					p.fix("set timeout_seconds: 30", false, setField(s.Node, "timeout_seconds", syntax.NewInt(30))),
					p.fix("remove on_timeout", false, removeFields(s.Node, "on_timeout"))...),
			})
		}
	},
})
