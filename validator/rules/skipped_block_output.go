package rules

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL704", Name: "skipped-block-output", Severity: source.Warning, Needs: Conditions | Texts,
	Doc: `
A step reads the output of a sub-step that may be None, because its block goes on when it fails.

A parallel block with ` + "`on_error: skip`" + ` succeeds whatever its sub-steps do, and stores None for each that failed. A prompt then has the
word None in it, a tool gets None, and a condition that orders the value fails. The run ends SUCCESS.

Ask in a condition whether the output is there, or let the block fail.
`,
	Bad: `
steps:
  - id: fetch
    type: parallel
    on_error: skip
    parallel_steps:
      - {id: price, type: tool, tool: load_price}
      - {id: stock, type: tool, tool: load_stock}
  - {id: order_or_fail, type: tool, tool: order, args: {price: $price.output}, is_terminal: true}
`,
	Good: `
steps:
  - id: fetch
    type: parallel
    on_error: skip
    parallel_steps:
      - {id: price, type: tool, tool: load_price}
      - {id: stock, type: tool, tool: load_stock}
  - {id: known, type: condition, condition: $price.output != None, then: order, otherwise: reject}
  - {id: order, type: tool, tool: order, args: {price: $price.output}, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Proof: `
tools: {load_price: {error: "ConnectionError: down"}}
bad: {path: [fetch, order_or_fail], status: success}
good: {path: [fetch, known, reject], status: success}
`,
	More: []Example{
		{Name: "Through the block, and in order", Reported: true, Program: `
steps:
  - id: fetch
    type: parallel
    on_error: skip
    parallel_steps:
      - {id: price, type: tool, tool: load_price}
      - {id: stock, type: tool, tool: load_stock}
  - {id: cheap, type: condition, condition: $fetch.output.price < 5, then: order, otherwise: reject}
  - {id: order, type: tool, tool: order, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
		{Name: "The whole of it", Program: `
steps:
  - id: fetch
    type: parallel
    on_error: skip
    parallel_steps:
      - {id: price, type: tool, tool: load_price}
      - {id: stock, type: tool, tool: load_stock}
  - {id: store_or_fail, type: tool, tool: store, args: {found: $fetch.output}, is_terminal: true}
`},
		{Name: "A condition sorts the answers out", Program: `
steps:
  - id: fetch
    type: parallel
    on_error: skip
    parallel_steps:
      - {id: state, type: tool, tool: load_state}
      - {id: stock, type: tool, tool: load_stock}
  - {id: open, type: condition, condition: $state.output == 'open', then: order, otherwise: reject}
  - {id: order, type: tool, tool: order, args: {state: $state.output}, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if !slices.ContainsFunc(p.Program.Steps, skipsSubs) {
			return
		}
		asked := p.askedInConditions()
		p.uses(func(u *program.Use) {
			sub := p.subMayBeNone(u)
			if sub == nil || !p.Graph.Reachable(topOf(u.Step)) || asked[sub] {
				return
			}
			what := "the model gets the word None"
			switch {
			case u.Site == program.InCondition:
				if !slices.Contains(orderedVariables(u.Step.Cond), u.Span) {
					return
				}
				what = fmt.Sprintf("%s fails", quote(u.Step.ID()))
			case u.Site == program.InArgument:
				what = "the tool gets None"
			}
			p.Report(source.Diagnostic{
				Note: source.Note{
					Span: u.Span,
					Message: fmt.Sprintf("when %s fails, %s goes on without it, and %s: ask for None first",
						quote(sub.ID()), quote(sub.Parent.ID()), what),
				},
				Related: []source.Note{{Span: fieldSpan(sub.Parent, "on_error"), Message: "makes a success of it"}},
			})
		})
	},
})

func skipsSubs(s *program.Step) bool { return s.Kind == program.Parallel && s.OnError == program.Skip }

// subMayBeNone is the sub-step of a block that skips whose output a use reads as a whole, nil if it reads something else. A
// block sees what was before it.
func (p *Pass) subMayBeNone(u *program.Use) *program.Step {
	name, rest := u.Path[0].Name, u.Path[1:]
	if u.Site == program.InNested || p.scope().keys[name] != nil {
		return nil
	}
	isOutput := len(rest) > 0 && rest[0].Name == "output"
	if isOutput {
		rest = rest[1:]
	} else if u.Site == program.InCondition {
		return nil
	}
	block, id := p.Program.Lookup(name), ""
	switch {
	case block != nil && len(rest) == 1:
		id = rest[0].Name
	case block == nil && len(rest) == 0:
		block, id = p.scope().homes[name], name
	default:
		return nil
	}
	if block == nil || !skipsSubs(block) || topOf(u.Step) == block {
		return nil
	}
	for _, sub := range p.scope().subs[id] {
		if sub.Parent == block {
			return sub
		}
	}
	return nil
}

// askedInConditions are the sub-steps about whose output a condition asks anything but its order: then what is done
// without it has been thought of.
func (p *Pass) askedInConditions() map[*program.Step]bool {
	asked := map[*program.Step]bool{}
	for _, s := range p.Program.Steps {
		if s.Cond == nil {
			continue
		}
		ordered := orderedVariables(s.Cond)
		for i := range s.Uses {
			if u := &s.Uses[i]; !slices.Contains(ordered, u.Span) {
				if sub := p.subMayBeNone(u); sub != nil {
					asked[sub] = true
				}
			}
		}
	}
	return asked
}
