package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL103", Name: "empty-target", Severity: source.Error,
	Doc: `
A branch of a condition is an empty string.

Construction takes it for a given branch, as long as the other one names a step; the machine takes it for a
missing one. The run ends FAILED when the condition chooses it.

Name the step that should run.
`,
	Bad: `
steps:
  - {id: in_stock, type: condition, condition: $stock > 0, then: sell, otherwise: ""}
  - {id: sell, type: tool, tool: sell, is_terminal: true}
`,
	Good: `
steps:
  - {id: in_stock, type: condition, condition: $stock > 0, then: sell, otherwise: reject}
  - {id: sell, type: tool, tool: sell, is_terminal: true}
  - {id: reject, type: tool, tool: apologise, is_terminal: true}
`,
	Proof: `
context: {stock: 0}
bad: {path: [in_stock], status: failed, error: "Step 'in_stock': condition produced no branch target"}
good: {path: [in_stock, reject], status: success}
`,
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if s.Kind != program.Condition {
				continue
			}
			for _, r := range [...]*program.Ref{&s.Then, &s.Otherwise} {
				if r.Node != nil && !r.Named() {
					p.Note(r.Node.Span, fmt.Sprintf("%s of %s is empty: name the step to run when the condition is %s",
						r.Field, describe(s), resultOf(r)))
				}
			}
		}
	},
})

// resultOf is the result for which a condition takes a branch.
func resultOf(r *program.Ref) program.Outcome {
	if r.Field == "then" {
		return program.True
	}
	return program.False
}
