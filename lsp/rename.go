package lsp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

func refuse(format string, args ...any) error {
	return jsonrpc2.Errorf(-32803, format, args...)
}

// PrepareRename tells whether what stands under the cursor can be renamed.
func (s *Server) PrepareRename(ctx context.Context, p *protocol.PrepareRenameParams) (protocol.PrepareRenameResult, error) {
	st, here, n, ok := s.nameUnder(ctx, p.TextDocumentPositionParams)
	if !ok {
		return nil, nil
	}
	if err := n.mayRename(here.name); err != nil {
		return nil, err
	}
	if err := st.isEditable(n); err != nil {
		return nil, err
	}
	return &protocol.PrepareRenamePlaceholder{Range: st.toRange(here.span), Placeholder: here.text}, nil
}

// Rename gives a step or an output key another name, wherever it is written. It refuses what would change
// the meaning of the program.
func (s *Server) Rename(ctx context.Context, p *protocol.RenameParams) (*protocol.WorkspaceEdit, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	here, n, ok := st.nameAt(p.Position)
	if !ok {
		return nil, refuse("there is no name here to change")
	}
	if err := n.mayRename(here.name); err != nil {
		return nil, err
	}
	if p.NewName == here.text {
		return s.workspaceEdit(st, nil), nil
	}
	edits, err := st.rename(n, here.name, p.NewName)
	if err != nil {
		return nil, err
	}
	return s.workspaceEdit(st, edits), nil
}

// mayRename tells why a name cannot be changed, whatever the new one is.
func (n *names) mayRename(of name) error {
	switch of.kind {
	case stepName, subName, keyName:
	case inputName:
		return refuse("$%s is an input: who starts the run gives it its name", of.text)
	default:
		return refuse("the name of a %s is not the program's to change", of.kind)
	}
	switch writers := n.writersOf(of); {
	case len(writers) == 0:
		return refuse("there is no %s %q to rename", of.kind, of.text)
	case of.kind != keyName && len(writers) > 1:
		return refuse("%d steps have the id %q: tell them apart first", len(writers), of.text)
	case n.keys[of.text] && n.ids[of.text] != noName:
		return refuse("%q is both a step and an output key: what a variable of that name means depends on the place", of.text)
	}
	return nil
}

// rename is the edits that give a name another text everywhere.
func (st *state) rename(n *names, of name, to string) ([]source.Edit, error) {
	if err := n.isFree(to); err != nil {
		return nil, err
	}
	places := n.of(of)
	if err := cmp.Or(st.isEditable(n), st.hiddenUse(n, of, places)); err != nil {
		return nil, err
	}
	edit := n.found.Editor(st.file)
	var edits []source.Edit
	for _, o := range places {
		if o.whole {
			made, ok := edit.ReplaceString(o.node, to)
			if !ok {
				return nil, st.cannotEdit(o)
			}
			edits = append(edits, made...)
			continue
		}
		if o.role == reads && (strings.Trim(to, "_") == "" || strings.IndexFunc(to, func(r rune) bool { return !value.IsWord(r) }) >= 0) {
			return nil, refuse("%q is used as the variable $%s, and $%s would be read differently: letters, digits and _ are allowed", of.text, of.text, to)
		}
		if _, ok := edit.ReplaceString(o.node, o.node.Text.Value); !ok && !n.isInFormat(o) || st.file.Slice(o.span) != o.text {
			return nil, st.cannotEdit(o)
		}
		if o.role == equals && strings.IndexFunc(to, isNotPlain) >= 0 {
			return nil, refuse("%q is compared with a text in a condition, which %q cannot be written in", of.text, to)
		}
		edits = append(edits, source.Edit{Span: o.span, New: to})
	}
	made, ok := n.found.InFile(edits)
	if !ok {
		return nil, refuse("%q cannot be written inside the block", to)
	}
	return made, nil
}

// isInFormat reports whether a name stands in the text of an f-string, or of another that Python puts together, in the
// step itself: nothing else has that text.
func (n *names) isInFormat(o occurrence) bool {
	return n.found.Lang == syntax.Python && o.step.Node.Style != syntax.Computed &&
		o.step.Node.Span.Contains(o.node.Span) && o.node.Span.Contains(o.span)
}

// isNotPlain reports whether a character may mean something else between the quotes of some language.
func isNotPlain(r rune) bool { return !value.IsWord(r) && !strings.ContainsRune(" -.", r) }

// isEditable tells why nothing in a program can be edited.
func (st *state) isEditable(n *names) error {
	if n.found.Embedded {
		return refuse("the program stands in a string of Python, which is not edited: move it into a file of its own")
	}
	return nil
}

// hiddenUse tells where Python code may use a name in what it computes, and nobody can follow it.
func (st *state) hiddenUse(n *names, of name, places []occurrence) error {
	if n.found.Lang != syntax.Python || n.program.IsWhole() {
		return nil
	}
	text := n.found.Editor(st.file).File.Text
	for at := 0; ; at += len(of.text) {
		k := strings.Index(text[at:], of.text)
		if k < 0 {
			return nil
		}
		at += k
		isKnown := slices.ContainsFunc(places, func(o occurrence) bool { return touches(o.span, at) })
		if isKnown || wordAt(text, at).Len() > len(of.text)+1 || at == 0 || strings.IndexByte("'\"$", text[at-1]) < 0 {
			continue
		}
		line, col := st.file.LineCol(at)
		return refuse("Python code computes a part of the program, and %q in line %d, column %d may be in it: rename by hand", of.text, line, col)
	}
}

func (st *state) cannotEdit(o occurrence) error {
	line, col := st.file.LineCol(o.span.Start)
	return refuse("%q in line %d, column %d is written in a way that cannot be edited: an alias, escaped letters, or what Python code shares or computes", o.text, line, col)
}

// isFree tells why a name cannot be taken.
func (n *names) isFree(to string) error {
	switch {
	case strings.TrimSpace(to) == "" || to != strings.TrimSpace(to):
		return refuse("a name must not be empty, nor begin or end with a blank")
	case to == program.Webhook || to == program.WebhookSource:
		return refuse("the machine itself writes %q", to)
	case n.ids[to] == subName:
		return refuse("there is a step %q inside a parallel block already", to)
	case n.ids[to] != noName:
		return refuse("there is a step %q already", to)
	case n.keys[to]:
		return refuse("there is an output key %q already", to)
	}
	for o := range n.all {
		if o.kind == inputName && o.text == to {
			return refuse("$%s is read as an input already: it would be taken from another place", to)
		}
		if o.role == targets && o.text == to {
			return refuse("a step that does not exist, %q, is named already: it would come into being", to)
		}
	}
	return nil
}

// title is a message as the title of an action.
func title(format string, args ...any) string {
	text := fmt.Sprintf(format, args...)
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
