package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL203", Name: "function-call", Severity: source.Error,
	Doc: `
A condition calls a function, and conditions have no functions.

The name and the brackets are dropped without a word, and what stood inside is compared itself: ` + "`len($items) > 0`" + ` compares a list
with a number and fails, ` + "`abs($change) > 3`" + ` is false for -5, ` + "`lower($mode) == 'on'`" + ` is false for "ON".

Let a tool step compute the value. Whether a list, an object or a text holds anything is its truth: ` + "`$items`" + ` alone.
`,
	Bad: `
steps:
  - {id: find, type: tool, tool: find_items, output_key: items}
  - {id: gate, type: condition, condition: len($items) > 0, then: ship, otherwise: stop}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: stop, type: tool, tool: stop, is_terminal: true}
`,
	Good: `
steps:
  - {id: find, type: tool, tool: find_items, output_key: items}
  - {id: gate, type: condition, condition: $items, then: ship, otherwise: stop}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: stop, type: tool, tool: stop, is_terminal: true}
`,
	Proof: `
tools: {find_items: {return: [chair]}}
bad: {path: [find, gate], status: failed}
good: {path: [find, gate, ship], status: success}
`,
	More: []Example{
		{Name: "A call that is silently wrong", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: abs($change) > 3, then: alarm, otherwise: stop}
  - {id: alarm, type: tool, tool: alarm, is_terminal: true}
  - {id: stop, type: tool, tool: stop, is_terminal: true}
`},
		{Name: "A function of two arguments", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: "contains($mail, 'refund')", then: refund, otherwise: answer}
  - {id: refund, type: tool, tool: refund, is_terminal: true}
  - {id: answer, type: tool, tool: answer, is_terminal: true}
`},
		{Name: "A list that must be empty", Reported: true, Program: `
steps:
  - {id: find, type: tool, tool: find_errors}
  - {id: gate, type: condition, condition: len($find) == 0, then: ship, otherwise: stop}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: stop, type: tool, tool: stop, is_terminal: true}
`},
		{Name: "A call inside a text", Program: `
steps:
  - {id: gate, type: condition, condition: $command == 'len(items)', then: ship, otherwise: stop}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: stop, type: tool, tool: stop, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL203") },
})

func (c *condition) takeFunctions() {
	inside := -1 // where a call ends that has been told: those in its brackets are told with it
	for i := range c.tokens {
		if c.isTaken(i) || !c.isDropped(i, cond.Bracket) || c.tokens[i].Text != "(" || !c.isGlued(i) {
			continue
		}
		from := c.functionName(i)
		if from < 0 {
			continue
		}
		if i < inside {
			c.take(from, i)
			continue
		}
		inside = c.closing(i)
		end := c.chain(inside)
		name := strings.TrimLeft(c.text(from, i-1), ".")
		fixes := c.withoutFunction(name, from, i, end)
		message := fmt.Sprintf("%s calls %s, but conditions have no functions, so its name is dropped and %s",
			c.of(), brief(name+"()"), c.fateOfCall(i, inside))
		c.take(from, i)
		c.take(inside, end)
		for j := i + 1; j < inside; j++ {
			if fixes != nil || c.isDropped(j, cond.Comma) || c.isDropped(j, cond.Bracket) && c.tokens[j].Text == ")" {
				c.taken[j] = true // a fix spells the variable as it must be
			}
		}
		c.report("NL203", from, end, message, fixes...)
	}
}

// functionName is where the name begins that ends in front of token i, -1 if there is none. A bracket behind and, or
// or not is no call, also not in capitals.
func (c *condition) functionName(i int) int {
	from := i
	for c.isGlued(from) && (c.isDropped(from-1, cond.Word) || c.isDropped(from-1, cond.Dot) || from < i && c.isKind(from-1, cond.Number)) {
		from--
	}
	if from == i && c.isKind(i-1, cond.Number) && i > 1 && c.isGlued(i-1) && c.isDropped(i-2, cond.Word) {
		from = i - 2 // v2(
	}
	if from == i {
		if c.isKind(i-1, cond.ContainsWord) && !c.isOperand(c.before(i-1)) {
			return i - 1
		}
		return -1
	}
	word := strings.ToLower(c.text(from, i-1))
	if slices.Contains([]string{"and", "or", "not", "in", "if", "is", "when", "unless", "xor"}, word) {
		return -1
	}
	return from
}

func (c *condition) fateOfCall(open, closing int) string {
	if inside := c.behind(open); c.expr.Err == "" && inside >= 0 && inside < closing {
		return brief(c.tokens[inside].Text) + " itself is compared: compute the value in a tool step"
	}
	return describe(c.step) + " fails: compute the value in a tool step"
}

// withoutFunction is a fix if the call can be said with what the language has.
func (c *condition) withoutFunction(name string, from, open, end int) []source.Fix {
	if c.closing(open) != end || !c.isKind(open+1, cond.Variable) || strings.HasSuffix(c.tokens[open+1].Text, ".") {
		return nil
	}
	variable := c.names.variable(c.tokens[open+1].Text[1:])
	switch name {
	case "contains":
		if end == open+4 && c.isKind(open+3, cond.String) {
			return c.rewrite(false, from, end, c.tokens[open+3].Text+" in "+variable)
		}
	case "bool":
		if end == open+2 {
			return c.rewrite(true, from, end, variable)
		}
	case "len":
		if end != open+2 || !c.isComparison(end+1) || !c.isKind(end+2, cond.Number) {
			return nil
		}
		switch c.tokens[end+1].Text + c.tokens[end+2].Text {
		case ">0", ">=1", "!=0":
			return c.rewrite(true, from, end+2, variable)
		case "==0", "<1":
			if from == 0 {
				return c.rewrite(true, from, end+2, "not "+variable)
			}
		}
	}
	return nil
}
