package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL020", Name: "unknown-field", Severity: source.Error,
	Doc: `
A program or a step has a field that does not exist.

The runtime ignores fields that it does not know, without a word. A step with ` + "`retries: 5`" + ` is tried once, one
with ` + "`timeout: 10`" + ` waits for ever, one with ` + "`next: done`" + ` goes on down the list, and one with
` + "`on_fail: alarm`" + ` ends the run: there is no error branch at all.

Write the name of the field that was meant. If the field is a note for people, call it ` + "`description`" + `, or let
its name begin with ` + "`_`" + ` or ` + "`x-`" + `.
`,
	Bad: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_error: retry, retries: 5}
  - {id: receipt, type: tool, tool: send_receipt, input: {to: $email}}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_error: retry, max_retries: 5}
  - {id: receipt, type: tool, tool: send_receipt, args: {to: $email}}
`,
	Proof: `
tools: {charge_card: [{error: 'ConnectionError: busy'}, {error: 'ConnectionError: busy'}, {error: 'ConnectionError: busy'}, paid]}
bad: {path: [charge], status: failed}
good: {path: [charge, receipt], status: success}
`,
	More: []Example{
		{Name: "There is no error branch", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_fail: alarm, is_terminal: true}
`},
		{Name: "A field of the program in a step, and one of a step in the program", Reported: true, Program: `
on_error: retry
steps:
  - {id: draft, type: llm, prompt: Draft an answer to $mail., max_tokens: 500}
`},
		{Name: "A misspelt limit of the program", Reported: true, Program: `
max_step: 20
steps:
  - {id: draft, type: llm, prompt: Draft an answer to $mail.}
`},
		{Name: "A value that the field does not take", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_error: retry, retry: {attempts: 3}}
`},
		{Name: "The run begins with the first step, whatever is written", Reported: true, Program: `
start: receipt
steps:
  - {id: charge, type: tool, tool: charge_card}
  - {id: receipt, type: tool, tool: send_receipt}
`},
		{Name: "A step cannot be switched off, and a note says what nobody reads", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge_card, when: $order.output == 'paid', temperature: 0}
`},
		{Name: "Notes for people", Program: `
$schema: https://example.com/program.schema.json
author: the payments team
start: charge
steps:
  - {id: charge, type: tool, tool: charge_card, description: takes the money, x-owner: payments, _since: 3}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram {
			return
		}
		u := unknownFields{Pass: p, spell: spelling.New(), missing: p.missingFields()}
		u.check(nil, p.Program.Root)
		for s := range p.Program.All {
			if s.Extra {
				u.check(s, s.Node)
			}
		}
	},
})

// unknownFields reports the fields of a program that are none.
type unknownFields struct {
	*Pass
	spell   *spelling.Speller
	missing map[missingField]bool
	merged  map[*syntax.Node]bool // the keys from merges that have been judged
}

// missingField is a field that construction misses in a step.
type missingField struct {
	step  *syntax.Node
	field string
}

// missingFields are those: a misspelt name for one of them is told with what is missing.
func (p *Pass) missingFields() map[missingField]bool {
	var missing map[missingField]bool
	for _, c := range p.Complaints {
		if c.Kind == schema.MissingField || c.Kind == schema.MissingForType {
			if missing == nil {
				missing = map[missingField]bool{}
			}
			for _, field := range missedBy(c) {
				missing[missingField{c.Step, field}] = true
			}
		}
	}
	return missing
}

// missedBy are the fields of which a complaint misses one.
func missedBy(c schema.Complaint) []string {
	if c.Kind == schema.MissingForType && (c.Field == "then" || c.Field == "otherwise") {
		return []string{"then", "otherwise"}
	}
	return []string{c.Field}
}

// check judges the fields of a program (s is nil) or a step.
func (u *unknownFields) check(s *program.Step, n *syntax.Node) {
	known := programFields()
	if s != nil {
		known = stepFields()
	}
	var m *meant
	for i := range n.Pairs {
		pair := &n.Pairs[i]
		name, named := fieldName(pair)
		if named && known[name] != nil || !u.isWorthAWord(pair) {
			continue
		}
		switch {
		case !named:
			u.report(pair, s, source.Warning, ", which is no string: no field has such a name", nil)
		case !isNote(name, s == nil):
			if m == nil {
				m = newMeant(u.spell, s, n)
			}
			u.judge(m, s, n, i)
		}
	}
}

// isWorthAWord reports whether the runtime ignores anything with the pair that has not been told, and that
// is not just being typed.
func (u *unknownFields) isWorthAWord(pair *syntax.Pair) bool {
	if u.Lang == syntax.YAML && strings.Contains(u.File.Slice(pair.Span()), "&") {
		return false // it holds an anchor: what stands there is used elsewhere
	}
	if pair.Key.Kind == syntax.Opaque || pair.Value.Kind == syntax.Null || pair.Value.Kind == syntax.Opaque || u.isBroken(pair.Key) || u.isBroken(pair.Value) {
		return false
	}
	if !pair.Merged {
		return true
	}
	if u.merged[pair.Key] {
		return false
	}
	if u.merged == nil {
		u.merged = map[*syntax.Node]bool{}
	}
	u.merged[pair.Key] = true
	return true
}

// judge finds out what was meant by pair i of a program or step.
func (u *unknownFields) judge(m *meant, s *program.Step, n *syntax.Node, i int) {
	pair := &n.Pairs[i]
	if u.isOnTheWrongLevel(s, pair) {
		return
	}
	g, ok := m.field(pair)
	switch {
	case ok && u.missing[missingField{n, g.field.Name}]:
	case ok:
		severity := source.Error
		if g.field.Name == "description" || g.field.Name == "version" {
			severity = source.Warning // no run depends on it
		}
		var fixes []source.Fix
		if g.fits {
			fixes = u.fix("rename it to "+g.field.Name, false, renameField(n, i, g.field.Name))
		}
		u.report(pair, s, severity, ": did you mean "+g.field.Name+"?", fixes)
	default:
		u.explain(m, s, pair)
	}
}

// explain says why there is no such field, if it is a word for something that cannot be said or that would
// have no effect.
func (u *unknownFields) explain(m *meant, s *program.Step, pair *syntax.Pair) {
	name, table := pair.Key.Text.Value, impossibleInProgram()
	if s != nil {
		table = impossibleInStep()
	}
	if no, ok := table[spelling.Fold(name)]; ok {
		if !u.isFirstStep(s, pair) {
			u.report(pair, s, no.severity, ": "+no.why, nil)
		}
		return
	}
	why := ", because there is no such field: let its name begin with _ if it is a note for people"
	if f, ok := m.isUseless(name); ok {
		why = fmt.Sprintf(", and %s would have no effect here either", f.Name)
		if f.Name == "timeout_seconds" && s.Kind != program.LLM {
			why = ", and only llm steps have a time limit"
		}
	}
	u.report(pair, s, source.Warning, why, nil)
}

// isFirstStep reports whether a field of the program names the step that the run begins with anyway.
func (u *unknownFields) isFirstStep(s *program.Step, pair *syntax.Pair) bool {
	steps := u.Program.Steps
	return s == nil && len(steps) > 0 && steps[0].IDNode != nil && pair.Value.IsString(steps[0].ID())
}

// isOnTheWrongLevel reports a field of the program in a step, or one of a step in the program.
func (u *unknownFields) isOnTheWrongLevel(s *program.Step, pair *syntax.Pair) bool {
	name := pair.Key.Text.Value
	switch {
	case s == nil && stepFields()[name] != nil:
		u.report(pair, s, source.Error, ", because it is a field of steps", nil)
	case s != nil && programFields()[name] != nil && name != "steps":
		u.report(pair, s, source.Error, ", because it is a field of the program", nil)
	default:
		return false
	}
	return true
}

func (u *unknownFields) report(pair *syntax.Pair, s *program.Step, severity source.Severity, why string, fixes []source.Fix) {
	owner := "the program"
	if s != nil {
		owner = describe(s)
	}
	name := quote(u.spelled(pair.Key))
	if pair.Key.Kind == syntax.String {
		name = quote(pair.Key.Text.Value)
	}
	u.Report(source.Diagnostic{
		Note:     source.Note{Span: pair.Key.Span, Message: fmt.Sprintf("the runtime ignores %s of %s%s", name, owner, why)},
		Severity: severity,
		Fixes:    fixes,
	})
}
