package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL010", Name: "missing-field", Severity: source.Error,
	Doc: `
A step lacks a field that every step, or every step of its type, must have.

Each step needs an ` + "`id`" + ` and a ` + "`type`" + `; an llm step a ` + "`prompt`" + `, a tool step a ` + "`tool`" + `, a condition a ` + "`condition`" + ` and at
least one of ` + "`then`" + ` and ` + "`otherwise`" + `, a parallel step its ` + "`parallel_steps`" + `. An empty string counts as missing. The
runtime refuses the whole program.

Add the field. If it is there under another name, give it the right one.
`,
	Bad: `
steps:
  - {id: ask, type: llm, prompt_template: Refund or not. $message}
`,
	Good: `
steps:
  - {id: ask, type: llm, prompt: Refund or not. $message}
`,
	Proof: `
bad: {rejected: [{loc: [steps, "0"]}]}
good: {status: success}
`,
	More: []Example{
		{Name: "No id", Reported: true, Program: `
steps:
  - {type: tool, tool: charge_card}
`},
		{Name: "The type follows from the other fields", Reported: true, Program: `
steps:
  - {id: charge, tool: charge_card}
`},
		{Name: "An empty prompt", Reported: true, Program: `
steps:
  - {id: ask, type: llm, prompt: ""}
`},
		{Name: "A parallel block without steps", Reported: true, Program: `
steps:
  - {id: fetch, type: parallel, parallel_steps: []}
`},
		{Name: "A misspelt type", Reported: true, Program: `
steps:
  - {id: charge, typ: tool, tool: charge_card}
`},
	},
	Run: func(p *Pass) {
		spell := spelling.New()
		p.reportRefusals("NL010", func(c schema.Complaint, d *source.Diagnostic) { p.sayWhatIsMissing(spell, c, d) })
	},
})

// sayWhatIsMissing adds to a refusal what to do about it: another name may stand for the field, and the type
// may follow from the others.
func (p *Pass) sayWhatIsMissing(spell *spelling.Speller, c schema.Complaint, d *source.Diagnostic) {
	if i, field := p.misspelt(spell, c); field != "" {
		key := c.Step.Pairs[i].Key
		d.Span = key.Span
		d.Message += fmt.Sprintf(": did you mean %s by %s?", field, quote(key.Text.Value))
		d.Fixes = p.fix("rename it to "+field, false, renameField(c.Step, i, field))
		return
	}
	switch {
	case c.Field == "type":
		d.Message += ": write llm, tool, condition or parallel"
		if t := typeByFields(c.Step); t != "" {
			d.Message = fmt.Sprintf("%s; by its fields it is a %s step", d.Message, t)
			d.Fixes = p.fix("add type: "+t, false, setField(c.Step, "type", syntax.NewString(t)))
		}
	case c.Kind == schema.MissingField:
		d.Message += ": write a name that no other step has"
	case c.Node != nil && c.Node.Kind == syntax.String:
		d.Message += ", and this one is empty"
	}
}

// misspelt is the number of the pair that was probably meant to be the field that is missing, and the name
// of that field; empty if there is none.
func (p *Pass) misspelt(spell *spelling.Speller, c schema.Complaint) (i int, field string) {
	var m *meant
	for i := range c.Step.Pairs {
		pair := &c.Step.Pairs[i]
		if pair.Key.Kind != syntax.String || pair.Merged || stepFields()[pair.Key.Text.Value] != nil {
			continue
		}
		if m == nil {
			m = newMeant(spell, &program.Step{Node: c.Step, Kind: kindOf(c.Step)}, c.Step)
		}
		g, ok := m.field(pair)
		if !ok || !g.fits {
			continue
		}
		for _, missed := range missedBy(c) {
			if g.field.Name == missed {
				return i, missed
			}
		}
	}
	return 0, ""
}

// kindOf is the type that a step says it has.
func kindOf(step *syntax.Node) program.Kind {
	for k := program.LLM; k <= program.Parallel; k++ {
		if step.Get("type").IsString(k.String()) {
			return k
		}
	}
	return program.Unknown
}

// typeByFields is the only type of step that reads what a step has; empty if there are several.
func typeByFields(step *syntax.Node) string {
	found := ""
	for _, sign := range [...]struct{ field, stepType string }{
		{"prompt", "llm"}, {"tool", "tool"}, {"condition", "condition"}, {"parallel_steps", "parallel"},
	} {
		if step.Get(sign.field) == nil {
			continue
		}
		if found != "" {
			return ""
		}
		found = sign.stepType
	}
	return found
}
