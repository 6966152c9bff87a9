package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL214", Name: "reversed-contains", Severity: source.Error,
	Doc: `
A condition asks whether a variable contains a text, and the machine looks the other way round.

` + "`a contains b`" + ` is evaluated as ` + "`a in b`" + `: ` + "`$mail contains 'refund'`" + ` asks whether the whole mail is a part of the word "refund". It
holds for "fun" and for the empty text, and for no mail that asks for a refund; on a list it raises an error.

Write ` + "`'refund' in $mail`" + `.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: $mail contains 'refund', then: refund, otherwise: answer}
  - {id: refund, type: tool, tool: refund, is_terminal: true}
  - {id: answer, type: tool, tool: answer, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: "'refund' in $mail", then: refund, otherwise: answer}
  - {id: refund, type: tool, tool: refund, is_terminal: true}
  - {id: answer, type: tool, tool: answer, is_terminal: true}
`,
	Proof: `
context: {mail: I want a refund.}
bad: {path: [gate, answer]}
good: {path: [gate, refund]}
`,
	More: []Example{
		{Name: "Two variables", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $paid == 1 and $mail contains $word, then: refund, otherwise: answer}
  - {id: refund, type: tool, tool: refund, is_terminal: true}
  - {id: answer, type: tool, tool: answer, is_terminal: true}
`},
		{Name: "Written as the machine reads it", Program: `
steps:
  - {id: gate, type: condition, condition: "'refund' contains $mail and $mail != 'contains'", then: refund, otherwise: answer}
  - {id: refund, type: tool, tool: refund, is_terminal: true}
  - {id: answer, type: tool, tool: answer, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL214") },
})

func (c *condition) checkContains(i int) {
	if !c.isKind(i-1, cond.Variable) || !c.isOperand(i+1) || c.isTaken(i-1) || c.isTaken(i+1) {
		return
	}
	left, right := c.tokens[i-1].Text, c.tokens[i+1].Text
	meant := right + " in " + left
	message := fmt.Sprintf("contains looks for its left side in its right one, so this asks whether %s is a part of %s: write %s",
		brief(left), brief(right), brief(meant))
	fixes := c.swapped(i, i)
	if c.isKind(i+1, cond.Variable) {
		c.warn("NL214", i-1, i+1, message, fixes...)
		return
	}
	c.report("NL214", i-1, i+1, message, fixes...)
}

// swapped is a fix that looks for what stands behind the tokens in what stands in front of them.
func (c *condition) swapped(from, to int) []source.Fix {
	if !c.isKind(from-1, cond.Variable) || !c.isOperand(to+1) {
		return nil
	}
	left, right := c.tokens[from-1].Text, c.tokens[to+1].Text
	if c.isKind(to+1, cond.Variable) {
		right = c.names.variable(strings.TrimPrefix(right, "$"))
	}
	return c.rewrite(c.isKind(to+1, cond.String), from-1, to+1, right+" in "+c.names.variable(left[1:]))
}
