package rules

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL416", Name: "ambiguous-substring", Severity: source.Error,
	Doc: `
A condition looks for a text that is part of several allowed answers, also of one that means the opposite.

On text ` + "`in`" + ` asks for a part: 'urgent' is in "not_urgent", 'safe' is in "unsafe". The condition is true for both answers, so
the branch for the one is taken for the other as well.

Compare with ` + "`==`" + `: a step with ` + "`allowed_outputs`" + ` puts out exactly one of its entries.
`,
	Bad: `
steps:
  - {id: triage, type: llm, prompt: "urgent or not_urgent? $ticket", allowed_outputs: [urgent, not_urgent]}
  - {id: route, type: condition, condition: "'urgent' in $triage.output", then: page_someone, otherwise: store}
  - {id: page_someone, type: tool, tool: page, is_terminal: true}
  - {id: store, type: tool, tool: store, is_terminal: true}
`,
	Good: `
steps:
  - {id: triage, type: llm, prompt: "urgent or not_urgent? $ticket", allowed_outputs: [urgent, not_urgent]}
  - {id: route, type: condition, condition: "$triage.output == 'urgent'", then: page_someone, otherwise: store}
  - {id: page_someone, type: tool, tool: page, is_terminal: true}
  - {id: store, type: tool, tool: store, is_terminal: true}
`,
	Proof: `
llm: {triage: not_urgent}
bad: {path: [triage, route, page_someone]}
good: {path: [triage, route, store]}
`,
	More: []Example{
		{Name: "In the middle of another word", Reported: true, Program: `
steps:
  - {id: eligible, type: llm, prompt: "yes, no or unknown? $order", allowed_outputs: ["yes", "no", unknown]}
  - {id: route, type: condition, condition: "'no' in $eligible.output", then: refuse, otherwise: go_on}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
  - {id: go_on, type: tool, tool: proceed, is_terminal: true}
`},
		{Name: "What several answers have in common", Program: `
steps:
  - {id: topic, type: llm, prompt: "refund_full, refund_partial or other? $mail", allowed_outputs: [refund_full, refund_partial, other]}
  - {id: route, type: condition, condition: "'refund' in $topic.output", then: refund, otherwise: answer}
  - {id: refund, type: tool, tool: refund, is_terminal: true}
  - {id: answer, type: tool, tool: answer, is_terminal: true}
`},
		{Name: "A part of one answer alone", Program: `
steps:
  - {id: triage, type: llm, prompt: "urgent or normal? $ticket", allowed_outputs: [urgent, normal]}
  - {id: route, type: condition, condition: "'urgent' in $triage.output", then: page_someone, otherwise: store}
  - {id: page_someone, type: tool, tool: page, is_terminal: true}
  - {id: store, type: tool, tool: store, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		r := p.readings()
		for s := range p.Program.All {
			if len(r.tests[s]) == 0 {
				continue
			}
			if values, ok := guardOf(s); ok && len(values) <= maxGuard {
				for _, t := range r.tests[s] {
					p.checkSubstring(t, values)
				}
			}
		}
	},
})

func (p *Pass) checkSubstring(t test, values []string) {
	op, text, literal, varIsLeft := t.againstText()
	if literal == nil || varIsLeft || text == "" || op != cond.In && op != cond.NotIn {
		return
	}
	var hits []string
	for _, v := range values {
		if strings.Contains(v, text) && !slices.Contains(hits, v) {
			hits = append(hits, v)
		}
		if len(hits) > 16 {
			return // a family of answers
		}
	}
	d := source.Diagnostic{Note: source.Note{Span: t.term.Span()}}
	meant, other := opposites(hits)
	if meant == "" {
		if meant, other = text, insideWord(hits, text); other == "" || !slices.Contains(hits, text) {
			return
		}
		d.Severity = source.Warning
	}
	d.Message = fmt.Sprintf("%s is also part of %s, another answer that %s allows: compare with %s", quote(text), quote(other), describe(t.of), equality(op))
	d.Related = []source.Note{{Span: fieldSpan(t.of, "allowed_outputs"), Message: "the answers that are allowed"}}
	sure := d.Severity == 0 && len(hits) == 2 && meant == text
	d.Fixes = p.fix("compare with "+equality(op)+" "+quote(meant), sure, equalityChange(t, literal, meant, op))
	p.Report(d)
}

func equality(op cond.Op) string {
	if op == cond.NotIn {
		return "!="
	}
	return "=="
}

// equalityChange writes $d == 'text' instead of 'part' in $d.
func equalityChange(t test, l *cond.Literal, text string, op cond.Op) change {
	return func(e syntax.Editor) ([]source.Edit, bool) {
		literal, ok := tokenAt(t.cond.Cond, l.Place)
		v, found := tokenAt(t.cond.Cond, t.v.Place)
		if !ok || !found || len(literal.Text) < 2 || v.At < literal.At || strings.Contains(text, literal.Text[:1]) {
			return nil, false
		}
		quotes := literal.Text[:1]
		return e.ReplaceWithin(t.cond.Condition, literal.At, v.End(), v.Text+" "+equality(op)+" "+quotes+text+quotes)
	}
}

// opposites are two of the values of which one negates the other.
func opposites(values []string) (positive, negative string) {
	folded := make(map[string]string, len(values))
	for _, v := range values {
		folded[spelling.Fold(v)] = v
	}
	for _, v := range values {
		f := spelling.Fold(v)
		for _, prefix := range []string{"not", "non", "no", "un", "dis", "in", "im", "ir", "il", "mis", "never"} {
			if rest, cut := strings.CutPrefix(f, prefix); cut && rest != "" && folded[rest] != "" {
				return folded[rest], v
			}
		}
	}
	return "", ""
}

// insideWord is the first of the values in which a text stands only as a part of longer words.
func insideWord(values []string, text string) string {
	for _, v := range values {
		words := strings.FieldsFunc(v, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		parts := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if len(parts) == 1 && parts[0] == text && !slices.Contains(words, text) {
			return v
		}
	}
	return ""
}
