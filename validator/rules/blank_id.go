package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL025", Name: "blank-id", Severity: source.Error,
	Doc: `
The id of a step is empty or blank.

The runtime accepts it. But an empty name in ` + "`next_step`, `then` or `otherwise`" + ` counts as none, so nothing can go to
the step, no ` + "`$variable`" + ` reads its output, and traces and error messages cannot say which step it was.

Give the step a name.
`,
	Bad: `
steps:
  - {id: "", type: tool, tool: charge_card}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge_card}
`,
	Proof: `
tools: {charge_card: {error: 'ValueError: no card'}}
bad: {error: "Step '' failed: ValueError: no card"}
good: {error: "Step 'charge' failed: ValueError: no card"}
`,
	More: []Example{
		{Name: "Nothing but blanks", Reported: true, Program: `
steps:
  - {id: " ", type: tool, tool: charge_card}
  - {id: receipt, type: tool, tool: send_receipt}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			if s.IDNode == nil || !isBlank(s.ID()) || p.isBroken(s.IDNode) {
				continue
			}
			owner := "the program"
			if s.Parent != nil {
				owner = describe(s.Parent)
			}
			p.Note(s.IDNode.Span, fmt.Sprintf("the id of step %d of %s is blank: write a name", s.Index+1, owner))
		}
	},
})

// isBlank reports whether an id is no name at all.
func isBlank(id string) bool { return strings.TrimSpace(id) == "" }
