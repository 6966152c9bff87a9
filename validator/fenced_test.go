package validator_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// fencePrefixes are what may stand before the lines of a fenced block: before the opening fence, and before the others.
var fencePrefixes = [][2]string{
	{"", ""},
	{"  ", "  "},
	{"- ", "  "},
	{"1. text\n\n   ", "   "},
	{"> ", "> "},
	{"> - ", ">   "},
}

// inFence is a Markdown text with a program in a fenced block.
func inFence(text string, l syntax.Lang, prefix [2]string) string {
	var b strings.Builder
	b.WriteString("# Title: a\n\nSome words.\n\n" + prefix[0] + "```" + l.String() + "\n")
	for line := range strings.Lines(text) {
		b.WriteString(prefix[1] + strings.TrimSuffix(line, "\n") + "\n")
	}
	return b.String() + prefix[1] + "```\n\nMore words.\n"
}

// TestRulesInFences finds the same in a program in a fenced block as in a file of its own, and every fix
// that is offered there leaves a block that can be read, without the finding.
func TestRulesInFences(t *testing.T) {
	offered, kept := 0, 0
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		for _, s := range spellings(r) {
			plain := analyzeFor(t, r, s.declared, s.text, s.lang)
			if !isOneProgram(plain.File, s.lang) {
				continue
			}
			for _, prefix := range fencePrefixes {
				markdown := spelling{inFence(s.text, s.lang, prefix), syntax.Markdown, s.declared}
				fenced := analyzeFor(t, r, s.declared, markdown.text, markdown.lang)
				if got, want := places(fenced.Diagnostics), places(plain.Diagnostics); !slices.Equal(got, want) {
					t.Errorf("in\n%s\n got %q\nwant %q", markdown.text, got, want)
					continue
				}
				for i, d := range of(fenced, r.ID) {
					offered += len(of(plain, r.ID)[i].Fixes)
					kept += len(d.Fixes)
					for _, f := range d.Fixes {
						checkFix(t, r, markdown, fenced, d, f)
						checkFenceStays(t, markdown.text, f)
					}
				}
			}
		}
	})
	if offered == 0 || kept*10 < offered*9 {
		t.Errorf("of %d fixes only %d are offered in fences", offered, kept)
	}
}

// isOneProgram reports whether a block with a text would be read: it is a program, and looks like one.
func isOneProgram(f *source.File, l syntax.Lang) bool {
	found := validator.Read(f, validator.Options{Lang: l})
	return len(found) == 1 && found[0].IsProgram && !strings.ContainsAny(f.Text, "\t\r")
}

// checkFenceStays applies a fix and looks whether one block is left, and what stands behind it is what it was.
func checkFenceStays(t *testing.T, markdown string, f source.Fix) {
	text, err := source.Apply(markdown, f.Edits)
	if err != nil {
		t.Errorf("%q: %v", f.Title, err)
		return
	}
	docs := syntax.Parse(source.NewFile("", text), syntax.Markdown)
	fence := strings.LastIndex(text, "```")
	if len(docs) != 1 || docs[0].Root.Span.End > fence || text[fence:] != "```\n\nMore words.\n" {
		t.Errorf("%q spoils the block:\n%s", f.Title, text)
	}
}
