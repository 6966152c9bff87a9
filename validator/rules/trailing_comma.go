package rules

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL003", Name: "trailing-comma", Severity: source.Error,
	Doc: `
A JSON list or object ends with a comma.

JavaScript and Python take such a comma, JSON does not: the runtime's reader stops there and loads nothing.

Remove the comma.
`,
	Bad: `
{
  "steps": [
    {"id": "fetch", "type": "tool", "tool": "fetch_order"},
    {"id": "answer", "type": "llm", "prompt": "Answer with $fetch."},
  ]
}
`,
	Good: `
{
  "steps": [
    {"id": "fetch", "type": "tool", "tool": "fetch_order"},
    {"id": "answer", "type": "llm", "prompt": "Answer with $fetch."}
  ]
}
`,
	Only: OnlyJSON,
	Run:  func(p *Pass) { p.reportProblems(syntax.TrailingComma) },
})
