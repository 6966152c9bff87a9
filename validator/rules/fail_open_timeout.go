package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL402", Name: "fail-open-timeout", Severity: source.Error,
	Doc: `
A model that is late is taken to have given the answer that lets something happen.

With ` + "`on_timeout: fallback`" + ` a timeout is a success with the first of ` + "`allowed_outputs`" + ` as its output, and nothing in the trace
tells it from an answer. If that entry approves, a slow model approves, and so does one that somebody has slowed down.

Put the answer first that does no harm, or let a timeout fail the step.
`,
	Bad: `
steps:
  - {id: risk, type: llm, prompt: "allow or deny? $login", allowed_outputs: [allow, deny], timeout_seconds: 5, on_timeout: fallback}
  - {id: route, type: condition, condition: $risk.output == 'allow', then: grant, otherwise: refuse}
  - {id: grant, type: tool, tool: open_session, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: risk, type: llm, prompt: "deny or allow? $login", allowed_outputs: [deny, allow], timeout_seconds: 5, on_timeout: fallback}
  - {id: route, type: condition, condition: $risk.output == 'allow', then: grant, otherwise: refuse}
  - {id: grant, type: tool, tool: open_session, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
llm: {risk: {hang: true}}
bad: {path: [risk, route, grant]}
good: {path: [risk, route, refuse]}
`,
	More: []Example{
		{Name: "A sub-step of a parallel block", Reported: true, Program: `
steps:
  - id: checks
    type: parallel
    parallel_steps:
      - {id: risk, type: llm, prompt: "safe or unsafe? $text", allowed_outputs: [safe, unsafe], timeout_seconds: 5, on_timeout: fallback}
      - {id: tone, type: llm, prompt: "polite or rude? $text", allowed_outputs: [polite, rude], timeout_seconds: 5, on_timeout: fallback}
  - {id: route, type: condition, condition: $checks.output.risk == 'safe', then: publish, otherwise: reject}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A timeout fails the step", Program: `
steps:
  - {id: risk, type: llm, prompt: "allow or deny? $login", allowed_outputs: [allow, deny], timeout_seconds: 5}
  - {id: route, type: condition, condition: $risk.output == 'allow', then: grant, otherwise: refuse}
  - {id: grant, type: tool, tool: open_session, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			if !isFallback(s) || !canTimeOut(s) || s.OnError == program.Skip {
				continue // with skip NL401 tells the same
			}
			values, ok := guardOf(s)
			if !ok || len(values) < 2 || isPaddedFirst(values) {
				continue
			}
			if o := p.opens(s, values, values[0]); o != nil {
				p.reportOpening(s, o, fmt.Sprintf("when the model of %s is late, its answer counts as %s and leads to %s: put the answer first that does no harm, or remove on_timeout",
					describe(s), quote(values[0]), quote(o.lands.ID())),
					p.fix("remove on_timeout", false, removeFields(s.Node, "on_timeout")))
			}
		}
	},
})
