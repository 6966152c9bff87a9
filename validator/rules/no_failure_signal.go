package rules

import (
	"slices"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL121", Name: "no-failure-signal", Severity: source.Info,
	Doc: `
No step at which the program can end says, by its name, that something went wrong.

This is the warning of the runtime's own validator, with its words: it wants a step with ` + "`is_terminal`" + ` whose id, or one of
whose ` + "`allowed_outputs`" + `, contains FAIL, ERROR, REJECTED, INSUFFICIENT, BLOCKED, ESCALATED or HELP, in any case. A run has no
other way to end as a failure than an error, so the name of the last step is what callers can look at.

Let unhappy paths end in a step of their own.
`,
	Bad: `
steps:
  - {id: fetch, type: tool, tool: fetch}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
`,
	Good: `
steps:
  - {id: fetch, type: tool, tool: fetch}
  - {id: found, type: condition, condition: $fetch.output != None, then: publish, otherwise: fetch_failed}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
  - {id: fetch_failed, type: tool, tool: alarm, is_terminal: true}
`,
	Proof: `
tools: {fetch: null}
bad: {path: [fetch, publish]}
good: {path: [fetch, found, fetch_failed]}
`,
	Run: func(p *Pass) {
		if len(p.Program.Steps) == 0 || slices.ContainsFunc(p.Program.Steps, p.signalsFailure) {
			return
		}
		p.Note(p.Program.Steps[0].Place(), "no terminal step has a name that signals failure (FAIL, ERROR, REJECTED, BLOCKED, …)")
	},
})

// failureKeywords are the words of the runtime's own validator.
var failureKeywords = []string{"FAIL", "ERROR", "REJECTED", "INSUFFICIENT", "BLOCKED", "ESCALATED", "HELP"}

func (p *Pass) signalsFailure(s *program.Step) bool {
	if !s.Terminal || p.isDead(s) {
		return false
	}
	if hasFailureKeyword(s.IDNode) {
		return true
	}
	return s.AllowedOutputs != nil && slices.ContainsFunc(s.AllowedOutputs.Items, hasFailureKeyword)
}

func hasFailureKeyword(n *syntax.Node) bool {
	if n == nil || n.Kind != syntax.String {
		return false
	}
	text := strings.ToUpper(n.Text.Value)
	return slices.ContainsFunc(failureKeywords, func(w string) bool { return strings.Contains(text, w) })
}
