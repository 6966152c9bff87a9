package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL206", Name: "list-literal", Severity: source.Error,
	Doc: `
A condition holds a list, and conditions have no lists.

The brackets and commas are dropped. Of ` + "`$role in ['administrator']`" + ` a search in the text remains: "min", "a" and the empty text pass
as administrator. With two entries two values stand side by side, and the step fails when it is reached.

Compare with each entry and join the comparisons with ` + "`or`" + `; for ` + "`not in`" + ` use ` + "`!=`" + ` and ` + "`and`" + `.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: "$role in ['administrator', 'owner']", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: $role == 'administrator' or $role == 'owner', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {role: owner}
bad: {path: [gate], status: failed}
good: {path: [gate, open], status: success}
`,
	More: []Example{
		{Name: "One entry, which does not even fail", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: "$active == 1 and $role in ['administrator']", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A tuple", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: "$code not in (404, 410)", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "An empty list", Reported: true, Program: `
steps:
  - {id: find, type: tool, tool: find_errors}
  - {id: gate, type: condition, condition: "$find.output == []", then: ship, otherwise: stop}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: stop, type: tool, tool: stop, is_terminal: true}
`},
		{Name: "A list in a variable, and one in a text", Program: `
steps:
  - {id: gate, type: condition, condition: "$role in $allowed_roles or $role == '[any]'", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL206") },
})

func (c *condition) takeLists() {
	for i := range c.tokens {
		if c.isTaken(i) || !c.opensList(i) {
			continue
		}
		end := c.closing(i)
		message := fmt.Sprintf("conditions have no lists: the brackets are dropped, and %s fails", describe(c.step))
		items, simple := c.listItems(i, end)
		if c.expr.Err == "" && len(items) == 1 && (c.isKind(i-1, cond.InWord) || c.isKind(i-1, cond.NotInWord)) {
			message = fmt.Sprintf("conditions have no lists: the brackets are dropped, and %s looks into the text %s", describe(c.step), brief(items[0]))
		}
		switch {
		case len(items) == 0:
			message += ": an empty list is false, so use its truth"
		case c.isKind(i-1, cond.InWord) || c.isKind(i-1, cond.NotInWord):
			message += ": compare with each entry"
		default:
			message += ": let a tool step compare"
		}
		var fixes []source.Fix
		if simple {
			fixes = c.withoutList(i, end, items)
		}
		c.take(i, end)
		c.report("NL206", i, end, message, fixes...)
	}
}

// opensList reports whether token i is the bracket of a list, a tuple or a set.
func (c *condition) opensList(i int) bool {
	if c.isDropped(i, cond.ListSign) {
		return c.tokens[i].Text == "["
	}
	isTuple := c.isDropped(i, cond.Bracket) && c.tokens[i].Text == "("
	isSet := c.isDropped(i, cond.Brace) && c.tokens[i].Text == "{" && i > 0 && !c.isDropped(i-1, cond.Dollar)
	if !isTuple && !isSet || !c.isComparison(i-1) {
		return false
	}
	end := c.closing(i)
	for j := i + 1; j < end; j++ {
		if c.isDropped(j, cond.Comma) {
			return true
		}
	}
	return isSet && c.tokens[end].Text == "}" && !c.isDropped(i+1, cond.Brace) && !c.isDropped(i+1, cond.Word)
}

// listItems is the entries of a list as they are written, and whether each is one value.
func (c *condition) listItems(open, end int) (items []string, simple bool) {
	simple = end > open && strings.Contains(")]}", c.tokens[end].Text)
	wantsItem := true
	for i := open + 1; i < end; i++ {
		switch t := &c.tokens[i]; {
		case wantsItem && c.isOperand(i):
			items = append(items, t.Text)
			wantsItem = false
		case !wantsItem && c.isDropped(i, cond.Comma):
			wantsItem = true
		default:
			return append(items, t.Text), false
		}
	}
	return items, simple
}

// withoutList is a fix that compares with each entry of a list: any number of them if the whole condition is this
// comparison or comparisons that are joined in the same way.
func (c *condition) withoutList(open, end int, items []string) []source.Fix {
	if open < 2 || !c.isKind(open-2, cond.Variable) || !c.isComparison(open-1) {
		return nil
	}
	from, op := open-2, c.tokens[open-1].Op
	variable := c.names.variable(c.tokens[from].Text[1:])
	if len(items) == 0 {
		switch {
		case op == cond.Equal && from == 0:
			return c.rewrite(false, from, end, "not "+variable)
		case op == cond.NotEqual:
			return c.rewrite(false, from, end, variable)
		}
		return nil
	}
	negated := op == cond.NotIn
	if op != cond.In && !negated {
		return nil
	}
	if c.isKind(from-1, cond.NotWord) {
		from--
		negated = !negated
	}
	comparison, join := " == ", cond.Or
	if negated {
		comparison, join = " != ", cond.And
	}
	var parts []string
	for _, item := range items {
		parts = append(parts, variable+comparison+item)
	}
	for i := range c.tokens {
		if len(items) > 1 && c.tokens[i].Kind == cond.LogicWord && c.tokens[i].Op != join {
			return nil
		}
	}
	return c.rewrite(true, from, end, strings.Join(parts, " "+join.String()+" "))
}
