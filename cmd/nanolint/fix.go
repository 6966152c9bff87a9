package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/validator"
)

// fixes says which fixes are made.
type fixes uint8

const (
	noFixes fixes = iota
	safeFixes
	allFixes
)

func (f *checkFlags) fixes() fixes {
	switch {
	case f.fixUnsafe:
		return allFixes
	case f.fix || f.diff:
		return safeFixes
	}
	return noFixes
}

// writesFixes reports whether fixed texts are put in place of the old ones.
func (f *checkFlags) writesFixes() bool { return f.fixes() != noFixes && !f.diff && !f.repaired }

// refuseWithDiff is the complaint about flags that say how to print findings, which a diff has none of.
func (f *checkFlags) refuseWithDiff() error {
	other, ok := f.format.unlike("text")
	switch {
	case !f.diff:
		return nil
	case ok:
		return fmt.Errorf("--diff prints a unified diff: leave out --format %s", other.name)
	case f.statistics:
		return errors.New("--diff prints a unified diff: leave out --statistics")
	}
	return nil
}

// openFindings opens what findings go to: standard error if the fixed text of standard input has the
// other.
func (a *app) openFindings(f *checkFlags, args []string) (*output, error) {
	if f.output == "" && f.writesFixes() && slices.Contains(args, "-") {
		return &output{Writer: a.stderr}, nil
	}
	return a.openOutput(f.output)
}

// diffAll prints how fixes would change the files of args, and says how many there are.
func (a *app) diffAll(ctx context.Context, find *finder, f *checkFlags, w io.Writer, o validator.Options) error {
	totals := report.Totals{Fixing: &report.Fixing{Unsafe: f.fixUnsafe}}
	err := a.eachAnalysis(ctx, find, o, f.fixes(), func(r result) error {
		totals.Add(r.analysis)
		totals.Fixing.Add(r.fixed)
		return report.Diff(w, r.path, r.fixed.Before.File.Text, r.fixed.After.File.Text)
	})
	if err != nil {
		return err
	}
	if totals.Fixing.Files > 0 {
		a.status = max(a.status, statusFound)
	}
	if !f.quiet {
		fmt.Fprintf(a.stderr, "nanolint: would have %s\n", totals.Fixed())
	}
	return nil
}

// putFixed puts a fixed text where it belongs: standard output, or the file. If that cannot be, the
// findings of the result are those of the file as it is.
func (a *app) putFixed(r *result) {
	text := r.fixed.After.File.Text
	if r.stdin {
		if _, err := io.WriteString(a.stdout, text); err != nil && !isClosedPipe(err) {
			a.complain(statusUnusable, r.path, fmt.Errorf("cannot write the fixed text: %w", reason(err)))
		}
		return
	}
	if len(r.fixed.Applied) == 0 {
		return
	}
	if err := replaceFile(r.path, r.fixed.Before.File.Text, text); err != nil {
		a.complain(statusUnusable, r.path, fmt.Errorf("not fixed: %w", err))
		r.analysis, r.fixed = r.fixed.Before, nil
	}
}

// replaceFile replaces the text of a file, wholly or not at all. A link to it stays one.
func replaceFile(path, before, after string) error {
	target := truePath(path)
	info, err := os.Stat(target)
	if err != nil {
		return reason(err)
	}
	if info.Mode().Perm()&0o222 == 0 { // root, too, does not expect it to change
		return errors.New("the file is read-only: make it writable")
	}
	// The directory alone decides whether a file may be replaced. Who may not write the file does not
	// expect that.
	f, err := os.OpenFile(target, os.O_WRONLY, 0)
	if err != nil {
		return reason(err)
	}
	_ = f.Close() // nothing was written
	out, err := createBeside(target, info.Mode().Perm())
	if err != nil {
		return fmt.Errorf("cannot make a file in its directory: %w", reason(err))
	}
	defer out.discard()
	keepOwner(out.file, info)
	if _, err := io.WriteString(out, after); err != nil {
		return reason(err)
	}
	switch now, err := readFile(target); {
	case err != nil:
		return reason(err)
	case now != before:
		return errors.New("the file has changed since it was read: run nanolint again")
	}
	return reason(out.commit())
}
