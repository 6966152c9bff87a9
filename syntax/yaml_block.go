package syntax

import "github.com/nanolint/nanolint/source"

// yamlBlockHeader is what stands behind the | or > of a block scalar.
type yamlBlockHeader struct {
	folded bool
	chomp  byte // '-' strips the line breaks at the end, '+' keeps them, 0 keeps one
	indent int  // as given, or 0
	end    int  // behind the indicators
}

// fetchBlockScalar reads a scalar whose lines follow, farther in.
func (s *yamlScanner) fetchBlockScalar(c byte) {
	h := yamlBlockHeader{folded: c == '>', end: s.pos + 1}
	for ; h.end < len(s.text); h.end++ {
		c := s.text[h.end]
		if (c == '-' || c == '+') && h.chomp == 0 {
			h.chomp = c
		} else if c >= '1' && c <= '9' && h.indent == 0 {
			h.indent = int(c - '0')
		} else {
			break
		}
	}
	content := h.end
	for content < len(s.text) && s.text[content] == ' ' {
		content++
	}
	if !s.lineEndAt(content) && (s.text[content] != '#' || content == h.end) {
		s.mendBlockHeader(content)
		return
	}
	s.dropKey()
	s.allowKey = true
	start := s.pos
	s.pos = s.lineEnd(content)
	if n := yamlBreak(s.text, s.pos); n > 0 {
		s.breakLine(n)
	}
	end := s.blockContent(h)
	t := s.push(yamlScalar, start, end)
	t.style = BlockScalar
	t.text = s.str.Text(t.span)
}

// blockContent builds the value of a block scalar from its lines and is the end of the last one that is not blank.
func (s *yamlScanner) blockContent(h yamlBlockHeader) (end int) {
	s.str.Reset()
	end = h.end
	indent := max(s.indent+1, 1)
	if h.indent > 0 {
		indent += h.indent - 1
	} else {
		indent = max(indent, s.blockIndent())
	}
	blank := s.blankLines(indent)
	lineBreak := ""
	for s.pos < len(s.text) && s.column() == indent {
		s.appendBreaks(blank)
		indented := s.text[s.pos] == ' ' || s.text[s.pos] == '\t'
		start := s.pos
		s.pos = s.lineEnd(start)
		end = s.pos
		s.str.Verbatim(start, s.text[start:end])
		n := yamlBreak(s.text, end)
		lineBreak = ""
		if n > 0 {
			lineBreak = yamlBreakValue(s.text[end : end+n])
			s.breakLine(n)
		}
		blank = s.blankLines(indent)
		if s.pos == len(s.text) || s.column() != indent {
			break
		}
		folds := h.folded && lineBreak == "\n" && !indented && s.text[s.pos] != ' ' && s.text[s.pos] != '\t'
		switch {
		case !folds:
			s.appendBreaks(source.Span{Start: end, End: end + n})
		case blank.Len() == 0:
			s.str.Escape(source.Span{Start: end, End: s.pos}, " ")
		}
	}
	// The breaks at the end are not part of the span, so they stand at its end.
	at := source.Span{Start: end, End: end}
	if h.chomp != '-' {
		s.str.Escape(at, lineBreak)
	}
	if h.chomp == '+' {
		s.str.Escape(at, s.breakValues(blank))
	}
	return end
}

// blockIndent is the indentation of a block scalar by its first line that is not blank: the scanner stays
// where it is.
func (s *yamlScanner) blockIndent() int {
	pos, line := s.pos, s.yamlLine
	deepest := 0
	for s.pos < len(s.text) {
		if s.text[s.pos] == ' ' {
			s.pos++
			deepest = max(deepest, s.column())
		} else if n := yamlBreak(s.text, s.pos); n > 0 {
			s.breakLine(n)
		} else {
			break
		}
	}
	s.pos, s.yamlLine = pos, line
	return deepest
}

// blankLines goes over lines without content, and the indentation of the next one with some. The span is that of
// the blank lines.
func (s *yamlScanner) blankLines(indent int) source.Span {
	span := source.Span{Start: s.pos, End: s.pos}
	for {
		for s.pos < len(s.text) && s.text[s.pos] == ' ' && s.column() < indent {
			s.pos++
		}
		n := yamlBreak(s.text, s.pos)
		if n == 0 {
			return span
		}
		s.breakLine(n)
		span.End = s.pos
	}
}

// appendBreaks appends the line breaks in a span of blank lines.
func (s *yamlScanner) appendBreaks(lines source.Span) {
	for at := lines.Start; at < lines.End; {
		n := yamlBreak(s.text, at)
		switch spelled := s.text[at : at+max(n, 1)]; {
		case n == 1 && spelled == "\n", n == 3:
			s.str.Verbatim(at, spelled)
		case n > 0:
			s.str.Escape(source.Span{Start: at, End: at + n}, "\n")
		}
		at += max(n, 1)
	}
}

func (s *yamlScanner) breakValues(lines source.Span) string {
	s.breaks = s.breaks[:0]
	for at := lines.Start; at < lines.End; {
		n := yamlBreak(s.text, at)
		if n > 0 {
			s.breaks = append(s.breaks, yamlBreakValue(s.text[at:at+n])...)
		}
		at += max(n, 1)
	}
	return string(s.breaks)
}
