package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/nanolint/nanolint/validator"
)

// Fixing is how much was fixed.
type Fixing struct {
	Unsafe          bool   // all fixes were to be made, not only the safe ones
	Suppressing     bool   // nothing was to be fixed, but findings to be suppressed
	Flag            string // what makes all fixes; empty for --fix-unsafe
	Findings, Files int
}

// Add counts a file.
func (x *Fixing) Add(f *validator.Fixed) {
	if n := len(f.Applied); n > 0 {
		x.Findings += n
		x.Files++
	}
}

// Fixed is in words what was fixed, and what could be.
func (t Totals) Fixed() string {
	done := "fixed"
	if t.Fixing.Suppressing {
		done = "suppressed"
	}
	s := done + " nothing"
	if t.Fixing.Files > 0 {
		s = fmt.Sprintf("%s %s in %s", done, count(t.Fixing.Findings, "finding"), count(t.Fixing.Files, "file"))
	}
	if t.Unsafe > 0 && !t.Fixing.Unsafe && !t.Fixing.Suppressing {
		s += fmt.Sprintf(" (%d more with %s)", t.Unsafe, cmp.Or(t.Fixing.Flag, "--fix-unsafe"))
	}
	return s
}

// fixable is in words what could be fixed, unless fixes were to be made.
func (t Totals) fixable() string {
	switch {
	case t.Fixing != nil, t.Safe+t.Unsafe == 0:
		return ""
	case t.Safe == 0:
		return fmt.Sprintf(" (%d fixable with --fix-unsafe)", t.Unsafe)
	case t.Unsafe == 0:
		return fmt.Sprintf(" (%d fixable with --fix)", t.Safe)
	}
	return fmt.Sprintf(" (%d fixable with --fix, %d more with --fix-unsafe)", t.Safe, t.Unsafe)
}

// Diff prints the difference of two texts of a file as a unified diff that git apply and patch -p1 read; nothing
// if they are equal. The lines are printed as they are, control characters included: else they would be
// others.
func Diff(w io.Writer, name, before, after string) error {
	if before == after {
		return nil
	}
	name = strings.TrimLeft(filepath.ToSlash(name), "/")
	text := diff.Diff(headerName("a/"+name), []byte(before), headerName("b/"+name), []byte(after))
	_, text, _ = bytes.Cut(text, []byte("\n")) // "diff old new", which neither needs
	_, err := w.Write(text)
	return err
}

// headerName is a name as git writes it: in quotes and with escapes if it holds what a terminal or a reader
// of the diff would stumble over, and ended by a tab if it holds a blank.
func headerName(name string) string {
	if Visible(name) == name && !strings.ContainsAny(name, `"\`) {
		if strings.Contains(name, " ") {
			name += "\t"
		}
		return name
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(name) {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c >= 0x7f:
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
