package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL024", Name: "sub-step-overwrites", Severity: source.Error,
	Doc: `
A sub-step of a parallel block has the id of another step, so that one output replaces the other.

Sub-steps store their outputs beside those of the steps of the list. A sub-step that is called like an earlier
step replaces its output; called like its own block, it replaces the object with the outputs of all sub-steps;
called like a sibling, it loses against the one listed later.

Give it an id of its own.
`,
	Bad: `
steps:
  - {id: user, type: tool, tool: load_user}
  - id: fetch
    type: parallel
    parallel_steps:
      - {id: user, type: tool, tool: load_preferences}
      - {id: news, type: tool, tool: load_news}
  - {id: greet, type: llm, prompt: Greet $user with $news.}
`,
	Good: `
steps:
  - {id: user, type: tool, tool: load_user}
  - id: fetch
    type: parallel
    parallel_steps:
      - {id: preferences, type: tool, tool: load_preferences}
      - {id: news, type: tool, tool: load_news}
  - {id: greet, type: llm, prompt: Greet $user with $news.}
`,
	More: []Example{
		{Name: "Called like its own block", Reported: true, Program: `
steps:
  - id: prices
    type: parallel
    parallel_steps:
      - {id: prices, type: tool, tool: load_prices}
      - {id: rates, type: tool, tool: load_rates}
`},
		{Name: "Two sub-steps of one block", Reported: true, Program: `
steps:
  - id: prices
    type: parallel
    parallel_steps:
      - {id: load, type: tool, tool: load_prices}
      - {id: load, type: tool, tool: load_rates}
`},
		{Name: "Two blocks of which one runs", Program: `
steps:
  - {id: abroad, type: condition, condition: $country != 'DE', then: world, otherwise: home}
  - id: world
    type: parallel
    next_step: answer
    parallel_steps: [{id: price, type: tool, tool: world_price}]
  - id: home
    type: parallel
    next_step: answer
    parallel_steps: [{id: price, type: tool, tool: home_price}]
  - {id: answer, type: llm, prompt: The price is $price.}
`},
	},
	Run: func(p *Pass) {
		for _, block := range p.Program.Steps {
			if block.Kind == program.Parallel {
				p.checkSubIDs(block)
			}
		}
	},
})

// checkSubIDs reports the sub-steps of a block that share an id with another step.
func (p *Pass) checkSubIDs(block *program.Step) {
	own := make(map[string]*program.Step, len(block.Subs))
	for _, sub := range block.Subs {
		id := sub.ID()
		if isBlank(id) {
			continue
		}
		switch before, known := own[id]; {
		case id == block.ID():
			p.reportOverwrite(sub, block, "its own block")
		case known:
			p.reportOverwrite(sub, before, "another sub-step of the block")
		case p.Program.Lookup(id) != nil:
			p.reportOverwrite(sub, p.Program.Lookup(id), "a step of the program")
		}
		own[id] = sub
	}
}

// reportOverwrite reports a sub-step and the step whose output it shares its name with. Equal names in two
// blocks are no mistake: often only one of the blocks runs, and both answer the same question.
func (p *Pass) reportOverwrite(sub, other *program.Step, what string) {
	p.Report(source.Diagnostic{
		Note: source.Note{
			Span:    sub.Place(),
			Message: fmt.Sprintf("%s has the id of %s, and one output overwrites the other: rename it", describe(sub), what),
		},
		Related: []source.Note{{Span: other.Place(), Message: "has the same id"}},
	})
}
