package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL312", Name: "sibling-output", Severity: source.Error,
	Doc: `
A sub-step reads the output of a step of its own parallel block, which does not exist yet.

All sub-steps are started together and see what there was before the block. The output of a sibling, of the
sub-step itself or of the block is stored when all of them are done: until then ` + "`$user.output`" + ` is left as it is, and
the tool gets these words.

Move the step that reads behind the block, or the one that is read before it.
`,
	Bad: `
steps:
  - id: load
    type: parallel
    parallel_steps:
      - {id: user, type: tool, tool: load_user}
      - {id: orders, type: tool, tool: load_orders, args: {of: $user.output}}
`,
	Good: `
steps:
  - {id: user, type: tool, tool: load_user}
  - {id: orders, type: tool, tool: load_orders, args: {of: $user.output}}
`,
	Proof: `
tools: {load_user: Ann}
bad: {calls: [[load_user, {}], [load_orders, {of: $user.output}]]}
good: {calls: [[load_user, {}], [load_orders, {of: Ann}]]}
`,
	More: []Example{
		{Name: "Without .output it might be an input", Reported: true, Program: `
steps:
  - id: load
    type: parallel
    parallel_steps:
      - {id: user, type: tool, tool: load_user}
      - {id: greeting, type: llm, prompt: Greet $user.}
`},
		{Name: "An input with the name of the sub-step, and an earlier block", Program: `
steps:
  - id: load
    type: parallel
    parallel_steps:
      - {id: weather, type: tool, tool: weather, args: {city: $weather}}
      - {id: news, type: tool, tool: news}
  - id: write
    type: parallel
    parallel_steps:
      - {id: short, type: llm, prompt: Write a line about $weather.output}
      - {id: long, type: llm, prompt: Write a page about $news.output and $load.output.weather}
`},
		{Name: "A block that runs again", Program: `
max_steps: 20
steps:
  - id: play
    type: parallel
    parallel_steps:
      - {id: white, type: tool, tool: move, args: {last: $black.output}}
      - {id: black, type: tool, tool: move, args: {last: $white.output}}
  - {id: over, type: condition, condition: $white.output == 'mate', then: end, otherwise: rest}
  - {id: rest, type: tool, tool: rest, next_step: play}
  - {id: end, type: tool, tool: end, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		p.eachFault("NL312", func(f fault) {
			name, block := f.Path.Root().Name, f.Step.Parent
			whose := "sub-step " + quote(name)
			switch name {
			case block.ID():
				whose = "the block itself"
			case f.Step.ID():
				whose = "the sub-step itself"
			}
			d := source.Diagnostic{Note: source.Note{
				Span: f.Span,
				Message: fmt.Sprintf("%s in %s is not there yet, because %s stores its output when all of the block is done: read it behind the block",
					quote(f.Path.String()), siteWords(f.Use), whose),
			}}
			if len(f.Path) == 1 {
				d.Severity = source.Warning // the caller may pass an input of that name
			}
			if subs := p.scoped.subs[name]; name != f.Step.ID() && subs != nil {
				d.Related = []source.Note{{Span: subs[0].Place(), Message: "runs at the same time"}}
			}
			p.Report(d)
		})
	},
})

// readsSibling reports whether a sub-step reads what only its own block writes. In a block that runs again the
// output of the last time is there.
func (p *Pass) readsSibling(u *program.Use) bool {
	block, s, name := u.Step.Parent, p.scoped, u.Path.Root().Name
	if block == nil || block.Parent != nil || u.Site == program.InCondition || s.keys[name] != nil || len(u.Path) == 1 && name == u.Step.ID() {
		return false
	}
	if step := p.Program.Lookup(name); step != nil && (step != block || s.twins[name]) {
		return false
	} else if step == nil && s.subs[name] == nil {
		return false
	}
	return (s.subs[name] == nil || s.homes[name] == block) && !p.runsAgain(block)
}

// runsAgain reports whether a run can come back to a step.
func (p *Pass) runsAgain(s *program.Step) bool {
	again, known := p.scoped.again[s]
	if !known {
		again = p.canGoTo(s, s, &p.scoped.budget)
		p.scoped.again[s] = again
	}
	return again
}
