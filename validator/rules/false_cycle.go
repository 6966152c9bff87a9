package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL122", Name: "false-cycle", Severity: source.Info,
	Doc: `
The runtime's own validator takes a branch that ends the program for a cycle.

ProgramValidator thinks that a branch without ` + "`next_step`" + ` goes on with the step listed after it. Where that step is the
condition, or leads to it, it reports a cycle and calls a correct program invalid.

Say ` + "`is_terminal: true`" + ` on the branch: nothing changes at run time, and both agree. Something changes only where the branch is
listed behind a tool that suspends the run: the resumed run goes on with it, and then ends there.
`,
	Bad: `
steps:
  - {id: start, type: llm, prompt: Answer ok or bad. $order, allowed_outputs: [ok, bad], next_step: gate}
  - {id: leaf, type: tool, tool: finish}
  - {id: gate, type: condition, condition: $start.output == 'ok', then: leaf, otherwise: error}
  - {id: error, type: tool, tool: alarm, is_terminal: true}
`,
	Good: `
steps:
  - {id: start, type: llm, prompt: Answer ok or bad. $order, allowed_outputs: [ok, bad], next_step: gate}
  - {id: leaf, type: tool, tool: finish, is_terminal: true}
  - {id: gate, type: condition, condition: $start.output == 'ok', then: leaf, otherwise: error}
  - {id: error, type: tool, tool: alarm, is_terminal: true}
`,
	More: []Example{
		{Name: "Behind a tool that may suspend the run", Reported: true, Program: `
steps:
  - {id: start, type: tool, tool: start, next_step: gate}
  - {id: leaf, type: tool, tool: finish}
  - {id: gate, type: condition, condition: $start.output == 'ok', then: leaf, otherwise: error}
  - {id: error, type: tool, tool: alarm, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		budget := 1_000_000 // states to look at: a generated program must not cost more than it is worth
		for _, s := range p.Program.Steps {
			if s.Terminal || s.NextStep.Named() || s.Kind == program.Condition ||
				p.Entered(s, program.Sequential) || !p.Entered(s, program.Inline) || s.Index+1 == len(p.Program.Steps) {
				continue
			}
			next := p.Program.Steps[s.Index+1]
			if !p.leadsTo(next, s, &budget) {
				continue
			}
			ends, safe := "here anyway", !p.mayEnter(s, program.Sequential)
			if !safe {
				ends = "here, unless a resumed run comes in"
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span: s.Place(),
					Message: fmt.Sprintf("ProgramValidator thinks that %s goes on to %s and reports a cycle: say is_terminal, as the machine ends the program %s",
						quote(s.ID()), quote(next.ID()), ends),
				},
				Fixes: p.fix("add is_terminal: true", safe, setField(s.Node, "is_terminal", syntax.NewBool(true))),
			})
		}
	},
})

// leadsTo reports whether control can come from one step to another, without suspending on the way.
func (p *Pass) leadsTo(from, to *program.Step, budget *int) bool {
	seen := make(map[program.State]bool)
	var queue []program.State
	for _, e := range [...]program.Entry{program.Sequential, program.Inline} {
		queue = append(queue, program.State{Step: from.Index, Entry: e})
	}
	for ; len(queue) > 0 && *budget > 0; *budget-- {
		s := queue[0]
		queue = queue[1:]
		if s.Step == to.Index {
			return true
		}
		for _, e := range p.Graph.From(s) {
			if e.Halt == program.Running && !seen[e.To] {
				seen[e.To] = true
				queue = append(queue, e.To)
			}
		}
	}
	return false
}
