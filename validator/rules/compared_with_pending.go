package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

// pending is the answer of a tool that suspends the run.
const pending = "PENDING"

var _ = rule(Rule{
	ID: "NL607", Name: "compared-with-pending", Severity: source.Error,
	Doc: `
A condition compares the output of a tool with "PENDING", which it never is.

A tool of the list that answers exactly "PENDING" suspends the run and puts nothing out; the run goes on only when a
webhook resumes it. Where PENDING is a state of the business, of a payment or an order, the run stops there, and the
condition that was to see it does not.

Let the tool answer another word, like REQUIRES_ACTION, or an object with the state in it.
`,
	Bad: `
steps:
  - {id: create, type: tool, tool: create_payment}
  - {id: open, type: condition, condition: $create.output == 'PENDING', then: poll, otherwise: done_or_fail}
  - {id: poll, type: tool, tool: poll, is_terminal: true}
  - {id: done_or_fail, type: tool, tool: done, is_terminal: true}
`,
	Good: `
steps:
  - {id: create, type: tool, tool: start_payment}
  - {id: open, type: condition, condition: $create.output == 'REQUIRES_ACTION', then: poll, otherwise: done_or_fail}
  - {id: poll, type: tool, tool: poll, is_terminal: true}
  - {id: done_or_fail, type: tool, tool: done, is_terminal: true}
`,
	Proof: `
tools: {create_payment: PENDING, start_payment: REQUIRES_ACTION}
bad: {path: [create], status: suspended}
good: {path: [create, open, poll], status: success}
`,
	More: []Example{
		{Name: "Under the output key, and with !=", Reported: true, Program: `
steps:
  - {id: create, type: tool, tool: create_payment, output_key: state}
  - {id: closed, type: condition, condition: "'PENDING' != $state", then: done_or_fail, otherwise: poll}
  - {id: poll, type: tool, tool: poll, is_terminal: true}
  - {id: done_or_fail, type: tool, tool: done, is_terminal: true}
`},
		{Name: "A field, a model, a sub-step and an input may be PENDING", Program: `
steps:
  - {id: create, type: tool, tool: create_payment}
  - {id: read, type: llm, prompt: "PENDING or DONE? $mail", allowed_outputs: [PENDING, DONE]}
  - id: both
    type: parallel
    parallel_steps: [{id: left, type: tool, tool: left}, {id: right, type: tool, tool: right}]
  - id: open
    type: condition
    condition: $create.output.state == 'PENDING' or $read.output == 'PENDING' or $left.output == 'PENDING' or $order == 'PENDING'
    then: poll
    otherwise: done_or_fail
  - {id: poll, type: tool, tool: poll, is_terminal: true}
  - {id: done_or_fail, type: tool, tool: done, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		for _, s := range p.Program.Steps {
			if s.Cond == nil || !isPlain(s.Cond) {
				continue
			}
			for term := range cond.Terms(s.Cond.Root) {
				b, ok := term.(*cond.Binary)
				if !ok || b.Op.Class() != cond.Equality {
					continue
				}
				for _, sides := range [...][2]cond.Node{{b.Left, b.Right}, {b.Right, b.Left}} {
					v, isVar := sides[0].(*cond.Var)
					l, isLiteral := sides[1].(*cond.Literal)
					if isVar && isLiteral && value.Equal(l.Value, value.FromString(pending)) {
						p.checkPending(s, v, l, b.Op)
					}
				}
			}
		}
	},
})

// checkPending reports a comparison if all that writes the variable is tools of the list.
func (p *Pass) checkPending(s *program.Step, v *cond.Var, l *cond.Literal, op cond.Op) {
	output, data, isOutput, isData := p.Flow().Named(v.Path[0].Name)
	rest := v.Path[1:]
	if len(rest) > 0 && rest[0].Name == "output" {
		rest = rest[1:]
	} else if !isData {
		return // the wrapper around the output
	}
	variable := output
	if isData {
		variable = data
	}
	if len(rest) > 0 || isOutput == isData {
		return
	}
	writers := p.Flow().Writers(variable)
	for _, w := range writers {
		if w.Kind != program.Tool {
			return
		}
	}
	always := "false"
	if op.String() == "!=" {
		always = "true"
	}
	p.Report(source.Diagnostic{
		Note: source.Note{
			Span: l.Place,
			Message: fmt.Sprintf("this is always %s, because %s suspends the run when it answers %q: let it answer another word",
				always, quote(writers[0].ID()), pending),
		},
		Related: []source.Note{{Span: writers[0].Place(), Message: "suspends the run instead of putting this out"}},
	})
}
