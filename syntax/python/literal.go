package python

import (
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

// Literal is a string literal: prefix, quotes and what stands between them.
type Literal struct {
	Span    source.Span
	Content source.Span // between the quotes
	Quote   string      // one quote or three
	Raw     bool        // a backslash is itself
	Bytes   bool
	Format  bool    // an f-string, or a t-string
	Closed  bool    // there is a closing quote
	wasted  int     // how many bytes were read in vain, in search of the ends of its fields
	fields  []field // of an f-string
}

// field is a replacement field of an f-string.
type field struct {
	span source.Span // from brace to brace
	expr source.Span // without conversion and format
}

func isPrefix(s string) bool {
	switch strings.ToLower(s) {
	case "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt":
		return true
	}
	return false
}

// maxFStrings is how deep f-strings may be nested in each other: what is deeper is not looked into. Each level is
// read once more for each one around it.
const maxFStrings = 16

// literalAt reads a literal: its prefix begins at start, its first quote stands at quote, and it is nested in so
// many others. An f-string with a field that does not end is read as if it had none; inside another it does not end.
// At a depth of -1 it is read as if it had none in any case.
func literalAt(text string, start, quote, depth int) Literal {
	lit := Literal{Quote: text[quote : quote+1]}
	switch {
	case strings.HasPrefix(text[quote:], `"""`):
		lit.Quote = `"""`
	case strings.HasPrefix(text[quote:], "'''"):
		lit.Quote = "'''"
	}
	for _, c := range []byte(text[start:quote]) {
		switch c | 0x20 {
		case 'r':
			lit.Raw = true
		case 'b':
			lit.Bytes = true
		case 'f', 't':
			lit.Format = true
		}
	}
	content := quote + len(lit.Quote)
	end, closed := 0, false
	if lit.Format && depth >= 0 {
		end, closed = lit.scanFields(text, content, depth)
	} else {
		end, closed = lit.scan(text, content)
	}
	lit.Content = source.Span{Start: content, End: end}
	lit.Span = source.Span{Start: start, End: end}
	if lit.Closed = closed; closed {
		lit.Span.End += len(lit.Quote)
	}
	return lit
}

// scan finds the closing quote from an offset on.
func (l *Literal) scan(text string, at int) (end int, closed bool) {
	quote, isLine := l.Quote[0], len(l.Quote) == 1
	for at < len(text) {
		switch c := text[at]; {
		case c == '\\':
			at = min(at+widthOfEscaped(text[at+1:])+1, len(text))
		case c == quote && (isLine || strings.HasPrefix(text[at:], l.Quote)):
			return at, true
		case isLine && (c == '\r' || c == '\n'):
			return at, false
		default:
			at++
		}
	}
	return at, false
}

// widthOfEscaped is how many bytes a backslash keeps from ending a literal.
func widthOfEscaped(rest string) int {
	if strings.HasPrefix(rest, "\r\n") {
		return 2
	}
	return min(1, len(rest))
}

// scanFields is scan for an f-string, in whose fields any expression may stand, strings included.
func (l *Literal) scanFields(text string, at, depth int) (end int, closed bool) {
	start := at
	for at < len(text) {
		switch c := text[at]; {
		case strings.HasPrefix(text[at:], l.Quote):
			return at, true
		case len(l.Quote) == 1 && (c == '\n' || c == '\r'):
			return at, false
		case c == '\\':
			if name := text[at+1:]; !l.Raw && strings.HasPrefix(name, "N{") {
				if n := strings.IndexByte(name, '}'); n >= 0 {
					at += n + 2
					continue
				}
			}
			at++
			if at < len(text) && text[at] != '{' && text[at] != '}' {
				at += widthOfEscaped(text[at:])
			}
		case c == '{' && !strings.HasPrefix(text[at:], "{{"):
			f, ok := scanField(text, at, l.Quote, depth)
			if !ok {
				l.fields, l.wasted = nil, f.span.End-start
				if depth > 0 {
					return f.span.End, false
				}
				return l.scan(text, start)
			}
			l.fields = append(l.fields, f)
			at = f.span.End
		case c == '{':
			at += 2
		default:
			at++
		}
	}
	return at, false
}

// scanField reads the field of an f-string whose opening brace stands at an offset.
func scanField(text string, at int, quote string, depth int) (f field, ok bool) {
	f.span.Start, f.expr.Start = at, at+1
	if depth >= maxFStrings {
		f.span.End = at
		return f, false
	}
	for brackets := 0; ; {
		at, ok = endOfWords(text, at+1, depth)
		if f.span.End = at; !ok || at == len(text) {
			return f, false
		}
		c := text[at]
		if end := c == '}' || c == ':' || c == '!' && !strings.HasPrefix(text[at:], "!="); end && brackets == 0 && f.expr.End == 0 {
			f.expr.End = at
		}
		switch {
		case c == '(' || c == '[' || c == '{':
			brackets++
		case c == '}' && brackets == 0:
			f.span.End = at + 1
			return f, true
		case c == ')' || c == ']' || c == '}':
			if brackets--; brackets < 0 {
				return f, false
			}
		case c == ':' && brackets == 0:
			f.span.End, ok = scanSpec(text, at+1, quote, depth)
			return f, ok
		}
	}
}

// endOfWords passes over names, literals and comments. It fails at one that does not end.
func endOfWords(text string, at, depth int) (end int, ok bool) {
	for at < len(text) {
		switch c := text[at]; {
		case isNameByte(c) || isDigit(c) || c == '"' || c == '\'':
			end := endOfName(text, at)
			if end < len(text) && (text[end] == '"' || text[end] == '\'') && (end == at || isPrefix(text[at:end])) {
				lit := literalAt(text, at, end, depth+1)
				if end = lit.Span.End; !lit.Closed {
					return end, false
				}
			}
			at = end
		case c == '#':
			n := strings.IndexAny(text[at:], "\r\n")
			if n < 0 {
				return len(text), false
			}
			at += n
		default:
			return at, true
		}
	}
	return len(text), true
}

// scanSpec finds the end of a field from behind the colon of its format on.
func scanSpec(text string, at int, quote string, depth int) (behind int, ok bool) {
	for at < len(text) {
		switch c := text[at]; {
		case c == '}':
			return at + 1, true
		case c == '{':
			f, ok := scanField(text, at, quote, depth+1)
			if at = f.span.End; !ok {
				return at, false
			}
		case strings.HasPrefix(text[at:], quote), len(quote) == 1 && (c == '\n' || c == '\r'):
			return at, false
		default:
			at++
		}
	}
	return at, false
}

// Literals are the literals that a string expression is made of, in order. Between them are blanks,
// comments, line breaks and parentheses.
func (m *Module) Literals(e *Expr) []Literal { return Literals(m.Text, e.Span) }

// Literals are the literals in a part of a text that holds nothing else but what may stand between them.
func Literals(text string, at source.Span) []Literal {
	var all []Literal
	l := lexer{text: text[:at.End], pos: at.Start}
	for l.pos < at.End {
		switch c := text[l.pos]; {
		case c == '#':
			l.comment()
		case c == '"' || c == '\'' || isNameByte(c):
			quote := endOfName(l.text, l.pos)
			if quote == at.End || text[quote] != '"' && text[quote] != '\'' {
				return all
			}
			lit := literalAt(l.text, l.pos, quote, 0)
			all = append(all, lit)
			l.pos = lit.Span.End
		default:
			l.pos++
		}
	}
	return all
}

// Piece is a part of a literal: text as it is spelled, or a field of an f-string from brace to brace.
type Piece struct {
	Span  source.Span
	Field bool
}

// Pieces are the parts of a literal in order.
func (l Literal) Pieces() []Piece {
	var all []Piece
	at := l.Content.Start
	for _, f := range l.fields {
		if f.span.Start > at {
			all = append(all, Piece{Span: source.Span{Start: at, End: f.span.Start}})
		}
		all = append(all, Piece{Span: f.span, Field: true})
		at = f.span.End
	}
	if at < l.Content.End {
		all = append(all, Piece{Span: source.Span{Start: at, End: l.Content.End}})
	}
	return all
}

// Unescape appends what a part of a literal's content means, with its places. It returns false if that
// cannot be told.
func (m *Module) Unescape(l Literal, at source.Span, b *source.TextBuilder) bool {
	text := m.Text[:at.End]
	if part := text[at.Start:]; m.Opaque && strings.IndexFunc(part, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		return false
	}
	stop := "\r"
	if !l.Raw {
		stop += "\\"
	}
	if l.Format {
		stop += "{}"
	}
	for i := at.Start; i < len(text); {
		n := strings.IndexAny(text[i:], stop)
		if n < 0 {
			n = len(text) - i
		}
		b.Verbatim(i, text[i:i+n])
		if i += n; i == len(text) {
			return true
		}
		width, ok := 0, true
		switch c := text[i]; {
		case c == '\r':
			width = 1
			if strings.HasPrefix(text[i:], "\r\n") {
				width = 2
			}
			b.Escape(source.Span{Start: i, End: i + width}, "\n")
		case c == '\\':
			width, ok = unescape(text, i, b)
		case strings.HasPrefix(text[i:], "{{"), strings.HasPrefix(text[i:], "}}"):
			width = 2
			b.Escape(source.Span{Start: i, End: i + 2}, text[i:i+1])
		default:
			return false // a lone brace
		}
		if !ok {
			return false
		}
		i += width
	}
	return true
}
