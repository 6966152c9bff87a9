package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/nanolint/nanolint/baseline"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator/rules"
)

// known is the baseline of a run of check. A nil one marks nothing.
type known struct {
	*baseline.Baseline
	path string
	dir  string // of the baseline, as a true path

	searched []string // the true paths of the directories that the run comes to
	gone     map[string]bool
	ran      map[*setting]map[string]bool
}

// refuseAloneBaseline is the complaint about flags that mean nothing without others.
func (f *checkFlags) refuseAloneBaseline() error {
	switch {
	case f.baseline == "" && f.updateBaseline:
		return errors.New("--update-baseline needs --baseline FILE")
	case f.baseline == "" && f.pruneBaseline:
		return errors.New("--prune-baseline needs --baseline FILE")
	case f.updateBaseline && f.pruneBaseline:
		return errors.New("--update-baseline does what --prune-baseline does, too: leave out one of them")
	case f.diff && (f.updateBaseline || f.pruneBaseline):
		return errors.New("--diff writes nothing: leave out --update-baseline and --prune-baseline")
	}
	return nil
}

// openBaseline reads the baseline. With --update-baseline there need not be one.
func openBaseline(f *checkFlags, args []string) (*known, error) {
	if f.baseline == "" {
		return nil, nil
	}
	text, err := readFile(f.baseline)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.updateBaseline:
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("--baseline %s: there is none: make one with --update-baseline", f.baseline)
	case err != nil:
		return nil, fmt.Errorf("--baseline %s: %w", f.baseline, reason(err))
	}
	b, err := baseline.Parse(source.NewFile(f.baseline, text))
	if err != nil {
		return nil, err
	}
	k := &known{Baseline: b, path: f.baseline, dir: filepath.Dir(truePath(f.baseline)), gone: make(map[string]bool)}
	k.ran = make(map[*setting]map[string]bool)
	switch {
	case f.takesChanges():
		args = nil // what a file that has gone held may stand in one that this run passes over
	case len(args) == 0:
		args = []string{"."}
	}
	for _, arg := range args {
		k.searched = append(k.searched, truePath(arg))
	}
	return k, nil
}

// mark says which findings of a file are known; with update, all are.
func (k *known) mark(r result, update bool) {
	if k == nil {
		return
	}
	path := r.path
	if !r.stdin {
		path = truePath(r.path)
	}
	if rel, err := filepath.Rel(k.dir, path); err == nil {
		path = filepath.ToSlash(rel)
	}
	ran := k.rulesOf(r.setting)
	switch {
	case r.analysis.IsBroken:
		ran = nil // nobody knows what it hides
	case len(r.analysis.Crashes) > 0:
		ran = maps.Clone(ran)
		for _, c := range r.analysis.Crashes {
			delete(ran, c.Rule)
		}
	}
	k.Mark(path, r.analysis, ran, k.isGone)
	if !update {
		return
	}
	for i := range r.analysis.Diagnostics {
		if d := &r.analysis.Diagnostics[i]; d.Baseline == source.New {
			d.Baseline = source.Unchanged
		}
	}
}

func (k *known) rulesOf(s *setting) map[string]bool {
	if k.ran[s] == nil {
		k.ran[s] = make(map[string]bool)
		for _, r := range s.options.Rules {
			k.ran[s][r.ID] = true
		}
	}
	return k.ran[s]
}

// isGone reports whether there is no file any more at a path of the baseline.
func (k *known) isGone(path string) bool {
	gone, asked := k.gone[path]
	if !asked {
		_, err := os.Stat(filepath.Join(k.dir, filepath.FromSlash(path)))
		gone = errors.Is(err, fs.ErrNotExist)
		k.gone[path] = gone
	}
	return gone
}

// misses reports whether the run would have met a file, had it not gone.
func (k *known) misses(path string) bool {
	if !k.isGone(path) {
		return false
	}
	path = filepath.Join(k.dir, filepath.FromSlash(path))
	return slices.ContainsFunc(k.searched, func(dir string) bool { return isBelow(dir, path) })
}

// maxStale is how many stale entries are told one by one.
const maxStale = 10

// closeBaseline tells what is stale, and writes the baseline if it was asked for.
func (a *app) closeBaseline(k *known, f *checkFlags) error {
	if k == nil {
		return nil
	}
	stale := k.Stale(k.misses)
	switch {
	case f.updateBaseline:
		return a.writeBaseline(k, k.Updated(k.misses))
	case f.pruneBaseline && k.File.Text != k.Pruned(k.misses):
		return a.writeBaseline(k, k.Pruned(k.misses))
	case f.pruneBaseline || len(stale) == 0:
		return nil
	}
	for i, e := range stale {
		if i == maxStale {
			a.say(fmt.Sprintf("… and %d more", len(stale)-maxStale))
			break
		}
		line, col := k.File.LineCol(e.Span.Start)
		name := e.Rule
		if r := rules.Find(e.Rule); r != nil {
			name = r.Name
		}
		a.say(fmt.Sprintf("%s:%d:%d: %s is not found any more in %s: %s", k.path, line, col, name, e.Path, e.Message))
	}
	a.say("take these out of the baseline with --prune-baseline, before they come back")
	return nil
}

func (a *app) writeBaseline(k *known, text string) error {
	write := func() error {
		if k.File.Text != "" {
			return replaceFile(k.path, k.File.Text, text)
		}
		out, err := createBeside(k.path, 0o644)
		if err != nil {
			return reason(err)
		}
		defer out.discard()
		if _, err := io.WriteString(out, text); err != nil {
			return reason(err)
		}
		return reason(out.commit())
	}
	if k.File.Text == text {
		return nil
	}
	if err := write(); err != nil {
		return fmt.Errorf("--baseline %s: %w", k.path, err)
	}
	return nil
}
