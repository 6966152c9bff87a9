package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL604", Name: "suspended-last-step", Severity: source.Warning,
	Doc: `
The last step suspends the run, and what the resume brings is never used.

A resumed run goes on with the step that is listed next. Behind the last there is none: the run is a SUCCESS at once, whatever
the webhook says, and its final output is that of the last step that succeeded before.

Add a step behind it that reads ` + "`$__webhook__`" + `.
`,
	Bad: `
steps:
  - {id: prepare, type: tool, tool: prepare_order}
  - {id: paid_or_fail, type: tool, tool: wait_for_payment, is_terminal: true}
`,
	Good: `
steps:
  - {id: prepare, type: tool, tool: prepare_order}
  - {id: payment, type: tool, tool: wait_for_payment}
  - {id: paid, type: condition, condition: $__webhook__.paid == True, then: ship, otherwise: cancel}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: cancel, type: tool, tool: cancel, is_terminal: true}
`,
	Proof: `
tools: {wait_for_payment: PENDING}
resume: [{paid: false}]
bad: {path: [prepare, paid_or_fail], status: success}
good: {path: [prepare, payment, paid, cancel], status: success}
`,
	Declare: func() Declared { return Suspending("wait_for_payment") },
	More: []Example{
		{Name: "Nobody says that the tool suspends the run", Program: `
steps:
  - {id: prepare, type: tool, tool: prepare_order}
  - {id: paid_or_fail, type: tool, tool: wait_for_payment, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		known := p.suspended()
		for _, s := range known.all {
			if s.how != declared {
				continue
			}
			for _, entry := range known.graph.Entries(s.step) {
				at := program.State{Step: s.step.Index, Entry: entry}
				if p.Program.Next(at, program.Pending).To != program.Nowhere || p.Program.Next(at, program.Done).Halt != program.Success {
					continue
				}
				p.Report(source.Diagnostic{
					Note: source.Note{
						Span: s.step.Place(),
						Message: fmt.Sprintf("%s, it ends as soon as it is resumed, and the answer is not used: add a step behind %s that reads $%s",
							s.when(), quote(s.step.ID()), program.Webhook),
					},
				})
				break
			}
		}
	},
})
