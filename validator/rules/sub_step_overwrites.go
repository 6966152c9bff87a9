package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL024", Name: "sub-step-overwrites", Severity: source.Error, Needs: OtherSteps,
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
	Proof: `
tools: {load_user: Ann, load_preferences: dark mode, load_news: rain}
bad: {prompts: [[greet, Greet dark mode with rain.]]}
good: {prompts: [[greet, Greet Ann with rain.]]}
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
		{Name: "Two blocks that both run", Reported: true, Program: `
steps:
  - id: today
    type: parallel
    parallel_steps: [{id: price, type: tool, tool: price_today}]
  - id: tomorrow
    type: parallel
    parallel_steps: [{id: price, type: tool, tool: price_tomorrow}]
  - {id: answer, type: llm, prompt: The price is $price.}
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
		blocks := map[string]*program.Step{} // the last block so far with a sub-step of that id
		budget := maxRunTogether
		for _, block := range p.Program.Steps {
			if block.Kind != program.Parallel {
				continue
			}
			p.checkSubIDs(block)
			for _, sub := range block.Subs {
				other := blocks[sub.ID()]
				if other != nil && other != block && !isBlank(sub.ID()) && p.Program.Lookup(sub.ID()) == nil && p.runTogether(other, block, &budget) {
					p.reportOverwrite(sub, subOf(other, sub.ID()), "a sub-step of "+describe(other), source.Warning)
				}
				blocks[sub.ID()] = block
			}
		}
	},
})

// checkSubIDs reports the sub-steps of a block that share an id with a step of the program or the block.
func (p *Pass) checkSubIDs(block *program.Step) {
	own := make(map[string]*program.Step, len(block.Subs))
	for _, sub := range block.Subs {
		id := sub.ID()
		if isBlank(id) {
			continue
		}
		switch before, known := own[id]; {
		case id == block.ID():
			p.reportOverwrite(sub, block, "its own block", source.Error)
		case known:
			p.reportOverwrite(sub, before, "another sub-step of the block", source.Error)
		case p.Program.Lookup(id) != nil:
			p.reportOverwrite(sub, p.Program.Lookup(id), "a step of the program", source.Error)
		}
		own[id] = sub
	}
}

// maxRunTogether bounds the search for blocks that run together, in states.
const maxRunTogether = 1_000_000

// runTogether reports whether one run can come through both blocks. Often only one of two blocks runs, and
// both answer the same question under the same name: that is no mistake.
func (p *Pass) runTogether(a, b *program.Step, budget *int) bool {
	return p.canGoTo(a, b, budget) || p.canGoTo(b, a, budget)
}

func (p *Pass) canGoTo(from, to *program.Step, budget *int) bool {
	var queue []program.State
	for _, e := range p.Graph.Entries(from) {
		queue = append(queue, program.State{Step: from.Index, Entry: e})
	}
	seen := map[program.State]bool{}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, e := range p.Graph.From(queue[0]) {
			if *budget--; *budget < 0 {
				return false
			}
			if e.To == program.Nowhere || seen[e.To] {
				continue
			}
			if e.To.Step == to.Index {
				return true
			}
			seen[e.To] = true
			queue = append(queue, e.To)
		}
	}
	return false
}

// subOf is the first sub-step of a block with that id.
func subOf(block *program.Step, id string) *program.Step {
	for _, sub := range block.Subs {
		if sub.ID() == id {
			return sub
		}
	}
	return block
}

// reportOverwrite reports a sub-step and the step whose output it shares its name with.
func (p *Pass) reportOverwrite(sub, other *program.Step, what string, severity source.Severity) {
	p.Report(source.Diagnostic{
		Severity: severity,
		Step:     sub.ID(),
		Note: source.Note{
			Span:    sub.Place(),
			Message: fmt.Sprintf("%s has the id of %s, and one output overwrites the other: rename it", describe(sub), what),
		},
		Related: []source.Note{{Span: other.Place(), Message: "has the same id"}},
	})
}
