package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL108", Name: "missing-branch", Severity: source.Error,
	Doc: `
A condition has no branch for one of its results.

Construction is content with ` + "`then` or `otherwise`" + `. When the condition comes out the other way, the run ends
FAILED with "condition produced no branch target", after everything before it has been done.

Name a step for both results.
`,
	Bad: `
steps:
  - {id: charge, type: tool, tool: charge}
  - {id: paid, type: condition, condition: $charge.output == 'ok', then: ship}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge}
  - {id: paid, type: condition, condition: $charge.output == 'ok', then: ship, otherwise: payment_failed}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: payment_failed, type: tool, tool: tell_customer, is_terminal: true}
`,
	Proof: `
tools: {charge: declined}
bad: {path: [charge, paid], status: failed, error: "Step 'paid': condition produced no branch target"}
good: {path: [charge, paid, payment_failed], status: success}
`,
	Run: func(p *Pass) {
		for _, e := range p.Graph.Edges {
			c := p.step(e.From)
			if e.Why != program.NoBranch || c.Kind != program.Condition || e.Via.Node != nil || p.restarts(c, e.On) {
				continue
			}
			if c.Then.Node == nil && c.Otherwise.Node == nil {
				continue // construction says so
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span:    c.Place(),
					Message: fmt.Sprintf("%s has no %s: the run fails when the condition is %s", quote(c.ID()), e.Via.Field, e.On),
				},
				Related: p.witness(e.From),
				IsPath:  true,
			})
		}
	},
})

// restarts reports whether a condition can also be entered inline, where the missing branch does worse
// than fail.
func (p *Pass) restarts(c *program.Step, o program.Outcome) bool {
	inline := program.State{Step: c.Index, Entry: program.Inline}
	return p.Graph.Reaches(inline) && p.Program.Next(inline, o).Why == program.Restart
}
