package syntax

import (
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax/python"
)

// Inside is the text between two quotes, in which somebody writes.
type Inside struct {
	Content source.Span // without the quotes
	Quote   string      // as it is written
	Closed  bool        // there is a closing quote
	Whole   bool        // nothing else makes the string

	lang   Lang
	at     int     // where somebody writes
	format bool    // an f-string
	outer  *Inside // of the Python string around the document
}

// Inside is the text between the quotes of n around an offset. It is false if n is no string in quotes, or the offset
// is not between them. In Python, n is any node that begins before the string does.
func (e Editor) Inside(n *Node, at int) (in Inside, ok bool) {
	if e.Lang == Python {
		in, ok = InsideLiteral(e.File, n.Span.Start, at)
		in.Whole = n.Kind == String && n.Style == Quoted && len(python.Literals(e.File.Text, n.Span)) == 1
		return in, ok
	}
	text := e.File.Text
	if n.Kind != String || n.Span.Len() == 0 || strings.IndexByte(`"'`, text[n.Span.Start]) < 0 {
		return in, false
	}
	in = Inside{Content: source.Span{Start: n.Span.Start + 1, End: n.Span.End}, Quote: text[n.Span.Start : n.Span.Start+1], Whole: true, lang: e.Lang, at: at}
	if in.Closed = n.Span.Len() > 1 && text[n.Span.End-1] == text[n.Span.Start]; in.Closed {
		in.Content.End--
	}
	return in, in.Content.Start <= at && at <= in.Content.End
}

// InsideLiteral is the text between the quotes of a Python literal around an offset. Before from, which is in no literal, nothing is
// looked at.
func InsideLiteral(f *source.File, from, at int) (in Inside, ok bool) {
	around, lit := python.Look(f.Text, from, at)
	if around != python.InLiteral || lit.Bytes {
		return in, false
	}
	return Inside{Content: lit.Content, Quote: lit.Quote, Closed: lit.Closed, lang: Python, at: at, format: lit.Format}, true
}

// IsCode reports whether an offset of a Python text is neither in a comment nor in a literal.
func IsCode(f *source.File, from, at int) bool {
	around, _ := python.Look(f.Text, from, at)
	return around == python.InCode
}

// Within is the same text in a document that stands in a Python literal.
func (in Inside) Within(outer Inside) Inside {
	in.outer = &outer
	return in
}

// Spell is text as it is written between the quotes. It is false if it cannot be without changing what stands around it.
func (in Inside) Spell(text string) (string, bool) {
	quote := in.Quote[:1]
	switch {
	case len(in.Quote) == 3: // other quotes and line breaks may stand there
		if strings.Contains(text, in.Quote) || in.at == in.Content.End && strings.HasSuffix(text, quote) || strings.ContainsAny(text, "\\\r") {
			return text, false
		}
	case in.lang == YAML && quote == "'":
		text = strings.ReplaceAll(text, "'", "''")
	case strings.ContainsAny(text, quote+"\\\r\n"):
		return text, false
	}
	if in.format && strings.ContainsAny(text, "{}") {
		return text, false
	}
	if in.outer != nil {
		return in.outer.Spell(text)
	}
	return text, true
}

// Quote is a string as it is written at a place, in the quotes that are usual there.
func (e Editor) Quote(at int, s string) string {
	if e.Lang == Python {
		return quotePython(s, e.usualQuote(at))
	}
	return Quote(e.Lang, s)
}
