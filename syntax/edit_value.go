package syntax

import (
	"strings"

	"github.com/nanolint/nanolint/source"
)

// ReplaceValue writes another value, on one line, instead of a scalar or collection. It fails if a comment would go with
// what is replaced.
func (e Editor) ReplaceValue(n, value *Node) ([]source.Edit, bool) {
	switch {
	case e.isScalar(n) && value.Kind == String:
		return e.ReplaceString(n, value.Text.Value)
	case e.isScalar(n):
		return e.replace(n, Inline(value, e.Lang))
	}
	if _, ok := e.entries(n); !ok || n.Kind != List && n.Kind != Map {
		return nil, false
	}
	if e.Lang == YAML && (e.hasAnchor(n) || e.holdsComment(n)) {
		return nil, false
	}
	text := Inline(value, e.Lang)
	if n.Kind == List && n.Style == Block && e.isFirstDash(n.Span.Start) {
		text = "  " + text // the dashes of a list may stand right below the key of the list, other values may not
	}
	return []source.Edit{{Span: n.Span, New: text}}, true
}

// holdsComment reports whether there is a comment among the entries of a collection.
func (e Editor) holdsComment(n *Node) bool {
	at, found := n.Span.Start, false
	var visit func(*Node)
	visit = func(n *Node) {
		for _, item := range n.Items {
			visit(item)
		}
		for _, p := range n.Pairs {
			if !p.Merged {
				visit(p.Key)
				visit(p.Value)
			}
		}
		if len(n.Items)+len(n.Pairs) == 0 && n.Span.Start >= at {
			found = found || e.commentIn(at, n.Span.Start)
			at = n.Span.End
			if n.Style == BlockScalar { // a comment may follow its header
				header, _, _ := strings.Cut(e.File.Slice(n.Span), "\n")
				found = found || strings.Contains(header, "#")
			}
		}
	}
	visit(n)
	return found || e.commentIn(at, n.Span.End)
}

func (e Editor) commentIn(start, end int) bool {
	return start < end && strings.Contains(e.File.Text[start:end], "#")
}
