package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL017", Name: "yaml-boolean", Severity: source.Error,
	Doc: `
A word without quotes is a boolean for YAML, where the runtime wants text.

YAML 1.1, which the runtime reads, takes ` + "`yes`" + `, ` + "`no`" + `, ` + "`on`" + `, ` + "`off`" + `, ` + "`true`" + ` and ` + "`false`" + ` for booleans, also as ` + "`Yes`" + ` or
` + "`NO`" + `. ` + "`allowed_outputs: [yes, no]`" + ` is a list of two booleans, and the runtime refuses the program. Newer YAML
readers keep the words, so an editor may show nothing.

Write the word in quotes.
`,
	Bad: `
steps:
  - {id: ask, type: llm, prompt: Refund or not, allowed_outputs: [yes, no]}
`,
	Good: `
steps:
  - {id: ask, type: llm, prompt: Refund or not, allowed_outputs: ["yes", "no"]}
`,
	Proof: `
llm: {ask: "yes"}
bad: {rejected: [{loc: [steps, "0", allowed_outputs, "0"]}, {loc: [steps, "0", allowed_outputs, "1"]}]}
good: {status: success}
`,
	Only: OnlyYAML,
	More: []Example{
		{Name: "A target", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $ok == 1, then: on, otherwise: "off"}
  - {id: "on", type: tool, tool: switch_on, is_terminal: true}
  - {id: "off", type: tool, tool: switch_off, is_terminal: true}
`},
		{Name: "The name of an argument", Reported: true, Program: `
steps:
  - {id: lamp, type: tool, tool: switch, args: {on: "now"}}
`},
		{Name: "Words that YAML 1.1 leaves alone", Program: `
steps:
  - {id: ask, type: llm, prompt: Refund or not, allowed_outputs: [y, n, none, yEs]}
`},
		{Name: "A boolean where one is wanted", Program: `
steps:
  - {id: lamp, type: tool, tool: switch, is_terminal: yes}
`},
	},
	Run: func(p *Pass) { p.reportRefusals("NL017", p.sayBoolean) },
})

// sayBoolean says which word became what, and quotes it.
func (p *Pass) sayBoolean(c schema.Complaint, d *source.Diagnostic) {
	word := p.spelled(c.Node)
	if p.isAlias(c.Node) {
		return
	}
	d.Message = fmt.Sprintf("YAML reads %s as the boolean %s, and %s must be text: write it in quotes",
		word, c.Node.Text.Value, wantedPlace(c))
	d.Fixes = p.fix("write "+quote(word), p.isNoLostTarget(c), replaceString(c.Node, word))
}

// wantedPlace names the place that a complaint is about.
func wantedPlace(c schema.Complaint) string {
	switch {
	case c.Kind == schema.NonStringArgument:
		return "the name of an argument"
	case c.Field == "allowed_outputs":
		return "an entry of allowed_outputs"
	}
	return c.Field
}
