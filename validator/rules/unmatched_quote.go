package rules

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL210", Name: "unmatched-quote", Severity: source.Error,
	Doc: `
A text in a condition has no quote at its other end, or quotes that the language does not know.

A text reaches from a quote to the next one of the same kind; there are no escapes, and typographic quotes are no quotes. A quote
without a partner is dropped, and the words behind it as well, so that the comparison has nothing to compare with and the step
fails.

Write straight quotes, single or double, at both ends. A text that holds one kind goes into the other.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: $status == 'active, then: open, otherwise: refuse}
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
		{Name: "A quote inside the text", Reported: true, Program: `
steps:
  - id: gate
    type: condition
    condition: $answer == 'I don't know'
    then: open
    otherwise: refuse
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "The first quote is missing", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $status == active' and $paid == 1, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Quotes of a word processor", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $status == “on hold”, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Quotes inside the other kind", Program: `
steps:
  - id: gate
    type: condition
    condition: $answer == "I don't know" or $answer == '5" disk' or $answer == '“so”'
    then: open
    otherwise: refuse
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL210") },
})

func (c *condition) takeQuotes() {
	for i := range c.tokens {
		switch {
		case c.isTaken(i):
		case c.isDropped(i, cond.Quote):
			c.takeQuote(i)
		case c.isDropped(i, cond.Other):
			c.takeTypographic(i)
		}
	}
}

// takeQuote takes the text at whose end, start or middle a quote stands without a partner.
func (c *condition) takeQuote(i int) {
	sign := c.tokens[i].Text
	if from := c.splitText(i); from >= 0 {
		content := c.expr.Text.Value[c.tokens[from].At+1 : c.tokens[i].At]
		c.take(from, i)
		message := fmt.Sprintf("the text %s ends at its first %s, so the rest is dropped: put the other kind of quotes around it", brief(content), sign)
		c.report("NL210", from, i, message, c.requote(true, from, i, strings.ReplaceAll(content, `\`, ""))...)
		return
	}
	from := i
	for c.isGlued(from) && (c.isDropped(from-1, cond.Word) || c.isKind(from-1, cond.Number)) && !c.isTaken(from-1) {
		from--
	}
	if from < i {
		c.take(from, i)
		message := fmt.Sprintf("the text %s has a quote at its end only, so it is dropped: write one in front", brief(c.text(from, i)))
		c.report("NL210", from, i, message, c.requote(false, from, i, c.text(from, i-1))...)
		return
	}
	c.takeOpening(i, sign)
}

// splitText is the text that ends at a quote which was meant as a part of it, where the quote at its own end is
// token i: 'it's'. It is -1 if there is none.
func (c *condition) splitText(i int) int {
	j := i - 1
	for j >= 0 && !c.isKind(j, cond.String) && !c.isTaken(j) && c.tokens[j].Kind != cond.Comparison && !c.isKind(j, cond.Variable) {
		j--
	}
	if !c.isKind(j, cond.String) || j+1 == i || c.isTaken(j) || c.tokens[j].Text[:1] != c.tokens[i].Text || !c.isGlued(j+1) {
		return -1
	}
	return j
}

// takeOpening takes a text that is never closed, or is closed with the other kind of quote.
func (c *condition) takeOpening(i int, sign string) {
	end, sure := len(c.tokens)-1, true
	for j := i + 1; j < len(c.tokens); j++ {
		if c.isDropped(j, cond.Quote) {
			c.take(i, j)
			message := fmt.Sprintf("the quotes around %s do not match, so both are dropped", brief(c.text(i, j)))
			c.report("NL210", i, j, message, c.requote(true, i, j, c.expr.Text.Value[c.tokens[i].End():c.tokens[j].At])...)
			return
		}
		if c.isKind(j, cond.LogicWord) || c.tokens[j].Kind == cond.Comparison {
			end, sure = j-1, false
			break
		}
	}
	c.take(i, end)
	message := fmt.Sprintf("the text %s is never closed, so its quote and words are dropped: write %s at its end", brief(c.text(i, end)), sign)
	var fixes []source.Fix
	if sure && end > i {
		fixes = c.requote(false, i, end, c.expr.Text.Value[c.tokens[i].End():c.tokens[end].End()])
	}
	c.report("NL210", i, end, message, fixes...)
}

// requote is a fix that writes a text with quotes instead of the tokens.
func (c *condition) requote(safe bool, from, to int, content string) []source.Fix {
	quoted, ok := quoteInCondition(content)
	if !ok {
		return nil
	}
	return c.rewrite(safe, from, to, quoted)
}

// typographic are the quotes that word processors and Markdown write, opening and closing.
var typographic = map[rune]string{'“': "”", '‘': "’", '”': "”", '’': "’", '„': "“”", '«': "»", '`': "`´", '´': "´"}

// takeTypographic takes a text between quotes that are none.
func (c *condition) takeTypographic(i int) {
	first, size := utf8.DecodeRuneInString(c.tokens[i].Text)
	closers, is := typographic[first]
	if !is || c.isOperand(i-1) && c.isGlued(i) {
		return
	}
	text := c.expr.Text.Value
	for j := i; j < len(c.tokens); j++ {
		if !c.isDropped(j, cond.Other) {
			continue
		}
		last, lastSize := utf8.DecodeLastRuneInString(c.tokens[j].Text)
		start := c.tokens[i].At + size
		if stop := c.tokens[j].End() - lastSize; stop >= start && strings.ContainsRune(closers, last) {
			c.take(i, j)
			message := fmt.Sprintf("%s is in quotes that conditions do not know, so it is dropped: use straight ones", brief(c.text(i, j)))
			c.report("NL210", i, j, message, c.requote(true, i, j, text[start:stop])...)
			return
		}
	}
}
