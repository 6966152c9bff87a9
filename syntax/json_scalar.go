package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

// maxDigits is the length of the longest integer that Python converts.
const maxDigits = 4300

// plainByte: the bytes that stand in a string for themselves.
var plainByte = func() (plain [256]bool) {
	for c := range plain {
		plain[c] = c >= ' ' && c != '"' && c != '\\'
	}
	return
}()

// quoted reads the string whose opening quote is next.
func (r *jsonReader) quoted() *Node {
	text, start := r.text, r.pos
	i := start + 1
	for i < len(text) && plainByte[text[i]] {
		i++
	}
	if i == len(text) || text[i] != '"' {
		return r.quotedSlow(i)
	}
	r.pos = i + 1
	n := r.slab.scalar(String, text[start+1:i], source.Span{Start: start, End: i + 1})
	n.Style = Quoted
	return n
}

// quotedSlow reads a string with escapes, or a broken one; scanned is as far as it is plain.
func (r *jsonReader) quotedSlow(scanned int) *Node {
	text, start := r.text, r.pos
	control := -1
	for i := scanned; i < len(text); i++ {
		switch c := text[i]; {
		case plainByte[c], c < ' ' && r.lenient:
		case c == '\\' && i+1 < len(text) && text[i+1] != '\n' && text[i+1] != '\r':
			i++
		case c == '"':
			if control >= 0 {
				r.tellControls(control, i)
			}
			return r.string(start, i, i+1)
		case c == '\n':
			end, ok := r.acrossLines(i)
			if !ok {
				return r.unterminated(i)
			}
			return r.string(start, end, end+1)
		case control < 0 && c != '\\' && strings.TrimLeft(text[i:min(i+2, len(text))], "\r\n") != "":
			control = i
		}
	}
	return r.unterminated(len(text))
}

// string is the string between two quotes, its escapes replaced.
func (r *jsonReader) string(start, contentEnd, end int) *Node {
	span := source.Span{Start: start, End: end}
	r.pos = end
	r.str.Reset()
	r.unescape(start+1, contentEnd)
	n := r.slab.node(String, span)
	n.Text, n.Style = r.str.Text(span), Quoted
	return n
}

// unescape appends what the bytes between two offsets mean.
func (r *jsonReader) unescape(from, to int) {
	text := r.text[:to]
	for from < to {
		n := strings.IndexByte(text[from:], '\\')
		if n < 0 {
			n = to - from
		}
		r.str.Verbatim(from, text[from:from+n])
		if from += n; from < to {
			from = r.escape(from, to)
		}
	}
}

// escape appends what the escape sequence at an offset means, and returns the offset behind it.
func (r *jsonReader) escape(at, to int) int {
	if at+1 == to {
		r.str.Verbatim(at, `\`)
		return to
	}
	const letters, meanings = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	c := r.text[at+1]
	if k := strings.IndexByte(letters, c); k >= 0 {
		r.str.Escape(source.Span{Start: at, End: at + 2}, meanings[k:k+1])
		return at + 2
	}
	if c == 'u' {
		return r.unicodeEscape(at, to)
	}
	_, size := utf8.DecodeRuneInString(r.text[at+1 : to])
	span := source.Span{Start: at, End: at + 1 + size}
	if c == '\'' {
		r.tellFix(Malformed, span, `JSON has no escape \': write the quote without the backslash`,
			fixed("remove the backslash", source.Span{Start: at, End: at + 1}, ""))
		r.str.Escape(span, "'")
		return span.End
	}
	r.tellFix(Malformed, span, fmt.Sprintf(`JSON has no escape %s: double the backslash if it belongs to the text`,
		printable(r.text[at:span.End])), unsure("double the backslash", source.Span{Start: at, End: at + 1}, `\\`))
	r.str.Verbatim(at, r.text[at:span.End])
	return span.End
}

// unicodeEscape reads \uXXXX, or two of them that are one character. A half of such a pair alone
// becomes what UTF-8 would make of it, as Python has a character for it.
func (r *jsonReader) unicodeEscape(at, to int) int {
	u, ok := hex4(r.text[at+2 : to])
	if !ok {
		end := at + 2
		for end < min(at+6, to) && isHex(r.text[end]) {
			end++
		}
		span := source.Span{Start: at, End: end}
		r.tell(Malformed, span, `four hexadecimal digits must follow \u: write them, or \\u for a backslash and a u`)
		r.str.Verbatim(at, r.text[at:end])
		return end
	}
	end := at + 6
	if isHigh(u) && end+2 <= to && r.text[end] == '\\' && r.text[end+1] == 'u' {
		if low, ok := hex4(r.text[end+2 : to]); ok && low >= 0xDC00 && low < 0xE000 {
			u, end = (u-0xD800)<<10+(low-0xDC00)+0x10000, end+6
		}
	}
	r.str.Escape(source.Span{Start: at, End: end}, encodeRune(u))
	return end
}

func isHigh(u rune) bool { return u >= 0xD800 && u < 0xDC00 }

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// hex4 is the number that the first four bytes spell.
func hex4(s string) (u rune, ok bool) {
	if len(s) < 4 {
		return 0, false
	}
	for _, c := range []byte(s[:4]) {
		switch {
		case c >= '0' && c <= '9':
			u = u<<4 + rune(c-'0')
		case isHex(c):
			u = u<<4 + rune(c|0x20-'a') + 10
		default:
			return 0, false
		}
	}
	return u, true
}

// encodeRune is the UTF-8 of a character, also of a surrogate (known as WTF-8).
func encodeRune(u rune) string {
	if u >= 0xD800 && u < 0xE000 {
		return string([]byte{0xED, 0x80 | byte(u>>6&0x3F), 0x80 | byte(u&0x3F)})
	}
	return string(u)
}

// number reads the number that is next. It is nil, and nothing is read, if that is no JSON number.
func (r *jsonReader) number() *Node {
	text, start := r.text, r.pos
	i := start
	if text[i] == '-' {
		i++
	}
	first := i
	for i < len(text) && text[i]-'0' < 10 {
		i++
	}
	if i == first || text[first] == '0' && i > first+1 {
		if strings.HasPrefix(text[start:], "-I") {
			return r.literal()
		}
		return nil
	}
	kind, digits := Int, i-first
	if i+1 < len(text) && text[i] == '.' && text[i+1]-'0' < 10 {
		kind = Float
		for i++; i < len(text) && text[i]-'0' < 10; i++ {
		}
	}
	if i < len(text) && text[i]|0x20 == 'e' {
		j := i + 1
		if j < len(text) && (text[j] == '+' || text[j] == '-') {
			j++
		}
		if j < len(text) && text[j]-'0' < 10 {
			kind = Float
			for i = j; i < len(text) && text[i]-'0' < 10; i++ {
			}
		}
	}
	if r.wordAt(i) {
		return nil
	}
	span := source.Span{Start: start, End: i}
	r.pos = i
	if kind == Int && digits > maxDigits {
		r.tell(Malformed, span, fmt.Sprintf("Python reads integers of at most %d digits: write a shorter number or a string", maxDigits))
		return r.slab.scalar(Opaque, text[start:i], span)
	}
	return r.slab.scalar(kind, text[start:i], span)
}

// literal reads the named value that is next. It is nil, and nothing is read, if there is none.
func (r *jsonReader) literal() *Node {
	var name string
	kind := Float
	switch r.text[r.pos] {
	case 't':
		name, kind = "true", Bool
	case 'f':
		name, kind = "false", Bool
	case 'n':
		name, kind = "null", Null
	case 'N':
		name = "NaN"
	case 'I':
		name = "Infinity"
	case '-':
		name = "-Infinity"
	}
	end := r.pos + len(name)
	if !strings.HasPrefix(r.text[r.pos:], name) || r.wordAt(end) {
		return nil
	}
	span := source.Span{Start: r.pos, End: end}
	r.pos = end
	return r.slab.scalar(kind, r.text[span.Start:end], span)
}

// wordAt reports whether a word goes on at an offset.
func (r *jsonReader) wordAt(at int) bool {
	return at < len(r.text) && word[r.text[at]] && !r.commentAt(at)
}

// commentAt reports whether a comment begins at an offset.
func (r *jsonReader) commentAt(at int) bool {
	switch r.text[at] {
	case '#':
		return true
	case '/':
		return at+1 < len(r.text) && (r.text[at+1] == '/' || r.text[at+1] == '*')
	}
	return false
}
