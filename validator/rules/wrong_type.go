package rules

import (
	"strings"

	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL011", Name: "wrong-type", Severity: source.Error,
	Doc: `
A field holds a value of a type that the runtime does not convert.

Text must be text: numbers and booleans are not taken for it. Whole numbers may be written as ` + "`3`" + `, ` + "`\"3\"`" + ` or ` + "`3.0`" + `,
but not as ` + "`many`" + ` or ` + "`3.5`" + `; ` + "`args`" + ` must be an object with strings as keys, ` + "`allowed_outputs`" + ` a list of strings.
` + "`null`" + ` is refused where a field has a default. The runtime refuses the whole program.

Write a value of the type that the message names, or leave the field out.
`,
	Bad: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_error: retry, max_retries: three}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge_card, on_error: retry, max_retries: 3}
`,
	Proof: `
bad: {rejected: [{loc: [steps, "0", max_retries]}]}
good: {status: success}
`,
	More: []Example{
		{Name: "Arguments in a list", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge_card, args: [$amount, eur]}
`},
		{Name: "One answer that is no list", Reported: true, Program: `
steps:
  - {id: ask, type: llm, prompt: Say yes., allowed_outputs: "yes"}
`},
		{Name: "A null where the field has a default", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge_card, args: null, is_terminal: true}
`},
		{Name: "A step that is a string", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge_card}
  - receipt
`},
		{Name: "A null that the runtime accepts", Program: `
max_steps: null
steps:
  - {id: ask, type: llm, prompt: Ask for the order., system: null, timeout_seconds: null}
`},
	},
	Run: func(p *Pass) { p.reportRefusals("NL011", p.sayWhatToWrite) },
})

// sayWhatToWrite adds the fix to a refusal, where there is one way to put the value right.
func (p *Pass) sayWhatToWrite(c schema.Complaint, d *source.Diagnostic) {
	n, f := c.Node, fieldOf(c)
	switch {
	case n.Kind == syntax.Null && f != nil && isOptional(c, f) && strings.HasSuffix(c.Pointer, "/"+c.Field):
		d.Message += ": leave the field out"
		d.Fixes = p.fix("remove "+c.Field, true, removeFields(p.ownerOf(c), c.Field))
	case wantsText(c) && (n.Kind == syntax.Int || n.Kind == syntax.Float):
		d.Message += ": write it in quotes"
		d.Fixes = p.fix("write it in quotes", p.isNoLostTarget(c), replaceString(n, p.spelled(n)))
	case wantsText(c) && n.Kind == syntax.Bool:
		d.Message += ": write it in quotes"
		d.Fixes = p.fix("write it in quotes", false, replaceString(n, p.spelled(n)))
	case n.Kind == syntax.String && f != nil && f.Type == schema.Texts:
		d.Message += ": write [ ] around it"
	}
}

// isNoLostTarget reports whether the value, as text, is anything but a target that does not exist.
func (p *Pass) isNoLostTarget(c schema.Complaint) bool {
	switch c.Field {
	case "then", "otherwise", "next_step":
		return p.Program.Lookup(p.spelled(c.Node)) != nil
	}
	return true
}

// ownerOf is the mapping that holds the field of a complaint.
func (p *Pass) ownerOf(c schema.Complaint) *syntax.Node {
	if c.Step == nil {
		return p.Program.Root
	}
	return c.Step
}

// isOptional reports whether the program can be constructed without the field.
func isOptional(c schema.Complaint, f *schema.Field) bool {
	return !f.Required && (f.Name != "parallel_steps" || !c.Step.Get("type").IsString("parallel"))
}
