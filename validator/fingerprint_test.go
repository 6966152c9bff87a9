package validator_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// fingerprinted is the fingerprints of what rules with an error or a warning say about a text, by place.
func fingerprinted(t *testing.T, text string, l syntax.Lang) []string {
	t.Helper()
	a := analyze(t, text, l)
	a.Diagnostics = slices.DeleteFunc(a.Diagnostics, func(d source.Diagnostic) bool { return d.Severity == source.Info })
	return a.Fingerprints()
}

const fingerprintedProgram = `name: refund
steps:
  - {id: paid, type: condition, condition: $ok, then: ship, otherwise: refnd}
  - {id: ship, type: tool, tool: ship, is_terminal: true, retries: 3}
  - {id: refund, type: tool, tool: refund, is_terminal: true, next_step: ghost}
`

// What happens to a program between two runs, and how many of its three findings are still the same ones.
func TestFingerprintsSurviveEdits(t *testing.T) {
	edit := strings.NewReplacer
	for _, c := range []struct {
		name    string
		edit    *strings.Replacer
		survive int
	}{
		{"lines above", edit("name:", "\n# A comment.\nname:"), 3},
		{"spelling", edit("refnd", `"refnd"`, "{id: ship, ", "{  id: ship,   "), 3},
		{"another step in between", edit("  - {id: ship,", "  - {id: log, type: tool, tool: log, next_step: ship}\n  - {id: ship,"), 3},
		{"the step that the advice names", edit("id: refund", "id: reject"), 2}, // that step's own finding is another
		{"another value", edit("refnd", "rfund"), 2},
		{"another step", edit("id: ship", "id: send", "then: ship", "then: send"), 2},
		{"another program", edit("name: refund", "name: return"), 0},
	} {
		was := fingerprinted(t, fingerprintedProgram, syntax.YAML)
		is := fingerprinted(t, c.edit.Replace(fingerprintedProgram), syntax.YAML)
		survive := 0
		for _, print := range is {
			if slices.Contains(was, print) {
				survive++
			}
		}
		if len(was) != 3 || survive != c.survive {
			t.Errorf("%s: %d survive, want %d\n was %q\n now %q", c.name, survive, c.survive, was, is)
		}
	}
}

// Another order and another language are the same program.
func TestFingerprintsSurviveOrder(t *testing.T) {
	lines := strings.SplitAfter(fingerprintedProgram, "\n")
	lines[3], lines[4] = lines[4], lines[3]
	was := fingerprinted(t, fingerprintedProgram, syntax.YAML)
	is := fingerprinted(t, strings.Join(lines, ""), syntax.YAML)
	slices.Sort(was)
	slices.Sort(is)
	if !slices.Equal(was, is) {
		t.Errorf("in another order: %q, was %q", is, was)
	}
	root := syntax.Parse(source.NewFile("", fingerprintedProgram), syntax.YAML)[0].Root
	inJSON := fingerprinted(t, syntax.Print(root, syntax.JSON), syntax.JSON)
	slices.Sort(inJSON)
	if !slices.Equal(was, inJSON) {
		t.Errorf("in JSON: %q, was %q", inJSON, was)
	}
}

func TestFingerprintsAreUniqueInAFile(t *testing.T) {
	lines := strings.Repeat(`{"steps": [{"id": "fail", "type": "tool", "tool": "t", "next_step": "ghost"}]}`+"\n", 3)
	prints := fingerprinted(t, lines, syntax.JSONL)
	if len(prints) != 3 {
		t.Fatalf("%d findings", len(prints))
	}
	if first := fingerprinted(t, lines[:len(lines)/3], syntax.JSONL); first[0] != prints[0] {
		t.Errorf("what follows has changed the first: %q, alone %q", prints, first)
	}
	slices.Sort(prints)
	if len(slices.Compact(prints)) != 3 {
		t.Errorf("some are equal: %q", prints)
	}
}

// What a message counts and advises is left out; names are not.
func TestFingerprintOfMessage(t *testing.T) {
	print := func(message string) string {
		a := validator.Analysis{Diagnostics: []source.Diagnostic{{Rule: "NL999", Note: source.Note{Message: message}}}}
		return a.Fingerprints()[0]
	}
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{`step 1 has no id: write a name`, `step 12 has no id: write another`, true},
		{`"a" is used 3 times`, `"a" is used 4 times`, true},
		{`"a" is used 3 times`, `"b" is used 3 times`, false},
		{`"step 1" is odd`, `"step 2" is odd`, false},
		{`"say \"1" is odd`, `"say \"2" is odd`, false},
		{`"a: b" is odd`, `"a: c" is odd`, false},
		{`$try1.output is odd`, `$try2.output is odd`, false},
		{`try_1 is odd`, `try_2 is odd`, false},
		{`é1 is odd`, `é2 is odd`, false},
	} {
		if got := print(c.a) == print(c.b); got != c.same {
			t.Errorf("%s\n%s\nalike is %v, want %v", c.a, c.b, got, c.same)
		}
	}
}
