// Package baseline keeps the findings that a team has found in its programs and not mended yet, so that only new ones
// fail.
//
// A finding is known again by its fingerprint, which survives edits elsewhere; see [validator.Analysis.Fingerprints].
// The fingerprint says nothing about the file, so a finding whose file is gone may turn up in another: the file has
// moved. As long as the file is there, its findings are its own, and the copy of a file is new.
//
// A baseline only ever becomes smaller, unless somebody asks for what is found to be taken down. It is JSON, a finding
// on each line, in the order of paths, so that version control merges it. The package opens no file.
package baseline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// Version is that of the format.
const Version = 1

// Entry is a finding that is known.
type Entry struct {
	Path        string // with slashes, relative to the directory of the baseline
	Rule        string
	Step        string
	Message     string
	Fingerprint string

	Span source.Span // in the text of the baseline

	used bool // by a finding; of what was found: it is known
}

// Baseline is the findings that are known, and what a run has found of them.
type Baseline struct {
	File    *source.File // the text that it was read from
	entries []*Entry
	byPrint map[string][]*Entry

	checked map[string]map[string]bool // the rules that have run, by the path of the file
	ran     map[string]bool            // the rules that have run over any file
	found   []*Entry                   // all that the run has found
}

// Parse reads a baseline. An empty text holds no findings.
func Parse(f *source.File) (*Baseline, error) {
	b := &Baseline{File: f, byPrint: make(map[string][]*Entry), checked: make(map[string]map[string]bool), ran: make(map[string]bool)}
	if f.Text == "" {
		return b, nil
	}
	doc := syntax.Parse(f, syntax.JSON)[0]
	if len(doc.Problems) > 0 {
		return nil, b.mistake(doc.Problems[0].Span, doc.Problems[0].Message)
	}
	version, findings := doc.Root.Get("version"), doc.Root.Get("findings")
	switch {
	case version == nil || version.Kind != syntax.Int || findings == nil || findings.Kind != syntax.List:
		return nil, b.mistake(source.Span{}, "this is no baseline: write one with --update-baseline into another file")
	case version.Text.Value != fmt.Sprint(Version):
		return nil, b.mistake(version.Span, "this release reads baselines of version 1: write it anew with --update-baseline")
	}
	for _, n := range findings.Items {
		e := &Entry{Span: n.Span}
		for key, to := range map[string]*string{
			"path": &e.Path, "rule": &e.Rule, "step": &e.Step, "message": &e.Message, "fingerprint": &e.Fingerprint,
		} {
			v := n.Get(key)
			if v == nil || v.Kind != syntax.String {
				return nil, b.mistake(n.Span, "a finding needs path, rule, step, message and fingerprint, all of them texts")
			}
			*to = v.Text.Value
		}
		b.entries = append(b.entries, e)
		b.byPrint[e.Fingerprint] = append(b.byPrint[e.Fingerprint], e)
	}
	return b, nil
}

func (b *Baseline) mistake(at source.Span, message string) error {
	line, col := b.File.LineCol(at.Start)
	return fmt.Errorf("%s:%d:%d: %s", b.File.Name, line, col, message)
}

// Mark says of the findings of a file whether they are known. ran is the ids of the rules that have looked, and isGone reports
// whether there is no file at a path any more. The findings of one run are marked one file after the other.
func (b *Baseline) Mark(path string, a *validator.Analysis, ran map[string]bool, isGone func(path string) bool) {
	b.checked[path] = ran
	for rule := range ran {
		b.ran[rule] = true
	}
	prints := a.Fingerprints()
	for i := range a.Diagnostics {
		d := &a.Diagnostics[i]
		if d.Suppression.Kind != source.NotSuppressed {
			continue
		}
		d.Baseline = source.New
		known := b.take(path, prints[i], isGone)
		if known {
			d.Baseline = source.Unchanged
		}
		b.found = append(b.found, &Entry{
			Path: path, Rule: d.Rule, Step: d.Step, Message: d.Message, Fingerprint: prints[i], used: known,
		})
	}
}

// take reports whether there is an entry for a finding, which then is nobody else's: that of its file, or one whose
// file is gone.
func (b *Baseline) take(path, print string, isGone func(string) bool) bool {
	var moved *Entry
	for _, e := range b.byPrint[print] {
		switch {
		case e.used:
		case e.Path == path:
			e.used = true
			return true
		case moved == nil && isGone(e.Path):
			moved = e
		}
	}
	if moved != nil {
		moved.used = true
	}
	return moved != nil
}

// Stale are the entries that nothing has been found of, although their rules have run over their files, or their files
// are missed: gone from where the run would have come to them.
func (b *Baseline) Stale(isMissed func(path string) bool) []Entry {
	var all []Entry
	for _, e := range b.entries {
		if b.isStale(e, isMissed) {
			all = append(all, *e)
		}
	}
	return all
}

// Pruned is the text of the baseline without entries that are stale. What has moved is entered where it is now.
func (b *Baseline) Pruned(isMissed func(path string) bool) string {
	kept := b.notMet(isMissed)
	for _, e := range b.found {
		if e.used {
			kept = append(kept, e)
		}
	}
	return print(kept)
}

// notMet are the entries of files and rules that the run has not come to.
func (b *Baseline) notMet(isMissed func(path string) bool) []*Entry {
	var all []*Entry
	for _, e := range b.entries {
		if !e.used && !b.isStale(e, isMissed) {
			all = append(all, e)
		}
	}
	return all
}

func (b *Baseline) isStale(e *Entry, isMissed func(path string) bool) bool {
	return !e.used && (b.checked[e.Path][e.Rule] || b.ran[e.Rule] && b.checked[e.Path] == nil && isMissed(e.Path))
}

// Updated is the text of a baseline of all that was found, and of what is known of files and rules that the run has not
// come to.
func (b *Baseline) Updated(isMissed func(path string) bool) string {
	return print(append(b.notMet(isMissed), b.found...))
}

// print is the text of a baseline.
func print(entries []*Entry) string {
	slices.SortFunc(entries, func(x, y *Entry) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Step, y.Step),
			cmp.Compare(x.Message, y.Message), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	var b strings.Builder
	fmt.Fprintf(&b, "{\"version\": %d, \"findings\": [", Version)
	for i, e := range entries {
		if i > 0 {
			b.WriteByte(',')
		}
		q := func(s string) string { return syntax.Quote(syntax.JSON, s) }
		fmt.Fprintf(&b, "\n  {\"path\": %s, \"rule\": %s, \"step\": %s, \"message\": %s, \"fingerprint\": %s}",
			q(e.Path), q(e.Rule), q(e.Step), q(e.Message), q(e.Fingerprint))
	}
	if len(entries) > 0 {
		b.WriteByte('\n')
	}
	b.WriteString("]}\n")
	return b.String()
}
