package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL311", Name: "unread-output", Severity: source.Info, Optional: true, Needs: Conditions | Texts,
	Dead: true,
	Doc: `
Nothing reads the output of a step that is given a name, or of a model.

Steps see only what their prompts and arguments name. A card that is drawn and not named in the prompt behind it is
not interpreted: the model makes one up. Many outputs are left unread on purpose, so this rule runs only when it is
selected.

Name the output where it is needed, or remove the ` + "`output_key`" + `.
`,
	Bad: `
steps:
  - {id: draw, type: tool, tool: draw_card, output_key: card}
  - {id: tell, type: llm, prompt: You are a tarot reader. Interpret the drawn card., is_terminal: true}
`,
	Good: `
steps:
  - {id: draw, type: tool, tool: draw_card, output_key: card}
  - {id: tell, type: llm, prompt: You are a tarot reader. Interpret this card - $card, is_terminal: true}
`,
	Proof: `
tools: {draw_card: The Fool}
bad: {prompts: [[tell, You are a tarot reader. Interpret the drawn card.]]}
good: {prompts: [[tell, You are a tarot reader. Interpret this card - The Fool]]}
`,
	More: []Example{
		{Name: "The answer of a model that nobody reads", Reported: true, Program: `
steps:
  - {id: translate, type: llm, prompt: Translate $mail}
  - {id: file, type: tool, tool: file, args: {mail: $mail}}
`},
		{Name: "The last step, a tool that only acts, and outputs that are read by the id", Program: `
steps:
  - {id: load, type: tool, tool: load, output_key: loaded}
  - {id: log, type: tool, tool: log}
  - {id: fine, type: condition, condition: $load.output == 'ok', then: sum, otherwise: stop}
  - {id: sum, type: llm, prompt: Sum up $mail, output_key: summary, is_terminal: true}
  - {id: stop, type: tool, tool: stop, is_terminal: true}
`},
		{Name: "A block of which one sub-step is read", Program: `
steps:
  - id: fetch
    type: parallel
    output_key: fetched
    parallel_steps:
      - {id: weather, type: tool, tool: weather}
      - {id: news, type: tool, tool: news}
  - {id: brief, type: llm, prompt: Write a brief of $weather}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram {
			return
		}
		read := map[string]bool{}
		p.uses(func(u *program.Use) { read[u.Path.Root().Name] = true })
		for _, s := range p.Program.Steps {
			if !isReadAnywhere(s, read) && p.goesOnBehind(s) {
				p.reportUnread(s)
			}
		}
	},
})

// isReadAnywhere reports whether the output of a step is read under one of its names, or whether nobody would
// expect it to be.
func isReadAnywhere(s *program.Step, read map[string]bool) bool {
	switch {
	case s.IDNode == nil || s.OutputKey != nil && s.OutputKey.Kind != syntax.String:
		return true
	case s.OutputKey == nil && s.Kind != program.LLM, s.Kind == program.Unknown || s.Kind == program.Condition:
		return true
	case read[s.ID()] || s.OutputKey != nil && read[s.OutputKey.Text.Value]:
		return true
	}
	for _, sub := range s.Subs {
		if read[sub.ID()] {
			return true
		}
	}
	return false
}

// goesOnBehind reports whether another step always follows. The output of the last one is that of the run.
func (p *Pass) goesOnBehind(s *program.Step) bool {
	entries := p.Graph.Entries(s)
	for _, entry := range entries {
		for _, e := range p.Graph.From(program.State{Step: s.Index, Entry: entry}) {
			if e.On == program.Done && e.To == program.Nowhere {
				return false
			}
		}
	}
	return len(entries) > 0
}

func (p *Pass) reportUnread(s *program.Step) {
	if s.OutputKey == nil {
		p.Note(s.Place(), fmt.Sprintf("nothing reads the answer of %s: name %s where it is needed", describe(s), brief("$"+s.ID())))
		return
	}
	p.Report(source.Diagnostic{
		Note: source.Note{
			Span: s.OutputKey.Span,
			Message: fmt.Sprintf("nothing reads the output of %s: name %s where it is needed, or remove output_key",
				describe(s), brief("$"+s.OutputKey.Text.Value)),
		},
		Fixes: p.fix("remove output_key", false, removeFields(s.Node, "output_key")),
	})
}
