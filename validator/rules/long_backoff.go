package rules

import (
	"fmt"
	"time"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// maxPatience is how many seconds a step may wait between its attempts before it is worth a word.
const maxPatience = 60

var _ = rule(Rule{
	ID: "NL506", Name: "long-backoff", Severity: source.Info,
	Doc: `
A step waits for minutes between its attempts before it fails.

The runtime sleeps 1, 2, 4, 8, 16 and then always 30 seconds between two attempts, and nothing else of the run happens
meanwhile. Ten attempts wait two and a half minutes, twenty wait seven and a half, not counting the attempts themselves. No field
shortens or bounds that.

Five attempts wait 15 seconds, six 31.
`,
	Bad: `
steps:
  - {id: rates, type: tool, tool: fetch_rates, on_error: retry, max_retries: 20}
  - {id: store, type: tool, tool: store_rates, args: {rates: $rates.output}}
`,
	Good: `
steps:
  - {id: rates, type: tool, tool: fetch_rates, on_error: retry, max_retries: 5}
  - {id: store, type: tool, tool: store_rates, args: {rates: $rates.output}}
`,
	Proof: `
tools: {fetch_rates: {error: 'ConnectionError: busy'}}
bad: {status: failed, steps: [{retries: 19}]}
good: {status: failed, steps: [{retries: 4}]}
`,
	More: []Example{
		{Name: "A model with a time limit for each attempt", Reported: true, Program: `
steps:
  - {id: sum, type: llm, prompt: Sum up $report, timeout_seconds: 30, on_error: retry, max_retries: 10}
`},
	},
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if s.OnError != program.Retry || s.MaxRetries == nil || s.Kind == program.Condition {
				continue
			}
			waits := program.Waits(s.Attempts())
			if waits <= maxPatience {
				continue
			}
			d := source.Diagnostic{
				Note: source.Note{
					Span: s.MaxRetries.Span,
					Message: fmt.Sprintf("%s waits %s between its %d attempts before it fails", describe(s),
						time.Duration(waits)*time.Second, s.Attempts()),
				},
				Fixes: p.fix("set max_retries: 5", false, setField(s.Node, "max_retries", syntax.NewInt(5))),
			}
			if limit, ok := program.FloatOf(s.Timeout); ok && limit > 0 && s.Kind == program.LLM && canTimeOut(s) && !isFallback(s) {
				d.Related = []source.Note{{Span: s.Timeout.Span,
					Message: fmt.Sprintf("each attempt may take %s more", seconds(limit))}}
			}
			p.Report(d)
		}
	},
})
