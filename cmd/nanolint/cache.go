package main

import (
	"io/fs"
	"maps"
	"os"
	"reflect"
	"sync"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// cache is what was found in files when they were last checked, for who checks again and again. Several goroutines use
// it; a nil one knows nothing.
type cache struct {
	touched func(truth string) bool // whether something may have happened to a file since then

	mu    sync.Mutex
	files map[cacheKey]*cached
	alike map[[2]*setting]bool
	round int // the number of the search that is going on
}

func newCache(touched func(truth string) bool) *cache {
	return &cache{touched: touched, files: make(map[cacheKey]*cached), alike: make(map[[2]*setting]bool)}
}

// cacheKey is the same for inputs that are the same but for what stands in them.
type cacheKey struct {
	path  string
	named bool
}

type cached struct {
	result
	generation int // of the settings
	round      int // when it was last met
}

// untouched is what was found in a file that nothing has happened to.
func (c *cache) untouched(in input, s *settings) (r result, ok bool) {
	if c == nil || in.truth == "" || c.touched(in.truth) {
		return r, false
	}
	if info, err := os.Lstat(in.path); err != nil || info.Mode()&fs.ModeSymlink != 0 {
		return r, false // a link may lead elsewhere, unnoticed
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	known := c.files[cacheKey{in.path, in.named}]
	if known == nil || known.generation != s.generation {
		return r, false
	}
	known.round = c.round
	return known.result, true
}

// same is the analysis of the same text under settings that say the same; nil if there is none.
func (c *cache) same(in input, f *source.File, s *setting) *validator.Analysis {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	known := c.files[cacheKey{in.path, in.named}]
	if known == nil || known.analysis.File.Text != f.Text || !c.isAlike(known.setting, s) {
		return nil
	}
	return known.analysis
}

// isAlike reports whether the same rules say the same under two settings. The caller holds the lock.
func (c *cache) isAlike(a, b *setting) bool {
	if a == b {
		return true
	}
	alike, known := c.alike[[2]*setting{a, b}]
	if !known {
		alike = reflect.DeepEqual(a.options, b.options)
		c.alike[[2]*setting{a, b}] = alike
	}
	return alike
}

func (c *cache) keep(in input, r result, s *settings) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files[cacheKey{in.path, in.named}] = &cached{r, s.generation, c.round}
}

// next begins another search for files, and forgets what the last one has not met.
func (c *cache) next() {
	maps.DeleteFunc(c.files, func(_ cacheKey, known *cached) bool { return known.round < c.round })
	clear(c.alike)
	c.round++
}
