package python

import (
	"strings"

	"github.com/nanolint/nanolint/source"
)

type tokenKind uint8

const (
	endToken tokenKind = iota // behind the last token of a logical line
	nameToken
	numberToken
	stringToken
	opToken
	badToken
)

// token is a piece of a logical line. Files are smaller than two gigabytes, and a list of ten megabytes
// has millions of tokens.
type token struct {
	start, end int32
	kind       tokenKind
	loop       bool // of an opening bracket: a for stands between it and its closing one
}

// lexer reads one logical line after the other.
type lexer struct {
	text     string
	pos      int
	indent   int // of the line read last: columns, a tab up to the next multiple of eight
	tokens   []token
	brackets []int32 // the tokens of the brackets that are open
	unclosed bool    // a bracket of the line is never closed
	inside   bool    // the text stands in brackets: a line break ends nothing
	wasted   int     // see [Literal]
	errors   []Error
}

const (
	maxBrackets = 200 // Python refuses deeper ones
	maxErrors   = 50
	maxWasted   = 1 << 20 // then f-strings have no fields
)

func (l *lexer) tell(at source.Span, message string) {
	if len(l.errors) < maxErrors {
		l.errors = append(l.errors, Error{Note: source.Note{Span: at, Message: message}})
	}
}

// line reads the tokens of the next logical line, up to an endToken. It returns false at the end of the text.
func (l *lexer) line() bool {
	l.tokens, l.brackets = l.tokens[:0], l.brackets[:0]
	if !l.indentation() {
		return false
	}
	for l.token() {
	}
	if l.unclosed = len(l.brackets) > 0; l.unclosed {
		t := l.tokens[l.brackets[0]] // the others are inside
		l.tell(source.Span{Start: int(t.start), End: int(t.end)}, "this bracket is never closed")
	}
	l.add(endToken, l.pos, l.pos)
	return true
}

func (l *lexer) add(k tokenKind, start, end int) {
	l.tokens = append(l.tokens, token{start: int32(start), end: int32(end), kind: k})
	l.pos = end
}

// indentation passes over blank lines and comments, and measures where the next line begins.
func (l *lexer) indentation() bool {
	l.indent = 0
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; c {
		case ' ':
			l.indent++
		case '\t':
			l.indent = l.indent/8*8 + 8
		case '\f', '\n', '\r':
			l.indent = 0
		case '#':
			l.comment()
			continue
		default:
			return true
		}
		l.pos++
	}
	return false
}

func (l *lexer) comment() {
	if n := strings.IndexAny(l.text[l.pos:], "\r\n"); n >= 0 {
		l.pos += n
	} else {
		l.pos = len(l.text)
	}
}

// token reads a token, or what stands between two. It returns false at the end of the line.
func (l *lexer) token() bool {
	if l.pos == len(l.text) {
		return false
	}
	switch c := l.text[l.pos]; {
	case c == ' ' || c == '\t' || c == '\f':
		for l.pos++; l.pos < len(l.text) && l.text[l.pos] == ' '; {
			l.pos++
		}
	case c == '\r' || c == '\n':
		l.pos++
		return l.inside || len(l.brackets) > 0 && !l.startsStatement() && !l.startsAssignment()
	case c == '#':
		l.comment()
	case c == '\\' && l.continues():
	case isNameByte(c):
		l.name()
	case c >= '0' && c <= '9' || c == '.' && l.pos+1 < len(l.text) && isDigit(l.text[l.pos+1]):
		l.add(numberToken, l.pos, endOfNumber(l.text, l.pos))
	case c == '"' || c == '\'':
		l.string(l.pos)
	default:
		l.operator()
	}
	return true
}

// continues passes over a backslash that joins two lines.
func (l *lexer) continues() bool {
	rest := l.text[l.pos+1:]
	switch {
	case strings.HasPrefix(rest, "\r\n"):
		l.pos += 3
	case strings.HasPrefix(rest, "\n"), strings.HasPrefix(rest, "\r"):
		l.pos += 2
	default:
		return false
	}
	return true
}

// never are words that no expression holds: a line inside brackets that begins with one is a statement, and
// the brackets before it were left open.
var never = map[string]bool{
	"def": true, "class": true, "return": true, "import": true, "raise": true, "with": true, "try": true, "while": true,
	"pass": true, "break": true, "continue": true, "del": true, "global": true, "nonlocal": true, "assert": true,
	"except": true, "finally": true, "elif": true,
}

// startsStatement reports whether a statement begins in this line, although a bracket is open.
func (l *lexer) startsStatement() bool {
	at := l.pos
	for at < len(l.text) && (l.text[at] == ' ' || l.text[at] == '\t') {
		at++
	}
	end := at
	for end < len(l.text) && l.text[end] >= 'a' && l.text[end] <= 'z' {
		end++
	}
	return end > at && never[l.text[at:end]] && (end == len(l.text) || !isNameByte(l.text[end]) && !isDigit(l.text[end]) && l.text[end] != '"' && l.text[end] != '\'')
}

// startsAssignment reports whether this line, which is indented no farther than that of the bracket, assigns a name.
func (l *lexer) startsAssignment() bool {
	start := l.text[l.tokens[l.brackets[len(l.brackets)-1]].start]
	at := l.pos + span(l.text[l.pos:], " ")
	end := endOfName(l.text, at)
	behind := end + span(l.text[end:], " ")
	rest := l.text[behind:]
	return at-l.pos <= l.indent && end > at && isNameByte(l.text[at]) && strings.HasPrefix(rest, "=") && !strings.HasPrefix(rest, "==") &&
		(start != '(' || behind > end && strings.HasPrefix(rest, "= "))
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// name reads a name, or a literal whose prefix looks like one.
func (l *lexer) name() {
	end := endOfName(l.text, l.pos)
	if end < len(l.text) && (l.text[end] == '"' || l.text[end] == '\'') && isPrefix(l.text[l.pos:end]) {
		l.string(end)
		return
	}
	if n := len(l.brackets); n > 0 && l.text[l.pos:end] == "for" {
		l.tokens[l.brackets[n-1]].loop = true
	}
	l.add(nameToken, l.pos, end)
}

func endOfName(text string, at int) int {
	for at < len(text) && (isNameByte(text[at]) || isDigit(text[at])) {
		at++
	}
	return at
}

// string reads a literal whose prefix begins here and whose first quote stands at an offset.
func (l *lexer) string(quote int) {
	depth := 0
	if l.wasted > maxWasted {
		depth = -1
	}
	lit := literalAt(l.text, l.pos, quote, depth)
	l.wasted += lit.wasted
	if !lit.Closed {
		l.tell(source.Span{Start: lit.Span.Start, End: quote + len(lit.Quote)}, "this string has no closing quote")
	}
	l.add(stringToken, l.pos, lit.Span.End)
}

// endOfNumber is the offset behind the number that begins at an offset.
func endOfNumber(text string, at int) int {
	if text[at] == '0' && at+1 < len(text) {
		digits := ""
		switch text[at+1] {
		case 'x', 'X':
			digits = "0123456789abcdefABCDEF_"
		case 'o', 'O':
			digits = "01234567_"
		case 'b', 'B':
			digits = "01_"
		}
		if digits != "" {
			return at + 2 + span(text[at+2:], digits)
		}
	}
	const decimal = "0123456789_"
	at += span(text[at:], decimal)
	if at < len(text) && text[at] == '.' {
		at++
		at += span(text[at:], decimal)
	}
	if at < len(text) && (text[at] == 'e' || text[at] == 'E') {
		exponent := at + 1
		if exponent < len(text) && (text[exponent] == '+' || text[exponent] == '-') {
			exponent++
		}
		if exponent < len(text) && isDigit(text[exponent]) {
			at = exponent + span(text[exponent:], decimal)
		}
	}
	if at < len(text) && (text[at] == 'j' || text[at] == 'J') {
		at++
	}
	return at
}

// span is how many bytes s begins with that are among some.
func span(s, among string) int { return len(s) - len(strings.TrimLeft(s, among)) }

var operators = [...]string{
	"**=", "//=", ">>=", "<<=", "...",
	"**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=", "<>",
}

// operatorEnds are the bytes that the longer ones go on with.
const operatorEnds = "*/><.="

const singleOperators = ".:;=+-*/%&|^~<>@!"

func (l *lexer) operator() {
	rest := l.text[l.pos:]
	switch c := rest[0]; c { // no longer operator begins with these
	case '(', '[', '{':
		l.brackets = append(l.brackets, int32(len(l.tokens)))
		l.add(opToken, l.pos, l.pos+1)
		return
	case ')', ']', '}':
		l.closeBracket(c)
		l.add(opToken, l.pos, l.pos+1)
		return
	case ',':
		l.add(opToken, l.pos, l.pos+1)
		return
	}
	if len(rest) > 1 && strings.IndexByte(operatorEnds, rest[1]) >= 0 {
		for _, op := range operators {
			if strings.HasPrefix(rest, op) {
				l.add(opToken, l.pos, l.pos+len(op))
				return
			}
		}
	}
	k := opToken
	if strings.IndexByte(singleOperators, rest[0]) < 0 {
		k = badToken
	}
	l.add(k, l.pos, l.pos+1)
}

// closeBracket ends the innermost bracket, and with it the one around it if that is the one which is closed.
func (l *lexer) closeBracket(c byte) {
	n := len(l.brackets)
	if n > 1 && !l.matches(n-1, c) && l.matches(n-2, c) {
		n--
	}
	l.brackets = l.brackets[:max(n-1, 0)]
}

func (l *lexer) matches(k int, closing byte) bool {
	switch open := l.text[l.tokens[l.brackets[k]].start]; closing {
	case ')':
		return open == '('
	case ']':
		return open == '['
	default:
		return open == '{'
	}
}
