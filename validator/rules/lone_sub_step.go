package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL702", Name: "lone-sub-step", Severity: source.Info,
	Doc: `
A parallel block holds one sub-step, which runs beside nothing.

The block costs something: when the sub-step fails, its error and its tokens are not in the trace, and fields like
` + "`output_key` and `on_error`" + ` have no effect on it.

Make the sub-step a step of the list.
`,
	Bad: `
steps:
  - id: load
    type: parallel
    parallel_steps:
      - {id: user, type: tool, tool: load_user}
  - {id: greet_or_fail, type: llm, prompt: Greet $user.output, is_terminal: true}
`,
	Good: `
steps:
  - {id: user, type: tool, tool: load_user}
  - {id: greet_or_fail, type: llm, prompt: Greet $user.output, is_terminal: true}
`,
	Proof: `
tools: {load_user: {error: 'ConnectionError: gone'}}
bad: {error: "Step 'load' failed: VMError: Parallel step 'load': sub-steps failed: ['user']"}
good: {error: "Step 'user' failed: ConnectionError: gone"}
`,
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if s.Kind == program.Parallel && len(s.Subs) == 1 && s.Subs[0].IDNode != nil {
				p.Note(s.Place(), fmt.Sprintf("%s runs nothing side by side: make its only sub-step %s a step of the list", describe(s), quote(s.Subs[0].ID())))
			}
		}
	},
})
