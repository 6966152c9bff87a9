package config

import (
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/nanolint/nanolint/syntax"
)

// glob is a pattern of paths, relative to the directory of its configuration and with slashes.
type glob struct {
	pattern  string
	anyDepth bool // it is for a name in any directory
	dirsOnly bool
}

// globs reads a list of globs, and complains of those that are none.
func (r *reader) globs(list *syntax.Node) []glob {
	var all []glob
	for _, n := range itemsOf(list) {
		if g, ok := r.glob(n); ok {
			all = append(all, g)
		}
	}
	return all
}

func (r *reader) glob(n *syntax.Node) (glob, bool) {
	g := newGlob(n.Text.Value)
	if g.pattern == "" || !doublestar.ValidatePattern(g.pattern) {
		r.complain(n.Span, r.File, quote(n.Text.Value)+" is no valid glob: put a backslash before a bracket that is meant")
		return g, false
	}
	return g, true
}

func newGlob(written string) glob {
	var g glob
	g.pattern, g.dirsOnly = strings.CutSuffix(strings.TrimPrefix(written, "./"), "/")
	g.anyDepth = !strings.Contains(g.pattern, "/")
	g.pattern = strings.TrimPrefix(g.pattern, "/")
	return g
}

// matches reports whether a path, or a directory that it lies in, is one of the glob's.
func (g glob) matches(rel string, isDir bool) bool {
	for end := 0; end < len(rel); end++ {
		if next := strings.IndexByte(rel[end:], '/'); next >= 0 {
			end += next
		} else {
			end = len(rel)
		}
		if g.is(rel[:end], isDir || end < len(rel)) {
			return true
		}
	}
	return false
}

func (g glob) is(rel string, isDir bool) bool {
	if g.dirsOnly && !isDir {
		return false
	}
	if g.anyDepth {
		rel = rel[strings.LastIndexByte(rel, '/')+1:]
	}
	return doublestar.MatchUnvalidated(g.pattern, rel)
}

// relative is a path as the globs of the configuration see it. It is false for what lies outside of its directory.
func (c *Config) relative(path string) (string, bool) {
	rel, err := filepath.Rel(c.Dir, path)
	rel = filepath.ToSlash(rel)
	return rel, err == nil && rel != ".." && !strings.HasPrefix(rel, "../")
}

// Excludes reports whether a search leaves out a file or a directory, given by its absolute path.
func (c *Config) Excludes(path string, isDir bool) bool {
	for ; c != nil; c = c.base {
		rel, inside := c.relative(path)
		if inside && matchesAny(c.exclude, rel, isDir) {
			return true
		}
	}
	return false
}

func matchesAny(globs []glob, rel string, isDir bool) bool {
	for _, g := range globs {
		if g.matches(rel, isDir) {
			return true
		}
	}
	return false
}
