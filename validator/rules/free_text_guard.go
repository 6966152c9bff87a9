package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL408", Name: "free-text-guard", Severity: source.Warning,
	Doc: `
A step asks the model for a text, but allows only answers that are a fixed word.

The whole answer, without the white space around it, must equal an entry of ` + "`allowed_outputs`" + `; it is not enough that it
ends with one. A prompt that says "end with DONE" therefore fails on every run, or, with ` + "`on_error: skip`" + `, throws the text
away and keeps the word.

Remove ` + "`allowed_outputs`" + ` from steps that write texts. If a decision is needed too, ask for it in a step of its own.
`,
	Bad: `
steps:
  - id: reading
    type: llm
    prompt: "Write an interpretation of $cards. End your response with exactly: DONE"
    allowed_outputs: [DONE]
  - {id: send, type: tool, tool: send_mail, args: {text: $reading.output}}
`,
	Good: `
steps:
  - id: reading
    type: llm
    prompt: "Write an interpretation of $cards. End your response with exactly: DONE"
  - {id: send, type: tool, tool: send_mail, args: {text: $reading.output}}
`,
	Proof: `
llm: {reading: The Fool begins. DONE}
bad: {path: [reading], status: failed}
good: {path: [reading, send], status: success}
`,
	More: []Example{
		{Name: "A decision behind a text", Reported: true, Program: `
steps:
  - {id: verdict, type: llm, prompt: "Discuss the risks of $loan, then end your answer with approve or reject.", allowed_outputs: [approve, reject]}
  - {id: store, type: tool, tool: store, args: {verdict: $verdict.output}}
`},
		{Name: "A word that is asked for", Program: `
steps:
  - {id: verdict, type: llm, prompt: "Read the report $text. Write only OK if it is complete.", allowed_outputs: [OK]}
`},
		{Name: "A question about endings", Program: `
steps:
  - {id: verdict, type: llm, prompt: "Does the letter end with a greeting? yes or no: $letter", allowed_outputs: ["yes", "no"]}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			values, ok := guardOf(s)
			if !ok || !asksForFreeText(s, values) {
				continue
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span: fieldSpan(s, "allowed_outputs"),
					Message: fmt.Sprintf("%s asks for a text, but the whole answer must be %s: remove allowed_outputs",
						describe(s), oneOf(values)),
				},
				Fixes: p.fix("remove allowed_outputs", false, removeFields(s.Node, "allowed_outputs")),
			})
		}
	},
})

// oneOf is the values of a guard in words.
func oneOf(values []string) string {
	const most = 5
	var quoted []string
	for _, v := range values[:min(len(values), most)] {
		quoted = append(quoted, quote(v))
	}
	if len(values) > most {
		return fmt.Sprintf("%s or one of %d others", strings.Join(quoted[:most-1], ", "), len(values)-most+1)
	}
	all := list(quoted)
	if i := strings.LastIndex(all, " and "); i >= 0 {
		return all[:i] + " or " + all[i+len(" and "):]
	}
	return all
}

// How prompts ask for texts.
var (
	endsWith = lazyRegexp(`(?i)\b(?:end|finish|conclude|close)\s+(?:(?:your|the|each)\s+)?(?:\w+\s+)?with\b`)
	longText = lazyRegexp(`(?i)\b(?:write|draft|compose|tell)\s+(?:me\s+)?(?:an?|the|your)\s+(?:\w+\s+){0,3}` +
		`(?:essay|story|article|report|interpretation|summary|letter|email|mail|poem|review|analysis|description|text|post|paragraph)\b`)
	shortAnswer = lazyRegexp(`(?i)\b(?:only|exactly|just|single|one word|nothing else|reply|respond|answer)\b`)
)

// asksForFreeText reports whether the prompt asks for a text that goes beyond the answers that are allowed: for one
// that ends with an answer, or, where only one answer is allowed, for a long one.
func asksForFreeText(s *program.Step, values []string) bool {
	text := promptOf(s)
	var ends [][]int
	if strings.Contains(strings.ToLower(text), "with") { // the expression is slow
		ends = endsWith().FindAllStringIndex(text, 4)
	}
	for _, at := range ends {
		const near = 60
		sentence, _, isQuestion := strings.Cut(strings.ToLower(text[at[1]:min(len(text), at[1]+near)]), "?")
		sentence, _, _ = strings.Cut(sentence, ".")
		for _, v := range values {
			if v != "" && !isQuestion && strings.Contains(sentence, strings.ToLower(v)) {
				return true
			}
		}
	}
	return len(values) == 1 && longText().MatchString(text) && !shortAnswer().MatchString(text)
}

// promptOf is what the model is told.
func promptOf(s *program.Step) string {
	var b strings.Builder
	for _, n := range [2]*syntax.Node{s.System, s.Prompt} {
		if n != nil && n.Kind == syntax.String {
			b.WriteString(n.Text.Value)
			b.WriteByte('\n')
		}
	}
	return b.String()
}
