package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL102", Name: "sub-step-target", Severity: source.Error,
	Doc: `
A step names a sub-step of a parallel block as its target.

Only the steps of the program's own list can be jumped to. The runtime does not find the name when it takes
that way, and the run ends FAILED.

Name the block, or make the sub-step a step of the program.
`,
	Bad: `
steps:
  - id: fetch
    type: parallel
    parallel_steps:
      - {id: weather, type: tool, tool: weather}
      - {id: news, type: tool, tool: news}
  - {id: fresh, type: condition, condition: $fetch.output.news == 'none', then: news, otherwise: publish}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
`,
	Good: `
steps:
  - id: fetch
    type: parallel
    parallel_steps:
      - {id: weather, type: tool, tool: weather}
      - {id: news, type: tool, tool: news}
  - {id: fresh, type: condition, condition: $fetch.output.news == 'none', then: report_help, otherwise: publish}
  - {id: report_help, type: tool, tool: ask_editor, is_terminal: true}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
`,
	Proof: `
tools: {news: none}
bad: {path: [fetch, fresh], status: failed, error: "Step 'fresh': condition target 'news' not found"}
good: {path: [fetch, fresh, report_help], status: success}
`,
	Run: func(p *Pass) {
		for s := range p.Program.All {
			for _, r := range s.Refs() {
				if !r.Named() || r.To != nil {
					continue
				}
				sub := p.Program.SubStep(r.Name())
				if sub == nil {
					continue
				}
				p.Report(source.Diagnostic{
					Note: source.Note{
						Span: r.Node.Text.Content(),
						Message: fmt.Sprintf("%s of %s names a sub-step of %s, and only steps of the program's own list can be jumped to",
							r.Field, describe(s), quote(sub.Parent.ID())),
					},
					Related: []source.Note{{Span: sub.Place(), Message: "the sub-step"}},
				})
			}
		}
	},
})
