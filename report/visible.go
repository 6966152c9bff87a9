package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is the number of bytes after which a message or a name is cut: a step may be called
// something of a megabyte.
const longest = 1000

// Visible makes a text fit for a line on a terminal: what a terminal would obey, hide or reorder is
// spelled out, so that nobody's file can move the cursor or pretend to be our words.
func Visible(s string) string {
	if len(s) > longest {
		cut := longest
		for !utf8.RuneStart(s[cut]) && cut > longest-utf8.UTFMax {
			cut--
		}
		return Visible(s[:cut]) + "…"
	}
	if strings.IndexFunc(s, mustSpell) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if mustSpell(r) || isBadByte(r, n) {
			b.WriteString(spelled(s[i : i+n]))
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// mustSpell reports whether a terminal would obey, hide or reorder by r instead of showing it. The two
// joiners are part of ordinary words and emoji.
func mustSpell(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == 0x7f
	}
	return r != '\u200c' && r != '\u200d' &&
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

func isBadByte(r rune, size int) bool { return r == utf8.RuneError && size == 1 }

// spelled is the visible form of one character or of one byte that is none.
func spelled(char string) string {
	r, n := utf8.DecodeRuneInString(char)
	switch {
	case isBadByte(r, n):
		return fmt.Sprintf("<%02X>", char[0])
	case r < ' ':
		return string('␀' + r)
	case r == 0x7f:
		return "␡"
	}
	return fmt.Sprintf("<U+%04X>", r)
}
