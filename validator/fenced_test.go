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

// TestSuppressInFences suppresses what is found in fenced blocks, as the language of the block does, and nothing of it in the
// blocks around: the block stays one, and its program the same.
func TestSuppressInFences(t *testing.T) {
	const text = "steps:\n  - id: a\n    type: tool\n    tool: a\n    retries: 1\n  - {id: b, type: tool, tool: b, next_step: ghost}\nx: 1\n"
	tree := syntax.Parse(source.NewFile("", text), syntax.YAML)[0].Root
	for _, l := range []syntax.Lang{syntax.JSON, syntax.YAML, syntax.Python} {
		program := text
		if l != syntax.YAML {
			program = syntax.Print(tree, l)
		}
		for _, prefix := range fencePrefixes {
			markdown := inFence(program, l, prefix)
			both := markdown + "\n" + markdown
			o := validator.Options{Lang: syntax.Markdown, Rules: []*rules.Rule{rules.Find("NL020"), rules.Find("NL101")}}
			fixed := validator.Suppress(source.NewFile("", both), o, "known since May")
			after := fixed.After.File.Text
			for _, d := range fixed.After.Diagnostics {
				if !d.IsMuted() {
					t.Errorf("still told: %s %s\n%s", d.Rule, d.Message, after)
				}
			}
			if len(fixed.Before.Diagnostics) != 6 {
				t.Errorf("%d findings in\n%s", len(fixed.Before.Diagnostics), both)
			}
			docs := syntax.Parse(fixed.After.File, syntax.Markdown)
			if len(docs) != 2 || !syntax.Equal(withoutKeys(docs[0].Root), tree) || !syntax.Equal(withoutKeys(docs[1].Root), tree) {
				t.Errorf("other programs:\n%s\nwas\n%s", after, both)
			}
			if comments := strings.Count(after, "# nanolint: "); (comments > 0) != (l != syntax.JSON) {
				t.Errorf("%d comments in %s:\n%s", comments, l, after)
			}
			half := validator.Analyze(source.NewFile("", after[:strings.LastIndex(after, "# Title")]+markdown), o)
			if told := slices.DeleteFunc(slices.Clone(half.Diagnostics), source.Diagnostic.IsMuted); len(told) != 3 {
				t.Errorf("%d findings of the second program are told, want 3:\n%s", len(told), half.File.Text)
			}
		}
	}
}

// TestSuppressInBrokenBlock writes no key between the pieces of a broken text, where it would be one more.
func TestSuppressInBrokenBlock(t *testing.T) {
	const text = "- ```yaml\n  steps:\n    - {id: a, type: llm, prompt: x}\n    - {id: b, type: llm, prompt: x}\n" +
		"    {args: {a: $b.c}{id: c, typdef f():\ne: tool, tool: fetch, args: {n: 0},steps:\n next_step: d}\n    - {id: d, type: tool, to\": store, nex(_step: a}\n  ```\n"
	problems := func(text string) (n int) {
		for _, d := range syntax.Parse(source.NewFile("", text), syntax.Markdown) {
			n += len(d.Problems)
		}
		return n
	}
	a := validator.Analyze(source.NewFile("", text), validator.Options{Lang: syntax.Markdown})
	if !a.IsBroken {
		t.Fatal("the text is not broken")
	}
	for _, d := range a.Diagnostics {
		edits, ok := validator.SuppressEdits(a, syntax.Markdown, d, "x")
		if changed, err := source.Apply(text, edits); ok && (err != nil || problems(changed) > problems(text)) {
			t.Errorf("suppressing %s breaks more: %v\n%s", d.Rule, err, changed)
		}
	}
}
