package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL403", Name: "empty-fallback", Severity: source.Warning, Needs: Conditions,
	Doc: `
The fallback for a late model is an empty text.

The fallback is the first of ` + "`allowed_outputs`" + `; a step without that list falls back to the empty text, as an ordinary
success. What reads the output then works with nothing: an empty mail is sent, an empty report is stored, and the run
ends SUCCESS.

Let the timeout fail the step, or ask in a condition whether there is any text before it is used.
`,
	Bad: `
steps:
  - {id: summary, type: llm, prompt: "Summarise $report", timeout_seconds: 20, on_timeout: fallback}
  - {id: send, type: tool, tool: send_mail, args: {text: $summary.output}}
`,
	Good: `
steps:
  - {id: summary, type: llm, prompt: "Summarise $report", timeout_seconds: 20, on_error: retry}
  - {id: send, type: tool, tool: send_mail, args: {text: $summary.output}}
`,
	Proof: `
llm: {summary: {hang: true}}
bad: {calls: [[send_mail, {text: ""}]], status: success}
good: {calls: [], status: failed}
`,
	More: []Example{
		{Name: "Asked before it is used", Program: `
steps:
  - {id: summary, type: llm, prompt: "Summarise $report", timeout_seconds: 20, on_timeout: fallback}
  - {id: any, type: condition, condition: $summary.output == "", then: failed, otherwise: send}
  - {id: send, type: tool, tool: send_mail, args: {text: $summary.output}, is_terminal: true}
  - {id: failed, type: tool, tool: alarm, is_terminal: true}
`},
		{Name: "A limit that never passes", Program: `
steps:
  - {id: summary, type: llm, prompt: "Summarise $report", timeout_seconds: .inf, on_timeout: fallback}
  - {id: send, type: tool, tool: send_mail, args: {text: $summary.output}}
`},
		{Name: "A sub-step", Reported: true, Program: `
steps:
  - id: texts
    type: parallel
    parallel_steps:
      - {id: title, type: llm, prompt: "A title for $report", timeout_seconds: 20, on_timeout: fallback}
      - {id: summary, type: llm, prompt: "Summarise $report", timeout_seconds: 20}
  - {id: send, type: tool, tool: send_mail, args: {title: $title.output, text: $summary.output}}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			if s.AllowedOutputs != nil || !isFallback(s) || !canTimeOut(s) || p.asksForText(s) {
				continue
			}
			d := source.Diagnostic{
				Note: source.Note{
					Span:    s.OnTimeout.Span,
					Message: fmt.Sprintf("a timeout of %s counts as success with an empty text: remove on_timeout to let it fail", describe(s)),
				},
				Fixes: p.fix("remove on_timeout", false, removeFields(s.Node, "on_timeout")),
			}
			if uses := p.readings().texts[s]; len(uses) > 0 {
				d.Related = []source.Note{{Span: uses[0].Span, Message: fmt.Sprintf("the %s of %s is then empty here", uses[0].Site, quote(uses[0].Step.ID()))}}
			}
			p.Report(d)
		}
	},
})

// asksForText reports whether a condition sees the difference between an empty text and others.
func (p *Pass) asksForText(s *program.Step) bool {
	for _, t := range p.readings().tests[s] {
		if _, is := t.term.(*cond.Var); is {
			return true
		}
		if _, literal, _ := t.against(); literal != nil && value.Equal(literal.Value, value.FromString("")) {
			return true
		}
	}
	return false
}
