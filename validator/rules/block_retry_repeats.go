package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL703", Name: "block-retry-repeats", Severity: source.Warning, Needs: Texts,
	Doc: `
A retry of a parallel block repeats a payment that has been made.

When one sub-step fails, ` + "`on_error: retry`" + ` runs all of them again, those that have succeeded too, and the trace shows the last
attempt only. A mail that could not be sent thus makes the payment beside it a second time. A tool that is declared not
to be idempotent makes this an error.

Take the payment out of the block, or pass it a key that makes it idempotent.
`,
	Bad: `
steps:
  - id: settle
    type: parallel
    on_error: retry
    parallel_steps:
      - {id: pay, type: tool, tool: pay_invoice, args: {invoice: $invoice}}
      - {id: mail, type: tool, tool: send_mail, args: {invoice: $invoice}}
  - {id: close_or_fail, type: tool, tool: close, is_terminal: true}
`,
	Good: `
steps:
  - {id: pay, type: tool, tool: pay_invoice, args: {invoice: $invoice}}
  - {id: mail, type: tool, tool: send_mail, args: {invoice: $invoice}, on_error: retry}
  - {id: close_or_fail, type: tool, tool: close, is_terminal: true}
`,
	Proof: `
context: {invoice: 7}
tools: {send_mail: [{error: "ConnectionError: down"}, sent]}
bad: {calls: [[pay_invoice, {invoice: 7}], [send_mail, {invoice: 7}], [pay_invoice, {invoice: 7}], [send_mail, {invoice: 7}], [close, {}]]}
good: {calls: [[pay_invoice, {invoice: 7}], [send_mail, {invoice: 7}], [send_mail, {invoice: 7}], [close, {}]]}
`,
	More: []Example{
		{Name: "Declared", Reported: true, Declare: func() Declared { return Declared{Tools: map[string]Tool{"book_seat": {Idempotent: No}}} }, Program: `
steps:
  - id: book
    type: parallel
    on_error: retry
    parallel_steps:
      - {id: seat, type: tool, tool: book_seat}
      - {id: rates, type: tool, tool: load_rates}
`},
		{Name: "With a key, and what only looks", Program: `
steps:
  - id: settle
    type: parallel
    on_error: retry
    parallel_steps:
      - {id: pay, type: tool, tool: pay_invoice, args: {invoice: $invoice, idempotency_key: $invoice}}
      - {id: paid, type: tool, tool: list_refunds}
`},
	},
	Run: func(p *Pass) {
		for _, block := range p.Program.Steps {
			if block.Kind != program.Parallel || block.Attempts() < 2 {
				continue
			}
			for _, sub := range block.Subs {
				p.checkRepeated(block, sub)
			}
		}
	},
})

// checkRepeated reports a sub-step that must not be called again with its block.
func (p *Pass) checkRepeated(block, sub *program.Step) {
	d := source.Diagnostic{
		Note: source.Note{
			Span:    sub.Place(),
			Message: fmt.Sprintf("a retry of %s calls %s again", quote(block.ID()), quote(toolOf(sub))),
		},
		Related: []source.Note{{Span: fieldSpan(block, "on_error"), Message: "repeats all sub-steps when one fails"}},
	}
	switch p.isRepeatable(sub) {
	case declaredNo:
		d.Severity = source.Error
		d.Message += ", which is declared not to be idempotent"
	case privilegedNo, likelyNo:
		d.Message += ", although it may have succeeded"
	default:
		return
	}
	d.Message += fmt.Sprintf(": take %s out of the block", quote(sub.ID()))
	p.Report(d)
}
