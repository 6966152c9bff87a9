package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/report"
)

// refuseWithWatch is the complaint about flags that mean nothing for checks that have no end.
func (f *checkFlags) refuseWithWatch(args []string) error {
	_, hasFile := f.format.unlike(formatNames...)
	switch {
	case !f.watch:
		return nil
	case slices.Contains(args, "-"):
		return errors.New("--watch waits for changes of files, and standard input has none: leave out one of them")
	case f.fixes() != noFixes:
		return errors.New("--watch reads what you are editing, and writes nothing into it: leave out --fix, --fix-unsafe, --diff and --add-suppressions")
	case f.updateBaseline || f.pruneBaseline:
		return errors.New("--watch reads the baseline, and writes none: leave out --update-baseline and --prune-baseline")
	case len(f.python) > 0:
		return errors.New("--watch sees files change, and not what --python comes to: leave out one of them")
	case f.takesChanges():
		return errors.New("--watch sees itself what changes: leave out --changed and --since")
	case f.output != "" || hasFile || len(f.format.list) > 1:
		return errors.New("--watch prints again and again, to standard output: leave out --output and formats with files")
	case f.timing:
		return errors.New("--timing is about one check: leave out --watch")
	}
	return nil
}

// watch is a check that is made anew whenever something changes.
type watch struct {
	app      *app
	flags    *checkFlags
	args     []string
	task     task
	events   *watcher
	template *report.Template

	inputs  []input
	results []result        // of each input
	isFile  map[string]bool // by the true path of an input

	last    []result // what was printed
	printed bool     // something was
	isStale bool     // what was printed may be wrong even if the results are the same
}

// clearScreen has a terminal forget what it shows, and what was scrolled away.
const clearScreen = "\x1b[H\x1b[2J\x1b[3J"

// watch checks again and again until the user interrupts.
func (a *app) watch(ctx context.Context, f *checkFlags, args []string, t task) error {
	ctx, stop := interruptible(ctx)
	defer stop()
	events, err := newWatcher()
	if err != nil {
		return err
	}
	defer events.events.Close()
	template, err := f.readTemplate()
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	w := &watch{app: a, flags: f, args: args, task: t, events: events, template: template}
	w.task.cache = newCache(func(path string) bool { return events.checking.has(path) })
	for {
		if err := w.check(ctx); err != nil && ctx.Err() == nil {
			return err
		}
		if !events.wait(ctx) {
			if !w.printed {
				a.status = statusInterrupted
			}
			return nil
		}
	}
}

// check checks what may have changed, and prints what is found everywhere if that may be something else than before.
func (w *watch) check(ctx context.Context) error {
	w.events.begin()
	var unusable error
	w.task.known, unusable = openBaseline(w.flags, w.args)
	if w.areEdits() {
		w.edited()
	} else if err := w.search(ctx); err != nil {
		return err
	}
	if ctx.Err() != nil || w.events.isOutdated() {
		return nil
	}
	defer w.events.told()
	if w.printed && !w.isStale && slices.EqualFunc(w.last, w.results, isSame) {
		return nil
	}
	w.last, w.printed, w.isStale = slices.Clone(w.results), true, false
	return w.print(ctx, unusable)
}

// areEdits reports whether only files have changed that are there as before.
func (w *watch) areEdits() bool {
	checking := w.events.checking
	if checking.all || checking.beside || len(w.results) != len(w.inputs) {
		return false
	}
	for path := range checking.paths {
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() || !w.isFile[path] {
			return false
		}
	}
	return true
}

// edited checks the files that have changed.
func (w *watch) edited() {
	for i, in := range w.inputs {
		if w.events.checking.has(in.truth) {
			w.results[i] = w.task.analyze(in)
		}
	}
}

// search looks for all files, and checks those that may have changed.
func (w *watch) search(ctx context.Context) error {
	w.events.anew()
	if w.events.checking.beside {
		w.flags.settings.forget()
		w.isStale = true
	}
	w.task.cache.next()
	for _, arg := range w.args {
		w.events.argument(arg)
	}
	if w.flags.baseline != "" {
		w.events.read(absolutePath(w.flags.baseline))
	}
	w.inputs, w.results, w.isFile = nil, nil, make(map[string]bool)
	find, err := w.app.finder(ctx, w.flags, w.args)
	if err != nil {
		return err
	}
	find.enter = w.events.enter
	inputs := func(yield func(input) bool) {
		find.all(func(in input) bool {
			w.inputs = append(w.inputs, in)
			w.events.files[in.truth] = true
			w.isFile[in.truth] = in.inside == nil
			return yield(in)
		})
	}
	w.results = slices.Collect(analyses(ctx, inputs, w.task))
	isNew := false
	for _, path := range w.flags.settings.finder.Paths() {
		isNew = w.events.read(path) || isNew
	}
	if isNew && !w.flags.settings.finder.IsCurrent() {
		w.events.lose() // it has changed between being read and being watched
	}
	w.events.end()
	return w.events.err
}

func absolutePath(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// isSame reports whether nothing else is to be said of a file.
func isSame(a, b result) bool {
	return a.path == b.path && a.named == b.named && a.analysis == b.analysis && a.setting == b.setting &&
		(a.err == nil && b.err == nil || fmt.Sprint(a.err) == fmt.Sprint(b.err))
}

// print prints the results, or why there are none, in one piece: nobody reads a part.
func (w *watch) print(ctx context.Context, failed error) error {
	a, f := w.app, w.flags
	var said, found bytes.Buffer
	out := &output{Writer: a.stdout}
	p := a.printer(f, f.format.list[0].name, w.template, out)
	out.Writer = &found
	stderr := a.stderr
	a.stderr = &said
	a.status, a.badConfigs = 0, make(map[*config.Config]bool)
	if failed != nil {
		a.complain(statusUnusable, "", failed)
	} else if totals, err := a.analyzeAll(ctx, slices.Values(w.results), f, p, w.task); err != nil {
		return err
	} else {
		a.judge(f, totals)
		if err := a.closeBaseline(w.task.known, f); err != nil {
			return err
		}
	}
	if !f.quiet {
		a.say("waiting for changes: interrupt to end")
	}
	a.stderr = stderr
	if isTerminal(a.stdout) && os.Getenv("TERM") != "dumb" {
		found = *bytes.NewBuffer(append([]byte(clearScreen), found.Bytes()...))
	}
	if _, err := a.stdout.Write(found.Bytes()); err != nil {
		return fmt.Errorf("cannot write the findings: %w", reason(err))
	}
	_, err := a.stderr.Write(said.Bytes())
	return err
}
