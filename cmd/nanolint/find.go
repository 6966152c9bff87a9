package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/nanolint/nanolint/gateway"
)

// stdinName is what standard input is called that has no name.
const stdinName = "<stdin>"

// input is a file to read, or the reason why there is none.
type input struct {
	path  string // as the user gave it, or below a directory that the user gave
	truth string // its true path; empty for what is no file
	named bool   // by the user, so it is checked whatever it is
	stdin io.Reader
	lang  langFlag // of standard input

	// inside is the program itself, in JSON, that the path only describes: it stands in no file of text.
	inside  *string
	dynamic *dynamic // what made it, if that was Python code
	err     error
}

// finder finds the files that the arguments of a command name. It follows their order; inside a
// directory the order is that of names. A file that is met twice counts once.
type finder struct {
	args      []string
	stdin     io.Reader
	stdinName string
	stdinLang langFlag
	wants     func(name string) bool // whether a search takes a file of that name; nil: by extensions

	// rows reads the programs of a gateway's database that are wanted; nil if no databases are read.
	rows      func(path string) ([]gateway.Program, error)
	databases int // met so far

	made []input // by Python code, before all files

	excludes     func(path string, isDir bool) bool // whether a search leaves out a true path; may be nil
	forceExclude bool                               // leave it out even if it is named
	programsOnly bool                               // look at a file that is named as a search does
	takes        func(path string) bool             // whether a file is of interest; nil: all are

	// enter is told of every true directory before anything in it is read, and whether new files in it count; nil if
	// nobody wants to know.
	enter func(dir string, searched bool)

	named map[string]bool // the files that arguments name, by their true path
	seen  map[string]bool
}

// all calls yield for every file.
func (f *finder) all(yield func(input) bool) {
	for _, in := range f.made {
		if !yield(in) {
			return
		}
	}
	args := f.args
	if len(args) == 0 && f.made == nil {
		args = []string{"."}
	}
	f.named, f.seen = make(map[string]bool), make(map[string]bool)
	var found []input
	for _, arg := range args {
		found = append(found, f.expand(arg)...)
	}
	for _, in := range found {
		f.named[truePath(in.path)] = true
	}
	for _, in := range found {
		if !f.visit(in, yield) {
			return
		}
	}
}

// expand is what an argument names: itself, or what a glob matches, for shells that leave that to us.
func (f *finder) expand(arg string) []input {
	if arg == "-" {
		name := f.stdinName
		if name == "" {
			name = stdinName
		}
		return []input{{path: name, named: true, stdin: f.stdin, lang: f.stdinLang}}
	}
	if _, err := os.Lstat(arg); err == nil || !strings.ContainsAny(arg, "*?[{") {
		return []input{{path: arg, named: true}}
	}
	paths, err := doublestar.FilepathGlob(arg, doublestar.WithNoFollow(), doublestar.WithNoHidden())
	if err != nil {
		return []input{{path: arg, err: errors.New("this is no valid glob: put a backslash before a bracket that is meant")}}
	}
	if len(paths) == 0 {
		return []input{{path: arg, err: errors.New("no file matches this glob")}}
	}
	slices.Sort(paths)
	var found []input
	for _, p := range paths {
		found = append(found, input{path: p, named: true})
	}
	return found
}

func (f *finder) visit(in input, yield func(input) bool) bool {
	if in.err != nil {
		return yield(in)
	}
	if in.stdin == nil {
		if info, err := os.Stat(in.path); err == nil && info.IsDir() {
			return f.search(in.path, yield)
		}
	}
	return f.once(in, truePath(in.path), yield)
}

// once calls yield unless the file has been met.
func (f *finder) once(in input, path string, yield func(input) bool) bool {
	if in.stdin != nil {
		path = "-"
	}
	if f.seen[path] || f.forceExclude && f.excluded(path, false) || f.takes != nil && !f.takes(in.path) {
		return true
	}
	f.seen[path] = true
	if in.stdin == nil {
		f.enters(filepath.Dir(path), false)
		in.truth = path
	}
	in.named = !f.programsOnly && (in.named || f.named[path])
	if f.rows != nil && in.stdin == nil && (in.named || ext(in.path) == databaseExt) && gateway.IsDatabase(in.path) {
		return f.eachRow(in, yield)
	}
	if !in.named && ext(in.path) == databaseExt {
		return true
	}
	return yield(in)
}

// search visits the files of a directory that the user named.
func (f *finder) search(dir string, yield func(input) bool) bool {
	at := truePath(dir)
	f.enters(at, true)
	prefix := strings.TrimRight(dir, string(filepath.Separator)) + string(filepath.Separator)
	if dir == "." {
		prefix = ""
	}
	return f.walk(dir, prefix, at, ignorerFor(at), yield)
}

// walk visits the files below a directory. Paths that are printed begin with prefix; at is the true
// path. Links to directories are not followed, so there is no way to go round in circles.
func (f *finder) walk(dir, prefix, at string, ig *ignorer, yield func(input) bool) bool {
	entries, err := os.ReadDir(dir)
	if err != nil && !yield(input{path: dir, err: reason(err)}) {
		return false
	}
	for _, e := range entries {
		path, truth := prefix+e.Name(), filepath.Join(at, e.Name())
		switch {
		case e.IsDir():
			if skipsDir(e.Name()) || ig.ignores(truth, true) || f.excluded(truth, true) {
				continue
			}
			f.enters(truth, true)
			if !f.walk(path, path+string(filepath.Separator), truth, ig.enter(truth), yield) {
				return false
			}
		case f.named[truth] || f.wantsFile(e.Name()) && !ig.ignores(truth, false) && !f.excluded(truth, false):
			if e.Type()&fs.ModeSymlink != 0 {
				truth = truePath(path)
			}
			if isCandidate(path, e) && !f.once(input{path: path}, truth, yield) {
				return false
			}
		}
	}
	return true
}

func (f *finder) enters(dir string, searched bool) {
	if f.enter != nil {
		f.enter(dir, searched)
	}
}

// wantsFile reports whether a search takes a file of that name. Emacs locks a file by a link to nowhere, .#NAME.
func (f *finder) wantsFile(name string) bool {
	if strings.HasPrefix(name, ".#") {
		return false
	}
	if f.wants != nil {
		return f.wants(name)
	}
	return extensions[ext(name)] || f.rows != nil && ext(name) == databaseExt
}

func (f *finder) excluded(path string, isDir bool) bool {
	return f.excludes != nil && f.excludes(path, isDir)
}

// skipsDir reports whether a search leaves out directories of that name.
func skipsDir(name string) bool { return name == "node_modules" || strings.HasPrefix(name, ".") }

// isCandidate reports whether an entry of a directory is a file, or a link that should lead to one.
func isCandidate(path string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular()
}

// truePath is the absolute path behind all links, as far as there is one.
func truePath(path string) string {
	if p, err := filepath.EvalSymlinks(path); err == nil {
		path = p
	}
	if p, err := filepath.Abs(path); err == nil {
		path = p
	}
	return path
}

// extensions are those of the files that a search looks into.
var extensions = map[string]bool{".json": true, ".jsonl": true, ".yaml": true, ".yml": true, ".py": true, ".md": true, ".mdx": true}

func ext(name string) string { return strings.ToLower(filepath.Ext(name)) }
