package python

// Around is what an offset of a text lies in.
type Around uint8

// What offsets lie in.
const (
	InCode    Around = iota // anything else
	InComment               // behind the # of one
	InLiteral               // between the quotes of one
	InField                 // in a field of an f-string
)

// Look tells what an offset lies in, and in which literal. The text is read from another offset on, which is in none, as if a
// bracket were open there.
func Look(text string, from, at int) (Around, Literal) {
	l := lexer{text: text, pos: from, inside: true}
	for l.pos < at {
		l.tokens, l.brackets, l.errors = l.tokens[:0], l.brackets[:0], l.errors[:0]
		start := l.pos
		l.token()
		switch {
		case l.pos < at:
		case text[start] == '#':
			return InComment, Literal{}
		case len(l.tokens) > 0 && l.tokens[0].kind == stringToken:
			lit := literalAt(text, start, endOfName(text, start), 0)
			for _, f := range lit.fields {
				if f.span.Start < at && at < f.span.End {
					return InField, lit
				}
			}
			if lit.Content.Start <= at && at <= lit.Content.End {
				return InLiteral, lit
			}
		}
	}
	return InCode, Literal{}
}
