package syntax

import (
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// yamlQuoted is the extent of a quoted scalar.
type yamlQuoted struct {
	start, end int
	closed     bool
	escapes    bool
	lastLine   int // the offset of the line it ends on, if that is not the one it starts on
}

func (s *yamlScanner) fetchQuoted(quote byte) {
	q := s.quotedExtent(s.pos, quote)
	if s.quoteRuns(q) {
		s.mendQuoted(q, quote)
		return
	}
	s.pushQuoted(q)
}

func (s *yamlScanner) pushQuoted(q yamlQuoted) {
	s.saveKey()
	s.allowKey = false
	span := source.Span{Start: q.start, End: q.end}
	t := s.push(yamlScalar, q.start, q.end)
	t.style = Quoted
	if !q.escapes && q.lastLine == 0 {
		t.text = source.VerbatimText(s.text[q.start+1:q.end-1], span)
	} else {
		t.text = s.unquote(q.start+1, q.end-1, span)
	}
	s.pos = q.end
	if q.lastLine > 0 {
		s.lineStart, s.shift = q.lastLine, 0
	}
}

// quotedExtent finds the closing quote.
func (s *yamlScanner) quotedExtent(start int, quote byte) yamlQuoted {
	q := yamlQuoted{start: start}
	text, at := s.text, start+1
	for at < len(text) {
		c := text[at]
		switch {
		case yamlBytes[c]&yamlQuoteStops == 0:
			at++
		case c == quote && quote == '\'' && strings.HasPrefix(text[at+1:], "'"):
			q.escapes = true
			at += 2
		case c == quote:
			q.end, q.closed = at+1, true
			return q
		case c == '\\' && quote == '"':
			q.escapes = true
			if at++; !s.lineEndAt(at) {
				at++
			}
		default:
			n := yamlBreak(text, at)
			if at += max(n, 1); n == 0 {
				continue
			}
			q.lastLine = at
			if s.atMarker(at) || s.reread > maxReread {
				q.end = at
				return q
			}
		}
	}
	q.end = at
	return q
}

// unquote replaces the escapes and folds the lines between two quotes.
func (s *yamlScanner) unquote(at, to int, span source.Span) source.Text {
	s.str.Reset()
	double := s.text[span.Start] == '"'
	piece := at // what stands for itself begins here
	for at < to {
		c := s.text[at]
		if yamlBytes[c]&yamlQuoteStops == 0 || c == '\'' && double || c == '"' || c == '\\' && !double {
			at++
			continue
		}
		n := yamlBreak(s.text, at)
		switch {
		case n > 0:
			end := piece + len(strings.TrimRight(s.text[piece:at], " \t"))
			s.str.Verbatim(piece, s.text[piece:end])
			at = s.foldQuoted(end, at, to, false)
		case c == '\'':
			s.str.Verbatim(piece, s.text[piece:at])
			s.str.Escape(source.Span{Start: at, End: at + 2}, "'")
			at += 2
		case c == '\\' && yamlBreak(s.text, at+1) > 0:
			s.str.Verbatim(piece, s.text[piece:at])
			at = s.foldQuoted(at, at+1, to, true)
		case c == '\\':
			s.str.Verbatim(piece, s.text[piece:at])
			at = s.unescapeYAML(at, to)
		default:
			at++
			continue
		}
		piece = at
	}
	s.str.Verbatim(piece, s.text[piece:to])
	return s.str.Text(span)
}

// foldQuoted appends what the line breaks from an offset on mean, and is the offset behind them. The blanks
// around them, from start on, mean nothing.
func (s *yamlScanner) foldQuoted(start, at, to int, escaped bool) int {
	n := yamlBreak(s.text, at)
	first := yamlBreakValue(s.text[at : at+n])
	s.breaks = s.breaks[:0]
	for {
		at = min(s.behindBlanks(at+n), to)
		if n = yamlBreak(s.text, at); n == 0 || at >= to {
			break
		}
		s.breaks = append(s.breaks, yamlBreakValue(s.text[at:at+n])...)
	}
	fold := string(s.breaks)
	if !escaped {
		fold = foldBreaks(first, s.breaks)
	}
	s.str.Escape(source.Span{Start: start, End: at}, fold)
	return at
}

// yamlEscapes are the characters that one character behind a backslash spells.
var yamlEscapes = map[byte]string{
	'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", '\t': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r",
	'e': "\x1B", ' ': " ", '"': `"`, '\\': `\`, '/': "/",
	'N': "\u0085", '_': "\u00A0", 'L': "\u2028", 'P': "\u2029",
}

// unescapeYAML appends what the backslash at an offset spells, and is the offset behind that.
func (s *yamlScanner) unescapeYAML(at, to int) int {
	if at+1 >= to {
		s.str.Verbatim(at, s.text[at:to])
		return to
	}
	c := s.text[at+1]
	if value, ok := yamlEscapes[c]; ok {
		s.str.Escape(source.Span{Start: at, End: at + 2}, value)
		return at + 2
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
	if digits == 0 {
		end := at + 2
		for end < to && s.text[end]&0xC0 == 0x80 { // the rest of a character
			end++
		}
		s.tell(source.Span{Start: at, End: end}, "YAML does not know the escape "+printable(s.text[at:end])+
			": write two backslashes for one, or put the text between single quotes",
			unsure("write two backslashes", source.Span{Start: at, End: at + 1}, `\\`))
		s.str.Verbatim(at, s.text[at:end])
		return end
	}
	end := min(at+2+digits, to)
	code, err := strconv.ParseUint(s.text[at+2:end], 16, 64)
	span := source.Span{Start: at, End: end}
	switch {
	case err != nil || end < at+2+digits:
		s.tell(source.Span{Start: at, End: at + 2}, "behind \\"+string(c)+" there must be "+strconv.Itoa(digits)+
			" hexadecimal digits: write them, or two backslashes for one", nil)
		s.str.Verbatim(at, s.text[at:at+2])
		return at + 2
	case code > 0x10FFFF:
		s.tell(span, "there is no character of that number: Unicode ends at 10FFFF", nil)
		s.str.Escape(span, "\uFFFD")
	default:
		s.str.Escape(span, encodeRune(rune(code)))
	}
	return end
}
