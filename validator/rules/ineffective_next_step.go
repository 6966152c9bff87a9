package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL117", Name: "ineffective-next-step", Severity: source.Warning,
	Dead: true,
	Doc: `
A step has a next_step that the machine never follows.

A condition goes to its branches and nowhere else. A step with ` + "`is_terminal`" + ` that is not the branch of a condition
ends the program. What machines before 0.8.7 do not follow is told by newer-machine.

Put ` + "`next_step`" + ` on the branches, remove ` + "`is_terminal`" + `, or order the list as it is to run.
`,
	Bad: `
steps:
  - {id: pay, type: tool, tool: pay}
  - {id: paid, type: condition, condition: $pay.output == 'ok', then: ship, otherwise: failed, next_step: log}
  - {id: ship, type: tool, tool: ship, next_step: log}
  - {id: failed, type: tool, tool: apologise, next_step: log}
  - {id: log, type: tool, tool: write_log, is_terminal: true}
`,
	Good: `
steps:
  - {id: pay, type: tool, tool: pay}
  - {id: paid, type: condition, condition: $pay.output == 'ok', then: ship, otherwise: failed}
  - {id: ship, type: tool, tool: ship, next_step: log}
  - {id: failed, type: tool, tool: apologise, next_step: log}
  - {id: log, type: tool, tool: write_log, is_terminal: true}
`,
	More: []Example{
		{Name: "A terminal step ends the program first", Reported: true, Program: `
steps:
  - {id: pay, type: tool, tool: pay, is_terminal: true, next_step: log}
  - {id: log, type: tool, tool: write_log}
`},
	},
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if !s.NextStep.Named() || !p.Graph.Reachable(s) {
				continue
			}
			inline, sequential := p.Entered(s, program.Inline), p.Entered(s, program.Sequential)
			switch {
			case s.Kind == program.Condition && s.OnError != program.Skip:
				p.reportIneffective(s, fmt.Sprintf("next_step of %s is never followed: a condition goes only to its branches", quote(s.ID())))
			case s.Kind == program.Condition:
			case s.Terminal && sequential && !inline:
				p.reportIneffective(s, fmt.Sprintf("next_step of %s is never followed: is_terminal ends the program", quote(s.ID())))
			}
		}
	},
})

// isNextListed reports whether next_step names the step that the list would go on with anyway.
func (p *Pass) isNextListed(s *program.Step) bool {
	return s.NextStep.To != nil && s.NextStep.To.Index == s.Index+1
}

func (p *Pass) reportIneffective(s *program.Step, message string) {
	d := source.Diagnostic{Note: source.Note{Span: fieldSpan(s, "next_step"), Message: message}}
	if s.Kind == program.Condition || s.NextStep.To != nil && p.Graph.Reachable(s.NextStep.To) {
		d.Fixes = p.fix("remove next_step", s.Kind == program.Condition, removeField(s.Node, "next_step"))
	}
	if s.Kind != program.Condition && s.Terminal {
		d.Fixes = append(d.Fixes, p.fix("remove is_terminal", false, removeField(s.Node, "is_terminal"))...)
	}
	p.Report(d)
}
