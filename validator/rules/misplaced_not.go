package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL212", Name: "misplaced-not", Severity: source.Error,
	Doc: `
A condition has a not behind its first word, where none is allowed.

The grammar has one ` + "`not`" + `, at the very start, and it negates the first comparison. Anywhere else, also directly behind another, it
makes the step fail when it is reached.

Turn the comparison round (` + "`!=`" + `, ` + "`not in`" + `, ` + "`>=`" + ` for ` + "`<`" + `), move the negated one to the front, or compare a truth with ` + "`False`" + `.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: $paid == 1 and not $state == 'blocked', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: $paid == 1 and $state != 'blocked', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {paid: 1, state: open}
bad: {path: [gate], status: failed}
good: {path: [gate, open], status: success}
`,
	More: []Example{
		{Name: "The truth of a variable", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $paid and not $blocked, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "In front of contains", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $mail not contains 'refund', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "not where it may stand", Program: `
steps:
  - {id: gate, type: condition, condition: not $blocked and $role not in 'guest' and $word == 'not', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL212") },
})

// checkNots reports each not that the grammar does not allow.
func (c *condition) checkNots() {
	for _, problem := range c.expr.Problems {
		if problem.Code != cond.StrayNot {
			continue
		}
		i := c.tokenAt(problem.Span)
		if i < 0 || c.isTaken(i) {
			continue
		}
		fixes := c.withoutNot(i)
		c.take(i, i)
		c.report("NL212", i, i, fmt.Sprintf("not may stand at the start of a condition only, so %s always fails: turn the comparison round or move it to the front",
			describe(c.step)), fixes...)
	}
}

var opposite = map[cond.Op]cond.Op{
	cond.Equal: cond.NotEqual, cond.NotEqual: cond.Equal, cond.Less: cond.GreaterEqual, cond.GreaterEqual: cond.Less,
	cond.Greater: cond.LessEqual, cond.LessEqual: cond.Greater, cond.In: cond.NotIn, cond.NotIn: cond.In,
}

// withoutNot is a fix that says the same without the not of token i.
func (c *condition) withoutNot(i int) []source.Fix {
	if c.isKind(i+1, cond.ContainsWord) && c.isOperand(i-1) && c.isOperand(i+2) {
		return c.rewrite(true, i-1, i+2, c.tokens[i+2].Text+" not in "+c.tokens[i-1].Text)
	}
	if i < 2 || !c.isKind(i-1, cond.LogicWord) || !c.isOperand(i+1) {
		return nil
	}
	if o, ok := opposite[c.comparedBy(i+2)]; ok && c.isOperand(i+3) {
		return c.rewrite(true, i, i+3, c.tokens[i+1].Text+" "+o.String()+" "+c.tokens[i+3].Text)
	}
	last := i + 1
	if c.isComparison(i + 2) {
		last = i + 3
	}
	if last != len(c.tokens)-1 {
		return nil
	}
	for j := range c.tokens[:i-1] {
		if k := c.tokens[j].Kind; k == cond.Dropped || k == cond.NotWord || k == cond.LogicWord && c.tokens[j].Op != c.tokens[i-1].Op {
			return nil
		}
	}
	return c.rewrite(false, 0, last, c.text(i, last)+" "+c.tokens[i-1].Text+" "+c.text(0, i-2))
}

// comparedBy is the operator of token i, NoOp if it is none.
func (c *condition) comparedBy(i int) cond.Op {
	if !c.isComparison(i) {
		return cond.NoOp
	}
	return c.tokens[i].Op
}
