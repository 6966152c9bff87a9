package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL120", Name: "skipped-last-step", Severity: source.Warning,
	Doc: `
The last step of a branch may be skipped, and the run then gives the name of the branch as its result.

The final output is that of the last step that succeeded. When a branch ends the program and its step is skipped,
that is the condition, whose output is the name of the step it chose: a purchase that failed reads as
` + "`\"buy\"`" + `, with status SUCCESS.

Leave ` + "`on_error: skip`" + ` out on the last step of a path.
`,
	Bad: `
steps:
  - {id: price, type: tool, tool: price}
  - {id: cheap, type: condition, condition: $price.output < 5, then: buy, otherwise: reject}
  - {id: buy, type: tool, tool: buy, on_error: skip, is_terminal: true}
  - {id: reject, type: tool, tool: log_price, is_terminal: true}
`,
	Good: `
steps:
  - {id: price, type: tool, tool: price}
  - {id: cheap, type: condition, condition: $price.output < 5, then: buy, otherwise: reject}
  - {id: buy, type: tool, tool: buy, is_terminal: true}
  - {id: reject, type: tool, tool: log_price, is_terminal: true}
`,
	Proof: `
tools: {price: 3, buy: {error: 'ValueError: sold out'}}
bad: {status: success, final_output: buy}
good: {status: failed, final_output: null}
`,
	Run: func(p *Pass) {
		for _, e := range p.Graph.Edges {
			s := p.step(e.From)
			if e.On != program.Skipped || e.Halt != program.Success || s.Kind == program.Condition {
				continue
			}
			by, chosen := p.choice(e.From)
			if !chosen {
				continue
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span:    fieldSpan(s, "on_error"),
					Message: fmt.Sprintf("if %s is skipped, the run is a success with the output %s of the condition: remove on_error", quote(s.ID()), quote(s.ID())),
				},
				Related: p.witness(by.From, by, e),
				IsPath:  true,
				Fixes:   p.fix("remove on_error", false, removeField(s.Node, "on_error")),
			})
		}
	},
})

// choice is a move by which a condition leads to a state.
func (p *Pass) choice(s program.State) (by graphcheck.Edge, ok bool) {
	for _, c := range p.chosenBy(p.step(s)) {
		for _, entry := range [...]program.Entry{program.Sequential, program.Inline} {
			for _, e := range p.Graph.From(program.State{Step: c.Index, Entry: entry}) {
				if e.To == s && e.Why == program.ByBranch {
					return e, true
				}
			}
		}
	}
	return by, false
}
