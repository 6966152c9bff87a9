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
	ID: "NL205", Name: "unquoted-word", Severity: source.Error,
	Doc: `
A condition holds a word that is not in quotes and not part of its language.

Such words are dropped without a word. ` + "`$status == active`" + ` then lacks a side, and the step fails when it is reached. So do ` + "`true`" + `,
` + "`null`" + `, ` + "`AND`" + ` and ` + "`is`" + `: the language has ` + "`True`" + `, ` + "`False`" + `, ` + "`None`" + `, ` + "`and`" + `, ` + "`or`" + `, ` + "`not`" + `, ` + "`in`" + ` and ` + "`contains`" + `, in these letters only.

Put texts in quotes, and spell the words of the language as it does.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: $status == active, then: open, otherwise: refuse}
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
		{Name: "Words in the letters of other languages", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $paid == true AND $error == null, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "is, and is not", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $paid is True or $error is not None, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "An allowed answer of two words, with a hyphen, and true as an answer", Reported: true, Program: `
steps:
  - {id: ask, type: llm, prompt: "Which state? Answer not-found, on hold or true.", allowed_outputs: [not-found, on hold, "true"]}
  - {id: gate, type: condition, condition: $ask.output == not-found or $ask.output == on hold or $ask.output == true, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A word that does no harm", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: if $paid == 1, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Words in quotes", Program: `
steps:
  - {id: gate, type: condition, condition: "$status == \"null and void\" or $paid == True", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL205") },
})

// The words of other languages, in small letters, and those of this one.
var (
	constantWords = map[string]string{
		"true": "True", "false": "False", "none": "None", "null": "None", "nil": "None", "undefined": "None",
	}
	operatorWords = map[string]string{
		"and": "and", "or": "or", "in": "in", "contains": "contains", "is": "==", "eq": "==", "equals": "==", "equal": "==",
		"ne": "!=", "neq": "!=", "isnt": "!=", "gt": ">", "gte": ">=", "ge": ">=", "lt": "<", "lte": "<=", "le": "<=",
		"notin": "not in", "includes": "contains",
	}
)

func (c *condition) takeWords() {
	for i := 0; i < len(c.tokens); i++ {
		if c.isTaken(i) || !c.startsWord(i) {
			continue
		}
		to := c.wordEnd(i)
		word := strings.ToLower(c.text(i, to))
		switch meant, isOperator := operatorWords[word]; {
		case isOperator && (c.isOperand(i-1) || i > 0 && c.isTaken(i-1)) && to+1 < len(c.tokens):
			c.takeOperatorWord(i, to, meant)
		case word == "not" && !c.isOperand(c.before(i)) && to+1 < len(c.tokens):
			c.take(i, to)
			c.report("NL205", i, to, fmt.Sprintf("%s must be in small letters in %s", quote(c.text(i, to)), c.of()), c.rewrite(true, i, to, "not")...)
		default:
			to = c.takeWord(i, to)
		}
		i = to
	}
}

// startsWord reports whether a bare word begins at token i. Words of the language are parts of one where a hyphen
// goes on: not-found.
func (c *condition) startsWord(i int) bool {
	switch t := &c.tokens[i]; {
	case c.isDropped(i, cond.Word):
		return true
	case t.Kind == cond.Dropped || t.Kind == cond.Comparison || t.Kind >= cond.Call && t.Kind < cond.Constant:
		return false
	}
	return c.isGlued(i+1) && c.isDropped(i+1, cond.Arithmetic) && c.isGlued(i+2) && c.isDropped(i+2, cond.Word)
}

// wordEnd is where the bare word ends that begins at token i.
func (c *condition) wordEnd(i int) int {
	for c.isGlued(i+1) && !c.isTaken(i+1) {
		t := &c.tokens[i+1]
		isPart := t.Kind == cond.Number || t.Kind == cond.Constant || t.Kind > cond.Dropped && t.Kind < cond.Comparison ||
			t.Kind == cond.Dropped && (t.Drop == cond.Word || t.Drop == cond.Dot || t.Drop == cond.Arithmetic || t.Drop == cond.Other)
		isTail := t.Kind == cond.Dropped && t.Drop != cond.Word && !c.isGlued(i+2)
		if !isPart || isTail {
			break
		}
		i++
	}
	return i
}

// takeOperatorWord takes a word for an operator between two values.
func (c *condition) takeOperatorWord(from, to int, meant string) {
	word := strings.ToLower(c.text(from, to))
	if word == "is" && c.isKind(to+1, cond.NotWord) {
		to++
		meant = "!="
	}
	if c.isComparison(to + 1) {
		meant = "" // is not in: the rest is right
	}
	c.take(from, to)
	written := quote(c.text(from, to))
	switch {
	case meant == "":
		c.warn("NL205", from, to, fmt.Sprintf("%s is dropped from %s: leave it out", written, c.of()), c.rewrite(true, from, to, "")...)
	case meant == written[1:len(written)-1]:
		c.report("NL205", from, to, fmt.Sprintf("%s is no word of its own here, so it is dropped and %s: write blanks around it", written, c.fate()),
			c.rewrite(true, from, to, c.spaced(from, to, meant))...)
	case meant == "contains":
		c.report("NL205", from, to, fmt.Sprintf("%s is no word of conditions, so it is dropped and %s: write the text, in, and the variable", written, c.fate()),
			c.swapped(from, to)...)
	default:
		c.report("NL205", from, to, fmt.Sprintf("%s is no word of conditions, so it is dropped and %s: write %s", written, c.fate(), meant),
			c.rewrite(true, from, to, c.spaced(from, to, meant))...)
	}
}

// takeWord takes a bare word that is no operator, or several in a row that were meant as one text, and returns its end.
func (c *condition) takeWord(from, to int) int {
	meant, isConstant := constantWords[strings.ToLower(c.text(from, to))]
	if c.isOperand(c.besides(from, -1)) || c.isOperand(c.besides(to, 1)) {
		for c.isDropped(to+1, cond.Word) && !c.isTaken(to+1) {
			to = c.wordEnd(to + 1)
		}
		c.take(from, to)
		c.tellStray(from, to)
		return to
	}
	if !isConstant {
		for to+1 < len(c.tokens) && !c.isTaken(to+1) && c.startsWord(to+1) && operatorWords[strings.ToLower(c.text(to+1, c.wordEnd(to+1)))] == "" {
			to = c.wordEnd(to + 1)
		}
	}
	c.take(from, to)
	name := c.otherSide(from, to)
	word := c.text(from, to)
	answers := c.names.answers(name)
	switch {
	case isConstant && !slices.Contains(answers, word):
		s := c.names.writer(name)
		c.report("NL205", from, to, fmt.Sprintf("%s is no word of conditions, so it is dropped and %s: write %s", quote(word), c.fate(), meant),
			c.rewrite(s == nil || s.Kind != program.LLM, from, to, meant)...)
	case name == "" && !strings.Contains(word, " ") && !slices.Contains(answers, word):
		c.tellMissingDollar(from, to)
	default:
		c.report("NL205", from, to, fmt.Sprintf("%s is not in quotes, so it is dropped and %s: put it in quotes", quote(word), c.fate()),
			c.requote(slices.Contains(answers, word), from, to, word)...)
	}
	return to
}

// besides is the token next to i that is no bracket.
func (c *condition) besides(i, direction int) int {
	for i += direction; c.isDropped(i, cond.Bracket); i += direction {
	}
	return i
}

// otherSide is the variable that a word is compared with, "" if there is none: then the word is the variable.
func (c *condition) otherSide(from, to int) string {
	if i := c.before(from); c.isComparison(i) || from > 0 && c.isTaken(from-1) && c.isDropped(from-1, cond.Word) && c.isKind(i, cond.Variable) {
		if c.isKind(i, cond.Variable) {
			return c.tokens[i].Text[1:] // with a word for the operator: $state is open
		}
		if j := c.before(i); c.isKind(j, cond.Variable) {
			return c.tokens[j].Text[1:]
		}
		if c.isDropped(i-1, cond.Word) {
			return "?" // a name without $, and this is its value
		}
		return ""
	}
	if i := c.behind(to); c.isComparison(i) {
		if j := c.behind(i); c.isKind(j, cond.Variable) && j == i+1 {
			return c.tokens[j].Text[1:]
		}
	}
	return ""
}

// tellStray reports a word that stands where none belongs.
func (c *condition) tellStray(from, to int) {
	message := fmt.Sprintf("%s is no word of conditions, so it is dropped and %s", quote(c.text(from, to)), c.fate())
	if c.expr.Err != "" {
		c.report("NL205", from, to, message)
		return
	}
	c.warn("NL205", from, to, message+": leave it out", c.rewrite(false, from, to, "")...)
}
