package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL201", Name: "quoted-variable", Severity: source.Error,
	Doc: `
A condition has a variable in quotes, where it is nothing but a text.

` + "`'yes' in '$decision'`" + ` looks for "yes" in the nine letters of "$decision". Both sides are literals, so the answer is the same in every
run: usually False, and True where the letters happen to stand in the name. The documentation of the runtime showed this for long.

Write the variable without quotes. Where the model may give certain answers only, compare with one: ` + "`$decision == 'yes'`" + `.
`,
	Bad: `
steps:
  - {id: ask, type: llm, prompt: Say yes or no to a refund., output_key: decision, allowed_outputs: ["yes", "no"]}
  - {id: gate, type: condition, condition: "'yes' in '$decision'", then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: ask, type: llm, prompt: Say yes or no to a refund., output_key: decision, allowed_outputs: ["yes", "no"]}
  - {id: gate, type: condition, condition: $decision == 'yes', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {ask: "yes"}
bad: {path: [ask, gate, refuse], status: success}
good: {path: [ask, gate, pay], status: success}
`,
	More: []Example{
		{Name: "The step, and an answer that is free", Reported: true, Program: `
steps:
  - {id: ask, type: tool, tool: ask_owner}
  - {id: gate, type: condition, condition: "'yes' in '$ask' or \"$mood\" == 'good'", then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A variable inside a text", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: "$greeting == 'Hello $name'", then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "All of it", Reported: true, Program: `
steps:
  - {id: ask, type: tool, tool: ask_owner}
  - {id: gate, type: condition, condition: "\"$ask.output == 'yes'\"", then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Prices, and dollar signs", Program: `
steps:
  - {id: gate, type: condition, condition: "$price == '$5' or $sign == '$' or '$100' in $mail", then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL201") },
})

// checkQuoted looks at a text for a variable in it.
func (c *condition) checkQuoted(i int) {
	text := unquote(&c.tokens[i])
	if !strings.Contains(text, "$") {
		c.checkNameInQuotes(i)
		return
	}
	template := cond.ParseTemplate(source.Text{Value: text})
	use := slices.IndexFunc(template.Uses, func(u cond.Use) bool { return u.Path.LooksLikeName() })
	if use < 0 {
		return
	}
	if whole := cond.Parse(source.Text{Value: text}); len(c.tokens) == 1 && whole.Err == "" && len(whole.Tokens) > 1 {
		c.report("NL201", i, i, fmt.Sprintf("%s is in quotes as a whole, so it is a text and always holds: leave the outer quotes out", c.of()),
			c.rewrite(true, i, i, text)...)
		return
	}
	if !template.IsVariable() {
		name := template.Uses[use].Path
		message := fmt.Sprintf("%s in quotes is text, and nothing is put in its place in %s: let a tool step make the text", brief(name.String()), c.of())
		if c.names.has(name.Root().Name) {
			c.report("NL201", i, i, message)
		} else {
			c.warn("NL201", i, i, message)
		}
		return
	}
	message := fmt.Sprintf("%s in quotes is text and no variable%s", brief(text), c.constantAnswer(i))
	from, to, meant, safe := c.unquoted(i, text[1:])
	c.report("NL201", i, i, message+": write "+brief(meant), c.rewrite(safe, from, to, meant)...)
}

// constantAnswer says what a comparison of two literals comes to.
func (c *condition) constantAnswer(i int) string {
	from := i - 2
	if c.isComparison(i + 1) {
		from = i
	}
	if !c.isComparison(from+1) || !c.isKind(from, cond.String) || !c.isKind(from+2, cond.String) {
		return ""
	}
	answer, err := c.tokens[from+1].Op.Apply(value.FromString(unquote(&c.tokens[from])), value.FromString(unquote(&c.tokens[from+2])))
	if err != nil {
		return ""
	}
	if answer {
		return ", so this always holds"
	}
	return ", so this never holds"
}

// unquoted is what to write instead of which tokens, so that the text of token i becomes the variable that it names.
// A search for one of the allowed answers becomes a comparison with it.
func (c *condition) unquoted(i int, name string) (from, to int, meant string, safe bool) {
	variable := c.names.variable(name)
	if c.isKind(i+1, cond.ContainsWord) && c.isKind(i+2, cond.String) {
		literal := c.tokens[i+2].Text
		if c.onlyAnswer(name, literal) {
			return i, i + 2, variable + " == " + literal, true
		}
		return i, i + 2, literal + " in " + variable, false
	}
	if c.isKind(i-2, cond.String) && (c.isKind(i-1, cond.InWord) || c.isKind(i-1, cond.NotInWord)) {
		literal := c.tokens[i-2].Text
		switch {
		case !c.onlyAnswer(name, literal):
			return i, i, variable, false
		case c.isKind(i-1, cond.InWord):
			return i - 2, i, variable + " == " + literal, true
		}
		return i - 2, i, variable + " != " + literal, true
	}
	safe = c.comparedBy(i+1).Class() == cond.Equality || c.comparedBy(i-1).Class() == cond.Equality
	return i, i, variable, safe
}

// onlyAnswer reports whether a literal is an allowed answer that is part of no other.
func (c *condition) onlyAnswer(name, literal string) bool {
	answers, literal := c.names.answers(name), literal[1:len(literal)-1]
	inside := 0
	for _, a := range answers {
		if strings.Contains(a, literal) && a != literal {
			inside++
		}
	}
	return inside == 0 && slices.Contains(answers, literal)
}
