package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/nanolint/nanolint/config"
)

var seeds = []string{
	"", "{}", "preset: strict\n", "select: [NL1, default]\nignore: [undefined-target]\nseverity: {NL101: off}\nfail-on: never\n",
	"inputs: {a: null, b: why, 'c d': {type: 'null', description: \"e\\nf\"}}\n", "inputs: []\ntools: []\nmodels: []\n",
	"tools:\n  - a\n  - {name: b, suspends: true, idempotent: false, inputSchema: {type: object, x: [1, 2.5, null]}, description: '# no comment'}\n",
	"policy: {policy_id: p, version: '1', tool_capabilities: {a: [x, y], b: []}}\nprivileged-tools: [a]\n",
	"overrides:\n  - {files: ['*.yaml', a/], ignore: [all], inputs: [z]}\nexclude: ['**/x', '{a,b}']\n",
	"suppressions: [{path: p.yaml, step: 's: t', pointer: /a~1b, rules: [NL101], reason: \"it's\"}]\n",
	`{"preset": "ci-gate", "target-version": "0.8.6", "tools": [{"manifest": ".nanolint.json"}]}`,
	"[tool.nanolint]\nselect = [\"NL1\"]\nseverity.NL101 = 'off'\n[[tool.nanolint.overrides]]\nfiles = [\"x\"]\n[tool.nanolint.inputs]\na = {}\n",
	"x: &x [NL101]\nselect: *x\n<<: {ignore: [NL1]}\n", "select: []\n", "extends: .nanolint.yaml\n", "- a\n", "select: !!set {a, b}\n",
}

// Any text is either told what is wrong with it, with places in it, or holds, and what is printed of it holds again.
func FuzzConfig(f *testing.F) {
	for _, text := range seeds {
		for name := range byte(3) {
			f.Add(text, name)
		}
	}
	f.Fuzz(func(t *testing.T, text string, kind byte) {
		name := [...]string{".nanolint.yaml", ".nanolint.json", "pyproject.toml"}[kind%3]
		printed, ok := effective(t, name, text)
		if !ok {
			return
		}
		again, ok := effective(t, ".nanolint.yaml", printed)
		if !ok {
			t.Fatalf("what is printed does not hold:\n%s\nof\n%s", printed, text)
		}
		if stripped(again) != stripped(printed) {
			t.Fatalf("what is printed says something else:\n%s\nwas\n%s", again, printed)
		}
	})
}

// effective is what holds for a file beside a configuration, printed.
func effective(t *testing.T, name, text string) (string, bool) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "p.yaml")
	var finder config.Finder
	c := finder.For(path)
	if c != nil && len(c.Problems) > 0 {
		for _, p := range c.Problems {
			if p.Span.Start < 0 || p.Span.Start > p.Span.End || p.Span.End > len(p.File.Text) || p.Message == "" {
				t.Errorf("%q at %v of %q", p.Message, p.Span, p.File.Text)
			}
		}
		return "", false
	}
	e := finder.Effective(c, path, config.Flags{})
	if _, err := e.Options(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	var b bytes.Buffer
	if err := e.Print(&b); err != nil {
		t.Fatal(err)
	}
	return b.String(), true
}

// stripped is printed lines without origins. No value of a line holds " # " but in quotes, which are the same in both.
func stripped(printed string) string {
	var b bytes.Buffer
	for _, line := range bytes.Split([]byte(printed), []byte("\n")) {
		if i := bytes.LastIndex(line, []byte(" # ")); i >= 0 {
			line = line[:i]
		}
		b.Write(bytes.TrimRight(line, " "))
		b.WriteByte('\n')
	}
	return b.String()
}
