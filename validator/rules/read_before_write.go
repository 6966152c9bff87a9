package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL321", Name: "read-before-write", Severity: source.Error,
	Doc: `
A step reads the output of a step that can never have run by then.

A prompt or an argument is then sent with the variable as it is written: the model is asked to summarise "$fetch.output". In a
condition the variable is None.

Let the step run first, or read the output of one that has.
`,
	Bad: `
steps:
  - {id: summary, type: llm, prompt: Summarise $fetch.output}
  - {id: fetch, type: tool, tool: fetch}
  - {id: store_or_fail, type: tool, tool: store, args: {text: $summary}, is_terminal: true}
`,
	Good: `
steps:
  - {id: fetch, type: tool, tool: fetch}
  - {id: summary, type: llm, prompt: Summarise $fetch.output}
  - {id: store_or_fail, type: tool, tool: store, args: {text: $summary}, is_terminal: true}
`,
	Proof: `
tools: {fetch: The shop is closed today.}
bad: {prompts: [[summary, Summarise $fetch.output]]}
good: {prompts: [[summary, Summarise The shop is closed today.]]}
`,
	More: []Example{
		{Name: "The other branch", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $vip == 1, then: discount, otherwise: full_price}
  - {id: discount, type: tool, tool: discount, is_terminal: true}
  - {id: full_price, type: tool, tool: invoice, args: {rate: $discount.output}, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		p.reads(func(r read) {
			if r.of.Data || isOwnBlock(r) || len(r.Path) == 1 { // a name alone may as well be an input
				return
			}
			if states := p.statesOf(r.Step); len(states) == 0 {
				return
			}
			if !r.all.Never() {
				return
			}
			writer := p.Flow().Writers(r.of)[0]
			when := fmt.Sprintf("before %s has run", quote(writer.ID()))
			switch {
			case writer == r.Step:
				when = "before it has run itself"
			case !p.Graph.Reachable(writer):
				when = fmt.Sprintf("but %s never runs", quote(writer.ID()))
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span:    r.Span,
					Message: fmt.Sprintf("%s reads %s %s: %s", describe(r.Step), r.Path, when, consequence(r)),
				},
				Related: []source.Note{{Span: writer.Place(), Message: "the step that writes it"}},
			})
		})
	},
})

// consequence says what becomes of a variable that is not there.
func consequence(r read) string {
	switch r.Site {
	case program.InCondition:
		return "it is None there"
	case program.InArgument:
		return "the tool gets the text " + r.Path.String()
	}
	return "the model gets the text " + r.Path.String()
}
