package validator_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// recorded is a document and what the runtime's construction said about it.
type recorded struct {
	Name    string
	Program json.RawMessage
	Expect  struct {
		Rejected []struct{ Loc []string }
	}
	line string
}

// pointers is the places that construction named.
func (c recorded) pointers() []string {
	var all []string
	for _, r := range c.Expect.Rejected {
		pointer := ""
		for _, token := range r.Loc {
			pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(token)
		}
		all = append(all, pointer)
	}
	slices.Sort(all)
	return all
}

func readRecorded(t *testing.T) []recorded {
	t.Helper()
	f, err := os.Open("../testdata/conformance/doc.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []recorded
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		c := recorded{line: lines.Text()}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	if err := lines.Err(); err != nil || len(all) != 400 {
		t.Fatalf("%d cases, want 400: %v", len(all), err)
	}
	return all
}

// rejected is the pointers of the findings that mean that the runtime refuses the program.
func rejected(a *validator.Analysis) []string {
	var all []string
	for _, d := range a.Diagnostics {
		if d.Rejects {
			all = append(all, d.Pointer)
		}
	}
	slices.Sort(all)
	return all
}

// What rejects a program is exactly what construction rejected, place by place: in the recorded line, and
// for the program alone in JSON and in YAML.
func TestRejectsWhatConstructionRejected(t *testing.T) {
	for _, c := range readRecorded(t) {
		root := syntax.Parse(source.NewFile("", string(c.Program)), syntax.JSON)[0].Root
		for _, spelling := range []struct {
			lang syntax.Lang
			text string
		}{
			{syntax.JSON, string(c.Program)},
			{syntax.JSON, c.line},
			{syntax.JSONL, c.line},
			{syntax.JSON, syntax.Print(root, syntax.JSON)},
			{syntax.YAML, syntax.Print(root, syntax.YAML)},
		} {
			a := analyze(t, spelling.text, spelling.lang)
			if got, want := rejected(a), c.pointers(); !slices.Equal(got, want) {
				t.Errorf("%s as %v:\n got %q\nwant %q\n%q", c.Name, spelling.lang, got, want, messages(a.Diagnostics))
			}
		}
	}
}

// A safe fix of something that construction refuses leaves a document that is read, and is not refused
// for the same reason at the same place.
func TestSafeFixesOfRefusals(t *testing.T) {
	fixed := 0
	for _, c := range readRecorded(t) {
		a := analyze(t, string(c.Program), syntax.JSON)
		for _, d := range a.Diagnostics {
			for _, f := range d.Fixes {
				if !d.Rejects || !f.Safe {
					continue
				}
				fixed++
				text, err := source.Apply(a.File.Text, f.Edits)
				if err != nil {
					t.Fatal(err)
				}
				for _, after := range analyze(t, text, syntax.JSON).Diagnostics {
					if after.Rule == "NL001" || after.Rule == d.Rule && after.Pointer == d.Pointer {
						t.Errorf("%s: %q leaves %q in %s", c.Name, f.Title, after.Message, text)
					}
				}
			}
		}
	}
	if fixed < 50 {
		t.Errorf("only %d fixes were tried", fixed)
	}
}

// One mistake is one finding: what is told about a file that is still being written.
func TestHalfWrittenPrograms(t *testing.T) {
	for _, c := range []struct {
		name, text string
		lang       syntax.Lang
		want       []string
	}{
		{"a step that ends in its type", `{"steps": [{"id": "ask", "type": `, syntax.JSON, []string{"NL001"}},
		{"a step of which only the brace is there", `{"steps": [{"id": "ask", "type": "llm", "prompt": "Ask."}, {`, syntax.JSON, []string{"NL001"}},
		{"a program that stops before its steps", `{"name": "refund", `, syntax.JSON, []string{"NL001"}},
		{"a list of steps that is not written yet", `{"steps": [`, syntax.JSON, []string{"NL001"}},
		{"an empty file", ``, syntax.JSON, []string{"NL001"}},
		{"a broken step beside one without a type", `{"steps": [{"id": "ask", "prompt": "Ask."}, {"id": }]}`, syntax.JSON,
			[]string{"NL001", "NL010"}},
		{"a YAML file of comments", "# later\n", syntax.YAML, []string{"NL009"}},
		{"a further YAML document that is no program", "steps:\n  - {id: rejected, type: tool, tool: refuse, is_terminal: true}\n---\n", syntax.YAML,
			[]string{"NL007"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range analyze(t, c.text, c.lang).Diagnostics {
				if d.Rule < "NL1" && !slices.Contains(got, d.Rule) {
					got = append(got, d.Rule)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A number where JSON wants text is put in quotes as it is written.
func TestQuotesNumbersInJSON(t *testing.T) {
	a := analyze(t, `{"version": 1.10, "steps": [{"id": "rejected", "type": "tool", "tool": "refuse", "is_terminal": true}]}`, syntax.JSON)
	ds := of(a, "NL011")
	if len(ds) != 1 || len(ds[0].Fixes) != 1 || !ds[0].Fixes[0].Safe {
		t.Fatalf("want one finding with a safe fix, got %q", messages(a.Diagnostics))
	}
	text, err := source.Apply(a.File.Text, ds[0].Fixes[0].Edits)
	if err != nil || !strings.HasPrefix(text, `{"version": "1.10", `) {
		t.Errorf("the fix writes %s (%v)", text, err)
	}
}

// Every complaint is reported once, also when one step stands in two places through an alias.
func TestRejectsThroughAliases(t *testing.T) {
	const text = "steps:\n  - &ask {id: ask, type: llm}\n  - *ask\n"
	got := rejected(analyze(t, text, syntax.YAML))
	if want := []string{"/steps/0", "/steps/1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What several steps share through an anchor is no unknown field, and a field that some of them cannot use no
// mistake of theirs; what is wrong with it is told once.
func TestSharedDefaults(t *testing.T) {
	const text = `
defaults: &defaults {on_error: retry, max_retries: 5, timeout_seconds: 30, retries: 3}
steps:
  - {<<: *defaults, id: price, type: tool, tool: price_order}
  - {<<: *defaults, id: receipt, type: tool, tool: send_receipt}
  - {<<: *defaults, id: rejected, type: llm, prompt: Apologise., is_terminal: true}
`
	var got []string
	for _, d := range analyze(t, text, syntax.YAML).Diagnostics {
		got = append(got, d.Rule+" "+d.Severity.String())
	}
	if want := []string{"NL020 warning"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A null in a list is not the field's: leaving the field out would lose the other entries.
func TestNullEntryIsNotRemoved(t *testing.T) {
	a := analyze(t, `{"steps": [{"id": "ask", "type": "llm", "prompt": "Ask.", "allowed_outputs": ["yes", null]}]}`, syntax.JSON)
	if ds := of(a, "NL011"); len(ds) != 1 || len(ds[0].Fixes) != 0 {
		t.Errorf("%d findings, want one without a fix", len(ds))
	}
}

func ExampleAnalyze() {
	f := source.NewFile("refund.yaml", "steps:\n  - {id: ask, type: llm, prompt: Refund or not., allowed_outputs: [yes, no]}\n")
	for _, d := range validator.Analyze(f, validator.Options{Lang: syntax.YAML}).Diagnostics {
		if d.Rejects {
			fmt.Println(d.Rule, d.Pointer, d.Message)
		}
	}
	// Output:
	// NL017 /steps/0/allowed_outputs/0 YAML reads yes as the boolean true, and an entry of allowed_outputs must be text: write it in quotes
	// NL017 /steps/0/allowed_outputs/1 YAML reads no as the boolean false, and an entry of allowed_outputs must be text: write it in quotes
}
