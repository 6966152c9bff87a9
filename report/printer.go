package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// Printer prints what was found in one file after the other.
type Printer interface {
	// File prints the findings of a file.
	File(a *validator.Analysis) error
	// Close prints what comes at the end of all files.
	Close(t Totals) error
}

// NewAll prints to several printers.
func NewAll(printers ...Printer) Printer {
	if len(printers) == 1 {
		return printers[0]
	}
	return all(printers)
}

type all []Printer

func (all all) File(a *validator.Analysis) error {
	for _, p := range all {
		if err := p.File(a); err != nil {
			return err
		}
	}
	return nil
}

func (all all) Close(t Totals) error {
	for _, p := range all {
		if err := p.Close(t); err != nil {
			return err
		}
	}
	return nil
}

// told is the diagnostics that are to be told.
func told(a *validator.Analysis) []source.Diagnostic {
	if !slices.ContainsFunc(a.Diagnostics, source.Diagnostic.IsMuted) {
		return a.Diagnostics
	}
	return slices.DeleteFunc(slices.Clone(a.Diagnostics), source.Diagnostic.IsMuted)
}

// Totals is how much was read and found. The zero value is empty.
type Totals struct {
	Files, Programs         int
	Errors, Warnings, Infos int

	Suppressed, Known int // findings that are not told: suppressed, or in the baseline

	Safe, Unsafe int     // of the findings: how many have a fix that may be applied unasked, or asked
	Fixing       *Fixing // nil if no fixes were to be made

	byRule map[string]int
}

// Add counts a file.
func (t *Totals) Add(a *validator.Analysis) {
	t.Files++
	t.Programs += len(a.Programs)
	t.AddFindings(a)
}

// AddFindings counts what was found, but no file.
func (t *Totals) AddFindings(a *validator.Analysis) {
	if t.byRule == nil {
		t.byRule = make(map[string]int)
	}
	for _, d := range a.Diagnostics {
		switch {
		case d.Suppression.Kind != source.NotSuppressed:
			t.Suppressed++
		case d.IsMuted():
			t.Known++
		}
	}
	for _, d := range told(a) {
		t.byRule[d.Rule]++
		switch {
		case validator.IsFixable(d, false):
			t.Safe++
		case validator.IsFixable(d, true):
			t.Unsafe++
		}
		switch d.Severity {
		case source.Error:
			t.Errors++
		case source.Warning:
			t.Warnings++
		default:
			t.Infos++
		}
	}
}

// Found is in words how much was found.
func (t Totals) Found() string {
	var found []string
	for _, c := range [...]struct {
		n    int
		what string
	}{{t.Errors, "error"}, {t.Warnings, "warning"}, {t.Infos, "info"}} {
		if c.n > 0 {
			found = append(found, count(c.n, c.what))
		}
	}
	if found == nil {
		return "no findings"
	}
	return strings.Join(found, ", ")
}

// String is the totals in words.
func (t Totals) String() string {
	switch {
	case t.Files == 0:
		return "no programs found"
	case t.Errors+t.Warnings+t.Infos == 0:
		return fmt.Sprintf("%s in %s: no findings", count(t.Programs, "program"), count(t.Files, "file")) + t.untold()
	}
	return t.Found() + " in " + count(t.Files, "file") + t.fixable() + t.untold()
}

// untold is in words how much is not told.
func (t Totals) untold() string {
	s := ""
	if t.Suppressed > 0 {
		s += fmt.Sprintf(", %d suppressed", t.Suppressed)
	}
	if t.Known > 0 {
		s += fmt.Sprintf(", %d in the baseline", t.Known)
	}
	return s
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// NewText prints every finding with its line, an empty line behind each, and a summary unless quiet.
func NewText(w io.Writer, s Style) Printer { return textPrinter{bufio.NewWriter(w), s} }

type textPrinter struct {
	w     *bufio.Writer
	style Style
}

func (t textPrinter) File(a *validator.Analysis) error {
	for _, d := range told(a) {
		if err := Diagnostic(t.w, a.File, d, t.style); err != nil {
			return err
		}
		if err := t.w.WriteByte('\n'); err != nil {
			return err
		}
	}
	return t.w.Flush()
}

func (t textPrinter) Close(totals Totals) error {
	if t.style.Quiet {
		return nil
	}
	return summary(t.w, t.style.Palette, totals)
}

// summary prints the last line of a text, in the colour of the gravest finding.
func summary(w *bufio.Writer, p Palette, t Totals) error {
	c := p.fix
	switch {
	case t.Errors > 0:
		c = p.err
	case t.Warnings > 0:
		c = p.warning
	case t.Infos > 0:
		c = p.info
	}
	if t.Fixing != nil {
		fmt.Fprintln(w, paint(p.fix, t.Fixed()))
	}
	fmt.Fprintln(w, paint(c, t.String()))
	return w.Flush()
}

// NewConcise prints one line for each finding, and nothing else.
func NewConcise(w io.Writer, p Palette) Printer { return concisePrinter{bufio.NewWriter(w), p} }

type concisePrinter struct {
	w       *bufio.Writer
	palette Palette
}

func (c concisePrinter) File(a *validator.Analysis) error {
	for _, d := range told(a) {
		line, col := a.File.LineCol(inside(a.File, d.Span).Start)
		fmt.Fprintf(c.w, "%s %s %s\n", place(a.File, line, col),
			paint(c.palette.of(d.Severity), d.Severity.String()+"["+d.Rule+"]"), Visible(d.Message))
	}
	return c.w.Flush()
}

func (c concisePrinter) Close(Totals) error { return c.w.Flush() }
