package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
)

var _ = rule(Rule{
	ID: "NL012", Name: "unknown-value", Severity: source.Error,
	Doc: `
The type of a step or its error policy is a word that the runtime does not know.

A ` + "`type`" + ` is exactly ` + "`llm`" + `, ` + "`tool`" + `, ` + "`condition`" + ` or ` + "`parallel`" + `; ` + "`on_error`" + ` is exactly ` + "`fail`" + `, ` + "`skip`" + ` or ` + "`retry`" + `, in lower
case. Other words are refused, and with them the whole program.

Write one of these words.
`,
	Bad: `
steps:
  - {id: charge, type: function, tool: charge_card}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge_card}
`,
	Proof: `
bad: {rejected: [{loc: [steps, "0", type]}]}
good: {status: success}
`,
	More: []Example{
		{Name: "Upper case", Reported: true, Program: `
steps:
  - {id: ask, type: LLM, prompt: Ask for the order.}
`},
		{Name: "A policy of another machine", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_error: continue}
`},
		{Name: "A word that means nothing here", Reported: true, Program: `
steps:
  - {id: night, type: sleep, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		spell := spelling.New()
		p.reportRefusals("NL012", func(c schema.Complaint, d *source.Diagnostic) { p.suggestWord(spell, c, d) })
	},
})

// otherWords are what people write for the types of steps and the policies.
var otherWords = map[string][]struct{ word, others string }{
	"type": {
		{"tool", "function func action api http call task service script code webhook toolcall functioncall"},
		{"condition", "if branch router route switch choice decision gate conditional cond ifelse"},
		{"llm", "agent prompt model ai gpt chat completion generate llmcall text ask"},
		{"parallel", "fork group concurrent all gather fanout async concurrently block"},
	},
	"on_error": {
		{"skip", "ignore continue pass proceed none warn suppress next"},
		{"fail", "abort stop raise error exit halt throw failure terminate"},
		{"retry", "again repeat retries tryagain"},
	},
}

// suggestWord adds to a refusal the word that was probably meant.
func (p *Pass) suggestWord(spell *spelling.Speller, c schema.Complaint, d *source.Diagnostic) {
	if word, same := wordFor(spell, c); word != "" {
		d.Message += fmt.Sprintf(": did you mean %s?", word)
		d.Fixes = p.fix("replace with "+word, same, replaceString(c.Node, word))
	}
}

// wordFor is the word that was meant, and whether it is the same but for case and blanks.
func wordFor(spell *spelling.Speller, c schema.Complaint) (word string, same bool) {
	written := strings.TrimSpace(c.Node.Text.Value)
	f := stepFields()[c.Field]
	for _, v := range f.Values {
		if strings.EqualFold(v.Name, written) {
			return v.Name, true
		}
	}
	for _, line := range otherWords[c.Field] {
		for _, other := range strings.Fields(line.others) {
			if other == spelling.Fold(written) {
				return line.word, false
			}
		}
	}
	word, _ = spell.Nearest(written, func(yield func(string) bool) {
		for _, v := range f.Values {
			if !yield(v.Name) {
				return
			}
		}
	})
	return word, false
}
