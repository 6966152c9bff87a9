package rules

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL802", Name: "tool-argument", Severity: source.Error, Needs: Texts,
	Doc: `
The arguments of a step are not those that its tool takes.

The machine passes them on as they are. A tool that does not know one, or misses one, fails when the step is reached, after all that
the steps before have done. The rule needs the ` + "`inputSchema`" + ` of the tool, from a manifest under ` + "`tools`" + ` of the
configuration. An argument that the schema does not list is a warning where the schema does not forbid others.

Pass each argument that the tool requires, under the name that it has there.
`,
	Bad: `
steps:
  - {id: pay_or_fail, type: tool, tool: pay, args: {amout: 5}, is_terminal: true}
`,
	Good: `
steps:
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: 5}, is_terminal: true}
`,
	Proof: `
tools: {pay: paid}
bad: {calls: [[pay, {amout: 5}]]}
good: {calls: [[pay, {amount: 5}]]}
`,
	Declare: func() Declared { return DeclareTools(payManifest) },
	More: []Example{
		{Name: "No arguments at all", Reported: true, Declare: func() Declared { return DeclareTools(payManifest) }, Program: `
steps:
  - {id: pay_or_fail, type: tool, tool: pay, is_terminal: true}
`},
		{Name: "One too many", Reported: true, Declare: func() Declared { return DeclareTools(payManifest) }, Program: `
steps:
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: 5, colour: red}, is_terminal: true}
`},
		{Name: "A tool that may take others", Declare: func() Declared {
			return DeclareTools(`
log:
  inputSchema: {properties: {text: {type: string}}, additionalProperties: true}
`)
		}, Program: `
steps:
  - {id: log_or_fail, type: tool, tool: log, args: {colour: red}, is_terminal: true}
`},
		{Name: "A tool of which only the name is declared", Declare: func() Declared { return DeclareTools(`{pay: {}}`) }, Program: `
steps:
  - {id: pay_or_fail, type: tool, tool: pay, args: {colour: red}, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		spell := spelling.New()
		for c := range p.calls {
			if c.tool.Input != nil && (c.Args == nil || c.Args.Kind == syntax.Map) {
				p.checkArguments(spell, c)
			}
		}
	},
})

const payManifest = `
pay:
  inputSchema:
    type: object
    properties:
      amount: {type: number}
      currency: {enum: [EUR, USD]}
      note: {type: string}
    required: [amount]
    additionalProperties: false
`

// checkArguments compares the names of the arguments of a call with those of its tool.
func (p *Pass) checkArguments(spell *spelling.Speller, c call) {
	given := pairsOf(c.Args)
	var missing, free []string // free are those that are not passed
	for _, name := range textsOf(c.tool.Input.Get("required")) {
		if c.Args.Get(name) == nil {
			missing = append(missing, name)
		}
	}
	for _, known := range pairsOf(c.tool.Input.Get("properties")) {
		if name := known.Key.Text.Value; c.Args.Get(name) == nil {
			free = append(free, name)
		}
	}
	closed := isClosed(c.tool.Input)
	for i, pair := range given {
		name := pair.Key.Text.Value
		if closed == NotDeclared || pair.Key.Kind != syntax.String || c.tool.Input.Get("properties").Get(name) != nil {
			continue
		}
		d := source.Diagnostic{Note: source.Note{Span: pair.Key.Span}}
		if closed == No {
			d.Severity = source.Warning
		}
		d.Message = fmt.Sprintf("%s takes no argument %s: ", quote(c.name), quote(name))
		if meant, ok := spell.Nearest(name, slices.Values(free)); ok {
			d.Message += "did you mean " + quote(meant) + "?"
			d.Fixes = p.fix("rename it to "+quote(meant), false, func(e syntax.Editor) ([]source.Edit, bool) { return e.RenameKey(c.Args, i, meant) })
			if slices.Contains(missing, meant) {
				d.Severity = source.Error
				missing = slices.DeleteFunc(missing, func(m string) bool { return m == meant })
			}
		} else {
			d.Message += "remove it, or call another tool"
		}
		p.Report(d)
	}
	if len(missing) == 0 || slices.ContainsFunc(given, func(pair syntax.Pair) bool { return pair.Key.Kind != syntax.String }) {
		return
	}
	for i := range missing {
		missing[i] = quote(missing[i])
	}
	p.Note(c.Tool.Span, fmt.Sprintf("%s requires %s, which %s does not pass: add it to args", quote(c.name), list(missing), describe(c.Step)))
}
