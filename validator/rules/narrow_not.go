package rules

import (
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL213", Name: "narrow-not", Severity: source.Error,
	Doc: `
A not in front of brackets negates the first comparison only, because the brackets are dropped.

` + "`not ($banned or $suspended)`" + ` is ` + "`(not $banned) or $suspended`" + ` to the machine: whoever is suspended passes. Without brackets Python
too negates the first comparison only, and nothing is reported.

Turn each comparison round instead, with ` + "`or`" + ` for ` + "`and`" + ` and ` + "`and`" + ` for ` + "`or`" + `, or swap ` + "`then`" + ` and ` + "`otherwise`" + ` and leave the not out.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: not ($state == 'banned' or $state == 'suspended'), then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: $state != 'banned' and $state != 'suspended', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {state: suspended}
bad: {path: [gate, open]}
good: {path: [gate, refuse]}
`,
	More: []Example{
		{Name: "The truth of variables", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: not ($banned or $suspended), then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "As narrow as in Python", Program: `
steps:
  - {id: gate, type: condition, condition: not $state == 'banned' and $paid == 1, then: open, otherwise: other}
  - {id: other, type: condition, condition: not ($state == 'banned') or ($vip == 1), then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL213") },
})

// tellNarrowNot reports a not in front of brackets that are dropped.
func (c *condition) tellNarrowNot(l *logicReader, open int, meant *logic) {
	message := "not negates the first comparison only, because the brackets behind it are dropped: "
	fixes := l.rearranged(meant, true)
	if fixes == nil {
		message += "leave it out of " + c.of() + " and swap then and otherwise"
		if open-1 != c.before(open) || c.before(open-1) >= 0 || l.partner[open] != len(c.tokens)-1 {
			message = "not negates the first comparison only, because the brackets behind it are dropped: split " + c.of() + " into two steps"
		}
	} else {
		message += "turn each comparison of " + c.of() + " round"
	}
	c.report("NL213", open-1, l.partner[open], message, fixes...)
}
