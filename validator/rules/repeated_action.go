package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL505", Name: "repeated-action", Severity: source.Info, Needs: Texts,
	Doc: `
A retry calls a tool again that may have acted before it failed.

A payment whose answer is lost has been made. The retry makes it again, and again: the runtime passes the same arguments
and nothing that tells a second attempt from a second order. A tool that is declared to act anew with each call is an
error, one of the ` + "`privileged-tools`" + ` of the configuration a warning; one that is called pay, charge or refund is worth a look.

Pass a key that makes the call idempotent, or let the step fail.
`,
	Bad: `
steps:
  - {id: pay, type: tool, tool: charge_card, args: {amount: $amount}, on_error: retry}
  - {id: receipt_or_fail, type: tool, tool: send_receipt, is_terminal: true}
`,
	Good: `
steps:
  - {id: pay, type: tool, tool: charge_card, args: {amount: $amount, idempotency_key: $order_id}, on_error: retry}
  - {id: receipt_or_fail, type: tool, tool: send_receipt, is_terminal: true}
`,
	Proof: `
context: {amount: 5, order_id: A-1}
tools: {charge_card: [{error: 'TimeoutError: paid, but nobody heard'}, paid]}
bad: {calls: [[charge_card, {amount: 5}], [charge_card, {amount: 5}], [send_receipt, {}]]}
good: {calls: [[charge_card, {amount: 5, idempotency_key: A-1}], [charge_card, {amount: 5, idempotency_key: A-1}], [send_receipt, {}]]}
`,
	More: []Example{
		{Name: "A tool that is declared not to be idempotent", Reported: true,
			Declare: func() Declared { return Declared{Tools: map[string]Tool{"send_mail": {Idempotent: No}}} }, Program: `
steps:
  - {id: tell, type: tool, tool: send_mail, args: {to: $user}, on_error: retry}
`},
		{Name: "A tool that is declared to be idempotent",
			Declare: func() Declared { return Declared{Tools: map[string]Tool{"charge_card": {Idempotent: Yes}}} }, Program: `
steps:
  - {id: pay, type: tool, tool: charge_card, args: {amount: $amount}, on_error: retry}
`},
		{Name: "A privileged tool", Reported: true, Declare: func() Declared { return Privileged("wipe") }, Program: `
steps:
  - {id: old, type: condition, condition: $age > 30, then: clean, otherwise: keep}
  - {id: clean, type: tool, tool: wipe, args: {folder: $folder}, on_error: retry, is_terminal: true}
  - {id: keep, type: tool, tool: keep, is_terminal: true}
`},
		{Name: "A tool that only looks", Program: `
steps:
  - {id: paid, type: tool, tool: check_payment, args: {id: $payment_id}, on_error: retry}
`},
	},
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if s.Kind != program.Tool || s.OnError != program.Retry {
				continue
			}
			certainty := p.isRepeatable(s)
			if certainty == unknownRepeat || s.Attempts() < 2 {
				continue
			}
			d := source.Diagnostic{Note: source.Note{Span: fieldSpan(s, "on_error")}}
			switch certainty {
			case declaredNo:
				d.Severity = source.Error
				d.Message = fmt.Sprintf("a retry of %s calls %s again, which is declared not to be idempotent: remove on_error", describe(s), quote(toolOf(s)))
				fields := policyFields(s)
				d.Fixes = p.fix("remove "+list(fields), false, removeFields(s.Node, fields...))
			case privilegedNo, likelyNo:
				if certainty == privilegedNo {
					d.Severity = source.Warning
				}
				d.Message = fmt.Sprintf("a retry of %s may do twice what it does: pass a key that makes %s idempotent, or remove on_error",
					describe(s), quote(toolOf(s)))
			}
			p.Report(d)
		}
	},
})
