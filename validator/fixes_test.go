package validator_test

import (
	"fmt"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// Every fix of a finding about the document, in every recorded document and both languages, leaves a text
// that is read, and takes the finding away.
func TestDocumentFixes(t *testing.T) {
	fixed := 0
	for _, c := range readRecorded(t) {
		root := syntax.Parse(source.NewFile("", string(c.Program)), syntax.JSON)[0].Root
		for text, l := range map[string]syntax.Lang{
			string(c.Program):               syntax.JSON,
			syntax.Print(root, syntax.JSON): syntax.JSON,
			syntax.Print(root, syntax.YAML): syntax.YAML,
		} {
			a := analyze(t, text, l)
			for _, d := range a.Diagnostics {
				if d.Rule >= "NL1" {
					continue
				}
				for _, f := range d.Fixes {
					checkFixRemoves(t, a, d, f, l)
					fixed++
				}
			}
		}
	}
	if fixed < 1000 {
		t.Errorf("only %d fixes were tried", fixed)
	}
}

func checkFixRemoves(t *testing.T, a *validator.Analysis, d source.Diagnostic, f source.Fix, l syntax.Lang) {
	t.Helper()
	text, err := source.Apply(a.File.Text, f.Edits)
	if err != nil {
		t.Errorf("%s %q: %v in\n%s", d.Rule, f.Title, err, a.File.Text)
		return
	}
	after := analyze(t, text, l)
	if broken := of(after, "NL001"); len(broken) > 0 {
		t.Errorf("%s %q breaks the text: %q in\n%s", d.Rule, f.Title, broken[0].Message, text)
	}
	is := func(x source.Diagnostic) string { return fmt.Sprint(x.Pointer, x.Message) }
	for _, x := range of(after, d.Rule) {
		if is(x) == is(d) {
			t.Errorf("%s %q leaves %q in\n%s", d.Rule, f.Title, d.Message, text)
		}
	}
}
