package validator_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

const fixedProgram = `{"name": "p", "steps": [{"id": "fail", "type": "tool", "tool": "t", "args": {"x": "ab"}}]}`

// rewrites is a rule that reports each place of from and offers to write to there.
func rewrites(id, from, to string, safe bool) *rules.Rule {
	return &rules.Rule{ID: id, Name: strings.ToLower(id), Severity: source.Warning, Run: func(p *rules.Pass) {
		for at := 0; ; {
			i := strings.Index(p.File.Text[at:], from)
			if i < 0 {
				return
			}
			at += i
			span := source.Span{Start: at, End: at + len(from)}
			p.Report(source.Diagnostic{Note: source.Note{Span: span, Message: "write " + to}, Fixes: []source.Fix{
				{Title: to, Safe: safe, Edits: []source.Edit{{Span: span, New: to}}},
			}})
			at++
		}
	}}
}

func TestFix(t *testing.T) {
	for _, c := range []struct {
		name   string
		rules  []*rules.Rule
		unsafe bool
		from   string // what stands for ab
		want   string
		titles string
	}{
		{"safe", []*rules.Rule{rewrites("NL901", "aa", "c", true)}, false, "aab", "cb", "c"},
		{"unsafe, unasked", []*rules.Rule{rewrites("NL901", "aa", "c", false)}, false, "aab", "aab", ""},
		{"unsafe, asked", []*rules.Rule{rewrites("NL901", "aa", "c", false)}, true, "aab", "cb", "c"},
		{"all in one round, in order", []*rules.Rule{rewrites("NL902", "@", "c", true), rewrites("NL901", "%", "d", true)},
			false, "%@%", "dcd", "d c d"},
		{"overlapping, the first wins", []*rules.Rule{rewrites("NL901", "%@", "c", true), rewrites("NL902", "@%", "d", true)},
			false, "%@%", "c%", "c"},
		{"overlapping, the second waits", []*rules.Rule{rewrites("NL901", "%@", "@", true), rewrites("NL902", "@@", "%", true)},
			false, "%@@", "%", "@ %"},
		{"breaks the text", []*rules.Rule{rewrites("NL901", "%", `"`, true), rewrites("NL902", "@", "c", true)},
			false, "%@", "%c", "c"},
		{"two bad ones at the ends", []*rules.Rule{rewrites("NL901", "%", `"`, true), rewrites("NL902", "@", "c", true)},
			false, "%@@@%", "%ccc%", "c c c"},
		{"does not help", []*rules.Rule{rewrites("NL901", "%", "%", true)}, false, "%", "%", ""},
		{"grows without end", []*rules.Rule{rewrites("NL901", "%", "%%", true)}, false, "%", "%", ""},
		{"in a circle", []*rules.Rule{rewrites("NL901", "%", "@", true), rewrites("NL902", "@", "%", true)}, false, "%", "%", ""},
		{"ten rounds", []*rules.Rule{rewrites("NL901", "@@", "@", true)}, false, strings.Repeat("@", 1<<11),
			strings.Repeat("@", 2), strings.TrimSpace(strings.Repeat("@ ", 1<<11-2))},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(fixedProgram, "ab", c.from, 1)
			f := source.NewFile("p.json", text)
			o := validator.Options{Lang: syntax.JSON, Target: program.Newest, Rules: c.rules}
			fixed := validator.Fix(f, o, c.unsafe)
			_, got, _ := strings.Cut(fixed.After.File.Text, `{"x": "`)
			if got = strings.TrimSuffix(got, `"}}]}`); got != c.want {
				t.Errorf("got %.40s, want %.40s", got, c.want)
			}
			var titles []string
			for _, a := range fixed.Applied {
				titles = append(titles, a.Fix.Title)
			}
			if got := strings.Join(titles, " "); got != c.titles {
				t.Errorf("made %.40q, want %.40q", got, c.titles)
			}
			for _, d := range append(fixed.Before.Diagnostics, fixed.After.Diagnostics...) {
				if d.Rule < "NL900" {
					t.Errorf("%s was not asked", d.Rule)
				}
			}
		})
	}
}

// Only the first fix of a diagnostic counts, though the second is safe.
func TestFixTakesTheFirst(t *testing.T) {
	r := rewrites("NL901", "%", "c", false)
	run := r.Run
	r.Run = func(p *rules.Pass) {
		report := p.Report
		p.Report = func(d source.Diagnostic) {
			second := d.Fixes[0]
			second.Safe = true
			d.Fixes = append(d.Fixes, second)
			report(d)
		}
		run(p)
	}
	f := source.NewFile("p.json", strings.Replace(fixedProgram, "ab", "%", 1))
	fixed := validator.Fix(f, validator.Options{Lang: syntax.JSON, Target: program.Newest, Rules: []*rules.Rule{r}}, false)
	if len(fixed.Applied) > 0 {
		t.Errorf("made %v", fixed.Applied)
	}
}

// A fix that another rule calls an error is not made, whether that rule is selected or not.
func TestFixAddsNoErrorOfOtherRules(t *testing.T) {
	text := strings.Replace(fixedProgram, `"tool": "t"`, `"tool": "t", "next_step": "fail", "on_error": "skip"`, 1)
	r := rewrites("NL901", `"fail", "on`, `"ghost", "on`, true)
	fixed := validator.Fix(source.NewFile("p.json", text),
		validator.Options{Lang: syntax.JSON, Target: program.Newest, Rules: []*rules.Rule{r}}, true)
	if len(fixed.Applied) > 0 {
		t.Errorf("made %s", fixed.After.File.Text)
	}
}

// Ten thousand fixes are made at once, and one that is bad among them is found by halves.
func TestFixManyAtOnce(t *testing.T) {
	for _, bad := range []string{"", "?"} {
		text := strings.Replace(fixedProgram, "ab", strings.Repeat("% ", 5000)+bad+strings.Repeat("% ", 5000), 1)
		analyses := 0
		r := rewrites("NL901", "%", "@", true)
		run := r.Run
		r.Run = func(p *rules.Pass) { analyses++; run(p) }
		worse := rewrites("NL902", "?", `"`, true)
		fixed := validator.Fix(source.NewFile("p.json", text),
			validator.Options{Lang: syntax.JSON, Target: program.Newest, Rules: []*rules.Rule{r, worse}}, false)
		if len(fixed.Applied) != 10000 || strings.Contains(fixed.After.File.Text, "%") {
			t.Errorf("%d fixes were made", len(fixed.Applied))
		}
		if analyses > 2+2*15 {
			t.Errorf("%d analyses", analyses)
		}
	}
}

// fixCases calls f with every text at hand that rules offer fixes for, in every language.
func fixCases(t testing.TB, f func(name, text string, l syntax.Lang)) {
	t.Helper()
	spell := func(name, text string, l syntax.Lang) {
		f(name, text, l)
		docs := syntax.Parse(source.NewFile("", text), l)
		if len(docs) != 1 || len(docs[0].Problems) > 0 {
			return
		}
		for _, l := range []syntax.Lang{syntax.JSON, syntax.YAML} {
			f(name+" as "+l.String(), syntax.Print(docs[0].Root, l), l)
		}
	}
	for _, r := range rules.All() {
		spell(r.ID, r.Bad, langOf(r))
		for _, e := range r.More {
			spell(r.ID+" "+e.Name, e.Program, langOf(r))
		}
	}
	files, _ := filepath.Glob("../examples/broken/*")
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		spell(name, string(text), langOfFile(name))
		spell(name+" with CRLF", strings.ReplaceAll(string(text), "\n", "\r\n"), langOfFile(name))
		spell(name+" with BOM", "\ufeff"+string(text), langOfFile(name))
		spell(name+" without end", strings.TrimRight(string(text), "\n"), langOfFile(name))
	}
	in, err := os.Open("../testdata/footguns.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for lines := bufio.NewScanner(in); lines.Scan(); {
		var c struct{ ID, Language, Text string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		spell(c.ID, c.Text, langOfFile("x."+c.Language))
	}
}

// Whatever is fixed, the result is read as well as before and has no error that was not there, and nothing
// remains to be done, but for fixes that would bring out another error.
func TestFixedPrograms(t *testing.T) {
	made, left := 0, 0
	fixCases(t, func(name, text string, l syntax.Lang) {
		for _, unsafe := range []bool{false, true} {
			fixed := checkFixed(t, fmt.Sprintf("%s, unsafe %v", name, unsafe), text, l, unsafe)
			made += len(fixed.Applied)
			for _, d := range fixed.After.Diagnostics {
				if !validator.IsFixable(d, unsafe) {
					continue
				}
				left++
				if !addsErrors(t, fixed.After, d.Fixes[0], l) {
					t.Errorf("%s: unsafe %v: %s %q is left in\n%s", name, unsafe, d.Rule, d.Fixes[0].Title, fixed.After.File.Text)
				}
			}
		}
	})
	if made < 100 || left > made/20 {
		t.Errorf("%d fixes were made, %d are left", made, left)
	}
}

// checkFixed is what is true of every text whatever.
func checkFixed(t *testing.T, name, text string, l syntax.Lang, unsafe bool) *validator.Fixed {
	o := validator.Options{Lang: l, Target: program.Newest}
	fixed := validator.Fix(source.NewFile("f."+l.String(), text), o, unsafe)
	after := fixed.After.File
	for _, c := range fixed.After.Crashes {
		t.Fatalf("%s: %v\n%s", name, c, c.Stack)
	}
	if (len(fixed.Applied) == 0) != (after.Text == text) {
		t.Errorf("%s: %d fixes made of\n%s\nthis:\n%s", name, len(fixed.Applied), text, after.Text)
	}
	was, is := problems(text, l), problems(after.Text, l)
	if is > was {
		t.Errorf("%s: %d syntax problems became %d in\n%s", name, was, is, after.Text)
	}
	if rule := newError(fixed.Before, fixed.After); was == is && rule != "" {
		t.Errorf("%s: there are more errors of %s than before in\n%s", name, rule, after.Text)
	}
	if again := validator.Fix(after, o, unsafe); fixed.Done && len(again.Applied) > 0 {
		t.Errorf("%s: fixing again does %q in\n%s", name, again.Applied[0].Fix.Title, after.Text)
	}
	return fixed
}

// newError is a rule that reports more errors than before.
func newError(before, after *validator.Analysis) string {
	errorsOf := func(a *validator.Analysis) map[string]int {
		return counts(slices.DeleteFunc(slices.Clone(a.Diagnostics), func(d source.Diagnostic) bool { return d.Severity < source.Error }))
	}
	was := errorsOf(before)
	for rule, n := range errorsOf(after) {
		if n > was[rule] {
			return rule
		}
	}
	return ""
}

func addsErrors(t *testing.T, a *validator.Analysis, f source.Fix, l syntax.Lang) bool {
	text, err := source.Apply(a.File.Text, f.Edits)
	if err != nil {
		t.Fatal(err)
	}
	return newError(a, analyze(t, text, l)) != ""
}

func problems(text string, l syntax.Lang) int {
	n := 0
	for _, doc := range syntax.Parse(source.NewFile("", text), l) {
		n += len(doc.Problems)
	}
	return n
}

// FuzzFix: whatever the bytes, fixing them leaves a text that is read at least as well, and is all there is
// to do.
func FuzzFix(f *testing.F) {
	fixCases(f, func(_, text string, l syntax.Lang) { f.Add(text, uint8(l), true) })
	f.Fuzz(func(t *testing.T, text string, lang uint8, unsafe bool) {
		if len(text) < 1<<14 {
			checkFixed(t, "fuzz", text, syntax.Lang(lang%3), unsafe)
		}
	})
}
