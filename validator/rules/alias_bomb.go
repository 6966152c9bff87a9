package rules

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL005", Name: "alias-bomb", Severity: source.Error,
	Doc: `
A YAML alias stands for so much text, or for itself, that the document cannot be unfolded.

An alias is a copy of its anchor. Nine aliases of nine aliases of nine more make a few lines into gigabytes as
soon as somebody prints, hashes or copies the program, and an anchor that holds its own alias never ends.

Write the value out, or pass it to the tool by name.
`,
	Bad: `
steps:
  - id: save
    type: tool
    tool: save_order
    args: &order
      customer: $customer
      previous: *order
`,
	Good: `
steps:
  - id: save
    type: tool
    tool: save_order
    args:
      customer: $customer
      previous: $previous
`,
	Only: OnlyYAML,
	More: []Example{
		{Name: "An anchor that is used twice", Program: `
steps:
  - {id: save, type: tool, tool: save_order, args: &order {customer: $customer, region: eu}}
  - {id: audit, type: tool, tool: audit_order, args: *order}
`},
	},
	Run: func(p *Pass) { p.reportProblems(syntax.AliasBomb) },
})
