package rules

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL001", Name: "syntax-error", Severity: source.Error,
	Doc: `
The text is not JSON or YAML, so the runtime cannot read the program at all.

Loading stops at the first mistake of this kind, before any step is looked at. nanolint reads on behind it, as
far as it can, and reports the other mistakes of the file too; what stands around the broken place is not
judged.

Put the text right at the place shown. In YAML, quote a value that begins with a quote, a bracket or one of
` + "`! & * % @`" + ` and goes on behind it, such as a condition that begins with ` + "`'yes'`" + `.
`,
	Bad: `
{
  "steps": [
    {"id": "charge", "type": "tool", "tool": "charge_card"}
    {"id": "receipt", "type": "llm", "prompt": "Write a receipt for $order."}
  ]
}
`,
	Good: `
{
  "steps": [
    {"id": "charge", "type": "tool", "tool": "charge_card"},
    {"id": "receipt", "type": "llm", "prompt": "Write a receipt for $order."}
  ]
}
`,
	Only: OnlyJSON,
	More: []Example{
		{Name: "A file that ends too early: the step that is not finished lacks nothing else", Reported: true, Program: `
{"steps": [
  {"id": "charge", "type": "tool", "tool": "charge_card"},
  {"id": "receipt", "type": "llm",`},
		{Name: "A value that is not written yet", Reported: true, Program: `
{"steps": [{"id": "charge", "type": "tool", "tool": }]}`},
		{Name: "NaN, as Python reads it", Program: `
{"steps": [{"id": "rate", "type": "tool", "tool": "rate", "args": {"limit": NaN}}]}`},
	},
	Run: func(p *Pass) { p.reportProblems(syntax.Malformed) },
})
