// Package report prints what was found: for people, with the line and an underline; for programs, as
// JSON; and in the formats of other tools. docs/output.md describes them.
//
// The package decides nothing: it prints every diagnostic that it is given and that is not muted, in that
// order, and streams, so that a million findings need no more memory than one file's; only a template is
// given all at once. Nothing that a file, its name or a message holds reaches a terminal as a control
// character.
package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// Style is how text looks. The zero Style is plain and leaves nothing out.
type Style struct {
	Palette  Palette
	Quiet    bool // no summary
	NoSource bool // no lines of the file
}

// Diagnostic prints one diagnostic as text: the sentence and its place, the line with an underline,
// related places, and fixes in words.
func Diagnostic(w io.Writer, f *source.File, d source.Diagnostic, s Style) error {
	var b bytes.Buffer
	p := s.Palette
	at := inside(f, d.Span)
	line, col := f.LineCol(at.Start)
	tag := d.Severity.String()
	if d.Rule != "" {
		tag += "[" + d.Rule + "]"
	}
	fmt.Fprintf(&b, "%s %s %s\n",
		paint(p.strong, place(f, line, col)),
		paint(p.of(d.Severity), tag+":"),
		paint(p.strong, Visible(d.Message)))

	if !s.NoSource {
		number := strconv.Itoa(line)
		gutter := strings.Repeat(" ", len(number)) + " | "
		text, pad, marks := excerptOf(f, at).print(at, len(gutter))
		fmt.Fprintf(&b, "%s%s\n", paint(p.gutter, number+" | "), text)
		fmt.Fprintf(&b, "%s%s%s\n", paint(p.gutter, gutter), pad, paint(p.of(d.Severity), marks))
	}
	related(&b, f, d.Related, p)
	for _, fix := range d.Fixes {
		fmt.Fprintf(&b, "  %s %s\n", paint(p.fix, "fix:"), Visible(fix.Title))
	}
	_, err := w.Write(b.Bytes())
	return err
}

// A path of more than pathShown places is shortened in the middle.
const pathShown = 12

func related(b *bytes.Buffer, f *source.File, notes []source.Note, p Palette) {
	from, to := len(notes), len(notes)
	if len(notes) > pathShown {
		from, to = pathShown/2, len(notes)-pathShown/2
	}
	for i, n := range notes {
		switch {
		case i == from:
			fmt.Fprintf(b, "  %s … %d more places …\n", paint(p.info, "note:"), to-from)
		case i < from || i >= to:
			line, col := f.LineCol(inside(f, n.Span).Start)
			fmt.Fprintf(b, "  %s %s %s\n", paint(p.info, "note:"), place(f, line, col), Visible(n.Message))
		}
	}
}

func place(f *source.File, line, col int) string {
	return fmt.Sprintf("%s:%d:%d:", Visible(f.Name), line, col)
}

// inside is the part of a span that lies in the file, behind a byte order mark, which nobody sees.
func inside(f *source.File, s source.Span) source.Span {
	start := min(max(s.Start, f.BodyStart()), len(f.Text))
	return source.Span{Start: start, End: min(max(s.End, start), len(f.Text))}
}
