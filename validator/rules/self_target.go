package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL112", Name: "self-target", Severity: source.Error,
	Doc: `
A step goes on to itself.

A condition that chooses itself is evaluated again with nothing changed, until Python's stack overflows. Another
step whose ` + "`next_step`" + ` is itself runs again and again until it fails or a budget ends the run; it can
never be a success.

Name the step that should follow. To try again, put a condition behind the step, and ` + "`max_steps`" + ` on the program.
`,
	Bad: `
steps:
  - {id: ready, type: condition, condition: $ready == 1, then: deliver, otherwise: ready}
  - {id: deliver, type: tool, tool: deliver, is_terminal: true}
`,
	Good: `
max_steps: 50
steps:
  - {id: poll, type: tool, tool: poll}
  - {id: ready, type: condition, condition: $poll.output == 'ready', then: deliver, otherwise: wait}
  - {id: wait, type: tool, tool: wait_a_minute, next_step: poll}
  - {id: deliver, type: tool, tool: deliver, is_terminal: true}
`,
	Proof: `
context: {ready: 0}
tools: {poll: [busy, ready]}
bad: {status: recursion_error}
good: {status: success}
`,
	More: []Example{
		{Name: "A tool that is its own next step", Reported: true, Program: `
max_steps: 50
steps:
  - {id: poll, type: tool, tool: poll, next_step: poll}
`},
	},
	Run: func(p *Pass) {
		reported := make(map[*program.Ref]bool)
		for _, e := range p.Graph.Edges {
			if e.Via == nil || reported[e.Via] || e.Via.To != p.step(e.From) || e.To == program.Nowhere {
				continue
			}
			reported[e.Via] = true
			p.Note(e.Via.Node.Text.Content(), p.selfMessage(e))
		}
	},
})

func (p *Pass) selfMessage(e graphcheck.Edge) string {
	s := p.step(e.From)
	if s.Kind == program.Condition {
		return fmt.Sprintf("%s chooses itself when it is %s, with nothing changed: name a step that changes something, or ends",
			quote(s.ID()), e.On)
	}
	return fmt.Sprintf("%s goes on to itself and never ends: name the step that should follow", quote(s.ID()))
}
