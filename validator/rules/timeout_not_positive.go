package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL507", Name: "timeout-not-positive", Severity: source.Error,
	Doc: `
The time limit of a model is no time at all, so that the model is never asked.

0 is not "no limit". A limit of 0 or less has passed before the call begins: each attempt times out, and the step fails, is skipped, or
gives its fallback, always.

Write a positive number, or leave ` + "`timeout_seconds`" + ` out for no limit.
`,
	Bad: `
steps:
  - {id: sum, type: llm, prompt: Sum up $report, timeout_seconds: 0}
  - {id: send, type: tool, tool: send, args: {text: $sum.output}}
`,
	Good: `
steps:
  - {id: sum, type: llm, prompt: Sum up $report, timeout_seconds: 30}
  - {id: send, type: tool, tool: send, args: {text: $sum.output}}
`,
	Proof: `
llm: {sum: Sales are up.}
bad: {path: [sum], status: failed}
good: {path: [sum, send], status: success}
`,
	More: []Example{
		{Name: "A sub-step", Reported: true, Program: `
steps:
  - id: both
    type: parallel
    parallel_steps:
      - {id: long, type: llm, prompt: Sum up $report, timeout_seconds: -1}
      - {id: short, type: llm, prompt: A title for $report, timeout_seconds: 0.5}
`},
		{Name: "No limit", Program: `
steps:
  - {id: sum, type: llm, prompt: Sum up $report, timeout_seconds: .inf}
  - {id: title, type: llm, prompt: A title for $report, timeout_seconds: null}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			limit, ok := program.FloatOf(s.Timeout)
			if s.Kind != program.LLM || !ok || !(limit <= 0) {
				continue
			}
			what := "fails"
			switch {
			case isFallback(s):
				what = "always gives its fallback"
			case s.OnError == program.Skip && s.Parent == nil:
				what = "is always skipped"
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span: s.Timeout.Span,
					Message: fmt.Sprintf("%s never asks its model and %s, because a limit of %s has passed at once: write a positive number",
						describe(s), what, seconds(limit)),
				},
				Fixes: append(
					p.fix("set timeout_seconds: 30", false, setField(s.Node, "timeout_seconds", syntax.NewInt(30))),
					p.fix("remove timeout_seconds", false, removeFields(s.Node, "timeout_seconds"))...),
			})
		}
	},
})
