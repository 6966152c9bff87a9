package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL106", Name: "branch-misses-join", Severity: source.Warning,
	Doc: `
One branch of a condition goes on to a later step, the other ends the program just before it.

A step that a condition chooses ends the run unless it has a ` + "`next_step`" + `. Where one branch has it and the
other stands before the same step without, the other was probably forgotten: those customers are never
shipped to, and the run is a success.

Give both branches the same ` + "`next_step`" + `, or ` + "`is_terminal`" + ` to the one that is to end.
`,
	Bad: `
steps:
  - {id: loyal, type: condition, condition: $vip == 1, then: greet, otherwise: plain}
  - {id: greet, type: tool, tool: print_greeting, next_step: ship}
  - {id: plain, type: tool, tool: print_receipt}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
`,
	Good: `
steps:
  - {id: loyal, type: condition, condition: $vip == 1, then: greet, otherwise: plain}
  - {id: greet, type: tool, tool: print_greeting, next_step: ship}
  - {id: plain, type: tool, tool: print_receipt, next_step: ship}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
`,
	Proof: `
context: {vip: 0}
bad: {path: [loyal, plain]}
good: {path: [loyal, plain, ship]}
`,
	More: []Example{
		{Name: "The branch that ends is named for failure", Program: `
steps:
  - {id: valid, type: condition, condition: $total > 0, then: charge, otherwise: reject}
  - {id: charge, type: tool, tool: charge, next_step: ship}
  - {id: reject, type: tool, tool: refuse}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
`},
		{Name: "The other branch goes back, to try again", Program: `
max_steps: 20
steps:
  - {id: poll, type: tool, tool: poll}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: deliver, otherwise: wait}
  - {id: wait, type: tool, tool: wait, next_step: poll}
  - {id: deliver, type: tool, tool: deliver}
`},
	},
	Run: func(p *Pass) {
		for _, c := range p.Program.Steps {
			if c.Kind != program.Condition || !p.Entered(c, program.Sequential) {
				continue
			}
			p.checkJoin(c, c.Then.To, c.Otherwise.To)
			p.checkJoin(c, c.Otherwise.To, c.Then.To)
		}
	},
})

// checkJoin reports branch if it ends the program and its sibling goes on to the first step listed behind
// them both.
func (p *Pass) checkJoin(c, branch, sibling *program.Step) {
	if branch == nil || sibling == nil || branch == sibling {
		return
	}
	join := sibling.NextStep.To
	if join == nil || p.Entered(branch, program.Sequential) || p.Entered(sibling, program.Sequential) ||
		branch.Kind == program.Condition || branch.NextStep.Node != nil || branch.NextStep.Opaque || branch.Terminal ||
		namedForFailure(branch) {
		return
	}
	if join.Index != branch.Index+1 && !(sibling.Index == branch.Index+1 && join.Index == branch.Index+2) {
		return
	}
	p.Report(source.Diagnostic{
		Note: source.Note{
			Span: branch.Place(),
			Message: fmt.Sprintf("%s ends the program, but the other branch of %s goes on to %s: add next_step, or is_terminal if the end is meant",
				quote(branch.ID()), quote(c.ID()), quote(join.ID())),
		},
		Related: []source.Note{{Span: sibling.NextStep.Node.Text.Content(), Message: "the other branch goes on here"}},
		Fixes: append(
			p.fix("add next_step: "+join.ID(), false, setField(branch.Node, "next_step", syntax.NewString(join.ID()))),
			p.fix("add is_terminal: true", false, setField(branch.Node, "is_terminal", syntax.NewBool(true)))...),
	})
}
