package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL412", Name: "constant-guard", Severity: source.Warning,
	Doc: `
A step allows a single answer, so the model decides nothing.

With ` + "`on_error: skip`" + ` any other answer is replaced by the first entry, which is the only one: the output is a constant that
costs a call of the model. Otherwise another answer fails the step, and a condition that asks for the one that is left
can take only one of its branches.

Allow the other answers too, or do without the step. A step that is there to fail the run unless the model says one
word is not reported.
`,
	Bad: `
steps:
  - {id: polite, type: llm, prompt: "Is this polite? Answer ok. $mail", allowed_outputs: [ok], on_error: skip}
  - {id: send, type: tool, tool: send_mail}
`,
	Good: `
steps:
  - {id: polite, type: llm, prompt: "Is this polite? Answer rude or ok. $mail", allowed_outputs: [rude, ok]}
  - {id: send, type: tool, tool: send_mail}
`,
	Proof: `
llm: {polite: rude}
bad: {steps: [{output: ok}, {}]}
good: {steps: [{output: rude}, {}]}
`,
	More: []Example{
		{Name: "A condition that can be true only", Reported: true, Program: `
steps:
  - {id: polite, type: llm, prompt: "Is this polite? Answer yes. $mail", allowed_outputs: ["yes"]}
  - {id: route, type: condition, condition: $polite.output == 'yes', then: send, otherwise: rewrite}
  - {id: send, type: tool, tool: send_mail, is_terminal: true}
  - {id: rewrite, type: tool, tool: rewrite_mail, is_terminal: true}
`},
		{Name: "A word without which the run fails", Program: `
steps:
  - {id: polite, type: llm, prompt: "Is this polite? Answer ok if it is. $mail", allowed_outputs: [ok]}
  - {id: send, type: tool, tool: send_mail}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			values, ok := guardOf(s)
			if !ok || len(values) > 1 || asksForFreeText(s, values) {
				continue
			}
			d := source.Diagnostic{Note: source.Note{Span: s.AllowedOutputs.Items[0].Span}}
			switch t := p.sameTest(s, values[0]); {
			case t != nil:
				d.Span = t.term.Span()
				d.Message = fmt.Sprintf("%s allows no answer but %s, so there is nothing to decide here: allow the other answers too",
					describe(s), quote(values[0]))
				d.Related = []source.Note{{Span: s.AllowedOutputs.Items[0].Span, Message: "the only answer"}}
			case s.OnError == program.Skip:
				d.Message = fmt.Sprintf("the output of %s is %s whatever the model answers, because on_error skips to it: allow other answers too, or remove on_error",
					describe(s), quote(values[0]))
				d.Fixes = p.fix("remove on_error", false, removeFields(s.Node, "on_error"))
			default:
				continue
			}
			p.Report(d)
		}
	},
})

// sameTest is a condition that does nothing but compare the output of a step with the only answer that there is.
func (p *Pass) sameTest(s *program.Step, only string) *test {
	tests := p.readings().tests[s]
	for i := range tests {
		op, text, literal, _ := tests[i].againstText()
		if literal != nil && text == only && (op == cond.Equal || op == cond.NotEqual || op == cond.In) && tests[i].cond.Cond.Root == tests[i].term {
			return &tests[i]
		}
	}
	return nil
}
