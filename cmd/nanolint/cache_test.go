package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator/rules"
)

// What was found in a file is used again as long as its text, and what its configuration says, are the same.
func TestCache(t *testing.T) {
	dir := truePath(t.TempDir())
	path, link := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "link.yaml")
	const text = "steps: [{id: a, type: tool, tool: t, next_step: ghost}]\n"
	write(t, path, text)
	write(t, filepath.Join(dir, ".nanolint.yaml"), "ignore: [NL121]\n")
	if err := os.Symlink("a.yaml", link); err != nil {
		t.Skip(err)
	}
	touched := true
	s := &settings{finder: config.Finder{Rules: rules.All()}}
	x := task{settings: s, cache: newCache(func(string) bool { return touched })}
	check := func(path string) result {
		t.Helper()
		x.cache.next()
		r := x.analyze(input{path: path, truth: truePath(path), named: true})
		if r.err != nil {
			t.Fatal(r.err)
		}
		return r
	}
	first := check(path)
	if n := len(first.analysis.Diagnostics); n != 1 || first.analysis.Diagnostics[0].Severity != source.Error {
		t.Fatalf("there are %d findings", n)
	}
	isAgain := func(what string, want bool) {
		t.Helper()
		again := check(path)
		if got := again.analysis == first.analysis; got != want {
			t.Errorf("%s: it is used again: %v", what, got)
		}
		first = again
	}
	isAgain("touched", true)
	write(t, path, text+"\n")
	isAgain("another text", false)
	write(t, path, text)
	touched = false
	isAgain("nothing is said to have happened", true)
	touched = true
	isAgain("and then it is", false)
	touched = false
	s.forget()
	isAgain("the same configuration", true)
	write(t, filepath.Join(dir, ".nanolint.yaml"), "ignore: [NL121]\nseverity: {NL101: warning}\n")
	s.forget()
	isAgain("another configuration", false)
	if got := first.analysis.Diagnostics[0].Severity; got != source.Warning {
		t.Errorf("the severity is %v", got)
	}
	first = check(link)
	write(t, path, text+"\n")
	if again := check(link); again.analysis == first.analysis {
		t.Error("what a link leads to has changed unnoticed")
	}
}
