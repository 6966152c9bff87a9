package lsp

import (
	"context"

	"go.lsp.dev/protocol"
)

// nameAt is the name under a position, with all names of its program.
func (st *state) nameAt(p protocol.Position) (occurrence, *names, bool) {
	c := cursorAt(st.read(), st.offset(p))
	if c.found == nil {
		return occurrence{}, nil, false
	}
	n := newNames(c.program)
	n.found = c.found
	o, ok := n.at(c)
	return o, n, ok
}

// nameUnder is the name at a position of a document, with its state and all names of its program.
func (s *Server) nameUnder(ctx context.Context, at protocol.TextDocumentPositionParams) (st *state, here occurrence, n *names, ok bool) {
	if st = s.at(ctx, at.TextDocument.URI); st != nil {
		here, n, ok = st.nameAt(at.Position)
	}
	return st, here, n, ok
}

// variableAt is the first name of the variable under a position, and all names of its program.
func (st *state) variableAt(p protocol.Position) (name, *names, bool) {
	c := cursorAt(st.read(), st.offset(p))
	if c.use == nil {
		return name{}, nil, false
	}
	n := newNames(c.program)
	root := n.rootOf(c.use)
	return root, n, root.kind != noName
}

// Definition is where a step id, an output key or a variable comes from: of several writers all. An input comes
// from nowhere in the program, and a tool from where it is declared. A field comes from where its variable does.
func (s *Server) Definition(ctx context.Context, p *protocol.DefinitionParams) (protocol.DefinitionResult, error) {
	st, here, n, ok := s.nameUnder(ctx, p.TextDocumentPositionParams)
	if !ok && st != nil {
		here.name, n, ok = st.variableAt(p.Position)
	}
	if !ok {
		return nil, nil
	}
	var found protocol.LocationSlice
	if at, ok := st.declaration(here.text); ok && here.kind == toolName {
		return append(found, at), nil
	}
	for _, o := range n.of(here.name) {
		if o.role == defines {
			found = append(found, st.location(o.span))
		}
	}
	return found, nil
}

// References are the places that use a name, and those that define it if the editor wants them too.
func (s *Server) References(ctx context.Context, p *protocol.ReferenceParams) ([]protocol.Location, error) {
	st, here, n, ok := s.nameUnder(ctx, p.TextDocumentPositionParams)
	if !ok {
		return nil, nil
	}
	found := []protocol.Location{}
	for _, o := range n.of(here.name) {
		if o.role != defines || p.Context.IncludeDeclaration {
			found = append(found, st.location(o.span))
		}
	}
	return found, nil
}

// DocumentHighlight shows where else a name is written, and where it is read.
func (s *Server) DocumentHighlight(ctx context.Context, p *protocol.DocumentHighlightParams) ([]protocol.DocumentHighlight, error) {
	st, here, n, ok := s.nameUnder(ctx, p.TextDocumentPositionParams)
	if !ok {
		return nil, nil
	}
	var found []protocol.DocumentHighlight
	for _, o := range n.of(here.name) {
		kind := protocol.DocumentHighlightKindRead
		if o.role == defines {
			kind = protocol.DocumentHighlightKindWrite
		}
		found = append(found, protocol.DocumentHighlight{Range: st.toRange(o.span), Kind: kind})
	}
	return found, nil
}
