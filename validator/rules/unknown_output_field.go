package rules

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL804", Name: "unknown-output-field", Severity: source.Warning,
	Doc: `
A field is read of what a tool puts out that the schema of its result does not have.

A condition takes the field for None, and in a prompt or an argument the variable stays as it is written. Nothing fails. The rule needs
the ` + "`outputSchema`" + ` of the tool, from a manifest under ` + "`tools`" + ` of the configuration; where that forbids other fields,
the finding is an error.

Read a field that the schema lists.
`,
	Bad: `
steps:
  - {id: check, type: tool, tool: check_risk}
  - {id: risky, type: condition, condition: $check.output.scor > 50, then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Good: `
steps:
  - {id: check, type: tool, tool: check_risk}
  - {id: risky, type: condition, condition: $check.output.score > 50, then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Proof: `
tools: {check_risk: {return: {score: 90}}}
bad: {status: failed}
good: {path: [check, risky, reject]}
`,
	Declare: func() Declared { return DeclareTools(riskManifest) },
	More: []Example{
		{Name: "In a prompt", Reported: true, Declare: func() Declared { return DeclareTools(riskManifest) }, Program: `
steps:
  - {id: check, type: tool, tool: check_risk}
  - {id: tell_or_fail, type: llm, prompt: "Explain the risk $check.output.level.", is_terminal: true}
`},
		{Name: "A field inside a field", Reported: true, Declare: func() Declared { return DeclareTools(riskManifest) }, Program: `
steps:
  - {id: check, type: tool, tool: check_risk, output_key: risk}
  - {id: new, type: condition, condition: $risk.owner.nam == 'Ann', then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
		{Name: "One of two tools has written it", Declare: func() Declared { return DeclareTools(riskManifest) }, Program: `
steps:
  - {id: kind, type: condition, condition: $amount > 100, then: check, otherwise: skim}
  - {id: check, type: tool, tool: check_risk, output_key: risk, next_step: new}
  - {id: skim, type: tool, tool: reject, output_key: risk, next_step: new}
  - {id: new, type: condition, condition: $risk.reason == 'new', then: stop, otherwise: pay}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: stop, type: tool, tool: reject, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if !p.hasOutputSchema() {
			return
		}
		spell := spelling.New()
		p.reads(func(r read) {
			var tools []*syntax.Node
			for _, w := range p.Flow().Writers(r.of) {
				tools = append(tools, p.Declared.Tools[toolOf(w)].Output)
			}
			fields := r.Path[1:]
			if len(fields) > 0 && fields[0].Name == "output" && (!r.of.Data || len(tools) == 1 && tools[0].Get("properties").Get("output") == nil) {
				fields = fields[1:]
			} else if !r.of.Data {
				return
			}
			if len(tools) == 1 && tools[0] != nil && (r.Site == program.InCondition || !r.of.Data) && r.Path.LooksLikeName() {
				p.checkFields(spell, r, fields, tools[0])
			}
		})
	},
})

const riskManifest = `
check_risk:
  outputSchema:
    type: object
    properties:
      score: {type: number}
      owner: {type: object, properties: {name: {type: string}}, additionalProperties: false}
reject: {}
pay: {}
`

func (p *Pass) hasOutputSchema() bool {
	for c := range p.calls {
		if c.tool.Output != nil {
			return true
		}
	}
	return false
}

// checkFields follows the fields of a path through the schema of a result.
func (p *Pass) checkFields(spell *spelling.Speller, r read, fields []cond.Segment, schema *syntax.Node) {
	writer := p.Flow().Writers(r.of)[0]
	for _, f := range fields {
		closed, known := isClosed(schema), schema.Get("properties")
		if closed == NotDeclared || f.Name == "" {
			return
		}
		if next := known.Get(f.Name); next != nil {
			schema = next
			continue
		}
		var names []string
		for _, pair := range known.Pairs {
			names = append(names, pair.Key.Text.Value)
		}
		d := source.Diagnostic{Note: source.Note{Span: f.Span}}
		if closed == Yes {
			d.Severity = source.Error
		}
		d.Related = []source.Note{{Span: writer.Tool.Span, Message: "puts it out"}}
		d.Message = fmt.Sprintf("what %s puts out has no field %s in its schema: ", quote(toolOf(writer)), quote(f.Name))
		if meant, ok := spell.Nearest(f.Name, slices.Values(names)); ok {
			d.Message += "did you mean " + quote(meant) + "?"
			if p.File.Slice(f.Span) == f.Name && p.mayEdit(r.Node) {
				d.Fixes = []source.Fix{{Title: "read " + quote(meant), Edits: []source.Edit{{Span: f.Span, New: meant}}}}
			}
		} else {
			d.Message += "read " + oneOf(names)
		}
		p.Report(d)
		return
	}
}
