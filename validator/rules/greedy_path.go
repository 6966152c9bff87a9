package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL307", Name: "greedy-path", Severity: source.Warning,
	Doc: `
The dot behind a variable is text, but the runtime takes it for a path.

A dot belongs to the variable if a letter or digit follows at once. ` + "`$name.Please answer`" + ` asks for the field
` + "`Please`" + `, ` + "`$site.com`" + ` for ` + "`com`" + `, ` + "`$price.00`" + ` for ` + "`00`" + `. There is none, so all of it stays as it is written, the name of
the variable too.

Put a blank behind the dot that ends a sentence. There is no way to escape the others: pass the whole text as one
value, or let a tool put it together.
`,
	Bad: `
steps:
  - {id: draft, type: llm, prompt: Draft an answer to $mail, output_key: draft_text}
  - {id: polish, type: llm, prompt: "Here is a draft: $draft_text.Please polish it."}
`,
	Good: `
steps:
  - {id: draft, type: llm, prompt: Draft an answer to $mail, output_key: draft_text}
  - {id: polish, type: llm, prompt: "Here is a draft: $draft_text. Please polish it."}
`,
	Proof: `
context: {mail: Where is it}
llm: {draft: It is late}
bad: {prompts: [[draft, Draft an answer to Where is it], [polish, "Here is a draft: $draft_text.Please polish it."]]}
good: {prompts: [[draft, Draft an answer to Where is it], [polish, "Here is a draft: It is late. Please polish it."]]}
`,
	More: []Example{
		{Name: "Inputs, a host and a price", Reported: true, Program: `
steps:
  - {id: write, type: llm, prompt: "Dear $name.Please write. See $site.com and pay $price.00"}
`},
		{Name: "A file named by a model", Reported: true, Program: `
steps:
  - {id: title, type: llm, prompt: Name a title for $text}
  - {id: save, type: tool, tool: save, args: {path: "/out/$title.output.pdf"}}
`},
		{Name: "Dots that end a name, and fields of a tool", Program: `
steps:
  - {id: load, type: tool, tool: load_order}
  - {id: write, type: llm, prompt: "Tell $load.Customer, about $load.output.ID. Sum: $load.total... $load."}
`},
	},
	Run: func(p *Pass) { p.eachFault("NL307", p.reportGreedy) },
})

func (p *Pass) reportGreedy(f fault) {
	name := f.Path[f.at].Name
	before := f.Path[:f.at].String()
	d := source.Diagnostic{Note: source.Note{
		Span: f.Span,
		Message: fmt.Sprintf("%s stays text in %s, because .%s is read as a field of %s: ",
			quote(f.Path.String()), siteWords(f.Use), brief(name), brief(before)),
	}}
	if p.behindDot(&f) != aSentence {
		d.Message += "pass the whole text as one value"
		p.Report(d)
		return
	}
	d.Message += "put a blank behind the dot"
	d.Fixes = p.replaceUse(f.Use, before+". "+name, "put a blank behind the dot", false)
	p.Report(d)
}
