package rules

import (
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL016", Name: "empty-guard", Severity: source.Error,
	Doc: `
The list of allowed answers of an llm step is empty.

No answer could ever be right, so the runtime refuses the program. To allow every answer, leave the field out.

List the answers, or remove the field.
`,
	Bad: `
steps:
  - {id: decide, type: llm, prompt: Refund or not. Answer yes or no., allowed_outputs: []}
`,
	Good: `
steps:
  - {id: decide, type: llm, prompt: Refund or not. Answer yes or no., allowed_outputs: ["yes", "no"]}
`,
	Proof: `
llm: {decide: "yes"}
bad: {rejected: [{loc: [steps, "0"]}]}
good: {status: success}
`,
	More: []Example{
		{Name: "null allows every answer", Program: `
steps:
  - {id: decide, type: llm, prompt: Refund or not, allowed_outputs: null}
`},
	},
	Run: func(p *Pass) {
		p.reportRefusals("NL016", func(c schema.Complaint, d *source.Diagnostic) {
			d.Message += ": list the answers, or leave it out to allow every answer"
			d.Fixes = p.fix("remove allowed_outputs", false, removeFields(c.Step, "allowed_outputs"))
		})
	},
})
