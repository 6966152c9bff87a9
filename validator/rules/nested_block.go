package rules

import (
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL014", Name: "nested-block", Severity: source.Error,
	Doc: `
A parallel block holds a condition or another parallel block.

The sub-steps of a block run side by side and once; there is nowhere to branch to and nothing to wait for. The
runtime refuses anything but llm and tool steps there.

Put the condition behind the block, where it can read what each sub-step returned, and write the sub-steps of
an inner block into the outer one.
`,
	Bad: `
steps:
  - id: fetch
    type: parallel
    parallel_steps:
      - {id: stock, type: tool, tool: read_stock}
      - {id: in_stock, type: condition, condition: $stock.output > 0, then: sell, otherwise: reject}
  - {id: sell, type: tool, tool: sell}
  - {id: reject, type: tool, tool: reject}
`,
	Good: `
steps:
  - id: fetch
    type: parallel
    parallel_steps:
      - {id: stock, type: tool, tool: read_stock}
  - {id: in_stock, type: condition, condition: $stock.output > 0, then: sell, otherwise: reject}
  - {id: sell, type: tool, tool: sell, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Proof: `
tools: {read_stock: 3}
bad: {rejected: [{loc: [steps, "0"]}]}
good: {status: success}
`,
	More: []Example{
		{Name: "A block in a block", Reported: true, Program: `
steps:
  - id: fetch
    type: parallel
    parallel_steps:
      - id: prices
        type: parallel
        parallel_steps:
          - {id: euro, type: tool, tool: price}
`},
	},
	Run: func(p *Pass) { p.reportRefusals("NL014", p.relateNested) },
})

// relateNested adds the other sub-steps that cannot be where they are: construction names the first only.
func (p *Pass) relateNested(c schema.Complaint, d *source.Diagnostic) {
	subs := c.Step.Get("parallel_steps")
	if c.Kind != schema.NestedBlock || subs == nil || subs.Kind != syntax.List {
		return
	}
	for _, sub := range subs.Items {
		t := sub.Get("type")
		if t != c.Node && (t.IsString("condition") || t.IsString("parallel")) {
			d.Related = append(d.Related, source.Note{Span: t.Span, Message: "nor can this one"})
		}
	}
}
