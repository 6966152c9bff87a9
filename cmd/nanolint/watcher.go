package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A save is several events: an editor empties a file and writes it in pieces, or moves another one into its place. What
// follows within settleTime belongs together. A file that is empty or gone is most likely about to be written, and gets
// settleOdd. What does not come to rest is checked after settleMost all the same.
const (
	settleTime = 4 * time.Millisecond
	settleOdd  = 50 * time.Millisecond
	settleMost = 500 * time.Millisecond
)

// watcher waits for changes of what a check has read, or would read. Directories are watched, not files, which editors
// replace. All paths are true ones.
type watcher struct {
	events *fsnotify.Watcher
	err    error // why a directory cannot be watched

	watched  map[string]bool // directories
	needed   map[string]bool // those of them that the search has come to
	searched map[string]bool // in which new files count
	matched  map[string]bool // in which a glob may match any name

	files  map[string]bool     // that were checked
	beside map[string][]string // that say how files are checked, or that were looked for in vain, with the directories that tell of them

	checking touched   // what this check is about
	since    touched   // what has happened after it began
	first    time.Time // when the first thing happened that nobody has been told of; zero if nothing has
}

// touched is what may have changed.
type touched struct {
	paths  map[string]bool
	all    bool // and everything else
	beside bool // also something beside the files
}

func (t touched) isEmpty() bool { return !t.all && len(t.paths) == 0 }

func (t touched) has(path string) bool { return t.all || t.paths[path] }

func newWatcher() (*watcher, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("--watch: %w", err)
	}
	return &watcher{
		events: events, watched: make(map[string]bool), beside: make(map[string][]string), since: touched{all: true, beside: true},
	}, nil
}

// begin begins a check.
func (w *watcher) begin() {
	w.checking, w.since = w.since, touched{paths: make(map[string]bool)}
}

// anew forgets what is watched for: a search is about to come to it again.
func (w *watcher) anew() {
	if w.checking.beside {
		clear(w.beside)
	}
	w.needed, w.searched, w.matched, w.files = make(map[string]bool), make(map[string]bool), make(map[string]bool), make(map[string]bool)
}

// end leaves the directories that the search has not come to.
func (w *watcher) end() {
	for dir := range w.watched {
		if !w.needed[dir] {
			delete(w.watched, dir)
			_ = w.events.Remove(dir) // it may be gone
		}
	}
}

// add watches a directory: who reads it then misses nothing.
func (w *watcher) add(dir string) {
	w.needed[dir] = true
	if w.watched[dir] {
		return
	}
	switch err := w.events.Add(dir); {
	case err == nil:
		w.watched[dir] = true
	case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) && w.err == nil:
		w.err = fmt.Errorf("--watch: cannot watch %s: %w: watch fewer directories, or have the system allow more", dir, reason(err))
	}
}

// enter watches a directory of programs.
func (w *watcher) enter(dir string, searched bool) {
	w.add(dir)
	if searched {
		w.searched[dir] = true
	}
}

// read watches a file that says how others are checked, or the directory in which it would appear. It reports whether
// that is new.
func (w *watcher) read(path string) (isNew bool) {
	dirs, known := w.beside[path]
	if !known {
		dir, rest := existing(filepath.Dir(path))
		truth := trueName(path) // it may be a link
		dirs = []string{dir, filepath.Dir(truth)}
		for _, name := range []string{path, filepath.Join(dir, rest, filepath.Base(path)), truth} {
			w.beside[name] = dirs
		}
	}
	for _, dir := range dirs {
		w.add(dir)
	}
	return !known
}

// argument watches where an argument is, what git excludes there, and what a glob looks into.
func (w *watcher) argument(arg string) {
	path, err := filepath.Abs(arg)
	if err != nil {
		return // there is no current directory any more
	}
	dir, rest := existing(filepath.Dir(path))
	w.add(dir)
	w.files[filepath.Join(dir, rest, filepath.Base(path))] = true
	if rest != "" {
		w.read(path)
	}
	if _, err := os.Lstat(arg); err != nil && strings.ContainsAny(arg, "*?[{") {
		w.tree(directoryOf(arg))
	}
	at := directoryOf(path)
	top, ok := repository(at)
	if !ok {
		return
	}
	w.read(filepath.Join(top, ".git", "info", "exclude"))
	for ; isBelow(top, at); at = filepath.Dir(at) {
		w.read(filepath.Join(at, ".gitignore"))
		if at == top {
			return
		}
	}
}

// tree watches a directory and all below it that a glob looks into.
func (w *watcher) tree(top string) {
	// What cannot be read cannot be matched.
	_ = filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || !d.IsDir():
			return nil
		case path != top && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		}
		w.add(path) // WalkDir has not read it yet
		w.matched[path] = true
		return nil
	})
}

// take takes an event down, and reports whether it may change what a check says.
func (w *watcher) take(e fsnotify.Event) bool {
	path, dir, name := e.Name, filepath.Dir(e.Name), filepath.Base(e.Name)
	appears := e.Has(fsnotify.Create)
	leaves := e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename)
	if !appears && !leaves && !e.Has(fsnotify.Write) {
		return false // only its mode has changed
	}
	_, isBeside := w.beside[path]
	wasDirectory := leaves && w.watched[path]
	switch {
	case wasDirectory:
		w.leave(path)
	case isBeside || w.searched[dir] && name == ".gitignore" || appears && w.leadsBeside(path):
		w.since.beside = true
	case w.files[path], w.matched[dir] && (appears || leaves):
	case w.searched[dir] && (extensions[ext(name)] || strings.HasPrefix(ext(name), databaseExt)): // or its write-ahead log
	case w.searched[dir] && appears && isDirectory(path):
	default:
		return false
	}
	w.since.paths[path] = true
	if w.first.IsZero() {
		w.first = time.Now()
	}
	return true
}

// leave watches a directory that has left, and all below it, no more. The system knows directories by more than their names: it
// must be told before they turn up under others.
func (w *watcher) leave(top string) {
	for dir := range w.watched {
		if isBelow(top, dir) {
			delete(w.watched, dir)
			_ = w.events.Remove(dir) // it may be gone
		}
	}
}

// leadsBeside reports whether a file that was looked for would be below a path.
func (w *watcher) leadsBeside(path string) bool {
	for file := range w.beside {
		if isBelow(path, file) {
			return true
		}
	}
	return false
}

func isDirectory(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}

// isOdd reports whether a file that has been touched is empty or gone.
func (w *watcher) isOdd() bool {
	for path := range w.since.paths {
		if info, err := os.Stat(path); err != nil || info.Mode().IsRegular() && info.Size() == 0 {
			return true
		}
	}
	return false
}

// isOutdated reports whether something has changed while it was being checked, unless it has been changing for long.
func (w *watcher) isOutdated() bool {
	for {
		select {
		case e := <-w.events.Events:
			w.take(e)
		case <-w.events.Errors:
			w.lose()
		default:
			return !w.since.isEmpty() && time.Since(w.first) < settleMost
		}
	}
}

// told takes down that people know of what was checked.
func (w *watcher) told() {
	w.first = time.Time{}
	if !w.since.isEmpty() {
		w.first = time.Now()
	}
}

// lose takes down that the system has lost events.
func (w *watcher) lose() {
	w.since.all, w.since.beside = true, true
	if w.first.IsZero() {
		w.first = time.Now()
	}
}

// wait waits until something has changed and come to rest. It is false if ctx ends before.
func (w *watcher) wait(ctx context.Context) bool {
	rest, wait := time.NewTimer(settleTime), settleTime
	if w.since.isEmpty() {
		rest.Stop()
	}
	for {
		select {
		case e := <-w.events.Events:
			switch {
			case !w.take(e):
			case time.Since(w.first) > settleMost:
				return true
			default:
				wait = settleTime
				rest.Reset(wait)
			}
		case <-w.events.Errors:
			w.lose()
			rest.Reset(wait)
		case <-rest.C:
			if wait == settleOdd || time.Since(w.first) > settleMost || !w.isOdd() {
				return true
			}
			wait = settleOdd
			rest.Reset(wait)
		case <-ctx.Done():
			return false
		}
	}
}
