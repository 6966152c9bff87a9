package syntax

import (
	"strings"

	"github.com/nanolint/nanolint/source"
)

// blockEntry is an entry of a collection in block style and the lines it stands on.
type blockEntry struct {
	span source.Span // from the dash, or from the key
	// first is the beginning of its line if nothing but indentation stands before it there, else span.Start:
	// it then follows the dashes of the lists around it.
	first int
	line  bool // nothing but indentation stands before it
	// next is the beginning of the line below its last one, behind a comment at that line's end.
	next int
}

// blockEntry finds the lines of entry i, unless its key is marked by a ?.
func (e Editor) blockEntry(n entries, i int) (b blockEntry, ok bool) {
	text := e.File.Text
	b.span = n.at(i)
	if n.Kind == List {
		at := e.backOverBlanks(b.span.Start, n.Span.Start)
		if at == n.Span.Start || !e.isDash(at-1) {
			return b, false
		}
		b.span.Start = at - 1
	} else if !strings.HasPrefix(strings.TrimLeft(text[n.Pairs[i].Key.Span.End:], " \t"), ":") {
		return b, false
	}
	b.first = e.backOverBlanks(b.span.Start, e.File.BodyStart())
	b.line = b.first == e.File.BodyStart() || isBreak(text[b.first-1])
	if !b.line {
		if !e.isDash(b.first - 1) {
			return b, false
		}
		b.first = b.span.Start
	}
	b.next, ok = e.lineBehind(b.span.End)
	return b, ok
}

func isBreak(c byte) bool { return c == '\n' || c == '\r' }

// lineBehind is the beginning of the next line behind an entry that ends at an offset, of which nothing but
// the colon of an absent value and a comment may stand in the rest of the line.
func (e Editor) lineBehind(at int) (next int, ok bool) {
	text := e.File.Text
	if at > 0 && isBreak(text[at-1]) {
		return at, true
	}
	rest := text[at:]
	if n := strings.IndexAny(rest, "\r\n"); n >= 0 {
		rest = rest[:n]
	}
	next = at + len(rest)
	if strings.HasPrefix(text[next:], "\r\n") {
		next += 2
	} else if next < len(text) {
		next++
	}
	rest = strings.TrimPrefix(rest, ":")
	bare := strings.TrimLeft(rest, " \t")
	return next, bare == "" || bare[0] == '#' && len(bare) < len(rest) && !strings.ContainsAny(bare, otherBreaks)
}

// otherBreaks end a line in YAML, too. Nobody writes them on purpose.
const otherBreaks = "\u0085\u2028\u2029"

// bare reports whether only blanks stand between two offsets.
func (e Editor) bare(start, end int) bool {
	return start <= end && strings.Trim(e.File.Text[start:end], " \t\r\n") == ""
}

func (e Editor) removeBlock(n entries, i int, empty string) ([]source.Edit, bool) {
	b, ok := e.blockEntry(n, i)
	if !ok {
		return nil, false
	}
	if i > 0 && opensBlockScalar(n, i-1) && (b.next < len(e.File.Text) && !e.entryAt(n, i+1, b.next)) {
		return nil, false // what follows would become part of the scalar before
	}
	if n.count == 1 {
		return e.removeOnly(n, b, empty)
	}
	if b.line {
		return []source.Edit{{Span: source.Span{Start: b.first, End: b.next}}}, true
	}
	if i+1 == n.count {
		return nil, false
	}
	following, ok := e.blockEntry(n, i+1)
	if !ok || !following.line || e.column(following.span.Start) != e.column(b.span.Start) {
		return nil, false
	}
	if e.bare(b.next, following.first) {
		return []source.Edit{{Span: source.Span{Start: b.span.Start, End: following.span.Start}}}, true
	}
	dash := e.backOverBlanks(b.span.Start, 0) // comments follow, and stay
	end := b.next
	for end > dash && isBreak(e.File.Text[end-1]) {
		end--
	}
	return []source.Edit{{Span: source.Span{Start: dash, End: end}}}, true
}

// entryAt reports whether entry i begins in the line at an offset.
func (e Editor) entryAt(n entries, i, at int) bool {
	if i >= n.count {
		return false
	}
	b, ok := e.blockEntry(n, i)
	return ok && b.first == at
}

// column is how far from the beginning of its line an offset is, in bytes.
func (e Editor) column(at int) int {
	start := strings.LastIndexAny(e.File.Text[:at], "\r\n") + 1
	return at - max(start, e.File.BodyStart())
}

// opensBlockScalar reports whether the last lines of entry i are those of a block scalar, which blank lines and
// deeper lines below it would join.
func opensBlockScalar(n entries, i int) bool { return lastLeaf(n.value(i)).Style == BlockScalar }

// removeOnly makes a collection empty: brackets stand where its only entry stood, or rather behind the colon
// above it.
func (e Editor) removeOnly(n entries, b blockEntry, empty string) ([]source.Edit, bool) {
	if len(n.Pairs) > 1 || !e.bare(n.Span.Start, b.span.Start) || !e.bare(min(b.span.End, n.Span.End), n.Span.End) {
		return nil, false // a merge key
	}
	cut := b.span
	if tail := strings.TrimLeft(e.File.Text[cut.End:b.next], " \t"); strings.HasPrefix(tail, ":") {
		cut.End = b.next - len(tail) + 1
	}
	above := b.span.Start
	for above > e.File.BodyStart() && blank[e.File.Text[above-1]] {
		above--
	}
	switch {
	case above > 0 && e.File.Text[above-1] == ':' && !strings.Contains(e.File.Slice(e.File.LineSpan(above-1)), "#"):
		return []source.Edit{{Span: source.Span{Start: above, End: cut.End}, New: " " + empty}}, true
	case above == e.File.BodyStart(), above > 0 && e.isDash(above-1):
		return []source.Edit{{Span: cut, New: empty}}, true
	}
	return nil, false
}

// LineBreak is what the lines of the text end with, as the first of them does.
func (e Editor) LineBreak() string {
	if n := strings.IndexAny(e.File.Text, "\r\n"); n >= 0 && strings.HasPrefix(e.File.Text[n:], "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// insertBlock writes what print prints as an entry of its own lines.
func (e Editor) insertBlock(m entries, after int, print func(w *printer, column int)) ([]source.Edit, bool) {
	b, ok := e.blockEntry(m, max(after, 0))
	if !ok {
		return nil, false
	}
	head, ok := e.blockEntry(m, 0)
	if !ok {
		return nil, false
	}
	column := e.column(head.span.Start)
	lineBreak := e.LineBreak()
	w := printer{lang: YAML, noLiterals: true}
	print(&w, column)
	text := strings.ReplaceAll(w.b.String(), "\n", lineBreak)
	margin := strings.Repeat(" ", column)
	if after < 0 {
		if !e.bare(m.Span.Start, head.span.Start) {
			return nil, false
		}
		at := source.Span{Start: head.span.Start, End: head.span.Start}
		return []source.Edit{{Span: at, New: text + lineBreak + margin}}, true
	}
	at := source.Span{Start: b.next, End: b.next}
	if ended := b.next > 0 && isBreak(e.File.Text[b.next-1]); !ended {
		if opensBlockScalar(m, after) {
			return nil, false // its value would end with a line break
		}
		return []source.Edit{{Span: at, New: lineBreak + margin + text}}, true
	}
	if opensBlockScalar(m, after) && b.next < len(e.File.Text) && e.bare(b.next, min(b.next+1, len(e.File.Text))) &&
		!e.entryAt(m, after+1, b.next) {
		return nil, false // blank lines below may belong to it
	}
	return []source.Edit{{Span: at, New: margin + text + lineBreak}}, true
}
