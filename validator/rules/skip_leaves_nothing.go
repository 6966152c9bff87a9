package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL411", Name: "skip-leaves-nothing", Severity: source.Info, Optional: true,
	Doc: `
A guarded model step that may be skipped has two kinds of failure, and only one of them leaves an answer.

With ` + "`on_error: skip`" + ` an answer that is not allowed becomes the first of ` + "`allowed_outputs`" + `. An outage, a time-out or an empty
response leaves no output at all: conditions see None, and prompts and arguments are sent with the variable as it is written. Where that
does harm another rule says so; this one tells the rest.

Prefer ` + "`on_error: retry`" + `, or handle None as well.
`,
	Bad: `
steps:
  - {id: risk, type: llm, prompt: Answer reject or approve. $payment, allowed_outputs: [reject, approve], on_error: skip}
  - {id: gate, type: condition, condition: $risk.output == 'approve', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: risk, type: llm, prompt: Answer reject or approve. $payment, allowed_outputs: [reject, approve], on_error: retry}
  - {id: gate, type: condition, condition: $risk.output == 'approve', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {risk: {error: 'ConnectionError: gone'}}
bad: {path: [risk, gate, refuse], status: success}
good: {path: [risk], status: failed}
`,
	Run: func(p *Pass) {
		told := make(map[*program.Step]bool)
		p.reads(func(r read) {
			for _, w := range p.Flow().Writers(r.of) {
				values, ok := guardOf(w)
				if !ok || w.OnError != program.Skip || told[w] {
					continue
				}
				told[w] = true
				p.Report(source.Diagnostic{
					Note: source.Note{
						Span: fieldSpan(w, "on_error"),
						Message: fmt.Sprintf("an answer of %s that is not allowed counts as %s, but an outage leaves no output for %s: prefer on_error: retry",
							quote(w.ID()), quote(values[0]), quote(r.Step.ID())),
					},
					Related: []source.Note{{Span: r.Span, Message: "reads it here"}},
					Fixes: p.fix("write on_error: retry", false, func(e syntax.Editor) ([]source.Edit, bool) {
						return e.ReplaceString(w.Node.Get("on_error"), "retry")
					}),
				})
			}
		})
	},
})
