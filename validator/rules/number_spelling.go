package rules

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL209", Name: "number-spelling", Severity: source.Error,
	Doc: `
A number in a condition is written in a way that the language does not know.

A number is digits, perhaps with a minus sign directly in front and with a dot and digits behind. Everything else is dropped:
` + "`- 5`" + `, ` + "`.5`" + ` and ` + "`5%`" + ` are all 5, ` + "`10ms`" + ` is 10, and ` + "`1e5`" + ` or ` + "`1_000`" + ` leave two numbers side by side, which makes the step fail.

Write plain digits: ` + "`-5`" + `, ` + "`0.5`" + `, ` + "`100000`" + `.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: $balance < - 5, then: warn, otherwise: go_on}
  - {id: warn, type: tool, tool: warn, is_terminal: true}
  - {id: go_on, type: tool, tool: go_on, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: $balance < -5, then: warn, otherwise: go_on}
  - {id: warn, type: tool, tool: warn, is_terminal: true}
  - {id: go_on, type: tool, tool: go_on, is_terminal: true}
`,
	Proof: `
context: {balance: 0}
bad: {path: [gate, warn], status: success}
good: {path: [gate, go_on], status: success}
`,
	More: []Example{
		{Name: "Half, a million, a hundred", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $rate > .5 or $total > 1_000_000 or $flags == 0x64, then: warn, otherwise: go_on}
  - {id: warn, type: tool, tool: warn, is_terminal: true}
  - {id: go_on, type: tool, tool: go_on, is_terminal: true}
`},
		{Name: "A unit, and a price", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $latency > 10ms or $price > $5, then: warn, otherwise: go_on}
  - {id: warn, type: tool, tool: warn, is_terminal: true}
  - {id: go_on, type: tool, tool: go_on, is_terminal: true}
`},
		{Name: "A date without quotes", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $day > 2026-01-31, then: warn, otherwise: go_on}
  - {id: warn, type: tool, tool: warn, is_terminal: true}
  - {id: go_on, type: tool, tool: go_on, is_terminal: true}
`},
		{Name: "Numbers", Program: `
steps:
  - {id: gate, type: condition, condition: "$a > -5 or $b > 0.25 or $c == '1e5' or $d>=007", then: warn, otherwise: go_on}
  - {id: warn, type: tool, tool: warn, is_terminal: true}
  - {id: go_on, type: tool, tool: go_on, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL209") },
})

func (c *condition) takeNumbers() {
	for i := 0; i < len(c.tokens); i++ {
		if c.isTaken(i) || !c.isKind(i, cond.Number) {
			continue
		}
		from, to := c.numberFrom(i), c.numberTo(i)
		if from < 0 || from == to {
			continue
		}
		c.take(from, to)
		c.tellNumber(from, i, to)
		i = to
	}
}

// numberFrom is where the number begins that token i is a part of, -1 if it is the rest of a word.
func (c *condition) numberFrom(i int) int {
	from := i
	if c.isGlued(from) && c.isDropped(from-1, cond.Dot) && c.tokens[from-1].Text == "." {
		from--
	}
	if c.isGlued(from) && (c.isDropped(from-1, cond.Word) || c.isOperand(from-1)) || from < i && c.isTaken(from) {
		return -1
	}
	sign := from - 1
	if c.isDropped(sign, cond.Arithmetic) && !c.isTaken(sign) && (c.tokens[sign].Text == "-" || c.tokens[sign].Text == "+") {
		if before := c.before(sign); !c.isOperand(before) && !c.isOperand(sign-1) && !c.isDropped(sign-1, cond.Word) {
			return sign
		}
	}
	return from
}

// numberTo is where the number ends that token i is a part of.
func (c *condition) numberTo(i int) int {
	for c.isGlued(i + 1) {
		t := &c.tokens[i+1]
		isMore := c.isDropped(i+1, cond.Word) || t.Kind == cond.Number || c.isDropped(i+1, cond.Dot) ||
			c.isDropped(i+1, cond.Arithmetic) && t.Text == "%" ||
			c.isDropped(i+1, cond.Arithmetic) && c.isDropped(i, cond.Word) && c.isGlued(i+2) && c.isKind(i+2, cond.Number) ||
			(c.isDropped(i+1, cond.Comma) || c.isDropped(i+1, cond.Other)) && c.isGlued(i+2) && c.isKind(i+2, cond.Number)
		if !isMore || c.isDropped(i+1, cond.Word) && operatorWords[t.Text] == t.Text {
			break
		}
		i++
	}
	return i
}

var (
	someText  = lazyRegexp(`^[0-9]+([-:./][0-9]+){2,}|^[0-9]+:[0-9]+$|^[0-9]+[a-zA-Z]+[-_.]`)
	thousands = lazyRegexp(`^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
	multiple  = lazyRegexp(`[0-9][kKmMbB]$`)
	leading   = lazyRegexp(`^[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)`)
)

// tellNumber reports what is written instead of a number; the machine reads the digits of token digits first.
func (c *condition) tellNumber(from, digits, to int) {
	written := c.text(from, to)
	read := fmt.Sprintf("%s is not how conditions write a number", brief(written))
	if c.expr.Err != "" {
		read += ", so " + c.fate()
	} else {
		read += " and is read as " + brief(c.tokens[digits].Text)
	}
	if someText().MatchString(written) {
		c.report("NL209", from, to, read+": put it in quotes if it is a text", c.requote(false, from, to, written)...)
		return
	}
	number, sure := plainDigits(strings.ReplaceAll(strings.ReplaceAll(written, " ", ""), "_", ""))
	if number == "" {
		c.report("NL209", from, to, read+": write plain digits")
		return
	}
	c.report("NL209", from, to, read+": write "+number, c.rewrite(sure, from, to, number)...)
}

// plainDigits is a number as conditions write it, and whether it is surely the one that was meant.
func plainDigits(written string) (_ string, sure bool) {
	if thousands().MatchString(written) {
		written = strings.ReplaceAll(written, ",", "")
	}
	if i, err := strconv.ParseInt(strings.ToLower(written), 0, 64); err == nil && strings.ContainsAny(written, "xXbBoO") {
		return strconv.FormatInt(i, 10), true
	}
	if f, err := strconv.ParseFloat(written, 64); err == nil && !math.IsInf(f, 0) && !strings.ContainsAny(written, "xXpP") {
		return strconv.FormatFloat(f, 'f', -1, 64), true
	}
	if f, err := strconv.ParseFloat(leading().FindString(written), 64); err == nil && !multiple().MatchString(written) {
		return strconv.FormatFloat(f, 'f', -1, 64), false
	}
	return "", false
}

// checkPrice reports $5, which is the variable 5.
func (c *condition) checkPrice(i int) {
	text := c.tokens[i].Text
	if root, _, _ := strings.Cut(text[1:], "."); c.names.has(root) {
		return
	}
	number := strings.TrimSuffix(text[1:], ".")
	if _, err := strconv.ParseFloat(number, 64); err != nil {
		return
	}
	c.warn("NL209", i, i, fmt.Sprintf("%s is the variable %s and no amount of money in %s: write the number alone", brief(text), quote(text[1:]), c.of()),
		c.rewrite(false, i, i, number)...)
}
