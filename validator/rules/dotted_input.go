package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL302", Name: "dotted-input", Severity: source.Error, Needs: Conditions,
	Doc: `
A prompt or argument reads a field of an input, which only conditions can do.

What the caller passes is reached by its whole name. Behind the name of an input a path leads nowhere: the text
` + "`$user.name`" + ` is left as it is, and the customer is greeted with it. The same path works in a condition, so it looks
tested.

Let the caller pass the field as an input of its own, such as ` + "`$user_name`" + `, or pass the whole object to a tool that
takes the field out.
`,
	Bad: `
steps:
  - {id: approved, type: condition, condition: $user.vip == 1, then: invite, otherwise: decline}
  - {id: invite, type: llm, prompt: Write an invitation to $user.name, is_terminal: true}
  - {id: decline, type: tool, tool: decline, is_terminal: true}
`,
	Good: `
steps:
  - {id: approved, type: condition, condition: $user.vip == 1, then: invite, otherwise: decline}
  - {id: invite, type: llm, prompt: Write an invitation to $user_name, is_terminal: true}
  - {id: decline, type: tool, tool: decline, is_terminal: true}
`,
	Proof: `
context: {user: {vip: 1, name: Ann}, user_name: Ann}
bad: {prompts: [[invite, Write an invitation to $user.name]]}
good: {prompts: [[invite, Write an invitation to Ann]]}
`,
	More: []Example{
		{Name: "An argument that is nothing else", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge, args: {amount: $order.total}}
`},
		{Name: "Only in a text", Reported: true, Program: `
steps:
  - {id: greet, type: llm, prompt: Write to $user.name}
`},
		{Name: "Environment, other languages, and numbers", Program: `
steps:
  - {id: explain, type: llm, prompt: "Explain $HOME.config, $this.name and $5.50 to a beginner."}
  - {id: greet, type: llm, prompt: "Greet $user. Be kind, and sign with $sender..."}
`},
		{Name: "A field of a step", Program: `
steps:
  - {id: user, type: tool, tool: load_user}
  - {id: greet, type: llm, prompt: Write to $user.name}
`},
	},
	Run: func(p *Pass) {
		p.eachFault("NL302", func(f fault) {
			name := f.Path.Root().Name
			d := source.Diagnostic{Note: source.Note{
				Span: f.Span,
				Message: fmt.Sprintf("%s stays text in %s, because only conditions read fields of an input: pass the field as an input of its own, such as %s",
					quote(f.Path.String()), siteWords(f.Use), brief("$"+name+"_"+f.Path[f.at].Name)),
			}}
			if !f.Whole && !p.scoped.isRead(name) {
				d.Severity = source.Warning // it may be no variable at all
			}
			p.Report(d)
		})
	},
})
