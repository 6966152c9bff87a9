package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL217", Name: "missing-dollar", Severity: source.Error,
	Doc: `
A condition names a variable without its dollar sign.

A bare word is dropped, and a comparison that has lost one side makes the step fail when it is reached. In quotes the name is a text:
` + "`'decision' == 'yes'`" + ` compares two texts and never holds. ` + "`${decision}`" + ` and ` + "`{{ decision }}`" + ` belong to other languages.

Write ` + "`$decision`" + `, and ` + "`$step.output`" + ` for what a step returned.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: status == 'active', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: $status == 'active', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {status: active}
bad: {path: [gate], status: failed}
good: {path: [gate, open], status: success}
`,
	More: []Example{
		{Name: "The step, in the braces of a template", Reported: true, Program: `
steps:
  - {id: check, type: tool, tool: check}
  - {id: gate, type: condition, condition: "{{ check }} == 'ok' and ${limit} > 5", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "The name of an output in quotes", Reported: true, Program: `
steps:
  - {id: check, type: tool, tool: check, output_key: verdict}
  - {id: gate, type: condition, condition: "'verdict' == 'ok'", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A word alone", Reported: true, Program: `
steps:
  - {id: check, type: tool, tool: check, output_key: verdict}
  - {id: gate, type: condition, condition: not verdict, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A text that is also the name of a step", Program: `
steps:
  - {id: check, type: tool, tool: check, output_key: verdict}
  - {id: gate, type: condition, condition: "$verdict == 'open' or 'check' in $mail or 'check' == $verdict", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL217") },
})

// takeTemplates takes variables in the braces of another language: ${x}, {{ x }}.
func (c *condition) takeTemplates() {
	for i := range c.tokens {
		if c.isTaken(i) || !c.isDropped(i, cond.Brace) || c.tokens[i].Text != "{" {
			continue
		}
		end := c.closing(i)
		from, inner, innerEnd := i, i+1, end-1
		if c.isGlued(i) && c.isDropped(i-1, cond.Dollar) {
			from--
		}
		for c.isDropped(inner, cond.Brace) && c.isDropped(innerEnd, cond.Brace) && inner < innerEnd {
			inner, innerEnd = inner+1, innerEnd-1
		}
		if inner > innerEnd || c.tokens[end].Text != "}" {
			continue
		}
		name := strings.TrimPrefix(c.text(inner, innerEnd), "$")
		if !isDottedName(name) {
			continue
		}
		c.take(from, end)
		meant := c.names.variable(name)
		c.report("NL217", from, end, fmt.Sprintf("%s is no variable in a condition: write %s", brief(c.text(from, end)), brief(meant)),
			c.rewrite(true, from, end, meant)...)
	}
}

func isDottedName(name string) bool {
	return name != "" && !slices.ContainsFunc(strings.Split(name, "."), func(part string) bool { return part == "" || !isVariableName(part) })
}

// tellMissingDollar reports a bare word, from one token to another, that must be a variable.
func (c *condition) tellMissingDollar(from, to int) {
	name := c.text(from, to)
	root, _, _ := strings.Cut(name, ".")
	message := fmt.Sprintf("%s has no $, so %s drops it and %s", brief(name), c.of(), c.fate())
	if c.expr.Err != "" {
		message = fmt.Sprintf("%s has no $, so it is dropped and %s", brief(name), c.fate())
	}
	if !isDottedName(name) {
		c.report("NL217", from, to, message+": write $ in front of a variable")
		return
	}
	meant := c.names.variable(name)
	c.report("NL217", from, to, message+": write "+brief(meant), c.rewrite(c.names.has(root), from, to, meant)...)
}

// checkNameInQuotes reports a text that is the name of an output and is compared with another literal: one side of a
// comparison is a variable.
func (c *condition) checkNameInQuotes(i int) {
	name := unquote(&c.tokens[i])
	root, rest, dotted := strings.Cut(name, ".")
	isKey := c.names.keys(root) != nil
	if isStep := dotted && (rest == "output" || strings.HasPrefix(rest, "output.")) && c.names.step(root) != nil; !isKey && !isStep || !isDottedName(name) {
		return // a step may well be called yes
	}
	other := i + 2
	if c.isComparison(i - 1) {
		other = i - 2
	} else if !c.isComparison(i + 1) {
		return
	}
	if !c.isOperand(other) || c.isKind(other, cond.Variable) || c.isTaken(other) || c.tokens[other].Text == c.tokens[i].Text {
		return
	}
	if t := &c.tokens[other]; other < i && t.Kind == cond.String && c.names.has(unquote(t)) {
		return // both are names: said once
	}
	meant := c.names.variable(name)
	c.report("NL217", i, i, fmt.Sprintf("%s is a text in %s, which compares two literals: write %s", brief(c.tokens[i].Text), c.of(), brief(meant)),
		c.rewrite(false, i, i, meant)...)
}
