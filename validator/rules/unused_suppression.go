package rules

import (
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL031", Name: "unused-suppression", Severity: source.Warning, Dead: true, AboutSuppressions: true, Needs: OtherSteps | Conditions | Texts,
	Doc: `
A suppression suppresses nothing.

The mistake that it was written for is gone, or the suppression stands in another place than the finding. It stays behind as
a blank cheque: the next finding of that rule there is not told to anybody.

Remove it. A suppression of a rule that did not run is not reported, for nothing is known about it.
`,
	Bad: `
steps:
  - {id: charge, type: tool, tool: charge_card, nanolint: {ignore: {undefined-target: the ledger has it}}}
  - {id: report_failure, type: tool, tool: report, is_terminal: true}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge_card}
  - {id: report_failure, type: tool, tool: report, is_terminal: true}
`,
	More: []Example{
		{Name: "One of two is used", Reported: true, Program: `
steps:
  - {id: charge, type: tool, tool: charge_card, retries: 3, nanolint: {ignore: {unknown-field: a note, undefined-target: the ledger has it}}}
  - {id: report_failure, type: tool, tool: report, is_terminal: true}
`},
		{Name: "It suppresses something", Program: `
steps:
  - {id: charge, type: tool, tool: charge_card, retries: 3, nanolint: {ignore: {unknown-field: a note}}}
  - {id: report_failure, type: tool, tool: report, is_terminal: true}
`},
		{Name: "It is for the whole program", Program: `
nanolint: {ignore: {unknown-field: the planner leaves notes}}
steps:
  - {id: charge, type: tool, tool: charge_card, retries: 3}
  - {id: report_failure, type: tool, tool: report, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if len(p.Suppressions) == 0 || isPartlyUnknown(p.Program.Root) {
			return
		}
		for _, s := range p.Suppressions {
			var unused []*SuppressedRule
			for _, n := range s.Names {
				if n.Rule != nil && !n.Used && !n.Rule.AboutSuppressions && p.HasRun(n.Rule) {
					unused = append(unused, n)
				}
			}
			if len(unused) == 0 {
				continue
			}
			at := unused[0].Span
			var words []string
			for _, n := range unused {
				words = append(words, n.Word)
			}
			if len(unused) > 1 {
				at = s.Span
			}
			message := "there is no finding of " + list(words) + " here to suppress: remove " + itOrThem(len(unused))
			p.Report(source.Diagnostic{
				Note:  source.Note{Span: at, Message: message},
				Fixes: p.fix("remove "+list(words), true, s.remove(unused)),
			})
		}
	},
})

func itOrThem(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}
