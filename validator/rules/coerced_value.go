package rules

import (
	"fmt"
	"math"
	"strconv"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL022", Name: "coerced-value", Severity: source.Warning,
	Doc: `
A number or boolean is written as something else, and the runtime converts it without a word.

` + "`max_retries: true`" + ` is one attempt, so no retry at all; ` + "`\"3\"`" + ` and ` + "`3.0`" + ` are 3, ` + "`is_terminal: \"no\"`" + ` is false. Other tools
that read the program, and other versions of the library behind the runtime, may convert in another way or
refuse it.

Write the value that is meant.
`,
	Bad: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_error: retry, max_retries: "3"}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_error: retry, max_retries: 3}
`,
	More: []Example{
		{Name: "A boolean for a number", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_error: retry, max_retries: true}
`},
		{Name: "A number with a point for a whole one", Reported: true, Program: `
max_steps: 20.0
steps:
  - {id: charge, type: tool, tool: charge_card}
`},
		{Name: "Text for a boolean and for a time", Reported: true, Program: `
steps:
  - {id: ask, type: llm, prompt: Ask for the order., timeout_seconds: "2.5", is_terminal: "yes"}
`},
		{Name: "A whole number of seconds", Program: `
steps:
  - {id: ask, type: llm, prompt: Ask for the order., timeout_seconds: 5}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram {
			return
		}
		seen := map[*syntax.Node]bool{} // steps may share values through aliases
		check := func(f *schema.Field, n *syntax.Node) {
			if n != nil && !hasType(f, n) && !seen[n] {
				seen[n] = true
				p.checkCoercion(f, n)
			}
		}
		fields := programFields()
		check(fields["max_steps"], p.Program.MaxSteps)
		check(fields["max_stalled_steps"], p.Program.MaxStalledSteps)
		check(fields["max_tokens"], p.Program.MaxTokens)
		fields = stepFields()
		retries, concurrency := fields["max_retries"], fields["max_concurrency"]
		timeout, terminal := fields["timeout_seconds"], fields["is_terminal"]
		for s := range p.Program.All {
			check(retries, s.MaxRetries)
			check(concurrency, s.MaxConcurrency)
			check(timeout, s.Timeout)
			check(terminal, s.IsTerminal)
		}
	},
})

// checkCoercion reports a value that the runtime converts to the field's type. One that it refuses has
// been reported by another rule.
func (p *Pass) checkCoercion(f *schema.Field, n *syntax.Node) {
	var value string
	exact := true
	switch f.Type {
	case schema.Integer:
		if v, ok := program.IntOf(n); ok {
			value = v.String()
		}
	case schema.Number:
		if v, ok := program.FloatOf(n); ok {
			value, exact = plainNumber(v)
		}
	case schema.Boolean:
		if v, ok := program.BoolOf(n); ok {
			value = strconv.FormatBool(v)
		}
	}
	if value == "" || n.Kind == syntax.Null {
		return
	}
	d := source.Diagnostic{Note: source.Note{
		Span:    n.Span,
		Message: fmt.Sprintf("%s is %s, which the runtime takes for %s: write a plain %s", f.Name, p.shown(n), brief(value), plainType(f)),
	}}
	if !exact {
		p.Report(d)
		return
	}
	surely := n.Kind != syntax.Bool // nobody means 1 by true
	d.Fixes = p.fix("write "+brief(value), surely, func(e syntax.Editor) ([]source.Edit, bool) { return e.ReplaceScalar(n, value) })
	p.Report(d)
}

// plainNumber is a number in words, and whether JSON and YAML both read it in that spelling.
func plainNumber(v float64) (text string, ok bool) {
	if math.IsInf(v, 0) || math.IsNaN(v) || v != 0 && (math.Abs(v) < 1e-6 || math.Abs(v) >= 1e15) {
		return strconv.FormatFloat(v, 'g', -1, 64), false
	}
	return strconv.FormatFloat(v, 'f', -1, 64), true
}

// shown is a value as a message shows it.
func (p *Pass) shown(n *syntax.Node) string {
	switch n.Kind {
	case syntax.String:
		return "the text " + quote(n.Text.Value)
	case syntax.Bool:
		return "the boolean " + n.Text.Value
	}
	return brief(p.spelled(n))
}

func plainType(f *schema.Field) string {
	switch f.Type {
	case schema.Integer:
		return "whole number"
	case schema.Number:
		return "number"
	}
	return "true or false"
}
