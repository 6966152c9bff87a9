package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/nanolint/nanolint/config"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A finder knows when what it has read, or has not found, is another.
func TestFinderKnowsWhatHasChanged(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	write(t, at("a/.nanolint.yaml"), "extends: ../base.yaml\ntools: tools.json\n")
	write(t, at("base.yaml"), "preset: strict\n")
	write(t, at("a/tools.json"), "[a]")
	for _, change := range []struct{ name, text string }{
		{"a/.nanolint.yaml", "tools: tools.json\nextends: ../base.yaml # as before\n"},
		{"base.yaml", "preset: ci-gate\n"},
		{"a/tools.json", "[a, b]"},
		{"a/b/pyproject.toml", "[tool.nanolint]\n"},
		{"a/b/c/.nanolint.json", "{}"},
	} {
		var f config.Finder
		f.For(at("a/b/c/program.yaml"))
		if !f.IsCurrent() {
			t.Errorf("nothing has changed, and before %s it is not current", change.name)
		}
		write(t, at(change.name), change.text)
		if f.IsCurrent() {
			t.Errorf("%s has changed, and nobody has seen it", change.name)
		}
	}
}

// The files of a configuration are those below it; the files of another one are its own.
func TestFinderTakesTheNearest(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	write(t, at("pyproject.toml"), "[tool.other]\nx = 1 # nanolint\n")
	write(t, at("a/.nanolint.yml"), "")
	write(t, at("a/b/pyproject.toml"), "[tool.nanolint]\npreset = \"strict\"\n")
	var f config.Finder
	for path, want := range map[string]string{
		"p.yaml": "", "a/p.yaml": "a/.nanolint.yml", "a/x/y/p.yaml": "a/.nanolint.yml", "a/b/p.yaml": "a/b/pyproject.toml", "a/b/c/p.yaml": "a/b/pyproject.toml",
	} {
		got := ""
		if c := f.For(at(path)); c != nil {
			got, _ = filepath.Rel(dir, c.Path)
		}
		if filepath.ToSlash(got) != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
