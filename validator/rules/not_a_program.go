package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL009", Name: "not-a-program", Severity: source.Error,
	Doc: `
The document is no workflow program.

A program is an object with a list of steps. The runtime refuses anything else before it looks further; an
empty file, a list of steps without the object around it and a file of another tool are the usual reasons.

Write an object with a field ` + "`steps`" + `, or check another file.
`,
	Bad: `
name: refund
nodes:
  - {id: rejected, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
name: refund
steps:
  - {id: rejected, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
bad: {rejected: [{loc: [steps]}]}
good: {status: success}
`,
	More: []Example{
		{Name: "A list of steps without a program around it", Reported: true, Program: `
- {id: pay, type: tool, tool: pay_back}
`},
		{Name: "A document of another tool", Reported: true, Program: `
apiVersion: v1
metadata: {labels: {app: shop}}
`},
	},
	Run: func(p *Pass) { p.reportRefusals("NL009", p.sayWhatAProgramIs) },
})

// sayWhatAProgramIs makes of a refusal a sentence that says what to write.
func (p *Pass) sayWhatAProgramIs(c schema.Complaint, d *source.Diagnostic) {
	const needs = "write an object with a list of steps"
	root := p.Program.Root
	switch root.Kind {
	case syntax.Map:
		d.Message = "this is no program, because it has no steps: " + needs
		p.suggestSteps(root, d)
	case syntax.List:
		d.Message = "a program is an object and not a list: write the list as its field steps"
	case syntax.Null:
		d.Message = "there is no program here: " + needs
	default:
		d.Message = "this is no program: " + needs
	}
}

// suggestSteps looks for the steps under another name.
func (p *Pass) suggestSteps(root *syntax.Node, d *source.Diagnostic) {
	m := newMeant(spelling.New(), nil, root)
	for i := range root.Pairs {
		pair := &root.Pairs[i]
		if pair.Key.Kind != syntax.String || pair.Merged || programFields()[pair.Key.Text.Value] != nil {
			continue
		}
		if g, ok := m.field(pair); ok && g.field.Name == "steps" && g.fits {
			d.Span = pair.Key.Span
			d.Message = fmt.Sprintf("this is no program, because it has no steps: did you mean steps by %s?", quote(pair.Key.Text.Value))
			d.Fixes = p.fix("rename it to steps", false, renameField(root, i, "steps"))
			return
		}
	}
}
