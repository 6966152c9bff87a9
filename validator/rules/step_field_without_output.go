package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
)

var _ = rule(Rule{
	ID: "NL219", Name: "step-field-without-output", Severity: source.Error,
	Doc: `
A condition reads a field of a step without saying output, and finds None.

In a condition the id of a step means an object with the single field ` + "`output`" + `; ` + "`$score.value`" + ` looks beside it. Arguments and prompts
do find it there. The comparison is false without an error, or raises one where it is about order.

Write ` + "`$score.output.value`" + `. What a model answers is a text and has no fields.
`,
	Bad: `
steps:
  - {id: score, type: tool, tool: score}
  - {id: gate, type: condition, condition: $score.value > 5, then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: score, type: tool, tool: score}
  - {id: gate, type: condition, condition: $score.output.value > 5, then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
tools: {score: {return: {value: 9}}}
bad: {path: [score, gate], status: failed}
good: {path: [score, gate, pay], status: success}
`,
	More: []Example{
		{Name: "The answer of a model", Reported: true, Program: `
steps:
  - {id: ask, type: llm, prompt: Say yes or no to a refund., allowed_outputs: ["yes", "no"]}
  - {id: gate, type: condition, condition: $ask.text == 'yes', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A misspelt output", Reported: true, Program: `
steps:
  - {id: score, type: tool, tool: score}
  - {id: gate, type: condition, condition: $score.outputs.value > 5, then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Fields of an output key, and of an input", Program: `
steps:
  - {id: score, type: tool, tool: score, output_key: points}
  - {id: gate, type: condition, condition: $points.value > 5 and $customer.tier == 'gold', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL219") },
})

func (c *condition) checkStepField(i int, s *program.Step, rest string) {
	field, deeper, _ := strings.Cut(rest, ".")
	if field == "" {
		return
	}
	written := c.tokens[i].Text[1:]
	if spelling.Distance(strings.ToLower(field), "output", 2) <= 2 {
		written = s.ID() + ".output"
		if deeper != "" {
			written += "." + deeper
		}
	}
	meant := c.names.variable(written)
	c.report("NL219", i, i, fmt.Sprintf("%s is None, because in a condition %s has the field output only: write %s", brief(c.tokens[i].Text), describe(s), brief(meant)),
		c.rewrite(true, i, i, meant)...)
}
