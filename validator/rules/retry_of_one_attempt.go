package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL502", Name: "retry-of-one-attempt", Severity: source.Warning,
	Doc: `
A step is told to retry, with a number of attempts that leaves none for it.

` + "`max_retries`" + ` counts all attempts, the first included. With 1 the step is tried once and never again; 0 and less are taken
for 1.

Write 2 for one retry, or remove ` + "`max_retries`" + ` for the default of three attempts.
`,
	Bad: `
steps:
  - {id: rates, type: tool, tool: fetch_rates, on_error: retry, max_retries: 1}
  - {id: store, type: tool, tool: store_rates, args: {rates: $rates.output}}
`,
	Good: `
steps:
  - {id: rates, type: tool, tool: fetch_rates, on_error: retry, max_retries: 2}
  - {id: store, type: tool, tool: store_rates, args: {rates: $rates.output}}
`,
	Proof: `
tools: {fetch_rates: [{error: "ConnectionError: down"}, 5]}
bad: {path: [rates], status: failed}
good: {path: [rates, store], status: success}
`,
	More: []Example{
		{Name: "Less than none is not for ever", Reported: true, Program: `
steps:
  - {id: rates, type: tool, tool: fetch_rates, on_error: retry, max_retries: -1}
`},
	},
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if s.OnError != program.Retry || s.MaxRetries == nil || s.Kind == program.Condition || s.Attempts() > 1 {
				continue
			}
			n, ok := program.IntOf(s.MaxRetries)
			if policy := s.Node.Pair("on_error"); !ok || policy == nil || policy.Merged {
				continue
			}
			attempts := 2
			if n.Sign() <= 0 {
				attempts = 3
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span: s.MaxRetries.Span,
					Message: fmt.Sprintf("%s is never tried again: max_retries counts all attempts, and %s leaves only the first; write %d for %s",
						describe(s), s.MaxRetries.Text.Value, attempts, plural(attempts-1, "retry", "retries")),
				},
				Related: []source.Note{{Span: fieldSpan(s, "on_error"), Message: "asks for retries"}},
				Fixes: append(
					p.fix(fmt.Sprintf("set max_retries: %d", attempts), false, setField(s.Node, "max_retries", syntax.NewInt(attempts))),
					p.fix("remove max_retries and on_error", false, removeFields(s.Node, "max_retries", "on_error"))...),
			})
		}
	},
})
