package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL406", Name: "fallback-beats-retry", Severity: source.Warning,
	Doc: `
A step is to be retried, but a late model is answered by the fallback at once.

With ` + "`on_timeout: fallback`" + ` a timeout is a success with the first of ` + "`allowed_outputs`" + ` as its output, and a success is not
retried. ` + "`on_error: retry`" + ` repeats other errors and answers that are not listed, and when all attempts have failed the step
fails: there is no fallback at the end of the attempts.

Remove ` + "`on_timeout`" + ` to have timeouts retried, or remove ` + "`on_error: retry`" + ` if the fallback is what you want.
`,
	Bad: `
steps:
  - id: triage
    type: llm
    prompt: "Is this low or high? $ticket"
    allowed_outputs: [low, high]
    timeout_seconds: 5
    on_timeout: fallback
    on_error: retry
    max_retries: 3
  - {id: store, type: tool, tool: set_priority, args: {priority: $triage.output}}
`,
	Good: `
steps:
  - id: triage
    type: llm
    prompt: "Is this low or high? $ticket"
    allowed_outputs: [low, high]
    timeout_seconds: 5
    on_error: retry
    max_retries: 3
  - {id: store, type: tool, tool: set_priority, args: {priority: $triage.output}}
`,
	Proof: `
llm: {triage: [{hang: true}, high]}
bad: {calls: [[set_priority, {priority: low}]]}
good: {calls: [[set_priority, {priority: high}]]}
`,
	More: []Example{
		{Name: "A sub-step, which is never retried by itself", Program: `
steps:
  - id: both
    type: parallel
    on_error: retry
    parallel_steps:
      - {id: size, type: llm, prompt: "Big or small? $ticket", allowed_outputs: [big, small], timeout_seconds: 5, on_timeout: fallback}
      - {id: mood, type: llm, prompt: "Good or bad? $ticket", allowed_outputs: [good, bad], timeout_seconds: 5, on_timeout: fallback}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			if s.OnError != program.Retry || s.Parent != nil || !isFallback(s) || !canTimeOut(s) || s.AllowedOutputs == nil {
				continue
			}
			d := source.Diagnostic{
				Note: source.Note{
					Span: fieldSpan(s, "on_timeout"),
					Message: fmt.Sprintf("a timeout of %s is not retried, because on_timeout makes a success of it: remove on_timeout to have it retried",
						describe(s)),
				},
				Related: []source.Note{{Span: fieldSpan(s, "on_error"), Message: "repeats other errors and answers that are not listed"}},
				Fixes:   p.fix("remove on_timeout", false, removeFields(s.Node, "on_timeout")),
			}
			if n := s.AllowedOutputs; len(n.Items) > 0 {
				d.Related = append(d.Related, source.Note{Span: n.Items[0].Span, Message: "is the output as soon as the model is late"})
			}
			p.Report(d)
		}
	},
})
