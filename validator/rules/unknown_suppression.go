package rules

import (
	"slices"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
)

var _ = rule(Rule{
	ID: "NL032", Name: "unknown-suppression", Severity: source.Warning, AboutSuppressions: true,
	Doc: `
A suppression names no rule, or is not written as one.

It suppresses nothing. A suppression names each rule by its id or its name; there is no word for all of them, and none for
a family, so that a new kind of mistake is told.

Write the name of the rule, as ` + "`nanolint rules`" + ` prints it.
`,
	Bad: `
steps:
  - {id: charge, type: tool, tool: charge_card, nanolint: {ignore: {no-failure-signals: a failed charge is told by the ledger}}}
  - {id: receipt, type: tool, tool: send_receipt, is_terminal: true}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge_card, nanolint: {ignore: {no-failure-signal: a failed charge is told by the ledger}}}
  - {id: receipt, type: tool, tool: send_receipt, is_terminal: true}
`,
	More: []Example{
		{Name: "All rules of a family, or all that there are", Reported: true, Program: `
nanolint: {ignore: {control-flow: generated, all: generated}}
steps:
  - {id: charge, type: tool, tool: charge_card}
  - {id: report_failure, type: tool, tool: report, is_terminal: true}
`},
		{Name: "It says nothing of what to ignore", Reported: true, Program: `
nanolint: {disable: undefined-target}
steps:
  - {id: charge, type: tool, tool: charge_card}
  - {id: report_failure, type: tool, tool: report, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		for _, s := range p.Suppressions {
			if s.Mistake != "" {
				p.Note(s.Place, "this suppresses nothing: "+s.Mistake)
			}
			for _, n := range s.Names {
				if n.Rule == nil {
					p.reportUnknown(s, n)
				}
			}
		}
	},
})

func (p *Pass) reportUnknown(s *Suppression, n *SuppressedRule) {
	d := source.Diagnostic{Note: source.Note{Span: n.Span, Message: "there is no rule " + quote(n.Word) + ": remove it"}}
	if _, several := Named(All(), n.Word); several {
		d.Message = quote(n.Word) + " names several rules: write the name of each that is meant"
	} else if near, ok := spelling.New().Nearest(n.Word, slices.Values(ruleNames())); ok {
		d.Message = "there is no rule " + quote(n.Word) + ": did you mean " + near + "?"
		if !slices.ContainsFunc(s.Names, func(other *SuppressedRule) bool { return other.Rule != nil && other.Rule.Is(near) }) {
			d.Fixes = p.fix("write "+near, false, s.rename(n, near))
		}
	}
	d.Fixes = append(d.Fixes, p.fix("remove "+quote(n.Word), false, s.remove([]*SuppressedRule{n}))...)
	p.Report(d)
}

// ruleNames are the words that a suppression may use.
func ruleNames() []string {
	var words []string
	for _, r := range All() {
		words = append(words, r.ID, r.Name)
	}
	return words
}
