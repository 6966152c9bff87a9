package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL401", Name: "fail-open-fallback", Severity: source.Error,
	Doc: `
An answer that is not allowed is taken for the one that lets something happen.

On a step with ` + "`allowed_outputs` and `on_error: skip`" + ` any other answer becomes the first entry, as an ordinary success without
a trace of the mismatch. If that entry approves, then confusion, a refusal of the model, or an answer that somebody has
talked it into approves.

Put the answer first that does no harm, or let a wrong answer fail the step or be asked for again with ` + "`on_error: retry`" + `.
`,
	Bad: `
steps:
  - {id: risk, type: llm, prompt: "Approve or reject this payment? $payment", allowed_outputs: [approve, reject], on_error: skip}
  - {id: route, type: condition, condition: $risk.output == 'approve', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: risk, type: llm, prompt: "Approve or reject this payment? $payment", allowed_outputs: [reject, approve], on_error: skip}
  - {id: route, type: condition, condition: $risk.output == 'approve', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {risk: I cannot tell.}
bad: {path: [risk, route, pay]}
good: {path: [risk, route, refuse]}
`,
	More: []Example{
		{Name: "The question is the other way round", Reported: true, Program: `
steps:
  - {id: fraud, type: llm, prompt: "Is this fraud? no or yes. $payment", allowed_outputs: ["no", "yes"], on_error: skip}
  - {id: route, type: condition, condition: $fraud.output == 'yes', then: block, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: block, type: tool, tool: block, is_terminal: true}
`},
		{Name: "Behind two conditions, where another answer is for all the rest", Reported: true, Program: `
steps:
  - {id: intent, type: llm, prompt: "refund, status or other? $mail", allowed_outputs: [refund, status, other], on_error: skip}
  - {id: is_status, type: condition, condition: $intent.output == 'status', then: tell_status, otherwise: is_refund}
  - {id: is_refund, type: condition, condition: $intent.output == 'refund', then: refund, otherwise: answer}
  - {id: tell_status, type: tool, tool: status, is_terminal: true}
  - {id: refund, type: tool, tool: stripe_refund, is_terminal: true}
  - {id: answer, type: tool, tool: answer, is_terminal: true}
`},
		{Name: "Yes is the careful answer", Program: `
steps:
  - {id: fraud, type: llm, prompt: "Is this fraud? yes or no. $payment", allowed_outputs: ["yes", "no"], on_error: skip}
  - {id: route, type: condition, condition: $fraud.output == 'no', then: pay, otherwise: block}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: block, type: tool, tool: block, is_terminal: true}
`},
		{Name: "Nothing at stake", Program: `
steps:
  - {id: mood, type: llm, prompt: "good or bad? $review", allowed_outputs: [good, bad], on_error: skip}
  - {id: route, type: condition, condition: $mood.output == 'good', then: praise, otherwise: collect_or_fail}
  - {id: praise, type: tool, tool: store_praise, is_terminal: true}
  - {id: collect_or_fail, type: tool, tool: store_complaint, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			if s.OnError != program.Skip {
				continue
			}
			values, ok := guardOf(s)
			if !ok || len(values) < 2 || isPaddedFirst(values) {
				continue
			}
			o := p.opens(s, values, values[0])
			if o == nil {
				continue
			}
			fixes := p.fix("remove on_error", false, removeFields(s.Node, "on_error"))
			if isFallback(s) && canTimeOut(s) {
				fixes = nil // a timeout would still open
			}
			p.reportOpening(s, o, fmt.Sprintf("any answer of %s that is not allowed counts as %s and leads to %s: put the answer first that does no harm, or remove on_error",
				describe(s), quote(values[0]), quote(o.lands.ID())), fixes)
		}
	},
})
