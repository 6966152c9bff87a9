package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL218", Name: "bare-step", Severity: source.Error, Needs: OtherSteps,
	Doc: `
A condition reads a step by its id alone, and that is not what the step returned.

In a condition the id of a step means an object that holds the output: it equals nothing, is true by itself, and raises an error
in ` + "`<`" + ` and ` + "`>`" + `. Prompts and arguments read the same ` + "`$step`" + ` as the value, so the name looks right everywhere else.

Write ` + "`$step.output`" + `, or give the step an ` + "`output_key`" + ` and use that.
`,
	Bad: `
steps:
  - {id: ask, type: llm, prompt: Say yes or no to a refund., allowed_outputs: ["yes", "no"]}
  - {id: gate, type: condition, condition: $ask == 'yes', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: ask, type: llm, prompt: Say yes or no to a refund., allowed_outputs: ["yes", "no"]}
  - {id: gate, type: condition, condition: $ask.output == 'yes', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {ask: "yes"}
bad: {path: [ask, gate, refuse]}
good: {path: [ask, gate, pay]}
`,
	More: []Example{
		{Name: "The truth of a step", Reported: true, Program: `
steps:
  - {id: known, type: tool, tool: is_known}
  - {id: gate, type: condition, condition: not $known, then: refuse, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "An output key of the same name, and one of its own", Program: `
steps:
  - {id: ask, type: llm, prompt: Say yes or no to a refund., output_key: ask, allowed_outputs: ["yes", "no"]}
  - {id: score, type: tool, tool: score, output_key: points}
  - {id: gate, type: condition, condition: $ask == 'yes' and $points > 5, then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL218") },
})

// checkVariable looks at what a variable reads.
func (c *condition) checkVariable(i int) {
	root, rest, dotted := strings.Cut(c.tokens[i].Text[1:], ".")
	s := c.names.step(root)
	switch {
	case root == "":
	case root[0] >= '0' && root[0] <= '9' && s == nil:
		c.checkPrice(i)
	case s == nil:
	case rest == "output" || strings.HasPrefix(rest, "output.") || c.isInput(s):
	case !dotted:
		c.tellBareStep(i, s)
	default:
		c.checkStepField(i, s, rest)
	}
}

// isInput reports whether a name that is a step's must be an input's, too: the step has never run when the
// condition is read.
func (c *condition) isInput(s *program.Step) bool {
	states := c.p.statesOf(c.step)
	for _, state := range states {
		if v, ok := c.p.Flow().Output(s.ID()); ok && !c.p.Flow().Reaching(state, v).Never() {
			return false
		}
	}
	return len(states) > 0
}

func (c *condition) tellBareStep(i int, s *program.Step) {
	written, meant := brief(c.tokens[i].Text), c.names.variable(s.ID())
	other := i + 2
	if !c.isComparison(i + 1) {
		other = i - 2
	}
	compared := c.isComparison(i+1) || c.isComparison(i-1)
	if compared && !(c.isKind(other, cond.Constant) && c.tokens[other].Text == "None") {
		c.report("NL218", i, i, fmt.Sprintf("%s is not what %s returned but an object around it, which equals nothing: write %s", written, describe(s), brief(meant)),
			c.rewrite(true, i, i, meant)...)
		return
	}
	// Whether a step has run at all may be the question.
	c.warn("NL218", i, i, fmt.Sprintf("%s only says whether %s has run, whatever it returned: write %s for its output", written, describe(s), brief(meant)),
		c.rewrite(false, i, i, meant)...)
}
