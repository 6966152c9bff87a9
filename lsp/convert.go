package lsp

import (
	"bytes"
	"encoding/json"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/source"
)

// Between places in bytes and positions in the units of the session.

func (st *state) position(off int) protocol.Position {
	line, unit := st.file.Position(off, st.encoding)
	return protocol.Position{Line: uint32(line), Character: uint32(unit)}
}

func (st *state) toRange(s source.Span) protocol.Range {
	return protocol.Range{Start: st.position(s.Start), End: st.position(s.End)}
}

func (st *state) offset(p protocol.Position) int {
	return st.file.Offset(int(p.Line), int(p.Character), st.encoding)
}

func (st *state) span(r protocol.Range) source.Span {
	start := st.offset(r.Start)
	return source.Span{Start: start, End: max(start, st.offset(r.End))}
}

func (st *state) location(s source.Span) protocol.Location {
	return protocol.Location{URI: st.uri, Range: st.toRange(s)}
}

func (st *state) textEdits(edits []source.Edit) []protocol.TextEdit {
	converted := make([]protocol.TextEdit, len(edits))
	for i, e := range edits {
		converted[i] = protocol.TextEdit{Range: st.toRange(e.Span), NewText: e.New}
	}
	return converted
}

// workspaceEdit is edits of one state of a document: an editor that can tell refuses them for another.
func (s *Server) workspaceEdit(st *state, edits []source.Edit) *protocol.WorkspaceEdit {
	if !s.can.documentChanges {
		return &protocol.WorkspaceEdit{Changes: map[uri.URI][]protocol.TextEdit{st.uri: st.textEdits(edits)}}
	}
	edit := &protocol.TextDocumentEdit{}
	edit.TextDocument.URI = st.uri
	edit.TextDocument.Version = &st.version
	for _, e := range st.textEdits(edits) {
		edit.Edits = append(edit.Edits, &e)
	}
	return &protocol.WorkspaceEdit{DocumentChanges: []protocol.DocumentChange{edit}}
}

func markdown(text string) *protocol.MarkupContent {
	return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text}
}

// toAny is v as JSON. It is only asked for values that have a form in it.
func toAny(v any) protocol.LSPAny {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic("lsp: " + err.Error())
	}
	return bytes.TrimSpace(text.Bytes())
}
