package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL204", Name: "dropped-operator", Severity: source.Error,
	Doc: `
A condition uses an operator of another language, and its characters are dropped.

` + "`!$blocked`" + ` is read as ` + "`$blocked`" + `: the guard is turned round. ` + "`=>`" + ` becomes ` + "`>`" + ` and ` + "`=<`" + ` becomes ` + "`<`" + `. Without ` + "`&&`" + `, ` + "`||`" + `, ` + "`=`" + ` or a sign of arithmetic
two values stand side by side, and the step fails when it is reached.

The operators are ` + "`and`" + `, ` + "`or`" + `, ` + "`not`" + ` at the very start, ` + "`==`" + `, ` + "`!=`" + `, ` + "`<`" + `, ` + "`<=`" + `, ` + "`>`" + `, ` + "`>=`" + `, ` + "`in`" + ` and ` + "`not in`" + `. Calculate in a tool step.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: "!$blocked", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: not $blocked, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {blocked: true}
bad: {path: [gate, open]}
good: {path: [gate, refuse]}
`,
	More: []Example{
		{Name: "Signs for and, or and equality", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $paid = 1 && $trial == 0 || $amount => 5, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Three signs that work like two", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $paid === 1, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Arithmetic", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $price * $count > 100, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "The sign of SQL, a filter and a difference", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: "$state <> 'closed' or $name | lower == 'bob' or $price -5 > 3", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Signs in a text", Program: `
steps:
  - {id: gate, type: condition, condition: "$sign == '&&' or $sign == '!' or $price>=-5", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL204") },
})

func (c *condition) takeOperators() {
	for i := range c.tokens {
		t := &c.tokens[i]
		switch {
		case c.isTaken(i):
		case t.Kind == cond.Comparison:
			c.takeSQLSign(i)
		case t.Kind == cond.Number && t.Text[0] == '-' && c.isOperand(i-1):
			c.takeArithmetic(i)
		case t.Kind != cond.Dropped:
		case t.Drop == cond.Exclaim:
			c.takeExclaim(i)
		case t.Drop == cond.Ampersand:
			c.replaceSign(i, i, "and", true)
		case t.Drop == cond.Bar:
			c.takeBar(i)
		case t.Drop == cond.Assign:
			c.takeAssign(i)
		case t.Drop == cond.Arithmetic && c.isOperand(i-1) && c.isOperand(i+1):
			c.takeArithmetic(i)
		}
	}
}

// replaceSign reports signs for which the language has others.
func (c *condition) replaceSign(from, to int, with string, safe bool) {
	c.take(from, to)
	what := fmt.Sprintf("%s is no operator of conditions, so it is dropped and %s", brief(c.text(from, to)), c.fate())
	text := with
	if with == "and" || with == "or" {
		text = c.spaced(from, to, with)
	}
	c.report("NL204", from, to, what+": write "+with, c.rewrite(safe, from, to, text)...)
}

func (c *condition) takeSQLSign(i int) {
	if c.tokens[i].Text == "<" && c.isGlued(i+1) && c.tokens[i+1].Text == ">" {
		c.replaceSign(i, i+1, "!=", true)
	}
}

// takeArithmetic takes a sign between two values, or a negative number that was meant to be subtracted.
func (c *condition) takeArithmetic(i int) {
	c.take(i, i)
	last := i
	if c.tokens[i].Kind == cond.Dropped {
		last++
	}
	c.report("NL204", i, i, fmt.Sprintf("conditions cannot calculate, so %s fails at %s: let a tool step compute the value",
		describe(c.step), brief(c.text(i-1, last))))
}

// takeExclaim takes ! or ~, which say not elsewhere.
func (c *condition) takeExclaim(i int) {
	sign := brief(c.tokens[i].Text)
	switch {
	case c.isGlued(i+1) && c.isDropped(i+1, cond.Assign):
		c.takeForeign(i, i+1)
	case c.isGlued(i+1) && c.isKind(i+1, cond.InWord):
		c.replaceSign(i, i+1, "not in", true)
	case c.isDropped(i+1, cond.Bracket):
		closing := c.closing(i + 1)
		c.take(i, i+1)
		c.take(closing, closing)
		c.report("NL204", i, i, fmt.Sprintf("%s is no operator of conditions, so %s drops it with the brackets behind it and negates nothing: negate each comparison",
			sign, c.of()))
	case c.before(i) < 0:
		c.take(i, i)
		lone := c.isKind(i+1, cond.Variable) && !c.isComparison(c.behind(i+1))
		safe := lone && c.tokens[i].Text == "!"
		text := "not "
		if c.isKind(i+1, cond.Variable) && len(c.tokens[i].Text) == 1 {
			c.report("NL204", i, i, fmt.Sprintf("%s is no operator of conditions, so %s drops it and is turned round: write not", sign, c.of()),
				c.rewrite(safe, i, i, text)...)
			return
		}
		c.report("NL204", i, i, fmt.Sprintf("%s is no operator of conditions, so %s drops it: write not", sign, c.of()))
	default:
		c.take(i, i)
		c.report("NL204", i, i, fmt.Sprintf("%s is no operator of conditions, so %s drops it, and not may stand at the start only: compare with False or split the condition",
			sign, c.of()))
	}
}

// takeForeign takes signs of which it is not certain what they mean.
func (c *condition) takeForeign(from, to int) {
	c.take(from, to)
	c.report("NL204", from, to, fmt.Sprintf("%s is no operator of conditions, so it is dropped and %s: use ==, != or in", brief(c.text(from, to)), c.fate()))
}

// takeBar takes | or ||: an or, or the filter of a template.
func (c *condition) takeBar(i int) {
	if c.tokens[i].Text == "|" && c.isDropped(i+1, cond.Word) && !c.isTaken(i+1) {
		end := i + 1
		for c.isGlued(end+1) && (c.isDropped(end+1, cond.Word) || c.isKind(end+1, cond.Number)) {
			end++
		}
		c.take(i, end)
		c.report("NL204", i, end, fmt.Sprintf("conditions have no filters, so %s is dropped: let a tool step compute the value", brief(c.text(i, end))))
		return
	}
	c.replaceSign(i, i, "or", true)
}

// takeAssign takes = where it is not part of an operator.
func (c *condition) takeAssign(i int) {
	text := c.tokens[i].Text
	switch {
	case c.isGlued(i) && c.isComparison(i-1) && (c.tokens[i-1].Text == "==" || c.tokens[i-1].Text == "!="):
		c.take(i, i)
		c.warn("NL204", i-1, i, fmt.Sprintf("%s is read as %s in %s", brief(c.text(i-1, i)), c.tokens[i-1].Text, c.of()), c.rewrite(true, i, i, "")...)
	case c.isGlued(i+1) && text == "=" && (c.tokens[i+1].Text == ">" || c.tokens[i+1].Text == "<"):
		sign := c.tokens[i+1].Text
		c.take(i, i)
		c.report("NL204", i, i+1, fmt.Sprintf("%s is read as %s in %s: write %s=", brief(c.text(i, i+1)), sign, c.of(), sign),
			c.rewrite(true, i, i+1, sign+"=")...)
	case c.isGlued(i) && c.isKind(i-1, cond.Comparison) && strings.ContainsAny(c.tokens[i-1].Text, "<>"):
		c.take(i, i)
		c.warn("NL204", i-1, i, fmt.Sprintf("%s is read as %s in %s", brief(c.text(i-1, i)), c.tokens[i-1].Text, c.of()), c.rewrite(true, i, i, "")...)
	case c.isGlued(i+1) && c.isDropped(i+1, cond.Exclaim):
		c.takeForeign(i, i+1)
	default:
		c.replaceSign(i, i, "==", text == "=")
	}
}
