package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL308", Name: "list-index", Severity: source.Error,
	Doc: `
A variable asks for an item of a list, which cannot be done.

Paths lead through objects only. ` + "`$find.output.0`" + ` is left as it is in a prompt or argument, and null in a condition;
of ` + "`$find.output[0]`" + ` the runtime replaces the part before the bracket, so that the tool gets the printed list with
` + "`[0]`" + ` behind it.

Let the tool return an object with the item under a name, or put a step between that picks it.
`,
	Bad: `
steps:
  - {id: find, type: tool, tool: find_orders}
  - {id: open, type: tool, tool: open_order, args: {id: "$find.output[0]"}}
`,
	Good: `
steps:
  - {id: find, type: tool, tool: find_orders}
  - {id: first, type: tool, tool: first_of, args: {list: $find.output}}
  - {id: open, type: tool, tool: open_order, args: {id: $first.output}}
`,
	Proof: `
tools: {find_orders: {return: [A-1, A-2]}, first_of: A-1}
bad: {calls: [[find_orders, {}], [open_order, {id: "['A-1', 'A-2'][0]"}]]}
good: {calls: [[find_orders, {}], [first_of, {list: [A-1, A-2]}], [open_order, {id: A-1}]]}
`,
	More: []Example{
		{Name: "Behind a dot", Reported: true, Program: `
steps:
  - {id: find, type: tool, tool: find_orders}
  - {id: open, type: tool, tool: open_order, args: {id: $find.output.0}}
`},
		{Name: "In a condition", Reported: true, Program: `
steps:
  - {id: find, type: tool, tool: find_orders}
  - {id: any, type: condition, condition: $find.output.0 == 'paid', then: ship, otherwise: wait}
  - {id: ship, type: tool, tool: ship, is_terminal: true}
  - {id: wait, type: tool, tool: wait, is_terminal: true}
`},
		{Name: "An input", Reported: true, Program: `
steps:
  - {id: open, type: tool, tool: open_order, args: {id: "$orders[0]"}}
`},
		{Name: "A footnote, a list beside a variable, and names with digits", Program: `
steps:
  - {id: sum, type: llm, prompt: "Sum up $text [1] in 3 lines."}
  - {id: load, type: tool, tool: load_2}
  - {id: cite, type: llm, prompt: "Cite $sum[1] and $note[2], choose from [0, 1], and use $load.item_0."}
`},
	},
	Run: func(p *Pass) {
		p.eachFault("NL308", func(f fault) {
			severity, becomes := source.Error, "stays text"
			if f.Site == program.InCondition {
				severity, becomes = source.Warning, "is null" // unless an object has a key of digits
			}
			p.reportIndex(f.Use, f.Path.String(), becomes, severity, f.Span)
		})
		if p.IsProgram {
			p.uses(p.checkBrackets)
		}
	},
})

// index is an index in brackets, and what stands behind it.
var index = lazyRegexp(`^\[-?[0-9]{1,6}\]`)

// checkBrackets reports [0] behind a variable. In a prompt it may be a footnote, unless what it stands at is no text.
func (p *Pass) checkBrackets(u *program.Use) {
	at, end := u.Span.End, u.Node.Text.Content().End
	if u.Site == program.InCondition || u.Site == program.InNested || at >= end || p.File.Text[at] != '[' {
		return
	}
	found := index().FindString(p.File.Text[at:min(end, at+10)])
	s, name := p.scope(), u.Path.Root().Name
	alone := u.Site == program.InArgument && u.Path.String()+found == u.Node.Text.Value
	known := s.isWritten(name) && !s.isText(name, u.Site) && (len(u.Path) == 1 || s.isOutput(name))
	if found == "" || !known && !(alone && s.looksLikeInput(u.Path)) {
		return
	}
	severity := source.Error
	if !alone {
		severity = source.Warning
	}
	p.reportIndex(u, u.Path.String()+found, "is the printed list with "+found+" behind it", severity, source.Span{Start: u.Span.Start, End: at + len(found)})
}

func (p *Pass) reportIndex(u *program.Use, what, becomes string, severity source.Severity, at source.Span) {
	p.Report(source.Diagnostic{
		Severity: severity,
		Note: source.Note{Span: at, Message: fmt.Sprintf("%s in %s %s, because lists have no fields and no index: pick the item in a tool step",
			quote(what), siteWords(u), becomes)},
	})
}
