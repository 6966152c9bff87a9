package cond

import (
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

// Kind is a class of tokens.
type Kind uint8

// The kinds. Those but the first and the last are the operands and words of the language.
const (
	Dropped   Kind = iota // characters that the machine skips in silence
	LogicWord             // and, or
	NotWord               // not
	NotInWord             // not in
	InWord                // in
	ContainsWord
	Comparison // == != >= <= > <
	Call       // $name.method( : the machine gives up
	Variable
	String
	Number
	Constant // True, False, None
)

// String is the machine's name of the class, as its errors have it.
func (k Kind) String() string {
	return [...]string{"DROPPED", "LOGIC", "NOT", "NOT_IN", "IN", "CONTAINS", "OP", "METHOD_CALL", "VAR", "STR", "NUM", "BOOL"}[k]
}

// Drop sorts dropped characters by what their author probably had in mind.
type Drop uint8

// The drops.
const (
	Other      Drop = iota
	Word            // a bare word, or the part of one around a number
	Bracket         // ( or )
	ListSign        // [ or ] as around a list
	Index           // [ or ] as behind a variable
	Brace           // { or }
	Exclaim         // ! or ~
	Ampersand       // & or &&
	Bar             // | or ||
	Assign          // =
	Arithmetic      // + - * / % ^
	Comma
	Dot
	Quote  // a quote without its partner
	Dollar // a dollar sign without a name
)

// Token is a word of the language, or a run of characters that are none and were dropped. Between
// tokens stands nothing but white space.
type Token struct {
	Kind Kind
	Drop Drop // of a dropped run: what it is
	Op   Op   // of an operator: which
	At   int  // the offset in the text of the condition
	Text string
	Span source.Span
}

// End is the offset behind the token in the text of the condition.
func (t Token) End() int { return t.At + len(t.Text) }

var signs = map[byte]Drop{
	'(': Bracket, ')': Bracket, '[': ListSign, ']': ListSign, '{': Brace, '}': Brace, '!': Exclaim, '~': Exclaim,
	'&': Ampersand, '|': Bar, '=': Assign, '+': Arithmetic, '-': Arithmetic, '*': Arithmetic, '/': Arithmetic,
	'%': Arithmetic, '^': Arithmetic, ',': Comma, '.': Dot, '\'': Quote, '"': Quote, '$': Dollar,
}

// comparisons are in the order in which the machine tries them: the longer ones first.
var comparisons = [...]Op{Equal, NotEqual, GreaterEqual, LessEqual, Greater, Less}

// keywords are what they are between word boundaries only.
var keywords = map[string]Token{
	"and": {Kind: LogicWord, Op: And}, "or": {Kind: LogicWord, Op: Or}, "not": {Kind: NotWord},
	"in": {Kind: InWord, Op: In}, "contains": {Kind: ContainsWord, Op: Contains},
	"True": {Kind: Constant}, "False": {Kind: Constant}, "None": {Kind: Constant},
}

// lexer splits a text. At each place the machine tries its classes of tokens and, if none fits, drops
// one character. So a bare word is not passed over as a whole: v2 is a dropped v and the number 2.
type lexer struct {
	text    source.Text
	s       string
	at      int
	tokens  []Token
	inWord  bool // the character in front is a word character: no keyword can begin here
	indexes int  // open brackets of the sort Index
}

func lex(t source.Text) []Token {
	l := lexer{text: t, s: t.Value}
	if l.s != "" {
		l.tokens = make([]Token, 0, 2+len(l.s)/5)
	}
	for l.at < len(l.s) {
		r, size := value.DecodeRune(l.s[l.at:])
		switch {
		case value.IsSpace(r):
			l.at += size
			l.inWord = false
		case value.IsWord(r):
			l.word(r, size)
		default:
			l.sign(size)
		}
	}
	return l.tokens
}

// take makes a token of the text up to end.
func (l *lexer) take(token Token, end int) {
	token.At, token.Text, token.Span = l.at, l.s[l.at:end], l.text.Sub(l.at, end)
	l.tokens = append(l.tokens, token)
	l.at = end
}

// drop makes a dropped run of the characters up to end, or lengthens the run that ends here.
func (l *lexer) drop(what Drop, end int) {
	if n := len(l.tokens); n > 0 {
		last := &l.tokens[n-1]
		alone := what == Bracket || what == ListSign || what == Index || what == Brace
		if last.Kind == Dropped && last.Drop == what && !alone && last.End() == l.at {
			last.Text = l.s[last.At:end]
			last.Span = l.text.Sub(last.At, end)
			l.at = end
			return
		}
	}
	l.take(Token{Drop: what}, end)
}

// skip is where the characters from at on end of which is holds.
func (l *lexer) skip(at int, is func(rune) bool) int {
	for at < len(l.s) {
		r, size := value.DecodeRune(l.s[at:])
		if !is(r) {
			break
		}
		at += size
	}
	return at
}

// word reads at a word character.
func (l *lexer) word(r rune, size int) {
	if _, digit := value.Digit(r); digit {
		l.number(l.at)
		return
	}
	if !l.inWord {
		end := l.skip(l.at, value.IsWord)
		if token, is := keywords[l.s[l.at:end]]; is {
			if token.Kind == NotWord {
				token, end = l.notIn(token, end)
			}
			l.take(token, end)
			l.inWord = true
			return
		}
	}
	l.drop(Word, l.at+size)
	l.inWord = true
}

// notIn turns the token not, which ends at end, into not in if that is what follows.
func (l *lexer) notIn(token Token, end int) (Token, int) {
	blank := l.skip(end, value.IsSpace)
	if wordEnd := l.skip(blank, value.IsWord); blank > end && l.s[blank:wordEnd] == "in" {
		return Token{Kind: NotInWord, Op: NotIn}, wordEnd
	}
	return token, end
}

func isDigit(r rune) bool { _, is := value.Digit(r); return is }

// number reads a number whose digits begin at digits, perhaps behind a minus sign.
func (l *lexer) number(digits int) {
	end := l.skip(digits, isDigit)
	if strings.HasPrefix(l.s[end:], ".") {
		if decimals := l.skip(end+1, isDigit); decimals > end+1 {
			end = decimals
		}
	}
	l.take(Token{Kind: Number}, end)
	l.inWord = true
}

// sign reads at a character that is neither blank nor part of a word.
func (l *lexer) sign(size int) {
	l.inWord = false
	switch c := l.s[l.at]; c {
	case '$':
		if end := l.skip(l.at+1, isPathRune); end > l.at+1 {
			l.variable(end)
			return
		}
	case '\'', '"':
		if n := strings.IndexByte(l.s[l.at+1:], c); n >= 0 {
			l.take(Token{Kind: String}, l.at+n+2)
			return
		}
	case '-':
		if l.skip(l.at+1, isDigit) > l.at+1 {
			l.number(l.at + 1)
			return
		}
	case '=', '!', '>', '<':
		for _, op := range comparisons {
			if text := op.String(); strings.HasPrefix(l.s[l.at:], text) {
				l.take(Token{Kind: Comparison, Op: op}, l.at+len(text))
				return
			}
		}
	}
	what := signs[l.s[l.at]]
	if what == ListSign {
		what = l.index()
	}
	l.drop(what, l.at+size)
}

// index tells the brackets of an index from those of a list.
func (l *lexer) index() Drop {
	if l.s[l.at] == ']' {
		if l.indexes > 0 {
			l.indexes--
			return Index
		}
		return ListSign
	}
	if n := len(l.tokens); n > 0 {
		last := l.tokens[n-1]
		if last.End() == l.at && (last.Kind == Variable || last.Drop == Index && last.Text == "]") {
			l.indexes++
			return Index
		}
	}
	return ListSign
}

func isPathRune(r rune) bool { return r == '.' || value.IsWord(r) }

// variable reads a variable, or the name of a method with the bracket behind it.
func (l *lexer) variable(end int) {
	if bracket := l.skip(end, value.IsSpace); strings.HasPrefix(l.s[bracket:], "(") {
		l.take(Token{Kind: Call}, bracket+1)
		return
	}
	l.take(Token{Kind: Variable}, end)
	l.inWord = l.s[end-1] != '.'
}
