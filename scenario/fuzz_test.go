package scenario_test

import (
	"os"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// No scenario file, however broken, is the end of a run of the tests: every complaint has a place inside the file, every
// case runs to some end, and twice to the same.
func FuzzCases(f *testing.F) {
	for _, name := range []string{"flow", "guard", "interp", "doc"} {
		text, err := os.ReadFile("../testdata/conformance/" + name + ".jsonl")
		if err != nil {
			f.Fatal(err)
		}
		for i, line := range strings.SplitAfter(string(text), "\n") {
			if i%40 == 0 {
				f.Add(line, false)
			}
		}
	}
	f.Add("program: {steps: [{id: a, type: llm, prompt: $x}]}\ncases: [{llm: {a: [{hang: true}]}, expect: {path: []}}]", true)
	f.Fuzz(func(t *testing.T, text string, yaml bool) {
		lang := syntax.JSONL
		if yaml {
			lang = syntax.YAML
		}
		suite := scenario.Read(source.NewFile("fuzz", text), lang, program.Newest, func(string) (*scenario.Subject, error) {
			return nil, os.ErrNotExist
		})
		for _, n := range suite.Notes {
			if n.Span.Start < 0 || n.Span.Start > n.Span.End || n.Span.End > len(text) {
				t.Fatalf("%q stands at %v, outside the file of %d bytes", n.Message, n.Span, len(text))
			}
		}
		for _, c := range suite.Cases {
			first, differences := c.Check()
			second, again := c.Check()
			if len(differences) != len(again) || first != nil && show(first.Runs[0]) != show(second.Runs[0]) {
				t.Fatalf("%s came out differently the second time", c.Name)
			}
			if _, err := c.Edits(suite, first, differences); err != nil {
				continue
			}
		}
	})
}
