package syntax

import (
	"strings"

	"github.com/nanolint/nanolint/source"
)

// fence is a fenced code block of a Markdown file.
type fence struct {
	info  string      // what stands behind the opening fence
	lines []fenceLine // between the fences
}

// fenceLine is a line inside a fence: the file's line begins at start, what belongs to the block at content, and
// the next line at end. Before content stand the marks and the indentation of the block quotes and list
// items around the block, and as many blanks as its opening fence is indented.
type fenceLine struct{ start, content, end int }

// fenceReader finds the fences of a Markdown file as CommonMark has them (§ 4.5, and § 5 for what is around them).
//
// It follows block quotes and list items, because they decide where a fence begins and ends, and of all
// other blocks only as much as keeps a line from being a fence: raw HTML, indented code and the
// lazy lines of paragraphs. A tab counts as the blanks up to the next multiple of four, but is never split.
type fenceReader struct {
	text       string
	containers []container
	paragraph  bool   // the line before belongs to a paragraph, in the innermost container
	htmlEnd    string // what ends the raw HTML that is open; empty if none is
	open       *openFence
	fences     []fence
}

// container is a block quote, or a list item whose content is indented by so much.
type container struct {
	quote  bool
	indent int
	empty  bool // nothing stands in the item so far
}

type openFence struct {
	fence
	char   byte
	length int
	indent int
}

// markdownLine is a line that is being read.
type markdownLine struct {
	text     string // without the line break
	at       int    // the next byte
	column   int
	consumed int // columns that belong to containers
}

// fences are the fenced code blocks of a Markdown file, in order.
func fences(f *source.File) []fence {
	r := fenceReader{text: f.Text}
	for at := f.BodyStart(); at < len(r.text); {
		end, next := len(r.text), len(r.text)
		if n := strings.IndexAny(r.text[at:], "\r\n"); n >= 0 {
			end, next = at+n, at+n+1
			if strings.HasPrefix(r.text[end:], "\r\n") {
				next++
			}
		}
		r.line(at, end, next)
		at = next
	}
	r.close()
	return r.fences
}

func (r *fenceReader) close() {
	if r.open != nil {
		r.fences = append(r.fences, r.open.fence)
		r.open = nil
	}
}

func (r *fenceReader) line(start, end, next int) {
	l := &markdownLine{text: r.text[start:end]}
	matched := r.match(l)
	if matched == len(r.containers) {
		switch {
		case r.open != nil:
			r.inside(l, start, next)
			return
		case r.htmlEnd != "":
			r.inHTML(l)
			return
		}
	}
	if r.open != nil || r.htmlEnd != "" {
		r.close()
		r.htmlEnd, r.paragraph = "", false
	}
	r.blocks(l, matched)
}

// match takes the marks of the open containers from a line and returns how many continue in it.
func (r *fenceReader) match(l *markdownLine) int {
	for i := range r.containers {
		c := &r.containers[i]
		switch indent := l.indent(); {
		case c.quote:
			if indent > 3 || !l.startsWith('>') {
				return i
			}
			l.quoteMark()
		case l.isBlank():
			if c.empty {
				return i // an item can begin with one blank line, not with two
			}
			l.skip(min(c.indent, indent))
		case indent < c.indent:
			return i
		default:
			l.skip(c.indent)
			c.empty = false
		}
	}
	return len(r.containers)
}

// inside reads a line of an open fence.
func (r *fenceReader) inside(l *markdownLine, start, next int) {
	o := r.open
	if indent := l.indent(); indent <= 3 {
		rest := strings.TrimLeft(l.rest(), " \t")
		run := len(rest) - len(strings.TrimLeft(rest, string(o.char)))
		if run >= o.length && strings.Trim(rest[run:], " \t") == "" {
			r.close()
			return
		}
	}
	l.skip(min(o.indent, l.indent()))
	o.lines = append(o.lines, fenceLine{start, start + l.at, next})
}

func (r *fenceReader) inHTML(l *markdownLine) {
	if r.htmlEnd == "\n" {
		if l.isBlank() {
			r.htmlEnd = ""
		}
	} else if strings.Contains(strings.ToLower(l.rest()), r.htmlEnd) {
		r.htmlEnd = ""
	}
}

// blocks reads a line outside of fences, whose first containers are open already.
func (r *fenceReader) blocks(l *markdownLine, matched int) {
	lazy := r.paragraph && matched < len(r.containers)
	interrupts := r.paragraph && matched == len(r.containers)
	leave := func() {
		r.containers = r.containers[:matched]
		r.paragraph, lazy, interrupts = false, false, false
	}
	for {
		indent := l.indent()
		switch {
		case l.isBlank():
			leave()
			return
		case indent > 3: // code, or more of the paragraph
			if !lazy && !interrupts {
				leave()
			}
			return
		case l.startsWith('>'):
			leave()
			l.quoteMark()
			r.containers = append(r.containers, container{quote: true})
			matched++
			continue
		}
		if isThematicBreak(l.rest()) {
			leave()
			return
		}
		if c, ok := l.listItem(interrupts); ok {
			leave()
			r.containers = append(r.containers, c)
			matched++
			continue
		}
		break
	}
	r.leaf(l, lazy, interrupts, leave)
}

// leaf reads the rest of a line that is not blank, behind its containers.
func (r *fenceReader) leaf(l *markdownLine, lazy, interrupts bool, leave func()) {
	indent := l.indent()
	rest := strings.TrimLeft(l.rest(), " \t")
	if o := opens(rest); o != nil {
		leave()
		o.indent = indent
		r.open = o
		return
	}
	if isHeading(rest) {
		leave()
		return
	}
	if end := rawHTML(rest, lazy || interrupts); end != "" {
		leave()
		r.htmlEnd = end
		r.inHTML(l)
		return
	}
	if !lazy && !interrupts {
		leave()
	}
	r.paragraph = true
}

// opens is the fence that a line without its indentation opens, or nil.
func opens(rest string) *openFence {
	if rest == "" || rest[0] != '`' && rest[0] != '~' {
		return nil
	}
	char := rest[0]
	info := strings.TrimLeft(rest, string(char))
	length := len(rest) - len(info)
	if length < 3 || char == '`' && strings.Contains(info, "`") {
		return nil
	}
	return &openFence{fence: fence{info: strings.Trim(info, " \t")}, char: char, length: length}
}

func isHeading(rest string) bool {
	text := strings.TrimLeft(rest, "#")
	n := len(rest) - len(text)
	return n >= 1 && n <= 6 && (text == "" || text[0] == ' ' || text[0] == '\t')
}

func isThematicBreak(rest string) bool {
	rest = strings.Trim(rest, " \t")
	if rest == "" || rest[0] != '-' && rest[0] != '*' && rest[0] != '_' {
		return false
	}
	marks := strings.Count(rest, rest[:1])
	return marks >= 3 && strings.Trim(rest, rest[:1]+" \t") == ""
}

// columnBehind is the column behind a byte.
func columnBehind(column int, c byte) int {
	if c == '\t' {
		return column + 4 - column%4
	}
	return column + 1
}

func (l *markdownLine) rest() string { return l.text[l.at:] }

func (l *markdownLine) isBlank() bool { return strings.Trim(l.rest(), " \t") == "" }

// indent is how many columns of blanks come next.
func (l *markdownLine) indent() int {
	column := l.column
	for i := l.at; i < len(l.text) && (l.text[i] == ' ' || l.text[i] == '\t'); i++ {
		column = columnBehind(column, l.text[i])
	}
	return column - l.consumed
}

// skip takes so many columns of blanks. A tab that reaches further is taken whole, and counts as what it is.
func (l *markdownLine) skip(columns int) {
	l.consumed += columns
	for l.at < len(l.text) && l.column < l.consumed && (l.text[l.at] == ' ' || l.text[l.at] == '\t') {
		l.column = columnBehind(l.column, l.text[l.at])
		l.at++
	}
}

// startsWith reports whether a byte comes next, behind blanks.
func (l *markdownLine) startsWith(c byte) bool {
	rest := strings.TrimLeft(l.rest(), " \t")
	return rest != "" && rest[0] == c
}

// quoteMark takes the mark of a block quote with the blank behind it.
func (l *markdownLine) quoteMark() {
	l.skip(l.indent())
	l.at++
	l.column++
	l.consumed++
	if l.indent() > 0 {
		l.skip(1)
	}
}

// listItem takes the marker of a list item, if one comes next that may stand there: in a paragraph it must not
// be empty, nor begin to count with another number than 1.
func (l *markdownLine) listItem(interrupts bool) (c container, ok bool) {
	rest := strings.TrimLeft(l.rest(), " \t")
	width := 0
	switch {
	case rest == "":
		return c, false
	case strings.IndexByte("-+*", rest[0]) >= 0:
		width = 1
	default:
		for width < len(rest) && width < 10 && rest[width] >= '0' && rest[width] <= '9' {
			width++
		}
		if width == 0 || width == 10 || width == len(rest) || rest[width] != '.' && rest[width] != ')' ||
			interrupts && rest[:width] != "1" {
			return c, false
		}
		width++
	}
	behind := rest[width:]
	blank := strings.Trim(behind, " \t") == ""
	if behind != "" && behind[0] != ' ' && behind[0] != '\t' || blank && interrupts {
		return c, false
	}
	c.indent = l.indent() + width
	l.skip(l.indent())
	l.at += width
	l.column += width
	l.consumed += width
	gap := l.indent()
	if blank || gap > 4 {
		gap = 1
	}
	l.skip(gap)
	c.indent += gap
	c.empty = blank
	return c, true
}
