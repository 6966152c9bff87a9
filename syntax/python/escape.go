package python

import (
	"strconv"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

// simpleEscapes are the escapes of one letter.
var simpleEscapes = [256]string{
	'\\': "\\", '\'': "'", '"': `"`, 'a': "\a", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t", 'v': "\v",
}

// unescape appends what the backslash at an offset and the bytes behind it mean, and tells how many they are. It
// fails for an escape that Python refuses, and for names of characters.
func unescape(text string, at int, b *source.TextBuilder) (width int, ok bool) {
	rest := text[at+1:]
	if rest == "" {
		return 0, false
	}
	escape := func(width int, value string) (int, bool) {
		b.Escape(source.Span{Start: at, End: at + width}, value)
		return width, true
	}
	switch c := rest[0]; {
	case simpleEscapes[c] != "":
		return escape(2, simpleEscapes[c])
	case c == '\n' || c == '\r':
		return 1 + widthOfEscaped(rest), true
	case c >= '0' && c <= '7':
		n := 1
		for n < 3 && n < len(rest) && rest[n] >= '0' && rest[n] <= '7' {
			n++
		}
		v, _ := strconv.ParseUint(rest[:n], 8, 32)
		return escape(1+n, runeText(rune(v)))
	case c == 'x':
		return hexEscape(rest, 2, escape)
	case c == 'u':
		return hexEscape(rest, 4, escape)
	case c == 'U':
		return hexEscape(rest, 8, escape)
	case c == 'N':
		return 0, false
	}
	b.Verbatim(at, text[at:at+1]) // no escape: the backslash is itself
	return 1, true
}

func hexEscape(rest string, digits int, escape func(int, string) (int, bool)) (width int, ok bool) {
	if len(rest) <= digits {
		return 0, false
	}
	v, err := strconv.ParseUint(rest[1:1+digits], 16, 32)
	if err != nil || v > utf8.MaxRune {
		return 0, false
	}
	return escape(2+digits, runeText(rune(v)))
}

// runeText is a character in UTF-8, half of a UTF-16 pair in the three bytes of WTF-8.
func runeText(r rune) string {
	if r >= 0xD800 && r < 0xE000 {
		return string([]byte{0xE0 | byte(r>>12), 0x80 | byte(r>>6)&0x3F, 0x80 | byte(r)&0x3F})
	}
	return string(r)
}
