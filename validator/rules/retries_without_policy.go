package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL501", Name: "retries-without-policy", Severity: source.Warning,
	Doc: `
A step has max_retries but is not told to retry.

The number of attempts is read only with ` + "`on_error: retry`" + `. With the default, ` + "`fail`" + `, the first error ends the run, and with
` + "`skip`" + ` it skips the step.

Add ` + "`on_error: retry`" + `, or remove ` + "`max_retries`" + `.
`,
	Bad: `
steps:
  - {id: rates, type: tool, tool: fetch_rates, max_retries: 5}
  - {id: store, type: tool, tool: store_rates, args: {rates: $rates.output}}
`,
	Good: `
steps:
  - {id: rates, type: tool, tool: fetch_rates, on_error: retry, max_retries: 5}
  - {id: store, type: tool, tool: store_rates, args: {rates: $rates.output}}
`,
	Proof: `
tools: {fetch_rates: [{error: "ConnectionError: down"}, 5]}
bad: {path: [rates], status: failed}
good: {path: [rates, store], status: success}
`,
	More: []Example{
		{Name: "The default number, on purpose", Reported: true, Program: `
steps:
  - {id: rates, type: tool, tool: fetch_rates, max_retries: 3}
`},
		{Name: "A step that is skipped when it fails", Reported: true, Program: `
steps:
  - {id: warm, type: tool, tool: warm_cache, on_error: skip, max_retries: 2}
  - {id: work, type: tool, tool: work}
`},
		{Name: "Defaults in so many words, and no retry in so many words", Program: `
steps:
  - {id: rates, type: tool, tool: fetch_rates, on_error: fail, max_retries: 3}
  - {id: store, type: tool, tool: store_rates, max_retries: 0}
  - {id: tell, type: tool, tool: tell, max_retries: 1}
`},
	},
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if s.MaxRetries == nil || s.OnError != program.Fail && s.OnError != program.Skip || p.meansNoRetry(s) {
				continue
			}
			d := source.Diagnostic{Note: source.Note{Span: fieldSpan(s, "max_retries")}}
			switch {
			case s.Kind == program.Condition:
				d.Message = fmt.Sprintf("max_retries of %s has no effect: a condition is not retried", describe(s))
			case s.OnError == program.Skip:
				d.Message = fmt.Sprintf("%s is not retried: with on_error: skip the first error skips it, and max_retries has no effect", describe(s))
			default:
				d.Message = fmt.Sprintf("%s is not retried: max_retries has no effect without on_error: retry", describe(s))
				if n, _ := program.IntOf(s.MaxRetries); n.Sign() > 0 {
					d.Fixes = p.fix("set on_error: retry", false, setField(s.Node, "on_error", syntax.NewString("retry")))
				}
			}
			d.Fixes = append(d.Fixes, p.fix("remove max_retries", false, removeFields(s.Node, "max_retries"))...)
			p.Report(d)
		}
	},
})

// meansNoRetry reports whether max_retries may be there without any wish for a retry: it says that there is none, it
// comes with the defaults of many steps, or all is written out.
func (p *Pass) meansNoRetry(s *program.Step) bool {
	n, ok := program.IntOf(s.MaxRetries)
	pair := s.Node.Pair("max_retries")
	switch {
	case !ok || pair == nil || pair.Merged:
		return true
	case n.IsInt64() && (n.Int64() == 0 || n.Int64() == 1):
		return true
	}
	return isDefault(stepFields()["max_retries"], s.MaxRetries) && s.Node.Pair("on_error") != nil
}
