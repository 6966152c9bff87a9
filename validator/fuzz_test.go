package validator_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// FuzzAnalyze: whatever the bytes, there is an answer, every place is inside the file, every fix can be
// made, and the same bytes get the same answer.
func FuzzAnalyze(f *testing.F) {
	for _, pattern := range []string{"../testdata/ok/*", "../examples/*.*", "../examples/broken/*"} {
		files, _ := filepath.Glob(pattern)
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text), uint8(langOfFile(name)))
		}
	}
	for _, r := range rules.All() {
		f.Add(r.Bad, uint8(langOf(r)))
		f.Add(r.Good, uint8(langOf(r)))
	}
	f.Fuzz(func(t *testing.T, text string, lang uint8) {
		o := validator.Options{Lang: syntax.Lang(lang % 3), Target: program.Newest}
		a := validator.Analyze(source.NewFile("fuzz", text), o)
		for _, c := range a.Crashes {
			t.Errorf("%v\n%s", c, c.Stack)
		}
		for _, d := range a.Diagnostics {
			checkSpanInside(t, text, d.Span)
			for _, n := range d.Related {
				checkSpanInside(t, text, n.Span)
			}
			for _, fix := range d.Fixes {
				if _, err := source.Apply(text, fix.Edits); err != nil {
					t.Errorf("%s %q: %v", d.Rule, fix.Title, err)
				}
			}
		}
		again := validator.Analyze(source.NewFile("fuzz", text), o)
		if !reflect.DeepEqual(a.Diagnostics, again.Diagnostics) {
			t.Error("the same bytes got another answer")
		}
	})
}

func checkSpanInside(t *testing.T, text string, s source.Span) {
	t.Helper()
	if s.Start < 0 || s.Start > s.End || s.End > len(text) {
		t.Errorf("span %v is outside the text of %d bytes", s, len(text))
	}
}
