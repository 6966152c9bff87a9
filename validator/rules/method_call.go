package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL215", Name: "method-call", Severity: source.Error,
	Doc: `
A condition calls a method of a variable, and conditions have no calls.

The machine looks for a variable with a bracket behind it before anything else and raises an error, so the step fails each time
that it is reached, whatever the values are. With ` + "`on_error: skip`" + ` it is skipped each time.

Give the llm step ` + "`allowed_outputs`" + `, whose answers are stripped and exact, or let a tool compute the value. A field of an
object is read with a dot: ` + "`$order.status`" + `.
`,
	Bad: `
steps:
  - {id: ask, type: llm, prompt: Say yes or no to a refund., allowed_outputs: ["yes", "no"]}
  - {id: gate, type: condition, condition: "$ask.output.strip() == 'yes'", then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: ask, type: llm, prompt: Say yes or no to a refund., allowed_outputs: ["yes", "no"]}
  - {id: gate, type: condition, condition: $ask.output == 'yes', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {ask: "yes"}
bad: {path: [ask, gate], status: failed}
good: {path: [ask, gate, pay], status: success}
`,
	More: []Example{
		{Name: "A field of an object", Reported: true, Program: `
steps:
  - {id: load, type: tool, tool: load_order}
  - {id: gate, type: condition, condition: "$load.output.get('status') == 'paid'", then: ship, otherwise: remind}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: remind, type: tool, tool: remind, is_terminal: true}
`},
		{Name: "Several calls in a row are one mistake", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: "$mail.strip().lower().startswith('re:') and $known == 1", then: answer, otherwise: open}
  - {id: answer, type: tool, tool: answer, is_terminal: true}
  - {id: open, type: tool, tool: open_ticket, is_terminal: true}
`},
		{Name: "Brackets of a text", Program: `
steps:
  - {id: gate, type: condition, condition: "$mail == 'call me() (please)'", then: answer, otherwise: open}
  - {id: answer, type: tool, tool: answer, is_terminal: true}
  - {id: open, type: tool, tool: open_ticket, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL215") },
})

func (c *condition) takeMethods() {
	for i := range c.tokens {
		if c.isTaken(i) || c.tokens[i].Kind != cond.Call {
			continue
		}
		end := c.chain(c.closing(i))
		c.take(i, end)
		name, method, _ := cutLast(strings.TrimRight(c.tokens[i].Text, "( \t\n"), ".")
		called := brief(c.text(i, end))
		if method == "" {
			c.report("NL215", i, end, fmt.Sprintf("%s calls %s, and conditions have no calls, so the step always fails: compute the value in a tool step",
				c.of(), called))
			continue
		}
		c.report("NL215", i, end, fmt.Sprintf("%s calls %s, and conditions have no methods, so the step always fails: %s",
			c.of(), called, c.insteadOfMethod(name[1:])), c.withoutMethod(i, end, name[1:], method)...)
	}
}

// chain is the end of what is called on the result that ends at token i: .strip().lower().
func (c *condition) chain(i int) int {
	for c.isGlued(i+1) && c.isDropped(i+1, cond.Dot) {
		for i++; c.isGlued(i+1) && c.isDropped(i+1, cond.Word); i++ {
		}
		if c.isGlued(i+1) && c.isDropped(i+1, cond.Bracket) && c.tokens[i+1].Text == "(" {
			i = c.closing(i + 1)
		}
	}
	return i
}

// cutLast is strings.Cut at the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func (c *condition) insteadOfMethod(name string) string {
	switch s := c.names.writer(name); {
	case c.names.answers(name) != nil:
		return "its answers are exact already"
	case s != nil && s.Kind == program.LLM:
		return fmt.Sprintf("allowed_outputs on %s makes its answers exact", describe(s))
	}
	return "compute the value in a tool step"
}

// withoutMethod is a fix if the call can be said with what the language has.
func (c *condition) withoutMethod(i, end int, name, method string) []source.Fix {
	closing := c.closing(i)
	var argument string
	if closing == i+2 && c.isKind(i+1, cond.String) {
		argument = unquote(&c.tokens[i+1])
	}
	switch {
	case closing != end:
	case method == "get" && argument != "" && isVariableName(argument):
		return c.rewrite(true, i, end, c.names.variable(name+"."+argument))
	case slices.Contains([]string{"contains", "includes", "__contains__"}, method) && argument != "" && !c.isComparison(c.behind(end)):
		return c.rewrite(false, i, end, c.tokens[i+1].Text+" in "+c.names.variable(name))
	case closing == i+1 && c.names.answers(name) != nil && slices.Contains([]string{"strip", "lower", "upper", "trim", "toLowerCase", "casefold"}, method):
		return c.rewrite(method == "strip" || method == "trim", i, end, c.names.variable(name))
	}
	return nil
}
