package syntax

import (
	"math"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// noLimit lets a plain scalar run as far as it goes.
const noLimit = math.MaxInt

func (s *yamlScanner) fetchPlain() {
	s.saveKey()
	s.allowKey = false
	p := s.plain(noLimit, false)
	if s.flow == 0 && p.lastLine == s.lineStart && strings.HasPrefix(s.text[s.pos:], ":") {
		if k := &s.keys[0]; !k.live || s.stale(k) {
			p = s.mendColon(p)
		}
	}
	s.pushScalar(p)
}

// yamlPlain is a plain scalar that has been scanned.
type yamlPlain struct {
	start, end int
	firstLine  yamlLine
	lastLine   int // its offset
	text       source.Text
}

func (s *yamlScanner) pushScalar(p yamlPlain) {
	s.push(yamlScalar, p.start, p.end).text = p.text
}

// plain scans a plain scalar up to the line that begins at limit. Whole lines, a colon and whatever follows
// it included, are taken if the text is known to be wrong and meant that way.
func (s *yamlScanner) plain(limit int, whole bool) yamlPlain {
	p := yamlPlain{start: s.pos, end: s.pos, firstLine: s.yamlLine, lastLine: s.lineStart}
	fold, folded := "", false // what the blanks before s.pos mean; whether p has more than one line
	for s.pos < len(s.text) && s.text[s.pos] != '#' {
		to := s.plainEnd(s.pos, whole && s.flow == 0)
		if to == s.pos {
			break
		}
		s.allowKey = false
		switch {
		case p.lastLine != s.lineStart:
			if !folded {
				folded = true
				s.str.Reset()
				s.str.Verbatim(p.start, s.text[p.start:p.end])
			}
			s.str.Escape(source.Span{Start: p.end, End: s.pos}, fold)
			s.str.Verbatim(s.pos, s.text[s.pos:to])
		case folded:
			s.str.Verbatim(p.end, s.text[p.end:to])
		}
		p.end, p.lastLine, s.pos = to, s.lineStart, to
		more := false
		if fold, more = s.plainBlanks(); !more {
			break
		}
		if s.lineStart >= limit {
			s.pos, s.lineStart = limit, limit
			break
		}
	}
	span := source.Span{Start: p.start, End: p.end}
	if folded {
		p.text = s.str.Text(span)
	} else {
		p.text = source.VerbatimText(s.text[p.start:p.end], span)
	}
	return p
}

// plainEnd is the end of the piece of a plain scalar that begins at an offset.
func (s *yamlScanner) plainEnd(at int, whole bool) int {
	if whole {
		return s.wordsEnd(at)
	}
	text, stops := s.text, uint8(yamlStops)
	if s.flow > 0 {
		stops |= yamlFlowStops
	}
	for ; at < len(text); at++ {
		if yamlBytes[text[at]]&stops == 0 {
			continue
		}
		switch text[at] {
		case ':':
			if s.blankAt(at+1) || s.flow > 0 && strings.IndexByte(",[]{}", text[at+1]) >= 0 {
				return at
			}
		case 0xC2, 0xE2:
			if yamlBreak(text, at) > 0 {
				return at
			}
		default:
			return at
		}
	}
	return at
}

// wordsEnd is the end of what stands on the line from an offset on, without a comment.
func (s *yamlScanner) wordsEnd(at int) int {
	end := at
	for ; !s.lineEndAt(at); at++ {
		switch c := s.text[at]; {
		case c == '#' && end < at:
			return end
		case c != ' ' && c != '\t':
			end = at + 1
		}
	}
	return end
}

// plainBlanks goes over the blanks and line breaks behind a piece of a plain scalar. fold is what they mean if
// the scalar goes on; more is false if it does not.
func (s *yamlScanner) plainBlanks() (fold string, more bool) {
	from := s.pos
	s.skipSpaces()
	n := yamlBreak(s.text, s.pos)
	if n == 0 {
		return "", s.pos > from
	}
	first := yamlBreakValue(s.text[s.pos : s.pos+n])
	s.breaks = s.breaks[:0]
	s.allowKey = true
	for {
		s.breakLine(n)
		if s.atMarker(s.pos) {
			return "", false
		}
		s.skipSpaces()
		if n = yamlBreak(s.text, s.pos); n == 0 {
			break
		}
		s.breaks = append(s.breaks, yamlBreakValue(s.text[s.pos:s.pos+n])...)
	}
	return foldBreaks(first, s.breaks), s.flow > 0 || s.column() > s.indent
}

func (s *yamlScanner) skipSpaces() {
	for s.pos < len(s.text) && s.text[s.pos] == ' ' {
		s.pos++
	}
}

// foldBreaks is what line breaks inside a scalar mean: a single one is a blank, of several the first is nothing.
func foldBreaks(first string, others []byte) string {
	switch {
	case first != "\n":
		return first + string(others)
	case len(others) == 0:
		return " "
	}
	return string(others)
}
