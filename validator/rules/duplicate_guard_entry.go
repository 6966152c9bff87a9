package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL413", Name: "duplicate-guard-entry", Severity: source.Warning,
	Doc: `
An allowed answer is listed twice.

The second entry allows nothing that the first does not. Usually another word should stand there: an answer that
was meant to be allowed then fails the step.

Write the missing answer instead, or remove the entry.
`,
	Bad: `
steps:
  - {id: triage, type: llm, prompt: "Is this low, medium or high? $ticket", allowed_outputs: [low, medium, low]}
  - {id: store, type: tool, tool: set_priority, args: {priority: $triage.output}}
`,
	Good: `
steps:
  - {id: triage, type: llm, prompt: "Is this low, medium or high? $ticket", allowed_outputs: [low, medium, high]}
  - {id: store, type: tool, tool: set_priority, args: {priority: $triage.output}}
`,
	Proof: `
llm: {triage: high}
bad: {path: [triage], status: failed}
good: {path: [triage, store], status: success}
`,
	More: []Example{
		{Name: "In a block, between others", Reported: true, Program: `
steps:
  - id: triage
    type: llm
    prompt: "Is this low, medium or high? $ticket"
    allowed_outputs:
      - low
      - low
      - medium
      - high
`},
		{Name: "Two steps that share a list", Program: `
steps:
  - {id: first, type: llm, prompt: "Good or bad? $draft", allowed_outputs: &grades [good, bad]}
  - {id: second, type: llm, prompt: "Good or bad? $text", allowed_outputs: *grades}
`},
	},
	Run: func(p *Pass) {
		for s, values := range p.guards {
			first := make(map[string]*syntax.Node, len(values))
			for i, v := range values {
				n := s.AllowedOutputs.Items[i]
				if first[v] == nil {
					first[v] = n
					continue
				}
				p.Report(source.Diagnostic{
					Note: source.Note{
						Span:    n.Span,
						Message: fmt.Sprintf("%s allows %s twice: remove the entry, or write the answer that was meant", describe(s), quote(v)),
					},
					Related: []source.Note{{Span: first[v].Span, Message: "it is listed here first"}},
					Fixes:   p.fix("remove the second "+quote(v), true, removeItem(s.AllowedOutputs, i)),
				})
			}
		}
	},
})

func removeItem(l *syntax.Node, i int) change {
	return func(e syntax.Editor) ([]source.Edit, bool) { return e.RemoveItem(l, i) }
}
