package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL118", Name: "ineffective-terminal", Severity: source.Error,
	Dead: true,
	Doc: `
A branch of a condition has is_terminal and goes on all the same.

Entered as a branch, a step with a ` + "`next_step`" + ` follows it, and ` + "`is_terminal`" + ` means nothing; entered in sequence
the same step ends the program. On a condition that is itself a branch, ` + "`is_terminal`" + ` means nothing either.

Keep the one of the two that is meant.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: $approved == 1, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true, next_step: audit}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
  - {id: audit, type: tool, tool: write_audit_log}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: $approved == 1, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, next_step: audit}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
  - {id: audit, type: tool, tool: write_audit_log}
`,
	More: []Example{
		{Name: "A condition that is a branch", Reported: true, Program: `
steps:
  - {id: known, type: condition, condition: $known == 1, then: rich, otherwise: reject}
  - {id: rich, type: condition, condition: $amount < 100, then: pay, otherwise: reject, is_terminal: true}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A condition that a resumed run comes to", Reported: true, Program: `
steps:
  - {id: load, type: tool, tool: load, next_step: known}
  - {id: rich, type: condition, condition: $amount < 100, then: pay, otherwise: reject, is_terminal: true}
  - {id: known, type: condition, condition: $known == 1, then: rich, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if !s.Terminal || !p.Entered(s, program.Inline) {
				continue
			}
			switch {
			case s.Kind == program.Condition && !p.Entered(s, program.Sequential):
				p.reportTerminal(s, fmt.Sprintf("is_terminal of %s has no effect: as a branch of %s it goes on to its own branches",
					quote(s.ID()), quote(p.chosenBy(s)[0].ID())))
			case s.Kind != program.Condition && s.NextStep.Named():
				p.reportTerminal(s, fmt.Sprintf("%s does not end the program: as a branch of %s it goes on to %s in spite of is_terminal",
					quote(s.ID()), quote(p.chosenBy(s)[0].ID()), quote(s.NextStep.Name())))
			}
		}
	},
})

// reportTerminal offers to remove is_terminal. That is sure to change nothing only where the step is never entered in
// sequence, and is right only if the author did not mean the end: so a condition's is safe, where no resumed run comes
// to it either.
func (p *Pass) reportTerminal(s *program.Step, message string) {
	safe := s.Kind == program.Condition && !p.mayEnter(s, program.Sequential)
	d := source.Diagnostic{
		Note:  source.Note{Span: fieldSpan(s, "is_terminal"), Message: message},
		Fixes: p.fix("remove is_terminal", safe, removeField(s.Node, "is_terminal")),
	}
	if s.Kind != program.Condition {
		d.Related = []source.Note{{Span: s.NextStep.Node.Text.Content(), Message: "goes on here"}}
	}
	p.Report(d)
}
