package rules

import (
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL004", Name: "too-deep", Severity: source.Error,
	Doc: `
Lists and objects are nested deeper than the runtime's reader goes.

Python's readers call themselves for each level and give up at about a thousand, with a RecursionError that
names no place. nanolint reads what is above that depth and nothing below.

Pass deep data as a string, or keep it in a file that a tool reads.
`,
	Bad: `
{"steps": [{"id": "load", "type": "tool", "tool": "load_tree", "args": {"tree": ` +
		strings.Repeat("[", syntax.MaxDepth) + strings.Repeat("]", syntax.MaxDepth) + `}}]}
`,
	Good: `
{"steps": [{"id": "load", "type": "tool", "tool": "load_tree", "args": {"tree": [[["leaf"]]]}}]}
`,
	Only: OnlyJSON,
	Run:  func(p *Pass) { p.reportProblems(syntax.TooDeep) },
})
