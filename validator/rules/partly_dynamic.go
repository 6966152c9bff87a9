package rules

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// PartlyDynamic is the rule that says that a program is not known as a whole.
var PartlyDynamic = rule(Rule{
	ID: "NL030", Name: "partly-dynamic", Severity: source.Info,
	Doc: `
A part of the program is computed when the Python code runs, so not all of it can be checked here.

Steps that a function, a loop or a comprehension makes, steps that are appended later, and ids or targets that are
put together from unknown parts may be anything. Nothing is guessed about them: only what follows from each of
the known steps by itself is reported, and nothing about ways, variables and steps that may be among the unknown
ones. A prompt that is computed is no such part.

Check the program as it is when the code has run: ` + "`nanolint check --python 'package.module:ATTR'`" + `.
`,
	Bad: `
from nano_vm import Program, Step

PROGRAM = Program(
    name="review",
    steps=[
        Step(id="collect", type="tool", tool="collect"),
        *[Step(id=f"review_{i}", type="llm", prompt=f"Review part {i}.") for i in range(3)],
    ],
)
`,
	Good: `
from nano_vm import Program, Step

REVIEWER = "You review contracts."

PROGRAM = Program(
    name="review",
    steps=[
        Step(id="collect", type="tool", tool="collect", output_key="parts"),
        Step(id="review", type="llm", system=REVIEWER, prompt=f"{load('prompt.txt')} $parts"),
    ],
)
`,
	Only: OnlyPython,
	More: []Example{
		{Name: "Steps that are appended later", Reported: true, Program: `
program = {"steps": [{"id": "collect", "type": "tool", "tool": "collect"}]}
program["steps"].append(make_step("review"))
`},
		{Name: "A target that is computed", Reported: true, Program: `
program = {"steps": [
    {"id": "collect", "type": "tool", "tool": "collect", "next_step": next_of("collect")},
    {"id": "rejected", "type": "tool", "tool": "refuse"},
]}
`},
		{Name: "Names that are bound once", Reported: false, Program: `
REJECT = {"id": "rejected", "type": "tool", "tool": "refuse", "is_terminal": True}
COMMON = {"type": "tool", "tool": "collect"}
program = {"steps": [{**COMMON, "id": "collect"}, REJECT]}
`},
	},
	Run: func(p *Pass) {
		if p.Lang != syntax.Python || !p.IsProgram || len(p.Problems) > 0 {
			return // what is broken is no computation
		}
		g := p.Program.Gaps()
		if !g.Structure {
			return
		}
		d := source.Diagnostic{Note: source.Note{
			Span:    g.At,
			Message: "this is computed when the code runs, so only a part of the program is checked: check all of it with nanolint check --python 'package.module:ATTR'",
		}}
		if root := p.Program.Root; !root.Span.Contains(g.At) {
			d.Span, d.Pointer = source.Span{Start: root.Span.Start, End: root.Span.Start + 1}, ""
			d.Related = []source.Note{{Span: g.At, Message: "changed here"}}
		}
		p.Report(d)
	},
})
