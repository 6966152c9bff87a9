package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL605", Name: "pending-in-block", Severity: source.Error,
	Doc: `
A tool that is to suspend the run is called in a parallel block, where it cannot.

Only a tool step of the list suspends the run. Inside a block "PENDING" is an output like any other: the block is done, and the
run goes on at once, without the approval that it was to wait for.

Call the tool in a step of its own, before or behind the block.
`,
	Bad: `
steps:
  - id: prepare
    type: parallel
    parallel_steps:
      - {id: approval, type: tool, tool: ask_manager}
      - {id: invoice, type: tool, tool: load_invoice}
  - {id: pay_or_fail, type: tool, tool: pay, args: {invoice: $invoice.output}, is_terminal: true}
`,
	Good: `
steps:
  - id: prepare
    type: parallel
    parallel_steps:
      - {id: rates, type: tool, tool: load_rates}
      - {id: invoice, type: tool, tool: load_invoice}
  - {id: approval, type: tool, tool: ask_manager}
  - {id: approved, type: condition, condition: $__webhook__.approved == True, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, args: {invoice: $invoice.output, rates: $rates.output}, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Proof: `
tools: {ask_manager: PENDING}
resume: [{approved: false}]
bad: {path: [prepare, pay_or_fail], status: success}
good: {path: [prepare, approval, approved, reject], status: success}
`,
	Declare: func() Declared { return Suspending("ask_manager") },
	Run: func(p *Pass) {
		for _, block := range p.Program.Steps {
			if block.Kind != program.Parallel {
				continue
			}
			for _, sub := range block.Subs {
				if p.suspendsAsDeclared(sub) == Yes {
					p.Note(sub.Place(), fmt.Sprintf("%s cannot suspend the run inside a parallel block, and %s goes on at once: call %s in a step of the list",
						describe(sub), quote(block.ID()), quote(toolOf(sub))))
				}
			}
		}
	},
})
