package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

// InlayHint tells beside a step what runs after it, where that is not the next one listed, and beside a variable of
// a condition which values it may hold.
func (s *Server) InlayHint(ctx context.Context, p *protocol.InlayHintParams) ([]protocol.InlayHint, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	in := st.span(p.Range)
	hints := []protocol.InlayHint{}
	for _, x := range st.read() {
		if !x.IsProgram {
			continue
		}
		f := st.flow(&x)
		for _, step := range x.Program.Steps {
			if ctx.Err() != nil {
				return nil, protocol.ErrRequestCancelled
			}
			if step.Node.Span.End < in.Start || step.Node.Span.Start > in.End {
				continue
			}
			if text := f.after(step); text != "" && step.IDNode != nil {
				hints = append(hints, st.hint(step.IDNode.Span.End, text))
			}
			hints = append(hints, st.valueHints(f, step)...)
		}
	}
	return hints, nil
}

func (st *state) hint(at int, text string) protocol.InlayHint {
	return protocol.InlayHint{Position: st.position(at), Label: protocol.String(text), PaddingLeft: new(true)}
}

// after is what runs after a step that has succeeded, if its fields do not say so and it is not the next one listed:
// a leaf behind a branch, and a condition without a branch for its result.
func (f *flow) after(s *program.Step) string {
	if s.Kind == program.Unknown {
		return ""
	}
	var all []string
	states := f.states(s)
	for _, at := range states {
		for _, e := range f.graph().From(at) {
			text := f.surprise(s, e)
			if text != "" && len(states) > 1 {
				text = entryWords[at.Entry] + " " + text
			}
			if text != "" && !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
	}
	return strings.Join(all, ", ")
}

func (f *flow) surprise(s *program.Step, e graphcheck.Edge) string {
	switch e.Why {
	case program.EndOfBranch:
		return "→ end of the run"
	case program.Restart:
		return fmt.Sprintf("%s → starts over at %s", e.On, f.program.Steps[0].ID())
	case program.NoBranch:
		return fmt.Sprintf("%s → the run fails", e.On)
	case program.InList:
		if e.On == program.Skipped && s.Kind == program.Condition {
			return "skipped → " + f.program.Steps[e.To.Step].ID()
		}
	}
	return ""
}

// valueHints are the values that the variables of a condition may hold.
func (st *state) valueHints(f *flow, s *program.Step) []protocol.InlayHint {
	const most = 6
	var hints []protocol.InlayHint
	var last source.Span
	for i := range s.Uses {
		u := &s.Uses[i]
		if u.Site != program.InCondition || u.Span == last {
			continue
		}
		last = u.Span
		d, known := f.values(s, u.Path)
		if words := spelled(d); known && len(words) > 0 && len(words) <= most {
			hints = append(hints, st.hint(u.Span.End, "∈ "+strings.Join(words, " ")))
		}
	}
	return hints
}
