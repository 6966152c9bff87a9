package validator_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// withoutKeys is a tree without the key that holds suppressions.
func withoutKeys(n *syntax.Node) *syntax.Node {
	out := *n
	out.Items, out.Pairs = nil, nil
	for _, item := range n.Items {
		out.Items = append(out.Items, withoutKeys(item))
	}
	for _, p := range n.Pairs {
		if !p.Key.IsString(rules.SuppressionKey) {
			p.Value = withoutKeys(p.Value)
			out.Pairs = append(out.Pairs, p)
		}
	}
	return &out
}

// Whatever a rule reports, in any language, can be suppressed: nothing is told any more, the suppressions are all
// used, and the program is the same.
func TestEveryFindingCanBeSuppressed(t *testing.T) {
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		if r.AboutSuppressions {
			return // it would be about the one that is written
		}
		for _, s := range spellings(r) {
			o := validator.Options{Lang: s.lang, Target: s.declared.Target(), Declared: s.declared}
			o.Rules = append(slices.Clone(rules.Default()), r)
			f := source.NewFile("example", s.text)
			docs := syntax.Parse(f, s.lang)
			if slices.ContainsFunc(docs, func(d syntax.Document) bool { return len(d.Problems) > 0 }) {
				continue // nobody knows what is in a broken text
			}
			if s.lang != syntax.YAML && docs[0].Root.Kind != syntax.Map {
				continue // there is no place for a key
			}
			got := validator.Suppress(f, o, "known since May")
			for _, d := range got.After.Diagnostics {
				if !d.IsMuted() {
					t.Errorf("still told: %s %s\n%s", d.Rule, d.Message, got.After.File.Text)
				} else if d.Suppression.Reason != "known since May" {
					t.Errorf("the reason is %q", d.Suppression.Reason)
				}
			}
			after := syntax.Parse(got.After.File, s.lang)
			if len(after) != len(docs) || !syntax.Equal(withoutKeys(after[0].Root), withoutKeys(docs[0].Root)) {
				t.Errorf("another program:\n%s\nwas\n%s", got.After.File.Text, s.text)
			}
			if again := validator.Suppress(got.After.File, o, "known since June"); again.After.File.Text != got.After.File.Text {
				t.Errorf("suppressed again:\n%s", again.After.File.Text)
			}
		}
	})
}

// One finding is suppressed alone, as an editor does it.
func TestSuppressEdits(t *testing.T) {
	const text = "steps:\n  - {id: a, type: tool, tool: a, retries: 1, next_step: ghost}\n  - {id: fail, type: tool, tool: b, retries: 1}\n"
	o := validator.Options{Lang: syntax.YAML, Target: program.Newest}
	a := validator.Analyze(source.NewFile("x.yaml", text), o)
	for i, d := range a.Diagnostics {
		edits, ok := validator.SuppressEdits(a, o.Lang, d, " because\nof  that ")
		if !ok {
			t.Fatalf("%s cannot be suppressed", d.Rule)
		}
		changed, err := source.Apply(text, edits)
		if err != nil {
			t.Fatal(err)
		}
		after := validator.Analyze(source.NewFile("x.yaml", changed), o)
		told := 0
		for k, got := range after.Diagnostics {
			if !got.IsMuted() {
				told++
			} else if k != i || got.Suppression.Reason != "because of that" {
				t.Errorf("%s suppresses %s for %q", d.Rule, got.Rule, got.Suppression.Reason)
			}
		}
		if len(after.Diagnostics) != len(a.Diagnostics) || told != len(a.Diagnostics)-1 {
			t.Errorf("%d of %d are told:\n%s", told, len(a.Diagnostics), changed)
		}
	}
}

// What a comment is for, by the words that stand in the places.
func TestCoverage(t *testing.T) {
	for _, c := range []struct{ name, text, covered string }{
		{"the end of a line", "steps:\n  - {id: a, type: tool, tool: t, x1: 1} # nanolint: ignore[NL020]\n  - {id: b, type: tool, tool: t, x2: 1}\n", "x1"},
		{"a step below", "steps:\n  # nanolint: ignore[NL020]\n  - id: a\n    type: tool\n    tool: t\n    x1: 1\n    x2: 1\n  - {id: b, type: tool, tool: t, x3: 1}\n", "x1 x2"},
		{"a step below other comments", "steps:\n# nanolint: ignore[NL020]\n# more\n\n  # and more\n  - {id: a, type: tool, tool: t, x1: 1}\n  - {id: b, type: tool, tool: t, x2: 1}\n", "x1"},
		{"a field below", "steps:\n  - id: a\n    type: tool\n    tool: t\n    # nanolint: ignore[NL020]\n    x1: 1\n    x2: 1\n", "x1"},
		{"a field with steps", "# nanolint: ignore[NL020]\nsteps:\n  - {id: a, type: tool, tool: t, x1: 1}\n  - {id: b, type: tool, tool: t, x2: 1}\nx3: 1\n", "x1 x2"},
		{"the first line of a step", "steps:\n  - id: a # nanolint: ignore[NL020]\n    type: tool\n    tool: t\n    x1: 1\n", ""},
		{"nothing below", "steps:\n  - {id: a, type: tool, tool: t, x1: 1}\n# nanolint: ignore[NL020]\n", ""},
		{"a field of the next document", "steps:\n  - {id: a, type: tool, tool: t, x1: 1}\n---\n# nanolint: ignore[NL020]\nsteps: [{id: b, type: tool, tool: t, x2: 1}]\nx3: 1\n", "x2"},
		{"a file", "steps:\n  - {id: a, type: tool, tool: t, x1: 1}\nx2: 1\n# nanolint: ignore-file[NL020]\n", "x1 x2"},
		{"blanks", "steps:\n  - {id: a, type: tool, tool: t, x1: 1} #   nanolint:   ignore  [ NL020 , NL101 ]   why  \n", "x1"},
		{"no comment", "steps:\n  - {id: a, type: tool, tool: t, x1: 'a # nanolint: ignore[NL020]'}\n", ""},
		{"no beginning of a comment", "steps:\n  - {id: a, type: tool, tool: t, x1: 1}\n  - {id: b, type: tool, tool: t# nanolint: ignore[NL020], x2: 1}\n", ""},
		{"CRLF", "steps:\r\n  - {id: a, type: tool, tool: t, x1: 1} # nanolint: ignore[NL020] why\r\n  - {id: b, type: tool, tool: t, x2: 1}\r\n", "x1"},
		{"a key for a step", "steps:\n  - {id: a, type: tool, tool: t, x1: 1, nanolint: {ignore: {unknown-field: why}}}\n  - {id: b, type: tool, tool: t, x2: 1}\n", "x1"},
		{"a key for sub-steps", "steps:\n  - id: p\n    nanolint: {ignore: {NL020: why}}\n    type: parallel\n    parallel_steps: [{id: a, type: tool, tool: t, x1: 1}]\n  - {id: b, type: tool, tool: t, x2: 1}\n", "x1"},
		{"a key for the program", "nanolint: {ignore: {NL020: why}}\nsteps:\n  - {id: a, type: tool, tool: t, x1: 1}\nx2: 1\n", "x1 x2"},
		{"a key that an alias shares", "steps:\n  - {id: a, type: tool, tool: t, x1: 1, nanolint: &n {ignore: {NL020: why}}}\n  - {id: b, type: tool, tool: t, x2: 1, nanolint: *n}\n  - {id: c, type: tool, tool: t, x3: 1}\n", "x1 x2"},
		{"a key of another form", "steps:\n  - {id: a, type: tool, tool: t, x1: 1, nanolint: [NL020]}\n", ""},
	} {
		a := validator.Analyze(source.NewFile("x.yaml", c.text), validator.Options{
			Lang: syntax.YAML, Target: program.Newest, Rules: []*rules.Rule{rules.Find("NL020")},
		})
		var covered []string
		for _, d := range a.Diagnostics {
			if d.IsMuted() {
				covered = append(covered, a.File.Slice(d.Span))
			}
		}
		if got := strings.Join(covered, " "); got != c.covered {
			t.Errorf("%s: covers %q, want %q", c.name, got, c.covered)
		}
	}
}

// Suppressing findings in any text leaves it readable, and the program what it was.
func FuzzSuppress(f *testing.F) {
	for _, r := range rules.All() {
		f.Add(r.Bad, uint8(langOf(r)))
	}
	f.Add("steps:\n  # nanolint: ignore[unknown-field] known\n  - {id: a, type: tool, tool: a, x: 1} # nanolint: ignore-file[NL1]\n", uint8(syntax.YAML))
	f.Add("%0\nsteps\n- {0: 0}", uint8(syntax.YAML))
	f.Add("# nanolint: ignore[]\n# nanolint:\nsteps: # nanolint: ignore[braces\n- id: a\n  prompt: >\n    # nanolint: ignore[NL101]\n", uint8(syntax.YAML))
	f.Fuzz(func(t *testing.T, text string, lang uint8) {
		o := validator.Options{Lang: syntax.Lang(lang % 3), Target: program.Newest}
		file := source.NewFile("fuzz", text)
		before := syntax.Parse(file, o.Lang)
		got := validator.Suppress(file, o, "known")
		after := syntax.Parse(got.After.File, o.Lang)
		if len(after) != len(before) {
			t.Fatalf("%d documents, were %d:\n%s", len(after), len(before), got.After.File.Text)
		}
		for i := range before {
			if len(after[i].Problems) > len(before[i].Problems) {
				t.Fatalf("%s:\n%s", after[i].Problems[0].Message, got.After.File.Text)
			}
			if len(before[i].Problems) == 0 && !syntax.Equal(withoutKeys(after[i].Root), withoutKeys(before[i].Root)) {
				t.Fatalf("another program:\n%s", got.After.File.Text)
			}
		}
	})
}
