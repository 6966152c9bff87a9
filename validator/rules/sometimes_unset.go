package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL322", Name: "sometimes-unset", Severity: source.Warning, Needs: Conditions | Texts,
	Doc: `
A prompt or an argument reads what is not written on every way there.

Where the step that writes it has not run, or was skipped, the variable is sent as it is written: a text like "$kyc.output", which is
neither empty nor false. Nothing fails.

Write the value on every way, or branch on it before.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: $vip == 1, then: discount, otherwise: invoice_or_fail}
  - {id: discount, type: tool, tool: discount, next_step: invoice_or_fail}
  - {id: invoice_or_fail, type: tool, tool: invoice, args: {rate: $discount.output}, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: $vip == 1, then: discount, otherwise: full_rate}
  - {id: discount, type: tool, tool: discount, output_key: rate, next_step: invoice_or_fail}
  - {id: full_rate, type: tool, tool: full_rate, output_key: rate, next_step: invoice_or_fail}
  - {id: invoice_or_fail, type: tool, tool: invoice, args: {rate: $rate}, is_terminal: true}
`,
	Proof: `
context: {vip: 0}
tools: {full_rate: 20}
bad: {calls: [[invoice, {rate: $discount.output}]]}
good: {calls: [[full_rate, {}], [invoice, {rate: 20}]]}
`,
	More: []Example{
		{Name: "A step that may be skipped", Reported: true, Program: `
steps:
  - {id: kyc, type: tool, tool: check_customer, on_error: skip}
  - {id: open_or_fail, type: tool, tool: open_account, args: {kyc: $kyc.output}, is_terminal: true}
`},
		{Name: "A text that is written anew in each round may be an input at first", Program: `
max_steps: 20
steps:
  - {id: review, type: llm, prompt: Answer good or bad. $text, allowed_outputs: [good, bad]}
  - {id: good, type: condition, condition: $review.output == 'good', then: publish_or_fail, otherwise: rewrite}
  - {id: rewrite, type: llm, prompt: Write this anew. $text, output_key: text, next_step: review}
  - {id: publish_or_fail, type: tool, tool: publish, args: {text: $text}, is_terminal: true}
`},
		{Name: "A condition has looked at it before", Program: `
steps:
  - {id: enrich, type: tool, tool: enrich, on_error: skip}
  - {id: known, type: condition, condition: $enrich.output != None, then: personal, otherwise: plain_or_fail}
  - {id: personal, type: tool, tool: send_personal, args: {profile: $enrich.output}, is_terminal: true}
  - {id: plain_or_fail, type: tool, tool: send_plain, is_terminal: true}
`},
		{Name: "What a condition reads may be None", Program: `
steps:
  - {id: kyc, type: tool, tool: check_customer, on_error: skip}
  - {id: known, type: condition, condition: $kyc.output == 'ok', then: open, otherwise: reject_or_fail}
  - {id: open, type: tool, tool: open_account, is_terminal: true}
  - {id: reject_or_fail, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		p.reads(func(r read) {
			if r.Site == program.InCondition || isOwnBlock(r) {
				return
			}
			if r.unset == program.Nowhere || len(r.all.Writers) == 0 || r.all.Unknown || r.of.Data && p.isRewritten(r) {
				return
			}
			path, why := p.missing(r)
			if path == nil {
				return
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span:    r.Span,
					Message: fmt.Sprintf("when %s, %s: write the value on every way, or branch on it before", why, consequence(r)),
				},
				Related: path,
				IsPath:  true,
			})
		})
	},
})

// isRewritten reports whether a key is written again behind where it is read, as a text is that is improved in
// rounds: then it is an input at first.
func (p *Pass) isRewritten(r read) bool {
	for _, w := range p.Flow().Writers(r.of) {
		for _, u := range w.Uses {
			if u.Path[0].Name == r.of.Name {
				return true
			}
		}
		if p.isOnCircleWith(r.Step, w) {
			return true
		}
	}
	return false
}
