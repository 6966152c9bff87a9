package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL417", Name: "unhandled-answer", Severity: source.Warning, Needs: Conditions | Texts,
	Doc: `
Two allowed answers that ask for different things take the same branch, because no condition asks for either.

What a chain of conditions does not name falls into its last ` + "`otherwise`" + `. Where that swallows "escalate" together with
"reject", or "escalate" together with "approve", the case that somebody was to look at is decided without him.

Ask for each answer in a condition of its own, and leave at most one to the last ` + "`otherwise`" + `. It is reported only where an
answer that hands over to a person is swallowed with one that decides, and nothing else reads the answer.
`,
	Bad: `
steps:
  - {id: check, type: llm, prompt: "approve, reject or escalate? $claim", allowed_outputs: [approve, reject, escalate]}
  - {id: route, type: condition, condition: $check.output == 'approve', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: check, type: llm, prompt: "approve, reject or escalate? $claim", allowed_outputs: [approve, reject, escalate]}
  - {id: route, type: condition, condition: $check.output == 'approve', then: pay, otherwise: unclear}
  - {id: unclear, type: condition, condition: $check.output == 'escalate', then: ask_somebody, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: ask_somebody, type: tool, tool: open_ticket, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {check: escalate}
bad: {path: [check, route, refuse]}
good: {path: [check, route, unclear, ask_somebody]}
`,
	More: []Example{
		{Name: "All doubts go to a person", Program: `
steps:
  - {id: check, type: llm, prompt: "approve, reject or escalate? $claim", allowed_outputs: [approve, reject, escalate]}
  - {id: route, type: condition, condition: $check.output == 'approve', then: pay, otherwise: human_review}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: human_review, type: tool, tool: help_desk, is_terminal: true}
`},
		{Name: "Topics that are treated alike", Program: `
steps:
  - {id: topic, type: llm, prompt: "refund, praise or question? $mail", allowed_outputs: [refund, praise, question]}
  - {id: route, type: condition, condition: $topic.output == 'refund', then: refund, otherwise: answer_or_fail}
  - {id: refund, type: tool, tool: refund, is_terminal: true}
  - {id: answer_or_fail, type: tool, tool: answer, is_terminal: true}
`},
		{Name: "The branch passes the answer on", Program: `
steps:
  - {id: check, type: llm, prompt: "approve, reject or escalate? $claim", allowed_outputs: [approve, reject, escalate]}
  - {id: route, type: condition, condition: $check.output == 'approve', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: settle, args: {how: $check.output}, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		r := p.readings()
		for s := range p.Program.All {
			if values, ok := guardOf(s); ok && len(values) > 2 && len(values) <= maxValues && len(r.tests[s]) > 0 && len(r.texts[s]) == 0 {
				p.checkHandled(s, values)
			}
		}
	},
})

// checkHandled looks at the answers that a chain of simple conditions leaves to its last otherwise.
func (p *Pass) checkHandled(s *program.Step, values []string) {
	var last *program.Step // the condition of the chain whose otherwise leaves it
	tests := p.readings().tests[s]
	swallowed := slices.Clone(values)
	for _, t := range tests {
		op, text, literal, _ := t.againstText()
		if literal == nil || op != cond.Equal || t.cond.Cond.Root != t.term || !slices.Contains(values, text) {
			return // no chain of simple comparisons
		}
		swallowed = slices.DeleteFunc(swallowed, func(v string) bool { return v == text })
		next := t.cond.Otherwise.To
		if next == nil {
			return
		}
		if slices.ContainsFunc(tests[:min(len(tests), maxHops)], func(u test) bool { return u.cond == next }) {
			continue
		}
		if last != nil {
			return
		}
		last = t.cond
	}
	if last == nil || len(tests) > maxHops || len(swallowed) != 2 {
		return
	}
	i := slices.IndexFunc(swallowed, handsOver)
	if i < 0 || handsOver(swallowed[1-i]) || polarityOf(swallowed[1-i]) == neutral || isCatchAll(swallowed[1-i]) {
		return
	}
	to := last.Otherwise.To
	if to.Kind == program.Condition || to.Kind == program.LLM || handsOver(to.ID()) || to.Tool != nil && handsOver(to.Tool.Text.Value) {
		return
	}
	p.Report(source.Diagnostic{
		Note: source.Note{
			Span: last.Otherwise.Node.Text.Content(),
			Message: fmt.Sprintf("%s takes the answer %s of %s together with %s: ask for one of them in a condition of its own",
				quote(to.ID()), quote(swallowed[i]), describe(s), quote(swallowed[1-i])),
		},
		Related: []source.Note{{Span: s.AllowedOutputs.Items[slices.Index(values, swallowed[i])].Span, Message: "no condition asks for this answer"}},
	})
}

// handsOver reports whether a name says that a person is to decide.
func handsOver(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"escalat", "human", "manual", "review", "handoff", "hand_off", "supervisor", "operator", "defer", "help", "ticket"},
		func(w string) bool { return strings.Contains(name, w) })
}
