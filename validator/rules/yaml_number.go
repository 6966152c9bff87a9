package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL018", Name: "yaml-number", Severity: source.Error,
	Doc: `
A value without quotes is a number or a date for YAML, where text is wanted, or another number than it seems.

` + "`version: 1.0`" + ` is a number, ` + "`name: 2024-05-01`" + ` a date, and the runtime refuses both. Other numbers are accepted and
surprise: in YAML 1.1, which the runtime reads, ` + "`010`" + ` is 8, ` + "`1:30`" + ` is 90, ` + "`0x10`" + ` is 16 and ` + "`1_000`" + ` is 1000.

Write text in quotes, and numbers in plain decimal digits.
`,
	Bad: `
version: 1.0
steps:
  - {id: ask, type: llm, prompt: Ask for the order number.}
`,
	Good: `
version: "1.0"
steps:
  - {id: ask, type: llm, prompt: Ask for the order number.}
`,
	Proof: `
bad: {rejected: [{loc: [version]}]}
good: {status: success}
`,
	Only: OnlyYAML,
	More: []Example{
		{Name: "An octal number of attempts", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_error: retry, max_retries: 010}
`},
		{Name: "A time of day in arguments", Reported: true, Program: `
steps:
  - {id: call, type: tool, tool: schedule, args: {slots: [{from: 9:30, to: "10:30"}]}}
`},
		{Name: "A date as a name, and numbers as answers", Reported: true, Program: `
name: 2024-05-01
steps:
  - {id: rate, type: llm, prompt: Rate the answer from 1 to 2., allowed_outputs: [1, 2]}
`},
		{Name: "Text that only looks like a number", Program: `
version: 1.0.0
steps:
  - {id: rate, type: tool, tool: rate, args: {weight: 1.5, count: -3, port: 0, zip: "01234", floor: 0o10}}
`},
	},
	Run: func(p *Pass) {
		p.reportRefusals("NL018", p.sayNumber)
		if p.Lang == syntax.YAML && p.IsProgram {
			p.checkNumbers()
		}
	},
})

// sayNumber says what the value became, and quotes it.
func (p *Pass) sayNumber(c schema.Complaint, d *source.Diagnostic) {
	if p.isAlias(c.Node) {
		return
	}
	kind := "a number"
	if c.Node.Kind == syntax.Date {
		kind = "a date"
	}
	written := p.spelled(c.Node)
	d.Message = fmt.Sprintf("YAML reads %s as %s, and %s must be text: write it in quotes", brief(written), kind, wantedPlace(c))
	d.Fixes = p.fix("write "+quote(written), p.isNoLostTarget(c), replaceString(c.Node, written))
}

// checkNumbers reports the numbers that the runtime accepts and that are others than they seem.
func (p *Pass) checkNumbers() {
	seen := map[*syntax.Node]bool{} // steps may share values through aliases
	check := func(numbers ...*syntax.Node) {
		for _, n := range numbers {
			if n != nil && !seen[n] {
				seen[n] = true
				p.checkNumber(n, false)
			}
		}
	}
	check(p.Program.MaxSteps, p.Program.MaxStalledSteps, p.Program.MaxTokens)
	for s := range p.Program.All {
		check(s.MaxRetries, s.MaxConcurrency, s.Timeout)
	}
	p.newWalker(func(n *syntax.Node) { p.checkNumber(n, true) }).args(p.Program)
}

// checkNumber reports n if it is such a number. Where text could stand too, that may be what was meant.
func (p *Pass) checkNumber(n *syntax.Node, orText bool) {
	if n.Kind != syntax.Int && n.Kind != syntax.Float || n.Style != syntax.Plain {
		return
	}
	written, value := p.spelled(n), n.Text.Value
	if written == value || !isSurprising(written, n) {
		return
	}
	d := source.Diagnostic{
		Note:     source.Note{Span: n.Span, Message: fmt.Sprintf("YAML reads %s as the number %s: write %s", brief(written), brief(value), brief(value))},
		Severity: source.Warning,
	}
	if orText {
		d.Message += ", or put it in quotes if it is text"
	}
	d.Fixes = p.fix("write "+brief(value), false, func(e syntax.Editor) ([]source.Edit, bool) { return e.ReplaceScalar(n, value) })
	if orText {
		d.Fixes = append(d.Fixes, p.fix("write "+quote(written), false, replaceString(n, written))...)
	}
	p.Report(d)
}

// isSurprising reports whether a number is spelled in one of the ways that YAML 1.1 has beside the decimal.
func isSurprising(written string, n *syntax.Node) bool {
	digits := strings.TrimLeft(written, "+-")
	switch {
	case digits == "" || strings.ContainsRune("*!&", rune(digits[0])):
		return false // an alias or a tag
	case n.Kind == syntax.Float:
		return strings.ContainsAny(digits, ":_")
	}
	plain := strings.TrimLeft(digits, "0")
	return plain != "" && plain != strings.TrimPrefix(n.Text.Value, "-")
}
