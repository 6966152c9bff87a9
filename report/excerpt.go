package report

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/nanolint/nanolint/source"
)

const (
	// lineWidth is the number of columns of a source line that are shown.
	lineWidth = 110
	// context is the number of columns that are kept for what stands before and behind a place that
	// is longer than the line.
	context = 20
	// reach is the number of bytes that are looked at on either side of where a place begins. A line
	// may be the whole file, and a file of ten megabytes may hold ten thousand findings. Behind the
	// line's width in columns nothing is looked at, however few bytes that is.
	reach = 400
	// tabStop is the distance of tab stops on a terminal.
	tabStop = 8
)

// cell is what a terminal shows in one step: a character with its combining marks, or the spelling of
// one that must not be sent.
type cell struct {
	text       string
	width      int // of a tab: at most
	start, end int // the bytes of the file
}

// excerpt is the line that holds the start of a place, cut to a window around it.
type excerpt struct {
	cells             []cell
	cutLeft, cutRight bool
}

// excerptOf reads the line around the start of a place, no further than reach.
func excerptOf(f *source.File, at source.Span) excerpt {
	var x excerpt
	lo := at.Start
	for lo > f.BodyStart() && f.Text[lo-1] != '\n' && f.Text[lo-1] != '\r' {
		if at.Start-lo >= reach && utf8.RuneStart(f.Text[lo]) {
			x.cutLeft = true
			break
		}
		lo--
	}
	hi := at.Start
	for hi < len(f.Text) && f.Text[hi] != '\n' && f.Text[hi] != '\r' {
		if hi-at.Start >= reach && utf8.RuneStart(f.Text[hi]) {
			x.cutRight = true
			break
		}
		hi++
	}
	x.cells = make([]cell, 0, min(hi, at.Start+lineWidth)-lo+1)
	for pos, behind := lo, 0; pos < hi; {
		c := nextCell(f.Text[pos:hi])
		c.start, c.end = pos, pos+c.end
		x.cells = append(x.cells, c)
		pos = c.end
		if pos > at.Start {
			behind += c.width
		}
		if behind > lineWidth && pos < hi {
			x.cutRight = true
			break
		}
	}
	x.window(at)
	return x
}

// nextCell is the cell at the start of s; its end is relative.
func nextCell(s string) cell {
	if s[0] == '\t' {
		return cell{text: "\t", width: tabStop, end: 1}
	}
	if s[0] >= ' ' && s[0] < 0x7f && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return cell{text: s[:1], width: 1, end: 1}
	}
	r, n := utf8.DecodeRuneInString(s)
	if mustSpell(r) || isBadByte(r, n) {
		return spelledCell(s[:n])
	}
	cluster, _, width, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	for i, r := range cluster {
		if _, n := utf8.DecodeRuneInString(cluster[i:]); mustSpell(r) || isBadByte(r, n) {
			cluster = cluster[:i]
			width = uniseg.StringWidth(cluster)
			break
		}
	}
	if width == 0 { // marks with nothing to stand on would cling to the gutter
		return spelledCell(s[:n])
	}
	return cell{text: cluster, width: width, end: len(cluster)}
}

func spelledCell(char string) cell {
	text := spelled(char)
	return cell{text: text, width: uniseg.StringWidth(text), end: len(char)}
}

// window drops the cells that are too far from the place to fit the line.
func (x *excerpt) window(at source.Span) {
	total := 0
	for _, c := range x.cells {
		total += c.width
	}
	if total <= lineWidth {
		return
	}
	first := len(x.cells)
	for i, c := range x.cells {
		if c.end > at.Start {
			first = i
			break
		}
	}
	from, to, used := first, first, 0
	grow := func(limit int, left, right bool) {
		for left && from > 0 && used+x.cells[from-1].width <= limit {
			from--
			used += x.cells[from].width
		}
		for right && to < len(x.cells) && used+x.cells[to].width <= limit {
			used += x.cells[to].width
			to++
		}
	}
	for to < len(x.cells) && x.cells[to].start < at.End && used+x.cells[to].width <= lineWidth-context {
		used += x.cells[to].width
		to++
	}
	grow(used+(lineWidth-used)/2, true, false)
	grow(lineWidth, false, true)
	grow(lineWidth, true, false)
	x.cutLeft = x.cutLeft || from > 0
	x.cutRight = x.cutRight || to < len(x.cells)
	x.cells = x.cells[from:to]
}

// print is the line, what goes before the marks, and the marks under the place. gutter is the number
// of columns that precede the line: tab stops count from the edge of the terminal.
func (x excerpt) print(at source.Span, gutter int) (line, pad, marks string) {
	var l, p strings.Builder
	column, width := gutter, 0
	if x.cutLeft {
		l.WriteString("…")
		p.WriteString(" ")
		column++
	}
	for _, c := range x.cells {
		l.WriteString(c.text)
		w := c.width
		if c.text == "\t" {
			w = tabStop - column%tabStop
		}
		switch {
		case c.end <= at.Start && c.text == "\t":
			p.WriteString("\t")
		case c.end <= at.Start:
			p.WriteString(strings.Repeat(" ", w))
		case c.start < at.End:
			width += w
		}
		column += w
	}
	if x.cutRight {
		l.WriteString("…")
	}
	return l.String(), p.String(), strings.Repeat("^", max(width, 1))
}
