package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL414", Name: "unguarded-branch", Severity: source.Warning, Needs: Conditions,
	Doc: `
The free text of a model alone decides a branch.

Without ` + "`allowed_outputs`" + ` the answer is kept as it came. "Yes." and "yes" with a line break are not equal to 'yes', and ` + "`in`" + `
finds 'yes' also in "eyes" and in "I would not say yes". Both branches are always one odd answer away, and so is an answer
that somebody has talked the model into.

List the answers in ` + "`allowed_outputs`" + `: others then fail the step, or are asked for again with ` + "`on_error: retry`" + `.
`,
	Bad: `
steps:
  - {id: check, type: llm, prompt: "Is this fraud? yes or no: $order", output_key: fraud}
  - {id: route, type: condition, condition: $fraud == 'yes', then: refuse, otherwise: pay}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
`,
	Good: `
steps:
  - {id: check, type: llm, prompt: "Is this fraud? yes or no: $order", output_key: fraud, allowed_outputs: ["yes", "no"]}
  - {id: route, type: condition, condition: $fraud == 'yes', then: refuse, otherwise: pay}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
`,
	Proof: `
llm: {check: Yes. It is.}
bad: {path: [check, route, pay], status: success}
good: {path: [check], status: failed}
`,
	More: []Example{
		{Name: "Several conditions on one answer are one mistake", Reported: true, Program: `
steps:
  - {id: sort, type: llm, prompt: "REFUND, STATUS or OTHER? $mail"}
  - {id: is_refund, type: condition, condition: $sort.output == 'REFUND', then: refund, otherwise: is_status}
  - {id: is_status, type: condition, condition: $sort.output == 'STATUS', then: status, otherwise: escalate}
  - {id: refund, type: tool, tool: refund, is_terminal: true}
  - {id: status, type: tool, tool: status, is_terminal: true}
  - {id: escalate, type: tool, tool: escalate, is_terminal: true}
`},
		{Name: "A tool has looked at the text", Program: `
steps:
  - {id: draft, type: llm, prompt: "Write an offer for $order", output_key: offer}
  - {id: check, type: tool, tool: check_offer, args: {text: $offer}}
  - {id: route, type: condition, condition: $check.output == 'ok', then: send, otherwise: refuse}
  - {id: send, type: tool, tool: send, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Is there any text?", Program: `
steps:
  - {id: draft, type: llm, prompt: "Write an offer for $order", output_key: offer}
  - {id: route, type: condition, condition: $offer == "", then: fail, otherwise: send}
  - {id: send, type: tool, tool: send, args: {text: $offer}, is_terminal: true}
  - {id: fail, type: tool, tool: alarm, is_terminal: true}
`},
		{Name: "Every other answer has a branch of its own", Program: `
steps:
  - {id: check, type: llm, prompt: "Is this fraud? yes or no: $order", output_key: fraud}
  - {id: route, type: condition, condition: $fraud == 'yes' or $fraud == 'no', then: store, otherwise: help}
  - {id: store, type: tool, tool: store, args: {fraud: $fraud}, is_terminal: true}
  - {id: help, type: tool, tool: ask, is_terminal: true}
`},
		{Name: "A word for nothing", Program: `
steps:
  - {id: order, type: llm, prompt: "Find the number of the order, or say none: $mail"}
  - {id: known, type: condition, condition: $order.output == 'none', then: help, otherwise: status}
  - {id: status, type: tool, tool: status, args: {order: $order.output}, is_terminal: true}
  - {id: help, type: tool, tool: ask, is_terminal: true}
`},
		{Name: "A sign in a text that goes on", Program: `
steps:
  - {id: draft, type: llm, prompt: "Write an offer for $order, with <todo> where you know nothing", output_key: offer}
  - {id: route, type: condition, condition: "'<todo>' in $offer", then: help, otherwise: send}
  - {id: send, type: tool, tool: send, args: {text: $offer}, is_terminal: true}
  - {id: help, type: tool, tool: ask, args: {text: $offer}, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		r := p.readings()
		for s := range p.Program.All {
			if s.Kind != program.LLM || s.AllowedOutputs != nil || len(r.tests[s]) == 0 {
				continue
			}
			var deciding []test
			for _, t := range p.firstTests(s) {
				if isLabelTest(t) && p.readsOnlyFreeText(t) {
					deciding = append(deciding, t)
				}
			}
			if isAskedFor(s, deciding) && !isWhitelist(deciding) {
				p.reportUnguarded(s, deciding)
			}
		}
	},
})

var label = lazyRegexp(`^[\pL\pN](?:[\pL\pN _-]{0,38}[\pL\pN])?$`)

// isLabelTest reports whether a test compares with a word, as an answer that was asked for is.
func isLabelTest(t test) bool {
	op, text, literal, varIsLeft := t.againstText()
	if literal == nil || op == cond.Contains || op.Class() == cond.Order {
		return false
	}
	return label().MatchString(text) && (!varIsLeft || op == cond.Equal || op == cond.NotEqual)
}

// readsOnlyFreeText reports whether nothing but the free text of models decides the condition of a test.
func (p *Pass) readsOnlyFreeText(t test) bool {
	for v := range cond.Vars(t.cond.Cond.Root) {
		if of := p.readings().writer(v.Path, true); of == nil || of.Kind != program.LLM || of.AllowedOutputs != nil {
			return false
		}
	}
	return true
}

// isAskedFor reports whether the model was to answer with one of the words that it is compared with: they stand in the
// prompt, or are yes and no. A single word for nothing is a sign beside all other texts.
func isAskedFor(s *program.Step, deciding []test) bool {
	prompt := ""
	for _, t := range deciding {
		_, text, _, _ := t.againstText()
		word := strings.ToLower(text)
		switch word {
		case "yes", "no", "true", "false":
			return true
		case "none", "null", "nothing", "unknown", "empty", "n a":
			continue
		}
		if prompt == "" {
			prompt = strings.ToLower(promptOf(s))
		}
		if strings.Contains(prompt, word) {
			return true
		}
	}
	return false
}

// isWhitelist reports whether one condition compares the text with several answers: whatever else the model says has
// a branch of its own, and allowed_outputs would add little.
func isWhitelist(deciding []test) bool {
	for i := range deciding[1:] {
		a, b := deciding[i], deciding[i+1]
		if op, _, _, _ := b.againstText(); a.cond == b.cond && (op == cond.Equal || op == cond.NotEqual) {
			return true
		}
	}
	return false
}

func (p *Pass) reportUnguarded(s *program.Step, deciding []test) {
	first := deciding[0]
	d := source.Diagnostic{
		Note: source.Note{
			Span: first.v.Place,
			Message: fmt.Sprintf("free text of %s decides condition %s: list the answers that it may give in allowed_outputs",
				describe(s), quote(first.cond.ID())),
		},
		Related: []source.Note{{Span: s.Place(), Message: "may answer anything"}},
	}
	const most = 4
	for _, t := range deciding[1:min(len(deciding), most)] {
		if t.cond != first.cond {
			d.Related = append(d.Related, source.Note{Span: t.v.Place, Message: "decides here, too"})
		}
	}
	if answers := answersOf(s, deciding); len(answers) > 1 && s.OnError != program.Skip && len(p.readings().texts[s]) == 0 {
		d.Fixes = p.fix("allow only "+oneOf(answers), false, func(e syntax.Editor) ([]source.Edit, bool) {
			items := make([]*syntax.Node, len(answers))
			for i, a := range answers {
				items[i] = syntax.NewString(a)
			}
			return setField(s.Node, "allowed_outputs", syntax.NewList(items...))(e)
		})
	}
	p.Report(d)
}

var alternatives = lazyRegexp(`[\pL\pN_-]+(?:\s*(?:,\s*or\b|,|/|\||\bor\b)\s*[\pL\pN_-]+)+`)

var separators = lazyRegexp(`\s*(?:,\s*or\b|,|/|\||\bor\b)\s*`)

// answersOf is what the conditions compare the text with and, of the prompt, the words that stand beside it as
// alternatives: yes or no.
func answersOf(s *program.Step, deciding []test) []string {
	const most = 12
	var answers []string
	add := func(answer string) {
		if !slices.ContainsFunc(answers, func(a string) bool { return strings.EqualFold(a, answer) }) && len(answers) < most {
			answers = append(answers, answer)
		}
	}
	for _, t := range deciding {
		_, text, _, _ := t.againstText()
		add(text)
	}
	for _, found := range alternatives().FindAllString(promptOf(s), 8) {
		if words := separators().Split(found, -1); slices.Contains(words, answers[0]) {
			for _, w := range words {
				add(w)
			}
		}
	}
	return answers
}
