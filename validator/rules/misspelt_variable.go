package rules

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
)

var _ = rule(Rule{
	ID: "NL320", Name: "misspelt-variable", Severity: source.Warning,
	Doc: `
A variable that nothing writes is spelt nearly like a step or an output key.

A name that no step writes is an input. If there is no such input either, a prompt or an argument is sent with the name as it is
written, and a condition takes it for None: nothing fails, and the wrong text goes out.

Write the name of the step or of the key.
`,
	Bad: `
steps:
  - {id: quote, type: tool, tool: quote, output_key: amount}
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: $amout, order: $order_id}, is_terminal: true}
`,
	Good: `
steps:
  - {id: quote, type: tool, tool: quote, output_key: amount}
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: $amount, order: $order_id}, is_terminal: true}
`,
	Proof: `
context: {order_id: A-1}
tools: {quote: 5}
bad: {calls: [[quote, {}], [pay, {amount: $amout, order: A-1}]]}
good: {calls: [[quote, {}], [pay, {amount: 5, order: A-1}]]}
`,
	More: []Example{
		{Name: "Two inputs, or two names in a row, are no mistake", Program: `
steps:
  - {id: page_1, type: tool, tool: fetch, args: {url: $url_1}}
  - {id: pages_or_fail, type: tool, tool: merge, args: {first: $page_1, second: $page_2, url: $url_2}, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if p.Declared.AllInputs {
			return // undeclared-input knows more
		}
		m := misspelling{Pass: p, meant: make(map[string]string), budget: 2_000_000}
		for s := range p.Program.All {
			for _, u := range s.Uses {
				name := u.Path[0].Name
				if u.Site == program.InNested || p.isWritten(name) || !u.Path.LooksLikeName() || utf8.RuneCountInString(name) < 5 {
					continue
				}
				if meant := m.find(name); meant != "" {
					p.reportMisspelt(u, meant)
				}
			}
		}
	},
})

// misspelling looks for what was meant by names that nothing writes. Its work is bounded, as a speller's is.
type misspelling struct {
	*Pass
	meant  map[string]string // what was found for a name, perhaps nothing
	budget int
}

// isWritten reports whether a step writes under a name.
func (p *Pass) isWritten(name string) bool {
	_, _, output, data := p.Flow().Named(name)
	return output || data
}

// find is the only name that differs from another by a slip.
func (m *misspelling) find(name string) string {
	meant, done := m.meant[name]
	if done {
		return meant
	}
	for _, n := range m.writtenNames() {
		if m.budget -= 1 + len(name)/8; m.budget < 0 {
			return ""
		}
		if max(len(n)-len(name), len(name)-len(n)) > utf8.UTFMax || n == meant || !isSlip(name, n) {
			continue
		}
		if meant != "" {
			meant = ""
			break
		}
		meant = n
	}
	m.meant[name] = meant
	return meant
}

// writtenNames are the ids and output keys of the program, in order.
func (p *Pass) writtenNames() []string {
	if p.knownNames == nil {
		p.knownNames = []string{}
		for s := range p.Program.All {
			if s.ID() != "" {
				p.knownNames = append(p.knownNames, s.ID())
			}
			if s.OutputKey != nil && s.Parent == nil {
				p.knownNames = append(p.knownNames, s.OutputKey.Text.Value)
			}
		}
	}
	return p.knownNames
}

// isSlip reports whether a name differs from another by a slip of the finger: one letter, and no digit, ending or
// part of the name.
func isSlip(name, other string) bool {
	if spelling.Distance(name, other, 1) != 1 {
		return false
	}
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, s)
	}
	return digits(name) == digits(other) && !strings.HasPrefix(name, other) && !strings.HasPrefix(other, name) && strings.Count(name, "_") == strings.Count(other, "_")
}

func (p *Pass) reportMisspelt(u program.Use, meant string) {
	name := u.Path[0].Name
	d := source.Diagnostic{Note: source.Note{
		Span:    u.Span,
		Message: fmt.Sprintf("nothing writes $%s: did you mean $%s?", name, meant),
	}}
	d.Fixes = p.fix("write $"+meant, false, p.replaceInText(u.Node, u.Path[0].Span, meant))
	p.Report(d)
}
