package lsp

import (
	"context"

	"go.lsp.dev/protocol"
)

// CodeLens offers to look at a program as a whole, above its first line.
func (s *Server) CodeLens(ctx context.Context, p *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	lenses := []protocol.CodeLens{}
	for i, x := range st.read() {
		if !x.IsProgram || len(x.Program.Steps) == 0 {
			continue
		}
		at := st.position(x.Program.Root.Span.Start)
		for _, c := range commands {
			if c.lens == "" {
				continue
			}
			lenses = append(lenses, protocol.CodeLens{
				Range: protocol.Range{Start: at, End: at},
				Command: protocol.Command{Title: c.lens, Command: c.name, Arguments: []protocol.LSPAny{
					toAny(map[string]any{"uri": st.uri, "program": i}),
				}},
			})
		}
	}
	return lenses, nil
}

// DocumentLink has nothing to link yet.
func (s *Server) DocumentLink(context.Context, *protocol.DocumentLinkParams) ([]protocol.DocumentLink, error) {
	return nil, nil
}
