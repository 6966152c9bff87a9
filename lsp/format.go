package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

// RangeFormatting writes the conditions in a place with single blanks and their usual quotes, and nothing else. What the
// machine would read differently, or not at all, stays as it is.
func (s *Server) RangeFormatting(ctx context.Context, p *protocol.DocumentRangeFormattingParams) ([]protocol.TextEdit, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	in := st.span(p.Range)
	var edits []source.Edit
	for _, x := range st.read() {
		edit := x.Editor(st.file)
		for step := range x.Program.All {
			if step.Cond == nil || step.Condition.Span.Start > in.End || step.Condition.Span.End < in.Start {
				continue
			}
			text, ok := formatted(step.Cond)
			if !ok || text == step.Condition.Text.Value {
				continue
			}
			made, ok := edit.ReplaceString(step.Condition, text)
			if made, fits := x.InFile(made); ok && fits {
				edits = append(edits, made...)
			}
		}
	}
	return st.textEdits(edits), nil
}

// formatted is a condition in its usual form, if the machine reads all of it.
func formatted(e *cond.Expr) (string, bool) {
	if e.Err != "" || len(e.Problems) > 0 {
		return "", false
	}
	for _, t := range e.Tokens {
		if t.Kind == cond.Dropped {
			return "", false
		}
	}
	return cond.Format(e.Root)
}
