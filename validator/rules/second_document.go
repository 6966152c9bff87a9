package rules

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL007", Name: "second-document", Severity: source.Error,
	Doc: `
A YAML file holds more than one document, and the runtime reads files of one.

A line of ` + "`---`" + ` begins a new document. ` + "`Program.from_yaml`" + ` refuses the whole file when there is a second one,
also when it is empty.

Give each program a file of its own, or remove the line.
`,
	Bad: `
name: intake
steps:
  - {id: classify, type: llm, prompt: Refund or not. $message}
---
name: refund
steps:
  - {id: pay, type: tool, tool: pay_back}
`,
	Good: `
---
name: intake
steps:
  - {id: classify, type: llm, prompt: Refund or not. $message}
`,
	Only: OnlyYAML,
	Run:  func(p *Pass) { p.reportProblems(syntax.SecondDocument) },
})
