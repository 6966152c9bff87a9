package rules

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL002", Name: "comment-in-json", Severity: source.Error,
	Doc: `
A JSON program holds a comment, and JSON has none.

The runtime's reader stops at the comment and loads nothing. Editors that speak "JSON with comments" do not
mark it.

Remove it, say the same in a field of its own such as ` + "`description`" + `, or write the program in YAML.
`,
	Bad: `
{
  // asks the customer first
  "steps": [{"id": "ask", "type": "llm", "prompt": "Which order is it about?"}]
}
`,
	Good: `
{
  "description": "asks the customer first",
  "steps": [{"id": "ask", "type": "llm", "prompt": "Which order is it about?"}]
}
`,
	Only: OnlyJSON,
	More: []Example{
		{Name: "Slashes inside a string", Program: `
{"steps": [{"id": "fetch", "type": "tool", "tool": "get", "args": {"url": "https://shop.example/orders"}}]}`},
	},
	Run: func(p *Pass) { p.reportProblems(syntax.Comment) },
})
