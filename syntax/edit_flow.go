package syntax

import (
	"strings"

	"github.com/nanolint/nanolint/source"
)

// gap is what stands between two entries, or between an entry and a bracket.
type gap struct {
	span    source.Span
	comma   int  // the place of the only comma, or -1
	comment bool // there is a comment
}

// readGap reads a gap inside brackets. It fails if there is more than one comma or anything else than
// blanks and comments.
func (e Editor) readGap(start, end int) (g gap, ok bool) {
	g = gap{span: source.Span{Start: start, End: end}, comma: -1}
	if start > end {
		return g, false
	}
	for i := start; i < end; i++ {
		switch c := e.File.Text[i]; {
		case blank[c]:
		case c == ',' && g.comma < 0:
			g.comma = i
		case c == '#' && (e.Lang == YAML && i > start || e.Lang == Python):
			g.comment = true
			n := strings.IndexAny(e.File.Text[i:end], "\r\n")
			if n < 0 || strings.ContainsAny(e.File.Text[i:i+n], otherBreaks) {
				return g, false
			}
			i += n
		default:
			return g, false
		}
	}
	return g, true
}

// gapsAround are the gaps before and behind entry i of a collection in brackets.
func (e Editor) gapsAround(n entries, i int) (before, behind gap, ok bool) {
	start, end := e.behindBracket(n), n.Span.End-1
	if i > 0 {
		start = n.at(i - 1).End
	}
	if i+1 < n.count {
		end = n.at(i + 1).Start
	}
	before, ok = e.readGap(start, n.at(i).Start)
	if !ok || (before.comma >= 0) != (i > 0) {
		return before, behind, false
	}
	behind, ok = e.readGap(n.at(i).End, end)
	if !ok || behind.comma < 0 && i+1 < n.count {
		return before, behind, false
	}
	return before, behind, true
}

func (e Editor) removeFlow(n entries, i int) ([]source.Edit, bool) {
	before, behind, ok := e.gapsAround(n, i)
	if !ok {
		return nil, false
	}
	cut := n.at(i)
	switch last := i+1 == n.count; {
	case !last && !behind.comment:
		cut.End = behind.span.End
	case last && i == 0 && !before.comment && !behind.comment:
		cut = source.Span{Start: before.span.Start, End: behind.span.End}
	case last && i > 0 && !before.comment:
		cut.Start = before.span.Start
	case behind.comma >= 0:
		if between := e.File.Text[cut.End:behind.comma]; strings.TrimLeft(between, " \t") != "" {
			return nil, false
		}
		cut.End = behind.comma + 1
	}
	return []source.Edit{{Span: cut}}, true
}

// insertFlow writes an entry between two brackets, as text gives it: with its own lines below margin, and with the colon
// that other pairs have.
func (e Editor) insertFlow(m entries, after int, text func(margin, colon string) string) ([]source.Edit, bool) {
	if m.count == 0 {
		inner := source.Span{Start: e.behindBracket(m), End: m.Span.End - 1}
		if strings.Trim(e.File.Slice(inner), " \t\r\n") != "" || len(m.Pairs) > 0 {
			return nil, false
		}
		return []source.Edit{{Span: inner, New: text(" ", ": ")}}, true
	}
	k := max(after, 0)
	before, behind, ok := e.gapsAround(m, k)
	if !ok {
		return nil, false
	}
	margin, colon := e.flowMargin(before, behind, k, m.count), ": "
	if m.Kind == Map {
		if p := m.Pairs[k]; e.Lang != YAML && e.File.Text[p.Key.Span.End:p.Value.Span.Start] == ":" {
			colon = ":"
		}
	}
	entry := text(margin, colon)
	if after < 0 {
		at := m.at(0).Start
		return []source.Edit{{Span: source.Span{Start: at, End: at}, New: entry + "," + margin}}, true
	}
	at := m.at(after).End
	return []source.Edit{{Span: source.Span{Start: at, End: at}, New: "," + margin + entry}}, true
}

// flowMargin is the blanks before an entry, as its neighbours have them.
func (e Editor) flowMargin(before, behind gap, k, count int) string {
	g := before
	if k == 0 && count > 1 {
		g = behind
	}
	text := e.File.Slice(g.span)
	switch {
	case g.comment:
		line := strings.LastIndexAny(text, "\r\n")
		if strings.HasSuffix(text[:line+1], "\r\n") {
			line--
		}
		margin, _, _ := strings.Cut(text[line:], ",")
		return margin // a comment ends with its line
	case g.comma >= 0:
		return text[g.comma-g.span.Start+1:]
	case strings.ContainsAny(text, "\r\n"):
		return text
	case e.Lang != YAML && text == "" && count > 1:
		return ""
	}
	return " "
}

// behindBracket is where the entries of a collection in brackets begin.
func (e Editor) behindBracket(n entries) int {
	if n.Style == Keywords {
		return n.Span.Start + strings.IndexByte(e.File.Slice(n.Span), '(') + 1
	}
	return n.Span.Start + 1
}

// pairText is a pair of m as it stands between brackets, its own lines below margin.
func (e Editor) pairText(m entries, p Pair, margin, colon string) string {
	w := printer{lang: e.Lang}
	if e.Lang == Python {
		w.quote = e.usualQuote(m.Span.Start)
	}
	if m.Style == Keywords {
		w.b.WriteString(p.Key.Text.Value + "=")
	} else {
		w.b.WriteString(w.key(p.Key) + colon)
	}
	e.print(&w, p.Value, margin)
	return w.b.String()
}

// itemText is an item as it stands between brackets, its own lines below margin.
func (e Editor) itemText(n *Node, margin string) string {
	w := printer{lang: e.Lang}
	e.print(&w, n, margin)
	return w.b.String()
}

func (e Editor) print(w *printer, n *Node, margin string) {
	if (e.Lang == JSON || e.Lang == Python) && strings.Contains(margin, "\n") {
		w.json(n, margin)
	} else {
		w.inline(n)
	}
}
