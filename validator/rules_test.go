package validator_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// Every rule is held to the same promises, with no line by its author.

// langOf is the language that a rule's examples are written in.
func langOf(r *rules.Rule) syntax.Lang { return r.Lang() }

func analyze(t testing.TB, text string, l syntax.Lang) *validator.Analysis {
	t.Helper()
	return analyzeFor(t, nil, rules.Declared{}, text, l)
}

// analyzeFor runs one rule beside the others even if it is optional.
func analyzeFor(t testing.TB, r *rules.Rule, d rules.Declared, text string, l syntax.Lang) *validator.Analysis {
	t.Helper()
	o := validator.Options{Lang: l, Target: d.Target(), Declared: d}
	if r != nil && r.Optional {
		o.Rules = append(slices.Clone(rules.Default()), r)
	}
	a := validator.Analyze(source.NewFile("example."+l.String(), text), o)
	for _, c := range a.Crashes {
		t.Errorf("%v\n%s", c, c.Stack)
	}
	return a
}

// of is the diagnostics of one rule.
func of(a *validator.Analysis, rule string) []source.Diagnostic {
	return slices.DeleteFunc(slices.Clone(a.Diagnostics), func(d source.Diagnostic) bool { return d.Rule != rule })
}

// places is what was said where, in words that do not change with the spelling of the program.
func places(ds []source.Diagnostic) []string {
	var all []string
	for _, d := range ds {
		all = append(all, fmt.Sprintf("%s %s %s", d.Rule, d.Severity, d.Pointer))
	}
	slices.Sort(all)
	return all
}

func forEachRule(t *testing.T, f func(t *testing.T, r *rules.Rule)) {
	for _, r := range rules.All() {
		t.Run(r.ID+"-"+r.Name, func(t *testing.T) { f(t, r) })
	}
}

func TestRuleIsDeclaredWhole(t *testing.T) {
	ids, names := map[string]bool{}, map[string]bool{}
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		if !regexp.MustCompile(`^NL[0-9]{3}$`).MatchString(r.ID) || ids[r.ID] {
			t.Errorf("id %q is no id or not unique", r.ID)
		}
		if !regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)*$`).MatchString(r.Name) || names[r.Name] {
			t.Errorf("name %q is no name or not unique", r.Name)
		}
		ids[r.ID], names[r.Name] = true, true
		if r.Severity == 0 || r.Run == nil || strings.TrimSpace(r.Bad) == "" || strings.TrimSpace(r.Good) == "" {
			t.Error("severity, function, bad and good program must be there")
		}
		if !strings.HasSuffix(r.Summary(), ".") || len(r.Summary()) > 160 {
			t.Errorf("summary %q is no short sentence", r.Summary())
		}
		file := "rules/" + strings.ReplaceAll(r.Name, "-", "_") + ".go"
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), `"`+r.ID+`"`) {
			t.Errorf("the rule must be declared in %s", file)
		}
	})
}

func TestRuleReportsBadAndNotGood(t *testing.T) {
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		for _, e := range r.Examples() {
			checkExample(t, r, e)
		}
	})
}

// checkExample holds an example to its promise in its own spelling and in all others.
func checkExample(t *testing.T, r *rules.Rule, e rules.Example) {
	a := analyzeFor(t, r, e.Declared(), e.Program, langOf(r))
	if got := len(of(a, r.ID)) > 0; got != e.Reported {
		t.Errorf("%s: reported is %v, want %v; all findings: %q", e.Name, got, e.Reported, messages(a.Diagnostics))
	}
	for _, d := range a.Diagnostics {
		if d.IsMuted() {
			continue
		}
		if d.Rule != r.ID && d.Severity == source.Error || d.Severity > source.Info && !e.Reported {
			t.Errorf("%s: %s also says: %s", e.Name, d.Rule, d.Message)
		}
	}
	if r.Only != rules.AnyLanguage {
		return
	}
	doc := syntax.Parse(source.NewFile("", e.Program), langOf(r))[0]
	for _, l := range []syntax.Lang{syntax.JSON, syntax.YAML, syntax.Python} {
		again := analyzeFor(t, r, e.Declared(), printed(doc.Root, l), l)
		if got, want := places(again.Diagnostics), places(a.Diagnostics); !slices.Equal(got, want) {
			t.Errorf("%s, printed as %v, is reported differently:\n got %q\nwant %q", e.Name, l, got, want)
		}
	}
}

// printed is a program as a file of a language: in Python, the runtime is told to take it for one.
func printed(root *syntax.Node, l syntax.Lang) string {
	text := syntax.Print(root, l)
	if l == syntax.Python {
		text = "from nano_vm import Program\n\nPROGRAM = Program.from_dict(" + strings.TrimSuffix(text, "\n") + ")\n"
	}
	return text
}

func messages(ds []source.Diagnostic) []string {
	var all []string
	for _, d := range ds {
		all = append(all, d.Rule+" "+d.Message)
	}
	return all
}

func TestRuleFixes(t *testing.T) {
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		for _, s := range spellings(r) {
			a := analyzeFor(t, r, s.declared, s.text, s.lang)
			for _, d := range of(a, r.ID) {
				for _, f := range d.Fixes {
					checkFix(t, r, s, a, d, f)
				}
			}
		}
	})
}

// spelling is an example in one language.
type spelling struct {
	text     string
	lang     syntax.Lang
	declared rules.Declared
}

// spellings is every reported example of a rule in every language that it can be written in.
func spellings(r *rules.Rule) []spelling {
	var all []spelling
	for _, e := range r.Examples() {
		if !e.Reported {
			continue
		}
		all = append(all, spelling{e.Program, langOf(r), e.Declared()})
		if r.Only != rules.AnyLanguage {
			continue
		}
		root := syntax.Parse(source.NewFile("", e.Program), langOf(r))[0].Root
		for _, l := range []syntax.Lang{syntax.JSON, syntax.YAML, syntax.Python} {
			all = append(all, spelling{printed(root, l), l, e.Declared()})
		}
	}
	return all
}

// checkFix applies one fix alone: the text must still parse, the diagnostic must be gone, and no warning or
// error may have come.
func checkFix(t *testing.T, r *rules.Rule, s spelling, a *validator.Analysis, d source.Diagnostic, f source.Fix) {
	text, err := source.Apply(a.File.Text, f.Edits)
	if err != nil {
		t.Errorf("%q: %v", f.Title, err)
		return
	}
	if text == a.File.Text {
		t.Errorf("%q changes nothing in\n%s", f.Title, text)
	}
	after := analyzeFor(t, r, s.declared, text, s.lang)
	if len(of(after, d.Rule)) >= len(of(a, d.Rule)) {
		t.Errorf("%q does not remove the diagnostic:\n%s\n%q", f.Title, text, messages(of(after, d.Rule)))
	}
	before := counts(a.Diagnostics)
	for rule, n := range counts(after.Diagnostics) {
		if n > before[rule] {
			t.Errorf("%q adds a diagnostic of %s:\n%s\n%q", f.Title, rule, text, messages(of(after, rule)))
		}
	}
}

func counts(ds []source.Diagnostic) map[string]int {
	n := map[string]int{}
	for _, d := range ds {
		if d.Severity > source.Info && !d.IsMuted() {
			n[d.Rule]++
		}
	}
	return n
}

func TestRulePlaces(t *testing.T) {
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		for _, s := range spellings(r) {
			a := analyzeFor(t, r, s.declared, s.text, s.lang)
			for _, d := range a.Diagnostics {
				spans := []source.Span{d.Span}
				for _, n := range d.Related {
					spans = append(spans, n.Span)
					if strings.Contains(n.Message, ": goes to ") && !d.IsPath {
						t.Errorf("%s tells a path but does not say so: %q", d.Rule, d.Message)
					}
				}
				for _, s := range spans {
					checkSpan(t, a.File, s)
				}
			}
		}
	})
}

func checkSpan(t *testing.T, f *source.File, s source.Span) {
	if s.Start < 0 || s.Start > s.End || s.End > len(f.Text) {
		t.Fatalf("span %v is outside the file of %d bytes", s, len(f.Text))
	}
	for _, off := range []int{s.Start, s.End} {
		if line, unit := f.UTF16(off); f.OffsetUTF16(line, unit) != off {
			t.Errorf("offset %d does not survive the editor's positions in %q", off, f.Text)
		}
	}
}
