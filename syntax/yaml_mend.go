package syntax

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// yamlProblems collects what is wrong with the text.
type yamlProblems struct {
	list []Problem
	told int // without those that are bounded in another way
	line int // the line of the last mistake in the syntax, -1 before the first
}

// maxReread bounds the bytes that are read again behind a quote or bracket that was not closed.
const maxReread = 16 << 20

// tell reports a mistake in the syntax. The first one on a line is the cause of the others on it.
func (s *yamlScanner) tell(span source.Span, message string, fix *source.Fix) {
	line := s.lineOf(span.Start)
	if line == s.problems.line {
		return
	}
	s.problems.line = line
	s.problems.add(Malformed, span, message, fix)
}

func (ps *yamlProblems) add(c Code, span source.Span, message string, fix *source.Fix) {
	if ps.told++; ps.told <= maxProblems {
		p := yamlProblem(c, span, message)
		p.Fix = fix
		ps.list = append(ps.list, p)
	}
}

// lineOf is the offset of the line that holds at, or of a place near by if the line is very long.
func (s *yamlScanner) lineOf(at int) int {
	if at >= s.lineStart {
		return s.lineStart
	}
	const far = 4096
	from := max(at-far, 0)
	return from + strings.LastIndexByte(s.text[from:at], '\n') + 1
}

// yamlMend remembers a line whose indentation was mended: those that are nested under it move with it.
type yamlMend struct {
	column int // of the line as it is
	shift  int
	beside int // the column of lines that stand right beside the mended one, -1 if they must move too
}

func (s *yamlScanner) followMend() {
	at := s.pos
	for at < len(s.text) && s.text[at] == ' ' {
		at++
	}
	if s.lineEndAt(at) || s.text[at] == '#' {
		return
	}
	if column := at - s.lineStart; column > s.mend.column && column != s.mend.beside {
		s.shift = s.mend.shift
	} else {
		s.mend = yamlMend{}
	}
}

// moveLine makes the line, and those nested under it, stand at another column. Lines that stand there as they
// are may be nested under it, too, or stand beside it.
func (s *yamlScanner) moveLine(to int, nested bool) {
	s.shift += to - s.column()
	s.mend = yamlMend{column: s.pos - s.lineStart, shift: s.shift, beside: to}
	if nested {
		s.mend.beside = -1
	}
}

// mendIndentation moves a line that stands between two columns: farther out than the entries of the block
// collection that unwind closed last, but farther in than those of the collection around it. The line goes on
// with the inner one, unless only the outer one has entries of its kind.
func (s *yamlScanner) mendIndentation(inner yamlIndent, column int) {
	entry := s.text[s.pos] == '-' && s.blankAt(s.pos+1)
	to := inner.column
	if n := len(s.indents); n > 0 && inner.list != entry && s.indents[n-1].list == entry {
		to = s.indent
	}
	span := source.Span{Start: s.lineStart, End: s.pos}
	if span.Len() == 0 {
		span.End = s.wordsEnd(s.pos)
	}
	fix := s.reindent(to)
	if strings.HasPrefix(s.text[s.pos:], "{") || strings.HasPrefix(s.text[s.pos:], "[") {
		fix = nil // neither a key nor an item: whatever it is, it belongs elsewhere
	}
	s.tell(span, fmt.Sprintf("no line above is indented by %d: indent this one by %d like its neighbours, or by what it belongs to",
		column, to), fix)
	if to == inner.column {
		s.reopen(inner)
	}
	s.moveLine(to, entry)
}

// reopen takes back that unwind closed a block collection.
func (s *yamlScanner) reopen(inner yamlIndent) {
	s.queue = s.queue[:len(s.queue)-1] // its end
	s.addIndent(inner.column, inner.list)
}

// mendBesideDash moves a key that stands in the column of the dash of its list item to the other keys of the item.
func (s *yamlScanner) mendBesideDash(item yamlIndent) {
	s.tell(source.Span{Start: s.pos, End: max(s.wordEnd(s.pos), s.pos+1)},
		fmt.Sprintf("only a '-' can stand in this column, that of a list: indent the line by %d to continue the item above", item.column),
		s.reindent(item.column))
	s.reopen(item)
	s.moveLine(item.column, true)
}

// inList reports whether a list item is all that can begin here.
func (s *yamlScanner) inList() bool {
	n := len(s.indents)
	return s.flow == 0 && n > 0 && s.indents[n-1].list && s.indent == s.column()
}

// mendDash reads a list item without a blank behind its dash.
func (s *yamlScanner) mendDash() {
	behind := source.Span{Start: s.pos + 1, End: s.pos + 1}
	s.tell(source.Span{Start: s.pos, End: s.pos + 1}, "a blank is missing behind this '-': write one", unsure("write a blank", behind, " "))
	s.fetchEntry()
	s.shift++
}

// wordEnd is the offset of the next blank, line break, or end of the text.
func (s *yamlScanner) wordEnd(at int) int {
	for !s.blankAt(at) {
		at++
	}
	return at
}

// reindent is the fix that indents the line by so many blanks, if nothing but blanks precedes.
func (s *yamlScanner) reindent(column int) *source.Fix {
	if s.shift != 0 {
		return nil
	}
	return unsure(fmt.Sprintf("Indent the line by %d", column),
		source.Span{Start: s.lineStart, End: s.pos}, strings.Repeat(" ", column))
}

// mendTab goes over the tabs that are next, and blanks among them. As indentation a tab counts as two blanks.
func (s *yamlScanner) mendTab() {
	start := s.pos
	s.pos = s.behindBlanks(start)
	span := source.Span{Start: start, End: s.pos}
	switch {
	case s.lineEndAt(s.pos):
		s.tell(span, "YAML allows no tab here: remove it", fixed("remove the tab", span, ""))
	case strings.Trim(s.text[s.lineStart:start], " ") != "":
		s.tell(span, "a tab cannot separate words in YAML: write a blank instead", fixed("write a blank", span, " "))
	default:
		s.shift += strings.Count(s.text[start:s.pos], "\t")
		if !s.tabTold {
			s.tabTold = true
			s.tell(span, "tabs cannot indent in YAML: indent this line and the others with blanks", nil)
		}
	}
}

// mendColon is asked when a colon follows a plain scalar that cannot be a key, and decides what the scalar is.
func (s *yamlScanner) mendColon(p yamlPlain) yamlPlain {
	colon := source.Span{Start: s.pos, End: s.pos + 1}
	k := &s.keys[0]
	if p.firstLine.lineStart == s.lineStart {
		if k.live && k.lineStart == s.lineStart {
			return p // a key that is too long
		}
		s.pos = p.start
		p = s.plain(noLimit, true)
		s.tell(colon, "a value without quotes cannot contain a ':' before a blank: put quotes around the whole value", s.quoteFix(p))
		return p
	}
	limit := s.lineStart
	s.pos, s.yamlLine = p.start, p.firstLine
	p = s.plain(limit, false)
	s.allowKey = true
	if k.live { // a key without its colon, reported when the scanner is behind it
		k.required = true
		return p
	}
	s.skipSpaces()
	s.tell(source.Span{Start: s.pos, End: colon.End},
		"this line continues the value above, because it is indented farther: indent it like its neighbours", s.reindent(max(s.indent, 0)))
	s.moveLine(max(s.indent, 0), false)
	return p
}

// quoteFix puts quotes around a plain scalar. It is safe if nobody can have meant to end the value earlier.
func (s *yamlScanner) quoteFix(p yamlPlain) *source.Fix {
	if p.firstLine.lineStart != p.lastLine {
		return nil
	}
	fix := fixed("quote the whole value", p.text.Span, Quote(YAML, p.text.Value))
	at := s.behindBlanks(p.end)
	fix.Safe = s.lineEndAt(at) || s.flow > 0 && s.text[at] != '#'
	return fix
}

// missingColon reports a key that nothing but a colon may follow, and adds the colon.
func (s *yamlScanner) missingColon(k *yamlKeyPlace) {
	span := source.Span{Start: k.pos, End: s.wordsEnd(k.pos)}
	if s.splitKey(k) {
		return
	}
	s.tell(span, "a ':' is missing behind this key: write one, and the value behind it", nil)
	s.insertKey(k)
	end := max(span.End, s.queue[len(s.queue)-1].span.End)
	s.push(yamlValue, end, end).absent = true
}

// splitKey makes a key and a value of a plain scalar like key:value.
func (s *yamlScanner) splitKey(k *yamlKeyPlace) bool {
	t := &s.queue[s.head+k.token-s.taken]
	colon := strings.IndexByte(t.text.Value, ':')
	if t.kind != yamlScalar || t.style != Plain || colon <= 0 || colon+1 == len(t.text.Value) || len(t.text.Value) != t.span.Len() {
		return false
	}
	key, value := source.Span{Start: k.pos, End: k.pos + colon}, source.Span{Start: k.pos + colon + 1, End: t.span.End}
	s.tell(source.Span{Start: key.End, End: value.Start}, "a blank is missing behind this ':': write one",
		unsure("write a blank", source.Span{Start: value.Start, End: value.Start}, " "))
	t.span, t.text = key, source.VerbatimText(s.text[key.Start:key.End], key)
	s.insertKey(k)
	s.push(yamlValue, key.End, value.Start)
	s.push(yamlScalar, value.Start, value.End).text = source.VerbatimText(s.text[value.Start:value.End], value)
	return true
}

// strayColon gives up the line from a colon on that has no key before it.
func (s *yamlScanner) strayColon() {
	message := "a ':' cannot stand here, because what is before it is a value already: put quotes around the whole value"
	if k := &s.keys[0]; k.live && k.lineStart == s.lineStart {
		message = "a key cannot be longer than 1024 characters: put it behind a '?' and a blank, and the ':' on a line of its own"
	}
	s.tell(source.Span{Start: s.pos, End: s.pos + 1}, message, nil)
	s.pos = s.lineEnd(s.pos)
}

// quoteRuns reports whether a quoted scalar is followed by what cannot follow it, or not closed at all.
func (s *yamlScanner) quoteRuns(q yamlQuoted) bool {
	if !q.closed {
		return true
	}
	at := s.behindBlanks(q.end)
	switch {
	case s.lineEndAt(at) || s.text[at] == '#':
		return false
	case s.flow > 0:
		return q.lastLine > 0 && strings.IndexByte(",:]}", s.text[at]) < 0
	case s.text[at] == ':' && s.blankAt(at+1) && q.lastLine == 0:
		k := &s.keys[0]
		return !s.allowKey && (!k.live || s.stale(k))
	}
	return true
}

// mendQuoted reads a quoted scalar that does not end where it should.
func (s *yamlScanner) mendQuoted(q yamlQuoted, quote byte) {
	switch behind := s.behindBlanks(q.end); {
	case q.closed && q.lastLine > 0 && s.flow == 0 && s.continues(q):
		s.pushQuoted(q)
		s.tell(source.Span{Start: behind, End: max(s.wordsEnd(behind), behind+1)},
			"a value that begins with a quote ends at the closing quote: remove what follows, or put quotes around the whole value", nil)
		s.pos = s.lineEnd(s.pos)
	case !q.closed || q.lastLine > 0:
		s.unclosedQuote(q, quote)
	case s.text[q.end] == ':' && s.allowKey:
		s.saveKey()
		colon := source.Span{Start: q.end, End: q.end + 1}
		s.tell(colon, "a blank is missing behind this ':': write one",
			fixed("write a blank", source.Span{Start: colon.End, End: colon.End}, " "))
		t := s.push(yamlScalar, q.start, q.end)
		t.style, t.text = Quoted, s.unquote(q.start+1, q.end-1, t.span)
		s.pos = q.end
		s.fetchValue()
	default:
		p := s.meantPlain()
		fix := s.quoteFix(p)
		if fix != nil && p.end > q.end && yamlBytes[s.text[q.end]]&yamlNameByte != 0 && s.text[p.end-1] == quote {
			fix = unsure("quote the text as a whole", p.text.Span, Quote(YAML, s.text[p.start+1:p.end-1])) // 'it's'
		}
		s.tell(source.Span{Start: behind, End: max(s.wordsEnd(behind), behind+1)},
			"a value that begins with a quote ends at the closing quote: put quotes around the whole value", fix)
		s.pushScalar(p)
	}
}

// continues reports whether all lines of a quoted scalar are indented like those that continue a value.
func (s *yamlScanner) continues(q yamlQuoted) bool {
	for at := q.start; at < q.end; {
		at = s.lineEnd(at)
		at += yamlBreak(s.text, at)
		line := at
		at = s.behindBlanks(at)
		if at < q.end && !s.lineEndAt(at) && at-line <= s.indent {
			return false
		}
	}
	return true
}

// unclosedQuote ends a quoted scalar where its line ends.
func (s *yamlScanner) unclosedQuote(q yamlQuoted, quote byte) {
	s.reread += q.end - q.start
	lineEnd := s.lineEnd(q.start)
	span := source.Span{Start: q.start, End: q.start + len(strings.TrimRight(s.text[q.start:lineEnd], " \t"))}
	s.tell(span, "this quote is not closed on its line: close it, or put quotes around a text that begins with one",
		unsure("close the quote", source.Span{Start: span.End, End: span.End}, string(quote)))
	s.saveKey()
	s.allowKey = false
	t := s.push(yamlScalar, span.Start, span.End)
	t.style, t.text = Quoted, s.unquote(q.start+1, span.End, span)
	s.pos = lineEnd
}

// meantPlain reads what is next as a plain scalar, although it begins with a character that none can begin with.
func (s *yamlScanner) meantPlain() yamlPlain {
	mayBeKey := s.allowKey
	s.saveKey()
	s.allowKey = false
	return s.plain(noLimit, !mayBeKey)
}

func (s *yamlScanner) mendPlain(message string) {
	at := source.Span{Start: s.pos, End: s.pos + 1}
	p := s.meantPlain()
	s.tell(at, message, s.quoteFix(p))
	s.pushScalar(p)
}

func (s *yamlScanner) fetchReserved(c byte) {
	s.mendPlain(fmt.Sprintf("a value without quotes cannot begin with '%c': put quotes around it", c))
}

func (s *yamlScanner) mendName(c byte) {
	if c == '*' {
		s.mendPlain("a value that begins with '*' refers to an anchor, and this is no anchor's name: put quotes around the value")
	} else {
		s.mendPlain("a '&' names an anchor, and this is no anchor's name: put quotes around the value")
	}
}

func (s *yamlScanner) mendTag() {
	s.mendPlain("a '!' begins a tag, and this is none: put quotes around the value")
}

func (s *yamlScanner) mendBlockHeader(content int) {
	s.dropKey()
	s.allowKey = false
	c := s.text[s.pos]
	p := s.plain(noLimit, true)
	s.tell(source.Span{Start: content, End: content + 1}, fmt.Sprintf(
		"behind '%c' the text begins on the next line: put it there, or put quotes around the value", c), s.quoteFix(p))
	s.pushScalar(p)
}
