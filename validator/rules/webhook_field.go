package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL305", Name: "webhook-field", Severity: source.Error,
	Doc: `
A prompt or argument reads a field of what a resumed run was sent, which only conditions can do.

The payload is stored under ` + "`__webhook__`" + ` as data, not as the output of a step. Fields of it are found in conditions
only: a tool that is to record who approved gets the text ` + "`$__webhook__.by`" + `, and the run succeeds.

Pass all of ` + "`$__webhook__`" + ` to a tool. If its fields are needed in more places, let the tool return the payload and read
the fields of that step.
`,
	Bad: `
steps:
  - {id: ask, type: tool, tool: ask_manager}
  - {id: record, type: tool, tool: record, args: {approved_by: $__webhook__.by}}
`,
	Good: `
steps:
  - {id: ask, type: tool, tool: ask_manager}
  - {id: answer, type: tool, tool: take_apart, args: {payload: $__webhook__}}
  - {id: record, type: tool, tool: record, args: {approved_by: $answer.by}}
`,
	Proof: `
tools: {ask_manager: PENDING, take_apart: {return: {by: Ann}}}
resume: [{by: Ann}]
bad: {calls: [[ask_manager, {}], [record, {approved_by: $__webhook__.by}]]}
good: {calls: [[ask_manager, {}], [take_apart, {payload: {by: Ann}}], [record, {approved_by: Ann}]]}
`,
	More: []Example{
		{Name: "In a prompt", Reported: true, Program: `
steps:
  - {id: ask, type: tool, tool: ask_manager}
  - {id: tell, type: llm, prompt: Tell the customer that $__webhook__.by has decided.}
`},
		{Name: "In a condition", Program: `
steps:
  - {id: ask, type: tool, tool: ask_manager}
  - {id: approved, type: condition, condition: $__webhook__.decision == 'yes', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: llm, prompt: "Say no. Source: $__webhook_source__.", is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		p.eachFault("NL305", func(f fault) {
			whole := "$" + f.Path.Root().Name
			d := source.Diagnostic{Note: source.Note{
				Span: f.Span,
				Message: fmt.Sprintf("%s stays text in %s, because only conditions read fields of what a resumed run was sent: pass all of %s",
					quote(f.Path.String()), siteWords(f.Use), brief(whole)),
			}}
			d.Fixes = p.replaceUse(f.Use, whole, "pass all of "+whole, false)
			p.Report(d)
		})
	},
})
