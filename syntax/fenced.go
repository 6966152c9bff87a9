package syntax

import (
	"sort"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// Fenced is a fenced code block of a Markdown file.
type Fenced struct {
	// Text is the text that an [Editor] of the document needs: the file's, with blanks for the marks of block
	// quotes, so that the places are the same.
	Text *source.File

	file  *source.File
	fence fence
	text  source.Text // the content, with the places of the file
}

// Holds reports whether an offset lies in a line of the block.
func (b *Fenced) Holds(at int) bool {
	l, ok := b.lineFrom(at)
	return ok && l.start <= at
}

// lineFrom is the first line of the block that does not end before an offset.
func (b *Fenced) lineFrom(at int) (l fenceLine, ok bool) {
	lines := b.fence.lines
	k := sort.Search(len(lines), func(k int) bool { return lines[k].end > at })
	if k == len(lines) {
		return l, false
	}
	return lines[k], true
}

// inPrefix reports whether an offset stands before the content of a line, but not at its beginning.
func (b *Fenced) inPrefix(at int) bool {
	l, ok := b.lineFrom(at)
	return ok && l.start < at && at < l.content
}

// beginsLine reports whether an offset is the beginning of a line of the block, or of its closing fence.
func (b *Fenced) beginsLine(at int) bool {
	lines := b.fence.lines
	if len(lines) > 0 && at == lines[len(lines)-1].end {
		return at > 0 && isBreak(b.file.Text[at-1])
	}
	l, ok := b.lineFrom(at)
	return ok && l.start == at
}

// prefix is what stands before the content of the first line that has some.
func (b *Fenced) prefix() string {
	for _, l := range b.fence.lines {
		if strings.Trim(b.file.Text[l.content:l.end], " \t\r\n") != "" {
			return b.file.Text[l.start:l.content]
		}
	}
	return ""
}

// Edits makes edits of Text edits of the file: lines that they begin get the marks of the block quotes around the
// block. It fails where a line would not stay inside the block.
func (b *Fenced) Edits(edits []source.Edit) (outer []source.Edit, ok bool) {
	prefix := b.prefix()
	for _, e := range edits {
		if strings.Contains(e.New, "```") || strings.Contains(e.New, "~~~") || b.inPrefix(e.Span.Start) || b.inPrefix(e.Span.End) {
			return nil, false
		}
		pieces := strings.SplitAfter(e.New, "\n")
		for i, piece := range pieces {
			begins := i > 0 || b.beginsLine(e.Span.Start)
			last := i == len(pieces)-1
			if !begins || last && piece == "" && b.beginsLine(e.Span.End) {
				continue
			}
			if pieces[i], ok = withPrefix(piece, prefix); !ok {
				return nil, false
			}
		}
		outer = append(outer, source.Edit{Span: e.Span, New: strings.Join(pieces, "")})
	}
	return outer, true
}

// withPrefix writes a prefix instead of as many blanks at the beginning of a line.
func withPrefix(line, prefix string) (string, bool) {
	if strings.Trim(line, "\r\n") == "" && line != "" {
		return strings.TrimRight(prefix, " \t") + line, true
	}
	rest, ok := strings.CutPrefix(line, strings.Repeat(" ", len(prefix)))
	return prefix + rest, ok
}

// translateFix makes a fix of the content, read by itself, one of Text.
func (b *Fenced) translateFix(fix *source.Fix) *source.Fix {
	if fix == nil {
		return nil
	}
	margin := "\n" + strings.Repeat(" ", len(b.prefix()))
	translated := &source.Fix{Title: fix.Title, Safe: fix.Safe}
	for _, e := range fix.Edits {
		e.Span = b.translateEdit(e.Span)
		e.New = strings.ReplaceAll(e.New, "\n", margin)
		translated.Edits = append(translated.Edits, e)
	}
	return translated
}

// translateEdit is the place in the file of what an edit replaces in the content. Whole lines go with what stands
// before them; of others that stays.
func (b *Fenced) translateEdit(s source.Span) source.Span {
	begins := func(at int) bool { return at == 0 || isBreak(b.text.Value[at-1]) }
	at := b.text.Sub(s.Start, s.End)
	switch {
	case s.Start == s.End || !begins(s.End):
	case begins(s.Start):
		if l, ok := b.lineFrom(at.Start); ok {
			at.Start = l.start
		}
	default:
		at.End = b.text.At(s.End)
	}
	return at
}
