package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL027", Name: "reserved-name", Severity: source.Warning,
	Doc: `
A step or an output has a name that the runtime writes itself.

When a suspended run is resumed, the runtime stores what the webhook delivered as ` + "`__webhook__`" + ` and where it came
from as ` + "`__webhook_source__`" + `. An output of that name is overwritten by the next resume, or hides what was delivered.

Use another name; the runtime may take further names that begin with ` + "`__webhook`" + `.
`,
	Bad: `
steps:
  - {id: wait, type: tool, tool: await_approval}
  - {id: record, type: tool, tool: record, args: {answer: $__webhook__}, output_key: __webhook__}
  - {id: reply, type: tool, tool: reply, args: {answer: $__webhook__}}
`,
	Good: `
steps:
  - {id: wait, type: tool, tool: await_approval}
  - {id: record, type: tool, tool: record, args: {answer: $__webhook__}, output_key: answer}
  - {id: reply, type: tool, tool: reply, args: {answer: $__webhook__}}
`,
	Proof: `
tools: {await_approval: PENDING, record: stored}
resume: [approved]
bad: {calls: [[await_approval, {}], [record, {answer: approved}], [reply, {answer: stored}]]}
good: {calls: [[await_approval, {}], [record, {answer: approved}], [reply, {answer: approved}]]}
`,
	More: []Example{
		{Name: "A step", Reported: true, Program: `
steps:
  - {id: __webhook_source__, type: tool, tool: read_source}
`},
		{Name: "Another webhook", Program: `
steps:
  - {id: webhook, type: tool, tool: call_webhook, output_key: _webhook}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			p.checkReserved("the id", s.IDNode)
			if s.Parent == nil {
				p.checkReserved("output_key", s.OutputKey)
			}
		}
	},
})

func (p *Pass) checkReserved(what string, n *syntax.Node) {
	const reserved = "__webhook"
	if n == nil || n.Kind != syntax.String || !strings.HasPrefix(n.Text.Value, reserved) {
		return
	}
	p.Note(n.Span, fmt.Sprintf("%s %s is one of the names that the runtime writes when a run is resumed: use another", what, quote(n.Text.Value)))
}
