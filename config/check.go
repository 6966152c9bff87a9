package config

import (
	"path/filepath"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Check reads a text as the configuration that would stand at an absolute path, as somebody who is writing it needs it.
// It is nil for a pyproject.toml that does not speak of nanolint.
func (f *Finder) Check(path, text string) *Config {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.prepare()
	c := &Config{Path: path, Dir: filepath.Dir(path), File: source.NewFile(display(path), text)}
	r := reader{Config: c, finder: f, extending: []string{path}}
	return r.understand()
}

// Link is a place of a configuration that names another file.
type Link struct {
	Span source.Span
	Path string // absolute
}

// Links are the files that the configuration names: what it extends, then policies and manifests.
func (c *Config) Links() []Link {
	if c.root == nil {
		return nil
	}
	var all []Link
	add := func(n *syntax.Node) {
		if n != nil && n.Kind == syntax.String && n.Text.Value != "" {
			all = append(all, Link{n.Text.Content(), c.path(n.Text.Value)})
		}
	}
	add(c.root.Get("extends"))
	for _, layer := range append([]*syntax.Node{c.root}, itemsOf(c.root.Get("overrides"))...) {
		add(layer.Get("policy"))
		tools := layer.Get("tools")
		add(tools)
		for _, t := range itemsOf(tools) {
			add(t.Get("manifest"))
		}
	}
	return all
}

// Place is where a problem shows in the text of the configuration: its own place, or that of the name of the file that
// it is in.
func (c *Config) Place(p Problem) source.Span {
	if p.File == c.File {
		return p.Span
	}
	for _, l := range c.Links() {
		if display(l.Path) == p.File.Name {
			return l.Span
		}
	}
	return c.sectionSpan()
}
