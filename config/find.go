package config

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nanolint/nanolint/validator/rules"
)

// The names of configurations, the strongest first. Two in one directory are a mistake.
var fileNames = [...]string{".nanolint.yaml", ".nanolint.yml", ".nanolint.json", pyproject}

const pyproject = "pyproject.toml"

// Finder finds configurations and reads each once. It may be used by several goroutines.
type Finder struct {
	Rules []*rules.Rule // that there are; nil: all that nanolint has

	// Named is the path of the one configuration that holds for all files; empty to look for them.
	Named string
	// Off says that there are no configurations.
	Off bool

	mu     sync.Mutex
	dirs   map[string]*Config // by absolute directory; nil if there is none there or further up
	files  map[string]*Config
	stamps map[string]stamp // of what was looked for, by absolute path
}

// stamp tells whether a file has changed. The zero value is that of no file.
type stamp struct {
	size int64
	time time.Time
}

func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{info.Size(), info.ModTime()}
}

// IsCurrent reports whether all that the finder has read, and looked for in vain, is as it was: for those who ask again
// and again. Another finder must be used if not.
func (f *Finder) IsCurrent() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for path, was := range f.stamps {
		if stampOf(path) != was {
			return false
		}
	}
	return true
}

// Paths are the absolute paths of all that the finder has read, and looked for in vain, in their order.
func (f *Finder) Paths() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Sorted(maps.Keys(f.stamps))
}

// FileNames are the names of configurations.
func FileNames() []string { return fileNames[:] }

// For is the configuration of a file, or nil if there is none. The path is absolute.
func (f *Finder) For(path string) *Config { return f.ForDir(filepath.Dir(path)) }

// ForDir is the configuration of the files in a directory, or nil if there is none. The path is absolute.
func (f *Finder) ForDir(dir string) *Config {
	if f.Off {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.prepare()
	if f.Named != "" {
		return f.read(absolute(f.Named), nil)
	}
	return f.nearest(dir)
}

func (f *Finder) prepare() {
	if f.dirs == nil {
		f.dirs, f.files, f.stamps = make(map[string]*Config), make(map[string]*Config), make(map[string]stamp)
	}
}

func (f *Finder) nearest(dir string) *Config {
	if c, known := f.dirs[dir]; known {
		return c
	}
	c := f.in(dir)
	if up := filepath.Dir(dir); c == nil && up != dir {
		c = f.nearest(up)
	}
	f.dirs[dir] = c
	return c
}

// in is the configuration that stands in a directory.
func (f *Finder) in(dir string) *Config {
	var found *Config
	for _, name := range fileNames {
		path := filepath.Join(dir, name)
		f.stamps[path] = stampOf(path)
		if f.stamps[path] == (stamp{}) {
			continue
		}
		c := f.read(path, nil)
		switch {
		case c == nil: // a pyproject.toml that does not speak of nanolint
		case found == nil:
			found = c
		default:
			found.complain(c.sectionSpan(), c.File, "there is "+filepath.Base(found.Path)+
				" in the same directory, and only one of them can count: keep one")
		}
	}
	return found
}

// In is the name of the configuration that stands in a directory, and empty if there is none.
func In(dir string) string {
	var f Finder
	f.prepare()
	if c := f.in(dir); c != nil {
		return filepath.Base(c.Path)
	}
	return ""
}

// read reads a configuration, which other ones extend. It is nil for a pyproject.toml without a section.
func (f *Finder) read(path string, extending []string) *Config {
	if c, known := f.files[path]; known {
		return c
	}
	f.stamps[path] = stampOf(path)
	r := reader{finder: f, extending: append(extending, path)}
	c := r.read(path)
	if c == nil && (f.Named != "" || len(extending) > 0) {
		c = noSection(path)
	}
	f.files[path] = c
	return c
}

// absolute is a path from the root of the file system.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// display is how a path is told: relative to the working directory if it is below that.
func display(path string) string {
	wd, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(wd, path); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return rel
	}
	return path
}
