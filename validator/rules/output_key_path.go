package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL301", Name: "output-key-path", Severity: source.Error,
	Doc: `
A prompt or argument reads ` + "`$key.output`" + ` or ` + "`$key.field`" + ` of an output_key, where only steps have fields.

An output_key is a plain name for a whole value. In conditions a path behind it works, in prompts and arguments it
does not: nothing is replaced and nothing fails, the model or the tool gets the text ` + "`$invoice.output`" + ` and goes on
with it.

Write ` + "`$key`" + ` for the value, and ` + "`$step.field`" + ` with the id of the step for a field of it.
`,
	Bad: `
steps:
  - {id: load, type: tool, tool: load_invoice, output_key: invoice}
  - {id: archive, type: tool, tool: archive, args: {document: $invoice.output}}
`,
	Good: `
steps:
  - {id: load, type: tool, tool: load_invoice, output_key: invoice}
  - {id: archive, type: tool, tool: archive, args: {document: $invoice}}
`,
	Proof: `
tools: {load_invoice: INV-7}
bad: {calls: [[load_invoice, {}], [archive, {document: $invoice.output}]]}
good: {calls: [[load_invoice, {}], [archive, {document: INV-7}]]}
`,
	More: []Example{
		{Name: "A field", Reported: true, Program: `
steps:
  - {id: load, type: tool, tool: load_invoice, output_key: invoice}
  - {id: remind, type: llm, prompt: "Remind the customer of $invoice.amount, please."}
`},
		{Name: "A field of what one of two steps wrote", Reported: true, Program: `
steps:
  - {id: where, type: condition, condition: $country == 'DE', then: home, otherwise: abroad}
  - {id: home, type: tool, tool: home_price, output_key: price, next_step: offer}
  - {id: abroad, type: tool, tool: world_price, output_key: price, next_step: offer}
  - {id: offer, type: tool, tool: offer, args: {net: $price.output.net}}
`},
		{Name: "The text of a model", Reported: true, Program: `
steps:
  - {id: write, type: llm, prompt: Write a poem., output_key: poem}
  - {id: print, type: tool, tool: print, args: {text: "Today: $poem.output!"}}
`},
		{Name: "A key that is also the id, and conditions", Program: `
steps:
  - {id: invoice, type: tool, tool: load_invoice, output_key: invoice}
  - {id: load, type: tool, tool: load_customer, args: {id: $invoice.output.customer}, output_key: customer}
  - {id: known, type: condition, condition: $customer.output.vip == 1, then: thank, otherwise: remind}
  - {id: thank, type: llm, prompt: Thank $load.name., is_terminal: true}
  - {id: remind, type: llm, prompt: Remind $load.name of $invoice.amount., is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.eachFault("NL301", p.reportKeyPath) },
})

func (p *Pass) reportKeyPath(f fault) {
	name, read := f.Path.Root().Name, quote(f.Path.String())
	writers := p.scoped.keys[name]
	said := fmt.Sprintf("%s stays text, because %s is the output_key of %s and only step ids have fields here",
		read, brief(name), describe(writers[0]))
	d := source.Diagnostic{Note: source.Note{Span: f.Span}, Related: []source.Note{{Span: writers[0].OutputKey.Span, Message: "the output_key"}}}
	fields := f.Path[f.at:]
	writer := writers[0]
	readable := len(writers) == 1 && isVariableName(writer.ID()) && p.Program.Lookup(writer.ID()) == writer &&
		!p.scoped.twins[writer.ID()] && p.scoped.subs[writer.ID()] == nil
	switch {
	case len(fields) == 0:
		with := "$" + name
		d.Message = said + ": write " + brief(with)
		d.Fixes = p.replaceUse(f.Use, with, "replace with "+brief(with), true)
	case readable && !p.scoped.isText(name, program.InPrompt):
		with := dotted(writer.ID(), fields)
		d.Message = said + ": write " + brief(with)
		d.Fixes = p.replaceUse(f.Use, with, "replace with "+brief(with), f.Whole)
	default:
		d.Message = said + ": pass all of " + brief("$"+name) + ", or the field from the step that wrote it"
	}
	p.Report(d)
}
