package validator

import (
	"slices"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator/rules"
)

// SuppressEdits is the edits that suppress a finding where it stands, in the language of the file: a comment above its
// step, or the key "nanolint". It is false where that cannot be written, or would break a text further that is broken.
func SuppressEdits(a *Analysis, l syntax.Lang, d source.Diagnostic, reason string) ([]source.Edit, bool) {
	edits := rules.Suppress(a.File, l, written(a.File, a.found), []source.Diagnostic{d}, reason)
	if a.IsBroken && len(edits) > 0 {
		text, err := source.Apply(a.File.Text, edits)
		if err != nil || countProblems(source.NewFile(a.File.Name, text), l) > countProblems(a.File, l) {
			return nil, false
		}
	}
	return edits, len(edits) > 0
}

// Suppress writes suppressions for all findings of a file that are told. After is what is then to be said; findings that it
// still tells could not be suppressed. Applied has the rule of each that is not told any more. If the text would not be the same programs any more, nothing is written.
func Suppress(f *source.File, o Options, reason string) *Fixed {
	before := Analyze(f, o)
	unchanged := &Fixed{Before: before, After: before, Done: true}
	told := slices.DeleteFunc(slices.Clone(before.Diagnostics), source.Diagnostic.IsMuted)
	edits := rules.Suppress(f, o.Lang, written(f, before.found), told, reason)
	text, err := source.Apply(f.Text, edits)
	if err != nil || len(edits) == 0 {
		return unchanged
	}
	after := Analyze(source.NewFile(f.Name, text), o)
	if len(after.Programs) != len(before.Programs) || len(after.Diagnostics) > len(before.Diagnostics) ||
		countProblems(after.File, o.Lang) > countProblems(f, o.Lang) {
		return unchanged
	}
	fixed := &Fixed{Before: before, After: after, Done: true}
	left := make(map[string]int)
	for _, d := range after.Diagnostics {
		if !d.IsMuted() {
			left[d.Rule]++
		}
	}
	for _, d := range told {
		if left[d.Rule]--; left[d.Rule] < 0 {
			fixed.Applied = append(fixed.Applied, Applied{Rule: d.Rule})
		}
	}
	return fixed
}

// countProblems is how much is wrong with the spelling of a text.
func countProblems(f *source.File, l syntax.Lang) int {
	n := 0
	for _, doc := range syntax.Parse(f, l) {
		n += len(doc.Problems)
	}
	return n
}
