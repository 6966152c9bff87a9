package rules

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL807", Name: "model-text-in-privilege", Severity: source.Error, Needs: Conditions | Texts,
	Doc: `
A privileged tool is called with what a model has freely written.

Whoever writes into the prompt has a say in what the model answers: an order that says where to send the money to, a question
that asks for another command. The rule needs the tools that pay, delete or send to be named, under ` + "`privileged-tools`" + ` of the
configuration. It is silent where the answer is one of ` + "`allowed_outputs`" + `, and where every way to the tool passes a condition on the
answer, or on what a tool has made of it.

Set allowed_outputs, or let a tool check the text and a condition look at the result.
`,
	Bad: `
steps:
  - {id: command, type: llm, prompt: "Which shell command answers: $question"}
  - {id: known, type: condition, condition: $customer != None, then: run, otherwise: refuse}
  - {id: run, type: tool, tool: shell, args: {cmd: $command.output}, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: command, type: llm, prompt: "Which shell command answers, ls or df? $question", allowed_outputs: [ls, df]}
  - {id: known, type: condition, condition: $customer != None, then: run, otherwise: refuse}
  - {id: run, type: tool, tool: shell, args: {cmd: $command.output}, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {customer: Ann, question: How much room is there?}
llm: {command: rm -rf /}
tools: {shell: done, refuse: refused}
bad: {calls: [[shell, {cmd: rm -rf /}]]}
good: {status: failed, calls: []}
`,
	Declare: func() Declared { return Privileged("shell") },
	More: []Example{
		{Name: "A tool has checked it", Declare: func() Declared { return Privileged("shell") }, Program: `
steps:
  - {id: command, type: llm, prompt: "Which shell command answers: $question"}
  - {id: check, type: tool, tool: check_command, args: {cmd: $command.output}}
  - {id: harmless, type: condition, condition: $check.output == 'harmless', then: run, otherwise: refuse}
  - {id: run, type: tool, tool: shell, args: {cmd: $command.output}, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A tool that is not privileged", Declare: func() Declared { return Privileged("pay") }, Program: `
steps:
  - {id: command, type: llm, prompt: "Which shell command answers: $question"}
  - {id: run_or_fail, type: tool, tool: shell, args: {cmd: $command.output}, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		for _, c := range p.privilegedCalls() {
			for i := range c.Uses {
				u := &c.Uses[i]
				of := p.readings().writer(u.Path, false)
				if u.Site != program.InArgument || of == nil || of.Kind != program.LLM || p.isGuard(of) {
					continue
				}
				if at, found := p.waysPast(p.looksAtText(of)).to(c.Step); found && p.Flow().Graph.Reaches(at) {
					p.Report(source.Diagnostic{
						Note: source.Note{Span: u.Span, Message: fmt.Sprintf("the privileged tool %s gets what %s has freely written: set allowed_outputs there, or check the text before",
							quote(c.name), quote(of.ID()))},
						Related: []source.Note{{Span: of.Place(), Message: "the model that writes it"}},
					})
				}
			}
		}
	},
})

// looksAtText tells the conditions that look at what a model has written, or at what a step puts out that has read it.
func (p *Pass) looksAtText(of *program.Step) func(*program.Step) bool {
	readers := map[string]bool{of.ID(): true, keyOf(of): true}
	for _, u := range p.readings().texts[of] {
		for s := u.Step; s != nil; s = s.Parent {
			readers[s.ID()], readers[keyOf(s)] = true, true
		}
	}
	delete(readers, "")
	return func(s *program.Step) bool {
		return s.Kind == program.Condition && slices.ContainsFunc(s.Uses, func(u program.Use) bool { return readers[u.Path.Root().Name] })
	}
}
