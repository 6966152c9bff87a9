package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL304", Name: "field-of-text", Severity: source.Error,
	Doc: `
A variable reads a field of the answer of a model, and an answer is text.

The runtime stores what the model answers as it is, and never parses it, JSON or not. In a prompt or argument
` + "`$extract.output.amount`" + ` is left as it is, so that the tool gets these words for an amount; in a condition it is null,
so that the same branch is taken whatever the model said. The output of a condition is a text, too: the branch.

Put a tool step behind the model that parses the answer and returns an object, and read the fields of that step.
`,
	Bad: `
steps:
  - {id: extract, type: llm, prompt: Answer in JSON which amount $mail asks for.}
  - {id: pay, type: tool, tool: pay, args: {amount: $extract.output.amount}}
`,
	Good: `
steps:
  - {id: extract, type: llm, prompt: Answer in JSON which amount $mail asks for.}
  - {id: parse, type: tool, tool: parse_json, args: {text: $extract.output}}
  - {id: pay, type: tool, tool: pay, args: {amount: $parse.output.amount}}
`,
	Proof: `
context: {mail: I paid 5 too much.}
llm: {extract: '{"amount": 5}'}
tools: {parse_json: {return: {amount: 5}}}
bad: {calls: [[pay, {amount: $extract.output.amount}]]}
good: {calls: [[parse_json, {text: "{\"amount\": 5}"}], [pay, {amount: 5}]]}
`,
	More: []Example{
		{Name: "In a condition", Reported: true, Program: `
steps:
  - {id: review, type: llm, prompt: Review $text and answer in JSON., output_key: verdict}
  - {id: good, type: condition, condition: $verdict.rating == 'good', then: publish, otherwise: reject}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
		{Name: "Behind an output_key", Reported: true, Program: `
steps:
  - {id: review, type: llm, prompt: Review $text and answer in JSON., output_key: verdict}
  - {id: store, type: tool, tool: store, args: {score: $verdict.score}}
`},
		{Name: "A model inside a block", Reported: true, Program: `
steps:
  - id: judge
    type: parallel
    parallel_steps:
      - {id: tone, type: llm, prompt: Rate the tone of $mail in JSON.}
      - {id: size, type: tool, tool: measure, args: {text: $mail}}
  - {id: store, type: tool, tool: store, args: {tone: $tone.rating, words: $size.words}}
`},
		{Name: "A tool or a model, by the branch", Program: `
steps:
  - {id: known, type: condition, condition: $cached == 1, then: load, otherwise: ask}
  - {id: load, type: tool, tool: load_verdict, output_key: verdict, next_step: good}
  - {id: ask, type: llm, prompt: Rate $text from 1 to 9, allowed_outputs: ["1", "9"], output_key: verdict, next_step: good}
  - {id: good, type: condition, condition: $verdict.score == 9, then: publish, otherwise: reject}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		p.eachFault("NL304", func(f fault) {
			becomes, where := "stays text", siteWords(f.Use)
			if f.Site == program.InCondition {
				becomes = "is always null"
			}
			at := f.Path[f.at].Span
			if p.File.Slice(at) != f.Path[f.at].Name {
				at = f.Span
			}
			p.Note(at, fmt.Sprintf("%s %s in %s, because %s is text, which has no field %s: parse it in a tool step and read that one",
				quote(f.Path.String()), becomes, where, p.textOf(f), quote(f.Path[f.at].Name)))
		})
	},
})

// textOf names the text that a path begins with.
func (p *Pass) textOf(f fault) string {
	name := f.Path.Root().Name
	writer := p.Program.Lookup(name)
	if writer == nil {
		if writer = p.Program.SubStep(name); writer == nil || p.scoped.keys[name] != nil {
			writer = p.scoped.keys[name][0]
		}
	}
	if writer.Kind == program.Condition {
		return "the branch that " + describe(writer) + " took"
	}
	return "the answer of " + describe(writer)
}
