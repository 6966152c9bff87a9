package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL208", Name: "hyphenated-name", Severity: source.Error, Needs: OtherSteps,
	Doc: `
A condition reads a variable by a name with a hyphen in it, and a hyphen ends the name.

The machine reads ` + "`$user-state`" + ` as the variable ` + "`user`" + `, which is None if nothing has that name, and drops the rest:
` + "`$user-state != 'blocked'`" + ` always holds, and the guard is open. No input or output can be read by such a name, in prompts and
arguments neither.

Give the value a name of letters, digits and ` + "`_`" + `. Where the program itself gives the name, NL026 reports it there.
`,
	Bad: `
steps:
  - {id: user_check, type: tool, tool: check}
  - {id: gate, type: condition, condition: $user-check.output != 'blocked', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: user_check, type: tool, tool: check}
  - {id: gate, type: condition, condition: $user_check.output != 'blocked', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
tools: {check: blocked}
bad: {path: [user_check, gate, open], status: success}
good: {path: [user_check, gate, refuse], status: success}
`,
	More: []Example{
		{Name: "An input", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $user-state != 'blocked', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A hyphen in a text, and a negative number", Program: `
steps:
  - {id: gate, type: condition, condition: $state != 'user-blocked' and $balance >= -5, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL208") },
})

func (c *condition) takeHyphens() {
	for i := 1; i < len(c.tokens); i++ {
		if c.isTaken(i) || !c.isGlued(i) || !c.isKind(i-1, cond.Variable) || !strings.HasPrefix(c.tokens[i].Text, "-") {
			continue
		}
		end := i
		for c.isGlued(end+1) && (c.isDropped(end+1, cond.Word) || c.isDropped(end+1, cond.Dot) || c.isDropped(end+1, cond.Arithmetic) ||
			c.isKind(end+1, cond.Number) || end > i && c.tokens[end+1].Kind < cond.Comparison) {
			end++
		}
		name := c.text(i-1, end)[1:]
		if c.isNamedAt(name) {
			c.take(i-1, end)
			continue
		}
		meant := strings.ReplaceAll(name, "-", "_")
		root, _, _ := strings.Cut(meant, ".")
		known := c.names.has(root) && isDottedName(meant)
		if !known && !c.isDropped(i+1, cond.Word) {
			continue // $total-5 calculates
		}
		c.take(i-1, end)
		message := fmt.Sprintf("a hyphen ends the name of a variable, so %s reads %s and drops the rest", c.of(), brief(c.tokens[i-1].Text))
		if !known {
			c.report("NL208", i-1, end, message+": use a name of letters, digits and _")
			continue
		}
		meant = c.names.variable(meant)
		c.report("NL208", i-1, end, message+": write "+brief(meant), c.rewrite(true, i-1, end, meant)...)
	}
}

// isNamedAt reports whether a step or an output has a name that the text begins with and that no variable can spell:
// then the name is the mistake.
func (c *condition) isNamedAt(text string) bool {
	for i, r := range text + "." {
		if !value.IsWord(r) && c.names.has(text[:i]) && !isVariableName(text[:i]) {
			return true
		}
	}
	return false
}
