package rules

import (
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL015", Name: "misplaced-guard", Severity: source.Error,
	Doc: `
A step that is no llm step has ` + "`allowed_outputs`" + `.

Only the answer of a model is compared with a list of allowed answers. The runtime refuses the field on tool,
condition and parallel steps, so that nobody relies on a check that does not happen.

Remove the field, and compare the output in a condition behind the step.
`,
	Bad: `
steps:
  - {id: check, type: tool, tool: check_stock, allowed_outputs: [in_stock, sold_out]}
  - {id: gate, type: condition, condition: $check.output == 'in_stock', then: sell, otherwise: reject}
  - {id: sell, type: tool, tool: sell, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Good: `
steps:
  - {id: check, type: tool, tool: check_stock}
  - {id: gate, type: condition, condition: $check.output == 'in_stock', then: sell, otherwise: reject}
  - {id: sell, type: tool, tool: sell, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Proof: `
bad: {rejected: [{loc: [steps, "0"]}]}
good: {status: success}
`,
	Run: func(p *Pass) {
		p.reportRefusals("NL015", func(c schema.Complaint, d *source.Diagnostic) {
			d.Fixes = p.fix("remove allowed_outputs", false, removeFields(c.Step, "allowed_outputs"))
		})
	},
})
