package rules

import (
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL033", Name: "suppression-without-reason", Severity: source.Warning, Optional: true, AboutSuppressions: true,
	Doc: `
A suppression does not say why.

Whoever meets it later cannot tell whether the finding was weighed or only in the way, and whether it still holds. The
rule runs when it is selected, as the presets strict and ci-gate do.

Write the reason behind the brackets of the comment, or as the value of the rule.
`,
	Bad: `
steps:
  - {id: charge, type: tool, tool: charge_card, retries: 3, nanolint: {ignore: {unknown-field: ""}}}
  - {id: report_failure, type: tool, tool: report, is_terminal: true}
`,
	Good: `
steps:
  - {id: charge, type: tool, tool: charge_card, retries: 3, nanolint: {ignore: {unknown-field: the planner leaves notes}}}
  - {id: report_failure, type: tool, tool: report, is_terminal: true}
`,
	Run: func(p *Pass) {
		for _, s := range p.Suppressions {
			for _, n := range s.Names {
				if n.Reason != "" || n.Rule == nil {
					continue
				}
				p.Report(source.Diagnostic{
					Note:  source.Note{Span: n.Span, Message: "nobody says why " + n.Word + " is suppressed here: write the reason"},
					Fixes: p.fix("write "+quote(ReasonToWrite)+" as the reason", false, s.giveReason(n, ReasonToWrite)),
				})
				if s.comment != nil {
					break // one reason is for all
				}
			}
		}
	},
})
