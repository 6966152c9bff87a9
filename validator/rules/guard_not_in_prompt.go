package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
)

var _ = rule(Rule{
	ID: "NL409", Name: "guard-not-in-prompt", Severity: source.Info,
	Doc: `
None of the allowed answers occurs in the prompt.

The runtime does not show ` + "`allowed_outputs`" + ` to the model; it only compares the answer with the list afterwards. A model that
does not know the words answers "Refund request" where "refund" was wanted, and the step fails.

Name every answer in the prompt or in ` + "`system`" + `, and ask for exactly one of them.
`,
	Bad: `
steps:
  - {id: topic, type: llm, prompt: "Classify the message: $message", allowed_outputs: [refund, query]}
  - {id: store, type: tool, tool: store, args: {topic: $topic.output}}
`,
	Good: `
steps:
  - {id: topic, type: llm, prompt: "Classify the message as refund or query: $message", allowed_outputs: [refund, query]}
  - {id: store, type: tool, tool: store, args: {topic: $topic.output}}
`,
	Proof: `
context: {message: I want my money back.}
llm: {topic: refund}
bad: {prompts: [[topic, "Classify the message: I want my money back."]]}
good: {prompts: [[topic, "Classify the message as refund or query: I want my money back."]]}
`,
	More: []Example{
		{Name: "No variable that could bring the answers", Reported: true, Program: `
steps:
  - {id: coin, type: llm, prompt: Throw a coin., allowed_outputs: [heads, tails]}
`},
		{Name: "The system text has them, in other letters", Program: `
steps:
  - {id: topic, type: llm, system: "Answer REFUND or QUERY.", prompt: "Classify the message: $message", allowed_outputs: [refund, query]}
`},
		{Name: "A variable may bring them", Program: `
steps:
  - {id: topic, type: llm, prompt: "$instructions Classify the message: $message", allowed_outputs: [refund, query]}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			values, ok := guardOf(s)
			if !ok || len(values) > maxGuard || s.Prompt == nil || s.Gaps().Texts || mentionsAny(promptOf(s), values) || p.mayBringAnswers(s) || asksForFreeText(s, values) {
				continue
			}
			p.Report(source.Diagnostic{Note: source.Note{
				Span: fieldSpan(s, "allowed_outputs"),
				Message: fmt.Sprintf("the prompt of %s never says that the answer must be %s, and the model is not shown allowed_outputs: name the answers in the prompt",
					describe(s), oneOf(values)),
			}})
		}
	},
})

// mentionsAny reports whether a text has one of the values, in any letters, with blanks for underscores or not.
func mentionsAny(text string, values []string) bool {
	text = spelling.Fold(text)
	for _, v := range values {
		if strings.Contains(text, spelling.Fold(v)) {
			return true
		}
	}
	return false
}

var asksToSort = lazyRegexp(`(?i)\b(?:classify|categori[sz]e|label|triage|route)\b`)

// dataNames are the names of variables that hold what is asked about, rather than how to answer.
var dataNames = lazyRegexp(`(?i)^(?:user|customer|client)?_?(?:msg|message|input|text|ticket|email|mail|request|review|comment|document|query|question)s?(?:_(?:text|body|input))?$`)

// mayBringAnswers reports whether a variable of the prompt may name the answers. Only where the prompt asks to sort
// something into classes, and each variable is named for the thing, that is not likely.
func (p *Pass) mayBringAnswers(s *program.Step) bool {
	for i := range s.Uses {
		path := s.Uses[i].Path
		if len(path) > 1 || !dataNames().MatchString(path[0].Name) || p.Program.Lookup(path[0].Name) != nil {
			return true
		}
	}
	return len(s.Uses) > 0 && !asksToSort().MatchString(promptOf(s))
}
