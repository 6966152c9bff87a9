package syntax

import (
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax/python"
)

// quoteLikePython is value as an expression of Python, as a node is written: in its quotes, or as a member of the same
// enumeration. What is not quoted yet gets the quotes that are usual around it.
func (e Editor) quoteLikePython(n *Node, value string) string {
	if n.Style == Member {
		if text, ok := e.otherMember(n, value); ok {
			return text
		}
	}
	quote := e.usualQuote(n.Span.Start)
	if n.Style == Quoted {
		lits := python.Literals(e.File.Text, n.Span)
		if len(lits) > 0 {
			quote = lits[0].Quote[0]
		}
	}
	return quotePython(value, quote)
}

// otherMember is the member of n's enumeration that stands for another value.
func (e Editor) otherMember(n *Node, value string) (text string, ok bool) {
	spelled := e.File.Slice(n.Span)
	for _, members := range enums {
		old, name := "", ""
		for member, v := range members {
			if v == n.Text.Value {
				old = member
			}
			if v == value {
				name = member
			}
		}
		if before, behind, found := strings.Cut(spelled, "."+old); found && old != "" && name != "" {
			return before + "." + name + behind, true
		}
	}
	return "", false
}

// usualQuote is the quote that most strings around a place have.
func (e Editor) usualQuote(at int) byte {
	const around = 2000
	text := e.File.Text[max(0, at-around):min(len(e.File.Text), at+around)]
	if strings.Count(text, "'") > strings.Count(text, `"`) {
		return '\''
	}
	return '"'
}

// isIdentifier reports whether a name can be that of an argument.
func isIdentifier(name string) bool {
	for i, c := range name {
		if c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != "" && !python.IsKeyword(name)
}

// replaceInPython is [Editor.ReplaceWithin]: in one literal, if the bytes are exactly its own, else the whole string.
func (e Editor) replaceInPython(n *Node, i, j int, text string) ([]source.Edit, bool) {
	value := n.Text.Value[:i] + text + n.Text.Value[j:]
	if n.Style == Quoted && utf8.ValidString(n.Text.Value[:i]) && utf8.ValidString(n.Text.Value[j:]) {
		if edit, ok := e.withinLiteral(n, i, j, text); ok {
			return []source.Edit{edit}, true
		}
	}
	return e.replace(n, e.quoteLike(n, value))
}

func (e Editor) withinLiteral(n *Node, i, j int, text string) (edit source.Edit, ok bool) {
	at := n.Text.Sub(i, j)
	lits := python.Literals(e.File.Text, n.Span)
	for _, lit := range lits {
		if !lit.Content.Contains(at) {
			continue
		}
		before, behind := at.Start, at.End
		if i > 0 {
			before = n.Text.Sub(i-1, i).End
		}
		if j < len(n.Text.Value) {
			behind = n.Text.Sub(j, j+1).Start
		}
		inFront := e.File.Text[lit.Content.Start:at.Start]
		switch {
		case before > at.Start || behind < at.End: // an escape is cut through
			return edit, false
		case i == j && (before != at.Start || behind != at.End): // between two literals, or at a joined line
			return edit, false
		case strings.Contains(inFront[max(0, len(inFront)-4):], `\`): // an escape may go on with what follows
			return edit, false
		case text == "" && at == lit.Content && len(lits) > 1:
			return edit, false // two quotes may come before the quotes of its neighbour
		case len(lit.Quote) == 3 && text == "" && strings.Contains(e.File.Text[at.Start-1:at.Start]+e.File.Text[at.End:at.End+1], lit.Quote[:1]):
			return edit, false // quotes would come together
		case lit.Raw && strings.ContainsAny(text, "\\\r\n"+lit.Quote[:1]), strings.ContainsAny(text, "\r\n"):
			return edit, false
		case lit.Raw:
			return source.Edit{Span: at, New: text}, true
		}
		var b strings.Builder
		writePython(&b, text, lit.Quote[0])
		return source.Edit{Span: at, New: b.String()}, true
	}
	return edit, false
}
