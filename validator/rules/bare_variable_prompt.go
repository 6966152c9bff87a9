package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL309", Name: "bare-variable-prompt", Severity: source.Warning, Needs: Conditions | Texts,
	Doc: `
A prompt is one variable and nothing else, so that the model is sent its value as it is, text or not.

A variable inside a text is printed. One that is the whole text keeps its type: an object, a list, a number or null
becomes the content of the message, and most providers refuse it with an error that does not name the prompt.

Put words around the variable. They make it text, and tell the model what it is about.
`,
	Bad: `
steps:
  - id: load
    type: parallel
    parallel_steps:
      - {id: weather, type: tool, tool: load_weather}
      - {id: news, type: tool, tool: load_news}
  - {id: brief, type: llm, system: Write a morning brief., prompt: $load}
`,
	Good: `
steps:
  - id: load
    type: parallel
    parallel_steps:
      - {id: weather, type: tool, tool: load_weather}
      - {id: news, type: tool, tool: load_news}
  - {id: brief, type: llm, system: Write a morning brief., prompt: "Input: $load"}
`,
	Proof: `
tools: {load_weather: rain, load_news: calm}
bad: {prompts: [[brief, {weather: rain, news: calm}, Write a morning brief.]]}
good: {prompts: [[brief, "Input: {'weather': 'rain', 'news': 'calm'}", Write a morning brief.]]}
`,
	More: []Example{
		{Name: "A step whose fields are read elsewhere", Reported: true, Program: `
steps:
  - {id: load, type: tool, tool: load_customer}
  - {id: mail, type: tool, tool: mail, args: {to: $load.output.email}}
  - {id: brief, type: llm, system: Describe the customer., prompt: $load.output}
`},
		{Name: "What a resumed run was sent", Reported: true, Program: `
steps:
  - {id: wait, type: tool, tool: wait_for_reply}
  - {id: answer, type: llm, system: Answer the customer., prompt: $__webhook__}
`},
		{Name: "An input may be a text", Reported: true, Program: `
steps:
  - {id: answer, type: llm, system: Answer the customer., prompt: $document}
`},
		{Name: "The answer of a model is one", Program: `
steps:
  - {id: draft, type: llm, prompt: Draft an answer to $mail, output_key: draft_text}
  - {id: polish, type: llm, system: Polish this draft., prompt: $draft_text}
  - {id: shorten, type: llm, system: Shorten this text., prompt: $polish.output}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram {
			return
		}
		objects := map[string]bool{} // names of which some field is read
		p.uses(func(u *program.Use) {
			if fields := fieldsOf(u); u.Site != program.InNested && len(fields) > 0 {
				objects[u.Path.Root().Name] = true
			}
		})
		p.uses(func(u *program.Use) {
			if u.Whole && (u.Site == program.InPrompt || u.Site == program.InSystem) && u.Path.LooksLikeName() {
				p.checkBarePrompt(u, objects)
			}
		})
	},
})

// fieldsOf is a path without the name and the outputs behind it.
func fieldsOf(u *program.Use) []string {
	var fields []string
	for _, s := range u.Path[1:] {
		if s.Name != "output" {
			fields = append(fields, s.Name)
		}
	}
	return fields
}

func (p *Pass) checkBarePrompt(u *program.Use, objects map[string]bool) {
	s, name, fields := p.scope(), u.Path.Root().Name, fieldsOf(u)
	why, severity := "", source.Warning
	switch block := s.blockOf(name); {
	case s.isText(name, u.Site) || name == program.WebhookSource || s.open || p.readsSibling(u):
		return
	case len(u.Path) > 1 && !s.isOutput(name):
		return // it does not lead anywhere
	case len(fields) > 0 && block != nil && len(fields) == 1 && s.homes[fields[0]] == block && !s.mixture[fields[0]]:
		return
	case name == program.Webhook && s.keys[name] == nil && !s.isOutput(name):
		why = "what a resumed run was sent is mostly an object"
	case len(fields) == 0 && block != nil:
		why = fmt.Sprintf("%s puts out an object", describe(block))
	case len(fields) == 0 && objects[name]:
		why = "its fields are read elsewhere, so it is an object"
	default:
		why, severity = "a value that is no text stays what it is", source.Info
	}
	d := source.Diagnostic{Severity: severity, Note: source.Note{
		Span: u.Span,
		Message: fmt.Sprintf("%s is all of %s, and %s, which most models refuse: put words around it",
			quote(u.Path.String()), siteWords(u), why),
	}}
	with := "Input: " + u.Path.String()
	d.Fixes = p.fix("write "+brief(with), false, replaceString(u.Node, with))
	p.Report(d)
}

// blockOf is the parallel block whose output a name reads in a prompt.
func (s *scope) blockOf(name string) *program.Step {
	step := s.program.Lookup(name)
	if step == nil && s.subs[name] == nil && len(s.keys[name]) == 1 {
		step = s.keys[name][0]
	}
	if step == nil || step.Kind != program.Parallel || s.twins[name] {
		return nil
	}
	return step
}
