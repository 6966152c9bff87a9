package rules

import (
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL013", Name: "empty-steps", Severity: source.Error, Needs: OtherSteps,
	Doc: `
The list of steps is empty.

A program must have at least one step; the runtime refuses it otherwise.

Write a step.
`,
	Bad: `
name: refund
steps: []
`,
	Good: `
name: refund
steps:
  - {id: pay, type: tool, tool: pay_back}
`,
	Proof: `
bad: {rejected: [{loc: [steps]}]}
good: {status: success}
`,
	Run: func(p *Pass) { p.reportRefusals("NL013", nil) },
})
