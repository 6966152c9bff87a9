package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL404", Name: "unknown-timeout-policy", Severity: source.Error,
	Doc: `
The on_timeout of a step is neither fail nor fallback.

The runtime takes any text here and compares it with ` + "`fallback`" + `, letter for letter. Everything else means ` + "`fail`" + `, also
` + "`Fallback`, `skip` and `retry`" + `: a late model then fails the step, and ` + "`on_error`" + ` decides what comes of it. Nothing warns
before the first time that the model is slow.

Write ` + "`fallback`" + ` to go on with the first of ` + "`allowed_outputs`" + `, or ` + "`fail`" + ` and let ` + "`on_error`" + ` skip or retry.
`,
	Bad: `
steps:
  - {id: triage, type: llm, prompt: "Is this low or high? $ticket", allowed_outputs: [low, high], timeout_seconds: 5, on_timeout: Fallback}
  - {id: store, type: tool, tool: set_priority, args: {priority: $triage.output}}
`,
	Good: `
steps:
  - {id: triage, type: llm, prompt: "Is this low or high? $ticket", allowed_outputs: [low, high], timeout_seconds: 5, on_timeout: fallback}
  - {id: store, type: tool, tool: set_priority, args: {priority: $triage.output}}
`,
	Proof: `
llm: {triage: {hang: true}}
bad: {path: [triage], status: failed}
good: {path: [triage, store], status: success}
`,
	More: []Example{
		{Name: "A policy of on_error", Reported: true, Program: `
steps:
  - {id: triage, type: llm, prompt: "Summarise $ticket", timeout_seconds: 5, on_timeout: skip}
`},
		{Name: "A retry that on_error asks for already", Reported: true, Program: `
steps:
  - {id: triage, type: llm, prompt: "Summarise $ticket", timeout_seconds: 5, on_timeout: retry, on_error: retry}
`},
		{Name: "Another word for fail, in a parallel block", Reported: true, Program: `
steps:
  - id: both
    type: parallel
    parallel_steps:
      - {id: long, type: llm, prompt: "Summarise $ticket", timeout_seconds: 5, on_timeout: error}
      - {id: short, type: llm, prompt: "Summarise $ticket in a word", timeout_seconds: 5, on_timeout: fail}
`},
	},
	Run: func(p *Pass) {
		spell := spelling.New()
		for s := range p.Program.All {
			if n := s.OnTimeout; s.Kind == program.LLM && n != nil && n.Kind == syntax.String && !p.isAlias(n) {
				if policy := n.Text.Value; strings.TrimSpace(policy) != "" && policy != "fail" && policy != "fallback" {
					p.reportPolicy(spell, s, policy)
				}
			}
		}
	},
})

// failWords say what the runtime does anyway.
var failWords = []string{"fail", "failed", "failure", "error", "raise", "abort", "stop", "exception", "halt"}

func (p *Pass) reportPolicy(spell *spelling.Speller, s *program.Step, policy string) {
	d := source.Diagnostic{Note: source.Note{Span: s.OnTimeout.Text.Content()}}
	replace := func(with string, safe bool) {
		d.Fixes = p.fix("replace with "+quote(with), safe, replaceString(s.OnTimeout, with))
	}
	says := fmt.Sprintf("on_timeout of %s is %s, which means fail", describe(s), quote(policy))
	folded := strings.ToLower(strings.TrimSpace(policy))
	switch meant, ok := spell.Nearest(folded, slices.Values([]string{"fallback", "fail"})); {
	case folded == "fallback":
		d.Message = says + `: write it as "fallback"`
		replace("fallback", true)
	case slices.Contains(failWords, folded):
		d.Severity = source.Warning
		d.Message = says + ` only because everything but "fallback" does: write "fail"`
		replace("fail", true)
	case folded == "retry" && s.OnError == program.Retry && s.Parent == nil:
		d.Severity = source.Warning
		d.Message = says + `: write "fail", and on_error retries`
		replace("fail", true)
	case folded == "retry" || folded == "skip":
		d.Message = fmt.Sprintf(`%s: only on_error knows %s, so write "fail" here and set on_error`, says, quote(folded))
		if s.Parent == nil && s.OnError == program.Fail {
			d.Fixes = p.fix("replace with \"fail\" and set on_error: "+folded, false,
				replaceString(s.OnTimeout, "fail"), setField(s.Node, "on_error", syntax.NewString(folded)))
		}
		if d.Fixes == nil {
			replace("fail", false)
		}
	case ok || spelling.Fold(policy) == "fallback":
		if !ok {
			meant = "fallback"
		}
		d.Message = fmt.Sprintf("%s: did you mean %s?", says, quote(meant))
		replace(meant, false)
	default:
		d.Message = says + `: write "fallback" or "fail"`
	}
	p.Report(d)
}
