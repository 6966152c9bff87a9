package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL504", Name: "retry-with-same-answer", Severity: source.Info, Optional: true,
	Doc: `
A tool that is to be retried works on the answer of a model, which is the same in each attempt.

A retry calls the tool with the same arguments. Where it fails because the network does, that helps. Where it fails
because the answer is malformed, a patch that does not apply, only another answer helps. What a tool fails of cannot be
told from the program, so this rule runs only when it is selected.

Check the answer before the tool gets it, or lead back to the model in a circle with a budget.
`,
	Bad: `
steps:
  - {id: write, type: llm, prompt: Write a patch for $issue, output_key: patch}
  - {id: stage, type: tool, tool: apply_patch, args: {patch: $patch}, on_error: retry}
`,
	Good: `
max_steps: 20
steps:
  - {id: write, type: llm, prompt: Write a patch for $issue, output_key: patch}
  - {id: stage, type: tool, tool: try_patch, args: {patch: $patch}}
  - {id: applied, type: condition, condition: $stage.output == 'ok', then: commit, otherwise: write_again}
  - {id: write_again, type: llm, prompt: "This patch fails with $stage, write another one. $patch", output_key: patch, next_step: stage}
  - {id: commit, type: tool, tool: commit, is_terminal: true}
`,
	Proof: `
llm: {write: A wrong patch, write_again: A right patch}
tools: {apply_patch: {error: 'ValueError: it does not apply'}, try_patch: [it does not apply, ok]}
bad: {path: [write, stage], status: failed}
good: {path: [write, stage, applied, write_again, stage, applied, commit], status: success}
`,
	More: []Example{
		{Name: "In a block that is retried", Reported: true, Program: `
steps:
  - {id: write, type: llm, prompt: Write SQL for $question}
  - id: both
    type: parallel
    on_error: retry
    parallel_steps:
      - {id: rows, type: tool, tool: query, args: {sql: $write.output}}
      - {id: prices, type: tool, tool: prices}
`},
		{Name: "An input is what the caller says it is", Program: `
steps:
  - {id: fetch, type: tool, tool: fetch, args: {url: $url}, on_error: retry}
`},
	},
	Run: func(p *Pass) {
		told := map[*program.Step]bool{}
		p.reads(func(r read) {
			retried := r.Step
			if retried.Parent != nil {
				retried = retried.Parent
			}
			if r.Step.Kind != program.Tool || retried.Attempts() < 2 || told[r.Step] {
				return
			}
			writers := p.Flow().Writers(r.of)
			for _, w := range writers {
				if w.Kind != program.LLM {
					return
				}
			}
			told[r.Step] = true
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span: r.Span,
					Message: fmt.Sprintf("each attempt of %s gets the same answer of %s: if that is what makes it fail, a retry does not help",
						describe(r.Step), describe(writers[0])),
				},
				Related: []source.Note{{Span: fieldSpan(retried, "on_error"), Message: "asks for retries"}},
			})
		})
	},
})
