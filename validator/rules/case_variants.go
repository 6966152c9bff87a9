package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL410", Name: "case-variants", Severity: source.Info, Needs: Conditions,
	Doc: `
Two allowed answers differ only in upper and lower case.

Both are accepted, and each is stored as it came: a condition that compares the output with one of them is false for
the other. Where a condition does so, the model's choice of letters decides which branch is taken.

Allow one spelling and ask for it in the prompt, or compare the output with each of them.
`,
	Bad: `
steps:
  - {id: spam, type: llm, prompt: "Is this spam, yes or no? $mail", allowed_outputs: ["yes", "Yes", "no"]}
  - {id: route, type: condition, condition: $spam.output == 'yes', then: discard, otherwise: deliver}
  - {id: discard, type: tool, tool: discard, is_terminal: true}
  - {id: deliver, type: tool, tool: deliver, is_terminal: true}
`,
	Good: `
steps:
  - {id: spam, type: llm, prompt: "Is this spam, yes or no? $mail", allowed_outputs: ["yes", "no"]}
  - {id: route, type: condition, condition: $spam.output == 'yes', then: discard, otherwise: deliver}
  - {id: discard, type: tool, tool: discard, is_terminal: true}
  - {id: deliver, type: tool, tool: deliver, is_terminal: true}
`,
	Proof: `
llm: {spam: "Yes"}
bad: {path: [spam, route, deliver], status: success}
good: {path: [spam], status: failed}
`,
	More: []Example{
		{Name: "Nobody compares them", Reported: true, Program: `
steps:
  - {id: spam, type: llm, prompt: "Is this spam, yes or no? $mail", allowed_outputs: ["yes", "Yes", "no"]}
  - {id: store, type: tool, tool: store, args: {spam: $spam.output}}
`},
		{Name: "The condition knows both", Program: `
steps:
  - {id: spam, type: llm, prompt: "Is this spam, yes or no? $mail", allowed_outputs: ["yes", "Yes", "no"]}
  - {id: route, type: condition, condition: $spam.output == 'yes' or $spam.output == 'Yes', then: discard, otherwise: deliver}
  - {id: discard, type: tool, tool: discard, is_terminal: true}
  - {id: deliver, type: tool, tool: deliver, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		for s, values := range p.guards {
			if len(values) > maxGuard {
				continue
			}
			first := make(map[string]int, len(values))
			for i, v := range values {
				folded := strings.ToLower(v)
				if j, has := first[folded]; !has {
					first[folded] = i
				} else if values[j] != v {
					p.reportVariant(s, values[j], v, i, j)
				}
			}
		}
	},
})

func (p *Pass) reportVariant(s *program.Step, one, other string, i, j int) {
	d := source.Diagnostic{
		Note: source.Note{
			Span:    s.AllowedOutputs.Items[i].Span,
			Message: fmt.Sprintf("%s allows %s beside %s: they are different answers to everything that compares them, so allow one", describe(s), quote(other), quote(one)),
		},
		Related: []source.Note{{Span: s.AllowedOutputs.Items[j].Span, Message: "the other one"}},
	}
	tests, r := p.firstTests(s), p.readings()
	for _, t := range tests {
		if r.decide(t.cond, s, value.FromString(one)) == r.decide(t.cond, s, value.FromString(other)) {
			continue
		}
		d.Severity = source.Warning
		d.Message = fmt.Sprintf("%s allows %s beside %s, and condition %s tells them apart: allow one, or compare with both",
			describe(s), quote(other), quote(one), quote(t.cond.ID()))
		d.Related = append(d.Related, source.Note{Span: t.term.Span(), Message: "is true for one of them only"})
		break
	}
	if d.Severity == 0 && len(tests) > 0 {
		return // the conditions know both
	}
	if d.Severity != 0 {
		remove := i
		if p.comparedWith(s, other) {
			remove = j
		}
		kept := s.AllowedOutputs.Items[i+j-remove].Text.Value
		d.Fixes = p.fix("allow only "+quote(kept), false, removeItem(s.AllowedOutputs, remove))
	}
	p.Report(d)
}

// comparedWith reports whether a condition compares the output of a step with a text.
func (p *Pass) comparedWith(s *program.Step, text string) bool {
	for _, t := range p.firstTests(s) {
		if _, literal, _ := t.against(); literal != nil && literal.Value.Kind() == value.String && literal.Value.Text() == text {
			return true
		}
	}
	return false
}

// firstTests are the tests of the output of a step, the first of many.
func (p *Pass) firstTests(s *program.Step) []test {
	const most = 32
	tests := p.readings().tests[s]
	return tests[:min(len(tests), most)]
}
