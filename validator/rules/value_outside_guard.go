package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL415", Name: "value-outside-guard", Severity: source.Error,
	Doc: `
A condition compares the answer of a model with a text that is not among its allowed_outputs.

The output of a step with ` + "`allowed_outputs`" + ` is one of the entries, letter for letter, or there is none because the step was
skipped. A comparison with anything else always comes out the same, and one branch is never taken: approvals that never
arrive, or a check that lets everything pass.

Compare with an entry of the list, or add the answer to the list and to the prompt.
`,
	Bad: `
steps:
  - {id: risk, type: llm, prompt: "Approve or reject this payment? $payment", allowed_outputs: [approve, reject]}
  - {id: route, type: condition, condition: $risk.output == 'approved', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: risk, type: llm, prompt: "Approve or reject this payment? $payment", allowed_outputs: [approve, reject]}
  - {id: route, type: condition, condition: $risk.output == 'approve', then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {risk: approve}
bad: {path: [risk, route, refuse]}
good: {path: [risk, route, pay]}
`,
	More: []Example{
		{Name: "Other letters, under an output key", Reported: true, Program: `
steps:
  - {id: risk, type: llm, prompt: "Approve or reject this payment? $payment", allowed_outputs: [approve, reject], output_key: verdict}
  - {id: route, type: condition, condition: "$verdict != 'Reject'", then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Part of no answer", Reported: true, Program: `
steps:
  - {id: risk, type: llm, prompt: "Approve or reject this payment? $payment", allowed_outputs: [approve, reject]}
  - {id: route, type: condition, condition: "'refund' in $risk.output", then: pay, otherwise: refuse}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Part of some answers", Program: `
steps:
  - {id: risk, type: llm, prompt: "Risk: low, high or very_high? $payment", allowed_outputs: [low, high, very_high]}
  - {id: route, type: condition, condition: "'high' in $risk.output", then: refuse, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A key that may hold an input at first", Program: `
max_steps: 20
steps:
  - {id: first_time, type: condition, condition: $verdict == 'unknown', then: ask, otherwise: store}
  - {id: ask, type: llm, prompt: "Good or bad? $text", allowed_outputs: [good, bad], output_key: verdict, next_step: first_time}
  - {id: store, type: tool, tool: store_or_fail, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		spell, r := spelling.New(), p.readings()
		for s := range p.Program.All {
			values, ok := guardOf(s)
			if !ok || len(values) > maxGuard || len(r.tests[s]) == 0 || slices.ContainsFunc(values, func(v string) bool { return value.Strip(v) != v }) {
				continue
			}
			for i := range r.tests[s] {
				p.checkOutside(spell, r.tests[s], i, values)
			}
		}
	},
})

func (p *Pass) checkOutside(spell *spelling.Speller, tests []test, i int, values []string) {
	t := tests[i]
	op, text, literal, varIsLeft := t.againstText()
	if literal == nil || text == "" || matchesAny(op, text, varIsLeft, values) || !p.holdsOnly(t, values) {
		return
	}
	always := "false"
	if op == cond.NotEqual || op == cond.NotIn {
		always = "true"
	}
	d := source.Diagnostic{
		Note:    source.Note{Span: literal.Place},
		Related: []source.Note{{Span: fieldSpan(t.of, "allowed_outputs"), Message: "the answers that are allowed"}},
	}
	if hasLivingAlternative(tests, i, values) {
		d.Severity = source.Warning
	}
	d.Message = fmt.Sprintf("%s is no answer that %s allows, so this comparison is always %s", quote(text), describe(t.of), always)
	if meant, ok := spell.Nearest(text, slices.Values(values)); ok {
		d.Message += ": did you mean " + quote(meant) + "?"
		sure := strings.EqualFold(strings.TrimSpace(text), meant) && d.Severity == 0
		d.Fixes = p.fix("replace with "+quote(meant), sure, literalChange(t.cond, literal, meant))
	} else {
		d.Message += ": compare with " + oneOf(values)
	}
	p.Report(d)
}

// matchesAny reports whether a comparison with a text distinguishes any of the values. Operators that other rules
// are about distinguish them all.
func matchesAny(op cond.Op, text string, varIsLeft bool, values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool {
		switch {
		case op == cond.Equal || op == cond.NotEqual:
			return v == text
		case (op == cond.In || op == cond.NotIn) && varIsLeft:
			return strings.Contains(text, v)
		case op == cond.In || op == cond.NotIn:
			return strings.Contains(v, text)
		}
		return true
	})
}

// holdsOnly reports whether the variable of a test can hold nothing but the values, or None, however control comes
// to the condition.
func (p *Pass) holdsOnly(t test, values []string) bool {
	flow, reached := p.Flow(), false
	for _, e := range p.Graph.Entries(t.cond) {
		at := program.State{Step: t.cond.Index, Entry: e}
		if !flow.Graph.Reaches(at) {
			continue
		}
		d := flow.Operand(at, t.v)
		known := d.Kinds == 0 && !slices.ContainsFunc(d.Values, func(v value.Value) bool {
			return !v.IsNone() && (v.Kind() != value.String || !slices.Contains(values, v.Text()))
		})
		if !known || !slices.ContainsFunc(d.Values, func(v value.Value) bool { return !v.IsNone() }) {
			return false
		}
		reached = true
	}
	return reached
}

// hasLivingAlternative reports whether the same condition compares the same output with an allowed answer, too. Tests
// of one condition stand together; it is looked for near by.
func hasLivingAlternative(tests []test, i int, values []string) bool {
	const near = 16
	for _, other := range tests[max(0, i-near):min(len(tests), i+near)] {
		op, text, literal, left := other.againstText()
		if other.cond == tests[i].cond && literal != nil && other.term != tests[i].term && matchesAny(op, text, left, values) {
			return true
		}
	}
	return false
}
