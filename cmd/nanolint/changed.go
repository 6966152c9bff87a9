package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/nanolint/nanolint/config"
)

// changes are the files that git calls changed, deleted ones included, by their true path.
type changes map[string]bool

// changesBelow asks git what has changed in the repositories of args: since the merge base with a revision, or since
// HEAD if there is none. The flag is for messages.
func changesBelow(ctx context.Context, flag, revision string, args []string) (changes, error) {
	if slices.Contains(args, "-") {
		return nil, fmt.Errorf("%s asks git, which knows nothing of standard input: leave out one of them", flag)
	}
	if strings.HasPrefix(revision, "-") {
		return nil, fmt.Errorf("%s %q is no revision", flag, revision)
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	changed := make(changes)
	dirs, repositories := make(map[string]bool), make(map[string]bool)
	for _, arg := range args {
		dir := directoryOf(arg)
		if dirs[dir] {
			continue // a hook names all files of a directory
		}
		dirs[dir] = true
		top, err := git{ctx, dir}.run("rev-parse", "--show-toplevel")
		if err != nil {
			return nil, fmt.Errorf("%s: cannot ask git about %s: %w", flag, arg, err)
		}
		g := git{ctx, filepath.FromSlash(strings.TrimRight(top, "\r\n"))}
		if repositories[g.dir] {
			continue
		}
		repositories[g.dir] = true
		if err := g.addChanges(changed, revision); err != nil {
			return nil, fmt.Errorf("%s: %w", strings.TrimSpace(flag+" "+revision), err)
		}
	}
	return changed, nil
}

// directoryOf is the directory that an argument is or lies in, as far as there is one: a file may have been deleted, and
// its directory with it.
func directoryOf(arg string) string {
	if _, err := os.Lstat(arg); err != nil && strings.ContainsAny(arg, "*?[{") {
		base, _ := doublestar.SplitPattern(filepath.ToSlash(arg))
		arg = filepath.FromSlash(base)
	}
	dir, _ := existing(arg)
	return dir
}

// existing splits a path into the true path of the directory that exists, and the rest.
func existing(path string) (dir, rest string) {
	dir, err := filepath.Abs(path)
	if err != nil {
		return ".", path // there is no current directory any more
	}
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() || dir == filepath.Dir(dir) {
			return truePath(dir), rest
		}
		dir, rest = filepath.Dir(dir), filepath.Join(filepath.Base(dir), rest)
	}
}

// isDeleted reports whether git calls a path deleted, or files below it.
func (c changes) isDeleted(path string) bool {
	deleted := trueName(path)
	for p := range c {
		if isBelow(deleted, p) {
			return true
		}
	}
	return false
}

// isBelow reports whether a path is that of a directory or leads into it.
func isBelow(dir, path string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// selection is what --changed or --since REV take: files that have changed, and those for which something else now holds.
type selection struct {
	changes
	settings *settings
	all      bool // what holds for all files has changed

	withdrawn []string // the directories in which a configuration has been deleted
	configs   map[*config.Config]bool
}

// newSelection is the selection of changes. forAll are files that bear on all others, as a baseline does; empty names are none.
func newSelection(c changes, s *settings, forAll ...string) *selection {
	x := &selection{changes: c, settings: s, configs: make(map[*config.Config]bool)}
	for _, path := range forAll {
		x.all = x.all || path != "" && c[truePath(path)]
	}
	if s.finder.Named != "" || s.finder.Off {
		return x
	}
	for path := range c {
		if !slices.Contains(config.FileNames(), filepath.Base(path)) {
			continue
		}
		if _, err := os.Lstat(path); err != nil {
			x.withdrawn = append(x.withdrawn, filepath.Dir(path))
		}
	}
	return x
}

// takes reports whether a file is to be checked. Of what does not exist only git can tell a deleted file from a slip of
// the pen, which must be complained of.
func (x *selection) takes(path string) bool {
	if _, err := os.Lstat(path); err != nil {
		return !x.isDeleted(path)
	}
	path = trueName(path)
	return x.all || x.changes[path] || x.isGovernedAnew(path)
}

// isGovernedAnew reports whether the configuration of a file, or a file that one names, has changed.
func (x *selection) isGovernedAnew(path string) bool {
	if slices.ContainsFunc(x.withdrawn, func(dir string) bool { return isBelow(dir, path) }) {
		return true
	}
	c := x.settings.finder.For(path)
	if c == nil {
		return false
	}
	changed, known := x.configs[c]
	if !known {
		changed = slices.ContainsFunc(c.Paths(), func(p string) bool { return x.changes[trueName(p)] })
		x.configs[c] = changed
	}
	return changed
}

// trueName is the true path of what need not exist.
func trueName(path string) string {
	if _, err := os.Stat(path); err == nil {
		return truePath(path)
	}
	return filepath.Join(existing(path))
}

var errUnrelated = errors.New("HEAD has no commit in common with it (is the clone a shallow one?)")

// git runs git in a directory.
type git struct {
	ctx context.Context
	dir string
}

// addChanges adds the files of a repository that have changed: those of the work tree, of the index (what was staged may
// have been taken back), and since a revision. A file that was renamed is a deleted one and a new one.
func (g git) addChanges(to changes, revision string) error {
	add := func(name string) {
		if name != "" {
			to[trueName(filepath.Join(g.dir, filepath.FromSlash(name)))] = true
		}
	}
	status, err := g.run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all")
	if err != nil {
		return err
	}
	for entry := range strings.SplitSeq(status, "\x00") {
		add(entry[min(len(entry), len("XY ")):])
	}
	if revision == "" {
		return nil
	}
	base, err := g.base(revision)
	if err != nil {
		return err
	}
	names, err := g.run("diff", "--name-only", "-z", "--no-renames", "--no-relative", "--ignore-submodules=all", base, "--")
	for name := range strings.SplitSeq(names, "\x00") {
		add(name)
	}
	return err
}

// base is the commit where HEAD has left a revision.
func (g git) base(revision string) (string, error) {
	if _, err := g.run("rev-parse", "--verify", "--quiet", revision+"^{commit}"); err != nil {
		return "", fmt.Errorf("git knows no such revision in %s", g.dir)
	}
	base, err := g.run("merge-base", "HEAD", revision)
	if err != nil {
		return "", errUnrelated
	}
	return strings.TrimSpace(base), nil
}

// run is what a command of git prints, or the first line of its complaint.
func (g git) run(args ...string) (string, error) {
	// A file system monitor is a program that the repository names; nothing here needs one.
	c := exec.CommandContext(g.ctx, "git", append([]string{"-c", "core.fsmonitor=false", "-C", g.dir}, args...)...)
	c.Env = append(slices.DeleteFunc(os.Environ(), isOfOneRepository), "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	if err == nil {
		return stdout.String(), nil
	}
	line, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
	if line = strings.TrimPrefix(line, "fatal: "); line != "" && g.ctx.Err() == nil {
		return "", errors.New(line)
	}
	return "", failureOf(g.ctx, err, "git")
}

// isOfOneRepository reports whether a variable says which repository git is to use, as git tells hooks: it holds for one
// directory, and makes git take any other for the top of the work tree.
func isOfOneRepository(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	return slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"}, name)
}
