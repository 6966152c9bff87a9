package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL207", Name: "index-in-condition", Severity: source.Error,
	Doc: `
A condition reads an element with square brackets, which conditions do not have.

The brackets are dropped, and what stood in them is a value of its own beside the variable: the step fails when it is reached.
Fields of an object are read with a dot, at any depth; elements of a list cannot be read at all.

Write ` + "`$order.status`" + ` for ` + "`$order['status']`" + `. Let a tool step take an element out of a list.
`,
	Bad: `
steps:
  - {id: load, type: tool, tool: load_order}
  - {id: gate, type: condition, condition: "$load.output['status'] == 'paid'", then: ship, otherwise: remind}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: remind, type: tool, tool: remind, is_terminal: true}
`,
	Good: `
steps:
  - {id: load, type: tool, tool: load_order}
  - {id: gate, type: condition, condition: $load.output.status == 'paid', then: ship, otherwise: remind}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: remind, type: tool, tool: remind, is_terminal: true}
`,
	Proof: `
tools: {load_order: {return: {status: paid}}}
bad: {path: [load, gate], status: failed}
good: {path: [load, gate, ship], status: success}
`,
	More: []Example{
		{Name: "An element of a list", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: "$items[0].price > 100", then: ask, otherwise: buy}
  - {id: ask, type: tool, tool: ask, is_terminal: true}
  - {id: buy, type: tool, tool: buy, is_terminal: true}
`},
		{Name: "Fields of fields", Reported: true, Program: `
steps:
  - {id: load, type: tool, tool: load_order}
  - {id: gate, type: condition, condition: "$load['customer'][\"tier\"].name == 'gold'", then: ship, otherwise: remind}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: remind, type: tool, tool: remind, is_terminal: true}
`},
		{Name: "Brackets of a text", Program: `
steps:
  - {id: gate, type: condition, condition: "$path == 'items[0]'", then: ask, otherwise: buy}
  - {id: ask, type: tool, tool: ask, is_terminal: true}
  - {id: buy, type: tool, tool: buy, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL207") },
})

func (c *condition) takeIndexes() {
	for i := 1; i < len(c.tokens); i++ {
		if c.isTaken(i) || !c.isDropped(i, cond.Index) || c.tokens[i].Text != "[" || !c.isKind(i-1, cond.Variable) {
			continue
		}
		path, isPath := c.tokens[i-1].Text[1:], true
		end := i - 1
		for c.isGlued(end+1) && c.isDropped(end+1, cond.Index) && c.tokens[end+1].Text == "[" {
			closing := c.closing(end + 1)
			if closing != end+3 || !c.isKind(end+2, cond.String) || !isVariableName(unquote(&c.tokens[end+2])) {
				isPath = false
			} else {
				path += "." + unquote(&c.tokens[end+2])
			}
			end = c.chain(closing)
			if end > closing {
				path += c.text(closing+1, end)
			}
		}
		d := fmt.Sprintf("conditions have no square brackets, so %s cannot be read and %s fails", brief(c.text(i-1, end)), describe(c.step))
		if strings.HasSuffix(c.tokens[i-1].Text, ".") || path == "" || strings.Contains(path, "(") {
			isPath = false
		}
		c.take(i-1, end)
		if isPath {
			meant := c.names.variable(path)
			c.report("NL207", i, end, d+": write "+brief(meant), c.rewrite(true, i-1, end, meant)...)
		} else {
			c.report("NL207", i, end, d+": let a tool step take the element out")
		}
		i = end
	}
}
