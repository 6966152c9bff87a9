package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL216", Name: "malformed-condition", Severity: source.Error,
	Doc: `
A condition is not in the grammar of conditions, or holds characters that mean nothing in it.

Conditions are read when the step runs, and not before. One that lacks a value or an operator makes the step fail each time it is
reached; characters that the language does not know are dropped in silence, and only what is left is evaluated.

A condition is one or more comparisons, ` + "`$a == 1`" + ` or ` + "`$a`" + ` alone, joined by ` + "`and`" + ` and ` + "`or`" + `, with ` + "`not`" + ` at the very start if need be.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: 18 <= $age < 65, then: full, otherwise: reduced}
  - {id: full, type: tool, tool: sell, is_terminal: true}
  - {id: reduced, type: tool, tool: sell, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: 18 <= $age and $age < 65, then: full, otherwise: reduced}
  - {id: full, type: tool, tool: sell, is_terminal: true}
  - {id: reduced, type: tool, tool: sell, is_terminal: true}
`,
	Proof: `
context: {age: 30}
bad: {path: [gate], status: failed}
good: {path: [gate, full], status: success}
`,
	More: []Example{
		{Name: "A value is missing", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $age >= 18 and, then: full, otherwise: reduced}
  - {id: full, type: tool, tool: sell, is_terminal: true}
  - {id: reduced, type: tool, tool: sell, is_terminal: true}
`},
		{Name: "An operator is missing", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $age 18, then: full, otherwise: reduced}
  - {id: full, type: tool, tool: sell, is_terminal: true}
  - {id: reduced, type: tool, tool: sell, is_terminal: true}
`},
		{Name: "A question to a model", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: The customer is old enough and not blocked, then: full, otherwise: reduced}
  - {id: full, type: tool, tool: sell, is_terminal: true}
  - {id: reduced, type: tool, tool: sell, is_terminal: true}
`},
		{Name: "A comment, and an empty condition", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: "$age >= 18 # and known", then: known, otherwise: reduced}
  - {id: known, type: condition, condition: " ", then: full, otherwise: reduced}
  - {id: full, type: tool, tool: sell, is_terminal: true}
  - {id: reduced, type: tool, tool: sell, is_terminal: true}
`},
		{Name: "A semicolon that does no harm", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $age >= 18;, then: full, otherwise: reduced}
  - {id: full, type: tool, tool: sell, is_terminal: true}
  - {id: reduced, type: tool, tool: sell, is_terminal: true}
`},
		{Name: "Odd, and in the grammar", Program: `
steps:
  - {id: gate, type: condition, condition: "not $age<18 and '#' in $tag and $known", then: full, otherwise: reduced}
  - {id: full, type: tool, tool: sell, is_terminal: true}
  - {id: reduced, type: tool, tool: sell, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL216") },
})

// takeComments takes what stands behind # or // up to the end of the line.
func (c *condition) takeComments() {
	text := c.expr.Text.Value
	for i := range c.tokens {
		if c.isTaken(i) || !c.isDropped(i, cond.Other) && !c.isDropped(i, cond.Arithmetic) {
			continue
		}
		sign := c.tokens[i].Text
		if sign[0] != '#' && !(strings.HasPrefix(sign, "//") && c.isOperand(i-1)) || c.isGlued(i) {
			continue
		}
		line := len(text)
		if n := strings.IndexByte(text[c.tokens[i].At:], '\n'); n >= 0 {
			line = c.tokens[i].At + n
		}
		end := i
		for end+1 < len(c.tokens) && c.tokens[end+1].At < line {
			end++
		}
		c.take(i, end)
		c.report("NL216", i, end, fmt.Sprintf("conditions have no comments: words of the language, texts and numbers in %s are evaluated", brief(c.text(i, end))),
			c.rewrite(true, i, end, "")...)
	}
}

// takeSentences takes a condition that is a sentence: only a model could answer it.
func (c *condition) takeSentences() {
	words := 0
	for i := range c.tokens {
		switch t := &c.tokens[i]; {
		case c.isTaken(i), t.Kind >= cond.Comparison && t.Kind != cond.Number:
			return
		case c.isDropped(i, cond.Word) && !c.isGlued(i):
			words++
		}
	}
	if words < 3 {
		return
	}
	last := len(c.tokens) - 1
	c.take(0, last)
	c.report("NL216", 0, last, fmt.Sprintf("%s is a sentence, and conditions compare values: ask it in an llm step with allowed_outputs and compare its output", c.of()))
}

// takeOthers takes the dropped characters that are left, but for brackets. The first are told: others are mostly their
// partners.
func (c *condition) takeOthers() {
	told := false
	for i := 0; i < len(c.tokens); i++ {
		if c.tokens[i].Kind != cond.Dropped || c.isTaken(i) || c.tokens[i].Drop == cond.Bracket {
			continue
		}
		to := i
		for c.isGlued(to+1) && c.tokens[to+1].Kind == cond.Dropped && !c.isTaken(to+1) && c.tokens[to+1].Drop != cond.Bracket {
			to++
		}
		c.take(i, to)
		message := fmt.Sprintf("%s means nothing in a condition, so it is dropped and %s", brief(c.text(i, to)), c.fate())
		switch {
		case told:
		case c.expr.Err != "":
			c.report("NL216", i, to, message)
		default:
			c.warn("NL216", i, to, message+": leave it out", c.rewrite(false, i, to, "")...)
		}
		told = true
		i = to
	}
}

// checkGrammar reports the first problem of the grammar, if nothing was found that explains it.
func (c *condition) checkGrammar() {
	if c.slips > 0 || len(c.expr.Problems) == 0 {
		return
	}
	problem := c.expr.Problems[0]
	d := source.Diagnostic{Note: problem.Note}
	i := c.tokenAt(problem.Span)
	const fails = ", so the step always fails"
	switch problem.Code {
	case cond.Empty:
		d.Message = fmt.Sprintf("%s holds nothing that can be evaluated%s: write a comparison", c.of(), fails)
	case cond.MissingOperand:
		switch {
		case i < 0 || i >= len(c.tokens):
			d.Message = fmt.Sprintf("a value is missing at the end of %s%s", c.of(), fails)
			if last := c.tokens[len(c.tokens)-1]; last.Kind != cond.Dropped {
				d.Span = last.Span
			}
		default:
			d.Message = fmt.Sprintf("a value is missing in front of %s in %s%s", quote(c.tokens[i].Text), c.of(), fails)
		}
	case cond.MissingOperator:
		d.Message = fmt.Sprintf("an operator is missing in front of %s in %s%s", quote(c.tokenText(i)), c.of(), fails)
	case cond.Chained:
		d.Message = fmt.Sprintf("comparisons cannot be chained as in %s%s: compare twice and join with and", c.of(), fails)
		d.Fixes = c.unchained(i)
	case cond.HugeNumber:
		d.Message = fmt.Sprintf("the number in %s has more digits than Python reads%s", c.of(), fails)
	default:
		return
	}
	c.tell("NL216", d)
}

// tokenAt is the token that begins at a place, -1 if none does.
func (c *condition) tokenAt(at source.Span) int {
	for i := range c.tokens {
		if c.tokens[i].Span.Start == at.Start {
			return i
		}
	}
	return -1
}

func (c *condition) tokenText(i int) string {
	if i < 0 {
		return "the end"
	}
	return c.tokens[i].Text
}

// unchained is a fix that compares the middle of a chain twice: token i is its second comparison.
func (c *condition) unchained(i int) []source.Fix {
	if i < 3 || !c.isComparison(i-2) || !c.isOperand(i-1) || !c.isOperand(i+1) || c.isComparison(i+2) {
		return nil
	}
	for j := range c.tokens {
		if c.tokens[j].Op == cond.Or || c.tokens[j].Kind == cond.Dropped || c.tokens[j].Kind == cond.NotWord {
			return nil
		}
	}
	middle := c.tokens[i-1].Text
	return c.rewrite(true, i-1, i, middle+" and "+middle+" "+c.tokens[i].Text)
}
