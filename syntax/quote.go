package syntax

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quote is s as a scalar of the language that means s: with quotes always in JSON, and in YAML
// where it would mean something else without. It is one line in either, and fits into brackets.
func Quote(l Lang, s string) string {
	switch {
	case l == Python:
		return quotePython(s, '"')
	case l != YAML:
		return doubleQuote(l, s)
	case plainInYAML(s):
		return s
	case strings.ContainsAny(s, `"\`) && singleQuotable(s):
		return singleQuote(s)
	}
	return doubleQuote(l, s)
}

// doubleQuote is s between double quotes.
func doubleQuote(l Lang, s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	writeEscaped(&b, l, s)
	b.WriteByte('"')
	return b.String()
}

// writeEscaped writes s as it stands between double quotes. Bytes that are no UTF-8 become U+FFFD.
func writeEscaped(b *strings.Builder, l Lang, s string) {
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		if u, ok := surrogate(s[i:]); ok {
			fmt.Fprintf(b, `\u%04x`, u)
			i += 3
			continue
		}
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c < ' ':
			b.WriteString(controlEscape(byte(c)))
		case l == YAML && !printableInYAML(c):
			fmt.Fprintf(b, `\u%04x`, c)
		default:
			b.WriteRune(c)
		}
		i += size
	}
}

// quotePython is s between quotes of Python.
func quotePython(s string, quote byte) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte(quote)
	writePython(&b, s, quote)
	b.WriteByte(quote)
	return b.String()
}

// writePython writes s as it stands between quotes of Python. Bytes that are no UTF-8 become U+FFFD.
func writePython(b *strings.Builder, s string, quote byte) {
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		if u, ok := surrogate(s[i:]); ok {
			fmt.Fprintf(b, `\u%04x`, u)
			i += 3
			continue
		}
		switch {
		case c == rune(quote) || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c < ' ':
			b.WriteString(controlEscape(byte(c)))
		case !printableInYAML(c):
			fmt.Fprintf(b, `\u%04x`, c)
		default:
			b.WriteRune(c)
		}
		i += size
	}
}

// surrogate is the half of a UTF-16 pair that s begins with, in the three bytes of WTF-8.
func surrogate(s string) (u rune, ok bool) {
	if len(s) < 3 || s[0] != 0xED || s[1] < 0xA0 || s[1]&0xC0 != 0x80 || s[2]&0xC0 != 0x80 {
		return 0, false
	}
	return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), true
}

// printableInYAML reports whether PyYAML reads c as itself and not as a line break, a mark or an error.
func printableInYAML(c rune) bool {
	switch {
	case c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF:
		return false
	}
	return c >= ' ' && c < 0x7F || c >= 0xA0
}

// singleQuotable reports whether s can stand between single quotes, which know no escapes.
func singleQuotable(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, c := range s {
		if !printableInYAML(c) {
			return false
		}
	}
	return true
}

// singleQuote is s between the single quotes of YAML.
func singleQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// notStrings are the words that YAML 1.1 takes for booleans and null, in PyYAML or in others.
var notStrings = map[string]bool{
	"y": true, "n": true, "yes": true, "no": true, "on": true, "off": true, "true": true, "false": true, "null": true,
}

// plainInYAML reports whether s without quotes is the string s, anywhere a scalar may stand. It is
// narrower than the grammar: a letter, _ or $ first, and no indicator that could ever end a scalar.
func plainInYAML(s string) bool {
	if s == "" || notStrings[strings.ToLower(s)] || s[len(s)-1] == ' ' {
		return false
	}
	for i, c := range s {
		switch {
		case unicode.IsLetter(c), c == '_', c == '$':
		case i == 0:
			return false
		case unicode.IsDigit(c), strings.ContainsRune(" .-/+=<>()!;%@*&|~^'\"", c):
		default:
			return false
		}
	}
	return true
}
