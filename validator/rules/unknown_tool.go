package rules

import (
	"fmt"
	"maps"
	"slices"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
)

var _ = rule(Rule{
	ID: "NL801", Name: "unknown-tool", Severity: source.Error,
	Doc: `
A step calls a tool that is not among the declared ones.

The machine looks a tool up when it comes to the step, and fails there: what the steps before have done is done. The rule
needs the tools to be declared, under ` + "`tools`" + ` of the configuration; without them, any tool may be registered.

Write the name of a tool that there is, or declare the tool.
`,
	Bad: `
steps:
  - {id: hold, type: tool, tool: reserve}
  - {id: take_or_fail, type: tool, tool: captrue, is_terminal: true}
`,
	Good: `
steps:
  - {id: hold, type: tool, tool: reserve}
  - {id: take_or_fail, type: tool, tool: capture, is_terminal: true}
`,
	Proof: `
tools: {reserve: held, capture: taken}
bad: {calls: [[reserve, {}], [captrue, {}]]}
good: {calls: [[reserve, {}], [capture, {}]]}
`,
	Declare: func() Declared { return DeclareTools(`{reserve: {}, capture: {}}`) },
	More: []Example{
		{Name: "In a parallel block", Reported: true, Declare: func() Declared { return DeclareTools(`{load_or_fail: {}}`) }, Program: `
steps:
  - id: both
    type: parallel
    parallel_steps:
      - {id: left, type: tool, tool: load_or_fail}
      - {id: right, type: tool, tool: sing}
`},
		{Name: "Nobody has declared the tools", Program: `
steps:
  - {id: take_or_fail, type: tool, tool: captrue, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if !p.Declared.AllTools {
			return
		}
		spell, known := spelling.New(), slices.Sorted(maps.Keys(p.Declared.Tools))
		for c := range p.calls {
			if c.isKnown {
				continue
			}
			d := source.Diagnostic{Note: source.Note{Span: c.Tool.Span}}
			d.Message = fmt.Sprintf("no tool is called %s, so %s fails when it is reached: ", quote(c.name), describe(c.Step))
			if meant, ok := spell.Nearest(c.name, slices.Values(known)); ok {
				d.Message += "did you mean " + quote(meant) + "?"
				d.Fixes = p.fix("call "+quote(meant), false, replaceString(c.Tool, meant))
			} else {
				d.Message += "declare it, or call one of those that are declared"
			}
			p.Report(d)
		}
	},
})
