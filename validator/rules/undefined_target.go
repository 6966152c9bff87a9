package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
)

var _ = rule(Rule{
	ID: "NL101", Name: "undefined-target", Severity: source.Error,
	Doc: `
A step names another step that does not exist.

The runtime looks the name up only when it takes that way: the run then ends FAILED, after everything
before it has been done. A misspelt ` + "`otherwise`" + ` is found on the day the payment is declined.

Write the id of a step of the program. On a sub-step of a parallel block the field has no effect at all.
`,
	Bad: `
steps:
  - {id: charge, type: tool, tool: charge}
  - {id: paid, type: condition, condition: $charge.output == 'ok', then: ship, otherwise: refnd}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: refund, type: tool, tool: refund, is_terminal: true}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge}
  - {id: paid, type: condition, condition: $charge.output == 'ok', then: ship, otherwise: refund}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: refund, type: tool, tool: refund, is_terminal: true}
`,
	Proof: `
tools: {charge: declined}
bad: {path: [charge, paid], status: failed, error: "Step 'paid': condition target 'refnd' not found"}
good: {path: [charge, paid, refund], status: success}
`,
	Run: func(p *Pass) {
		spell := spelling.New()
		for s := range p.Program.All {
			for _, r := range s.Refs() {
				if r.Named() && r.To == nil && p.Program.SubStep(r.Name()) == nil {
					p.reportUndefined(spell, s, r)
				}
			}
		}
	},
})

func (p *Pass) reportUndefined(spell *spelling.Speller, s *program.Step, r *program.Ref) {
	d := source.Diagnostic{Note: source.Note{
		Span:    r.Node.Text.Content(),
		Message: fmt.Sprintf("%s of %s names %s, which does not exist", r.Field, describe(s), quote(r.Name())),
	}}
	if s.Parent != nil {
		d.Severity = source.Warning
		d.Message += "; it has no effect in a parallel block"
	}
	if meant, ok := spell.Nearest(r.Name(), p.Program.IDs); ok {
		d.Message += ": did you mean " + quote(meant) + "?"
		d.Related = []source.Note{{Span: p.Program.Lookup(meant).Place(), Message: "the step that was probably meant"}}
		d.Fixes = p.fix("replace with "+quote(meant), false, replaceString(r.Node, meant))
	}
	p.Report(d)
}
