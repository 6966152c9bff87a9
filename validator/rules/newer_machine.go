package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL901", Name: "newer-machine", Severity: source.Error,
	Doc: `
A step has a next_step that the machine of the target version does not follow.

Before 0.8.7 the machine followed ` + "`next_step`" + ` only on a step that a condition had chosen. On any other, also on one behind two conditions,
it ran the next step of the list: a second charge, or the branch that was not taken. The runtime's own validator of 0.8.5 and 0.8.6
believes the field all the same. The rule needs the ` + "`target-version`" + ` of the configuration, or of the command line; with 0.8.7 or
a newer one, which is the default, it is silent.

Move to 0.8.7, or order the list as it is to run.
`,
	Bad: `
steps:
  - {id: draft, type: llm, prompt: Thank $customer., next_step: send_or_fail}
  - {id: charge_again, type: tool, tool: charge}
  - {id: send_or_fail, type: tool, tool: send, args: {text: $draft}, is_terminal: true}
`,
	Good: `
steps:
  - {id: draft, type: llm, prompt: Thank $customer.}
  - {id: send_or_fail, type: tool, tool: send, args: {text: $draft}, is_terminal: true}
`,
	Declare: func() Declared { return Declared{TargetVersion: "0.8.6"} },
	More: []Example{
		{Name: "Behind two conditions", Reported: true, Declare: func() Declared { return Declared{TargetVersion: "0.8.6"} }, Program: `
steps:
  - {id: small, type: condition, condition: $amount < 100, then: known, otherwise: refuse}
  - {id: known, type: condition, condition: $customer != None, then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, next_step: thank}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
  - {id: thank, type: tool, tool: thank, is_terminal: true}
`},
		{Name: "A branch, and the next of the list", Declare: func() Declared { return Declared{TargetVersion: "0.8.6"} }, Program: `
steps:
  - {id: load, type: tool, tool: load, next_step: small}
  - {id: small, type: condition, condition: $amount < 100, then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, next_step: thank}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
  - {id: thank, type: tool, tool: thank, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if p.Program.Target >= program.V087 {
			return
		}
		told := map[*program.Step]bool{}
		for _, e := range p.Graph.Edges {
			s := p.step(e.From)
			ignored := (e.Why == program.InList || e.Why == program.EndOfList) && e.Halt != program.Suspended && s.NextStep.Named()
			if !ignored || p.isNextListed(s) || told[s] {
				continue
			}
			told[s] = true
			then := "the run ends"
			if e.To != program.Nowhere {
				then = quote(p.step(e.To).ID()) + " runs"
			}
			how := "is entered in sequence"
			if via, ok := p.Graph.Via(e.From); ok && via.Why == program.ByBranch {
				how = "stands behind two conditions"
			}
			p.Note(s.NextStep.Node.Span, fmt.Sprintf("%s does not follow next_step of %s, which %s, so %s instead of %s: move to %s, or order the list as it is to run",
				p.Program.Target, quote(s.ID()), how, then, quote(s.NextStep.Name()), program.V087))
		}
	},
})
