package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

// What a byte may be in YAML.
const (
	yamlStops      = 1 << iota // can end a plain scalar
	yamlFlowStops              // ends a plain scalar inside brackets
	yamlNameByte               // of an anchor or the handle of a tag
	yamlTagByte                // of a tag
	yamlSuspect                // is, or begins, a character that may be refused
	yamlQuoteStops             // cannot be passed over inside quotes
	yamlBreakByte              // begins a line break, perhaps
)

var yamlBytes = func() (class [256]uint8) {
	set := func(bytes string, c uint8) {
		for _, b := range []byte(bytes) {
			class[b] |= c
		}
	}
	set(" \t\r\n:\xC2\xE2", yamlStops)
	set(",?[]{}", yamlFlowStops)
	set("\r\n\\'\"\xC2\xE2", yamlQuoteStops)
	set("\r\n\xC2\xE2", yamlBreakByte)
	letters := "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
	set(letters, yamlNameByte)
	set(letters+";/?:@&=+$,.!~*'()[]%", yamlTagByte)
	for b := range class {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' || b >= 0x7F {
			class[b] |= yamlSuspect
		}
	}
	return
}()

// yamlBreak is the length of the line break at an offset, 0 if there is none. PyYAML breaks lines at three
// more characters than editors do.
func yamlBreak(text string, at int) int {
	if at >= len(text) {
		return 0
	}
	switch rest := text[at:]; rest[0] {
	case '\n':
		return 1
	case '\r':
		if len(rest) > 1 && rest[1] == '\n' {
			return 2
		}
		return 1
	case 0xC2:
		if len(rest) > 1 && rest[1] == 0x85 {
			return 2
		}
	case 0xE2:
		if len(rest) > 2 && rest[1] == 0x80 && (rest[2] == 0xA8 || rest[2] == 0xA9) {
			return 3
		}
	}
	return 0
}

// yamlBreakValue is what a line break means inside a scalar.
func yamlBreakValue(spelled string) string {
	if len(spelled) == 3 {
		return spelled
	}
	return "\n"
}

// breakLine goes behind the line break of n bytes that is next.
func (s *yamlScanner) breakLine(n int) {
	s.pos += n
	s.lineStart, s.shift = s.pos, 0
	if s.mend.shift != 0 {
		s.followMend()
	}
}

// blankAt reports whether a blank, a line break or the end of the text is at an offset.
func (s *yamlScanner) blankAt(at int) bool {
	return at >= len(s.text) || s.text[at] == ' ' || s.text[at] == '\t' || yamlBreak(s.text, at) > 0
}

// lineEndAt reports whether a line break or the end of the text is at an offset.
func (s *yamlScanner) lineEndAt(at int) bool { return at >= len(s.text) || yamlBreak(s.text, at) > 0 }

// lineEnd is the offset of the next line break, or of the end of the text.
func (s *yamlScanner) lineEnd(at int) int {
	for at < len(s.text) && (yamlBytes[s.text[at]]&yamlBreakByte == 0 || yamlBreak(s.text, at) == 0) {
		at++
	}
	return at
}

// behindBlanks is the offset of the next byte that is neither blank nor tab.
func (s *yamlScanner) behindBlanks(at int) int {
	for at < len(s.text) && (s.text[at] == ' ' || s.text[at] == '\t') {
		at++
	}
	return at
}

// atMarker reports whether the line that begins at an offset begins a document (---) or ends one (...).
func (s *yamlScanner) atMarker(at int) bool {
	rest := s.text[at:]
	return (strings.HasPrefix(rest, "---") || strings.HasPrefix(rest, "...")) && s.blankAt(at+3)
}

// skipBlank goes to the next token.
func (s *yamlScanner) skipBlank() {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == ' ':
			s.pos++
		case c == '\t':
			s.mendTab()
		case c == '#':
			s.pos = s.lineEnd(s.pos)
		default:
			n := yamlBreak(s.text, s.pos)
			if n == 0 {
				return
			}
			s.breakLine(n)
			s.allowKey = s.allowKey || s.flow == 0
		}
	}
}

// yamlRefused finds the characters that PyYAML refuses wherever they stand, and bytes that are no characters.
func yamlRefused(text string) (found []Problem, badBytes bool) {
	for i := 0; i < len(text); {
		if yamlBytes[text[i]]&yamlSuspect == 0 {
			i++
			continue
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		span := source.Span{Start: i, End: i + size}
		i += size
		switch {
		case c == utf8.RuneError && size == 1:
			badBytes = true
			if n := len(found); n > 0 && found[n-1].Code == BadEncoding && found[n-1].Span.End == span.Start {
				found[n-1].Span.End = span.End
			} else if n < maxRefused {
				found = append(found, yamlProblem(BadEncoding, span, "these bytes are not UTF-8: save the file as UTF-8"))
			}
		case (c < ' ' || c >= 0x7F && c < 0xA0 && c != 0x85 || c == 0xFFFE || c == 0xFFFF) && len(found) < maxRefused:
			found = append(found, yamlProblem(Malformed, span, fmt.Sprintf(
				"YAML does not allow the character U+%04X: remove it, or write it as an escape between double quotes", c)))
		}
	}
	return found, badBytes
}

// maxRefused bounds what is said about single characters: a binary file would have thousands.
const maxRefused = 10

func yamlProblem(c Code, span source.Span, message string) Problem {
	return Problem{Note: source.Note{Span: span, Message: message}, Code: c}
}

// withoutBadBytes is t with U+FFFD for each byte that is not UTF-8.
func withoutBadBytes(file string, t source.Text) source.Text {
	if utf8.ValidString(t.Value) {
		return t
	}
	var b source.TextBuilder
	for i := 0; i < len(t.Value); {
		c, size := utf8.DecodeRuneInString(t.Value[i:])
		char, at := t.Value[i:i+size], t.Sub(i, i+size)
		switch {
		case c == utf8.RuneError && size == 1:
			b.Escape(at, "\uFFFD")
		case at.Len() == size && file[at.Start:at.End] == char:
			b.Verbatim(at.Start, char)
		default:
			b.Escape(at, char)
		}
		i += size
	}
	return b.Text(t.Span)
}
