package program

import (
	"slices"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Gaps are what of a program, or of a step, cannot be known: Python code computes it. At is the first place of
// what decides which steps there are, what they answer and where they lead, if Structure is set.
type Gaps struct {
	Structure  bool
	Conditions bool // the text of a condition
	Texts      bool // a prompt, a system prompt, a tool or arguments
	At         source.Span
}

// IsWhole reports whether every value in the program is known.
func (p *Program) IsWhole() bool { return !holdsOpaque(p.Root) }

// Gaps are what cannot be known of the program.
func (p *Program) Gaps() Gaps {
	var g Gaps
	for _, pair := range p.Root.Pairs {
		if pair.Key.Kind == syntax.Opaque || pair.Key.IsString("steps") && pair.Value.Kind == syntax.Opaque {
			g.add(pair.Span())
		}
	}
	for _, s := range p.Steps {
		of := s.Gaps()
		if of.Structure {
			g.add(of.At)
		}
		g.Conditions = g.Conditions || of.Conditions
		g.Texts = g.Texts || of.Texts
	}
	return g
}

func (g *Gaps) add(at source.Span) {
	if !g.Structure || at.Start < g.At.Start {
		g.Structure, g.At = true, at
	}
}

// Gaps are what cannot be known of the step and its sub-steps.
func (s *Step) Gaps() Gaps {
	var g Gaps
	if s.Node.Kind == syntax.Opaque {
		g.add(s.Node.Span)
	}
	for _, pair := range s.Node.Pairs {
		switch {
		case pair.Key.Kind == syntax.Opaque:
			g.add(pair.Span())
		case pair.Key.Kind == syntax.String:
			s.addField(&g, pair)
		}
	}
	for _, sub := range s.Subs {
		of := sub.Gaps()
		if of.Structure {
			g.add(of.At)
		}
		g.Texts = g.Texts || of.Texts
	}
	return g
}

func (s *Step) addField(g *Gaps, pair syntax.Pair) {
	switch pair.Key.Text.Value {
	case "id", "type", "then", "otherwise", "next_step", "is_terminal", "on_error", "output_key", "parallel_steps":
		if pair.Value.Kind == syntax.Opaque {
			g.add(pair.Span())
		}
	case "allowed_outputs":
		if holdsOpaque(pair.Value) {
			g.add(pair.Span())
		}
	case "condition":
		g.Conditions = g.Conditions || pair.Value.Kind == syntax.Opaque
	case "prompt", "system", "tool", "args":
		g.Texts = g.Texts || holdsOpaque(pair.Value)
	}
}

// holdsOpaque reports whether a value is not known as a whole.
func holdsOpaque(n *syntax.Node) bool {
	return n.Kind == syntax.Opaque || slices.ContainsFunc(n.Items, holdsOpaque) ||
		slices.ContainsFunc(n.Pairs, func(p syntax.Pair) bool { return p.Key.Kind == syntax.Opaque || holdsOpaque(p.Value) })
}
