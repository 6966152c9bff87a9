package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL223", Name: "text-truth", Severity: source.Error, Needs: OtherSteps,
	Doc: `
A condition takes the text of a model for true or false.

Every text but the empty one is true, "no" and "false" among them: the condition is true whatever the model answers.

Compare the text with the answer that is meant.
`,
	Bad: `
steps:
  - {id: fraud, type: llm, prompt: Fraud - answer yes or no., allowed_outputs: ["yes", "no"]}
  - {id: gate, type: condition, condition: $fraud.output, then: reject, otherwise: ship}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: fraud, type: llm, prompt: Fraud - answer yes or no., allowed_outputs: ["yes", "no"]}
  - {id: gate, type: condition, condition: $fraud.output == 'yes', then: reject, otherwise: ship}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {fraud: "no"}
bad: {path: [fraud, gate, reject]}
good: {path: [fraud, gate, ship]}
`,
	More: []Example{
		{Name: "The answer of a tool may be true or false", Program: `
steps:
  - {id: fraud, type: tool, tool: check_fraud}
  - {id: gate, type: condition, condition: $fraud.output, then: reject, otherwise: ship}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "An allowed answer that is empty", Program: `
steps:
  - {id: note, type: llm, prompt: Answer with urgent or with nothing. $mail, allowed_outputs: [urgent, ""]}
  - {id: gate, type: condition, condition: $note.output, then: alarm, otherwise: file}
  - {id: file, type: tool, tool: file, is_terminal: true}
  - {id: alarm, type: tool, tool: alarm, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		p.conditions(func(s *program.Step, states []program.State) {
			for term := range cond.Terms(s.Cond.Root) {
				if !p.isText(states, term) {
					continue
				}
				d := p.operand(states, term)
				if d.Kinds == 0 && slices.ContainsFunc(d.Values, func(v value.Value) bool { return v.Text() == "" }) {
					continue
				}
				p.reportTextTruth(s, term, d.Values)
			}
		})
	},
})

func (p *Pass) reportTextTruth(s *program.Step, term cond.Node, answers []value.Value) {
	name := p.File.Slice(term.Span())
	d := source.Diagnostic{Note: source.Note{
		Span:    term.Span(),
		Message: fmt.Sprintf("%s is text, and every text but the empty one is true: compare it with the answer that is meant", name),
	}}
	for _, v := range answers {
		switch strings.ToLower(v.Text()) {
		case "yes", "true", "ok", "y", "1":
			with := fmt.Sprintf("%s == '%s'", name, v.Text())
			d.Fixes = p.fix("write "+with, false, p.replaceInText(s.Condition, term.Span(), with))
			d.Message = fmt.Sprintf("%s is text, and every text but the empty one is true: write %s", name, with)
		}
	}
	p.Report(d)
}
