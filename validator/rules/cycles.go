package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

// What the four rules about cycles share. Each cycle is the business of exactly one of them; a step that
// names itself has its own rule.

// circle is a cycle of more than one step.
type circle struct {
	graphcheck.Cycle
	steps []*program.Step // as they follow each other on a shortest way round
	path  []graphcheck.Edge
}

// circles are the cycles of more than one step, in order of discovery.
func (p *Pass) circles() []circle {
	if p.knownCircles == nil {
		p.Around.Do("cycles", func() { p.knownCircles = p.findCircles() })
	}
	return p.knownCircles
}

func (p *Pass) findCircles() []circle {
	all := []circle{}
	for _, c := range p.Graph.Cycles() {
		if p.isOneStep(c) {
			continue
		}
		k := circle{Cycle: c, path: p.Graph.Around(c)}
		for _, e := range k.path {
			k.steps = append(k.steps, p.step(e.From))
		}
		all = append(all, k)
	}
	return all
}

func (p *Pass) isOneStep(c graphcheck.Cycle) bool {
	for _, s := range c.States {
		if s.Step != c.States[0].Step {
			return false
		}
	}
	return true
}

// onlyConditions reports whether nothing on the cycle does anything.
func (p *Pass) onlyConditions(c circle) bool {
	for _, s := range c.States {
		if p.step(s).Kind != program.Condition {
			return false
		}
	}
	return true
}

// budget is the field of the program that ends a cycle, empty if none does. A token budget ends only a
// cycle that asks a model.
func (p *Pass) budget(c circle) string {
	asks := false
	for _, s := range c.States {
		k := p.step(s).Kind
		asks = asks || k == program.LLM || k == program.Parallel
	}
	switch {
	case p.Program.MaxSteps != nil:
		return "max_steps"
	case p.Program.MaxStalledSteps != nil:
		return "max_stalled_steps"
	case p.Program.MaxTokens != nil && asks:
		return "max_tokens"
	}
	return ""
}

// reportCircle reports a cycle at the move that closes it.
func (p *Pass) reportCircle(c circle, format string, fixes ...source.Fix) {
	back := c.path[len(c.path)-1]
	at := p.step(back.From).Place()
	if back.Via != nil {
		at = back.Via.Node.Text.Content()
	}
	path := c.path[:min(len(c.path), maxWitness)]
	p.Report(source.Diagnostic{
		Note:    source.Note{Span: at, Message: fmt.Sprintf(format, list(quoteIDs(c.steps)))},
		Related: p.path(path),
		IsPath:  true,
		Fixes:   fixes,
	})
}
