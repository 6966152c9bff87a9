package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL512", Name: "late-budget", Severity: source.Info, Optional: true,
	Doc: `
A budget is compared before a step only, so that a run may exceed it.

` + "`max_tokens`" + ` is compared with what the steps before have used: the next answer may be of any length, and so may all answers of a
parallel block. Attempts that failed, timeouts and adapters that do not count cost nothing. ` + "`max_steps`" + ` is not compared before
the branch of a condition, which may be one step more. Both are brakes, not limits; since that is so for every program with a
budget, this rule runs only when it is selected.

Leave room below what must never be exceeded.
`,
	Bad: `
max_tokens: 1000
steps:
  - {id: draft, type: llm, prompt: Write about $topic}
  - {id: polish_or_fail, type: llm, prompt: Polish this. $draft, is_terminal: true}
`,
	Good: `
steps:
  - {id: draft, type: llm, prompt: Write about $topic}
  - {id: polish_or_fail, type: llm, prompt: Polish this. $draft, is_terminal: true}
`,
	Proof: `
llm: {draft: {return: A text, usage: {total_tokens: 5000}}}
bad: {status: budget_exceeded, tokens: 5000}
good: {status: success, tokens: 5000}
`,
	More: []Example{
		{Name: "A branch may be one step more", Reported: true, Program: `
max_steps: 20
steps:
  - {id: poll, type: tool, tool: poll}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: fetch_or_fail, otherwise: rest}
  - {id: rest, type: tool, tool: rest, next_step: poll}
  - {id: fetch_or_fail, type: tool, tool: fetch, is_terminal: true}
`},
		{Name: "Nothing to be late for", Program: `
max_steps: 20
max_tokens: 1000
steps:
  - {id: load, type: tool, tool: load}
  - {id: store_or_fail, type: tool, tool: store, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram {
			return
		}
		if n := p.Program.MaxTokens; n != nil {
			for s := range p.Program.All {
				if s.Kind == program.LLM {
					p.Report(source.Diagnostic{
						Note:    source.Note{Span: n.Span, Message: "max_tokens is compared only before a step: the answer that exceeds it is made and paid"},
						Related: []source.Note{{Span: s.Place(), Message: "may answer at any length"}},
					})
					break
				}
			}
		}
		if n := p.Program.MaxSteps; n != nil {
			for _, s := range p.Graph.States {
				if s.Entry == program.Inline {
					p.Report(source.Diagnostic{
						Note: source.Note{
							Span:    n.Span,
							Message: fmt.Sprintf("max_steps is not compared before the branch of a condition: %s may be one step more", quote(p.step(s).ID())),
						},
						Related: p.witness(s),
						IsPath:  true,
					})
					break
				}
			}
		}
	},
})
