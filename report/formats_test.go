package report_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

const schemas = "../testdata/schemas/"

// judge reports what is wrong with a text in a format.
type judge func(text []byte) error

func jsonJudge(t *testing.T, schema string) judge {
	t.Helper()
	s, err := jsonschema.Compile(schema)
	if err != nil {
		t.Fatal(err)
	}
	return func(text []byte) error {
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			return err
		}
		return s.Validate(v)
	}
}

func xmlJudge(t *testing.T, schema, root string) judge {
	x := readXSD(t, schema)
	return func(text []byte) error { return x.validate(text, root) }
}

func sarif(w io.Writer) report.Printer { return report.NewSARIF(w, "v1.2.3") }

// consumers are the formats that somebody else has defined, and how to judge them.
func consumers(t *testing.T) map[string]struct {
	print func(io.Writer) report.Printer
	judge judge
} {
	return map[string]struct {
		print func(io.Writer) report.Printer
		judge judge
	}{
		"sarif":      {sarif, jsonJudge(t, schemas+"sarif-2.1.0.json")},
		"rdjson":     {report.NewRDJSON, jsonJudge(t, schemas+"rdjson.json")},
		"gitlab":     {report.NewGitLab, jsonJudge(t, schemas+"gitlab.json")},
		"junit":      {func(w io.Writer) report.Printer { return report.NewJUnit(w, source.Warning) }, xmlJudge(t, schemas+"junit.xsd", "testsuites")},
		"checkstyle": {report.NewCheckstyle, xmlJudge(t, schemas+"checkstyle.xsd", "checkstyle")},
		"json":       {report.NewJSON, jsonJudge(t, "../docs/output.schema.json")},
	}
}

// examples is the analysis of every program that a rule's page shows.
var examples = sync.OnceValue(func() []*validator.Analysis {
	var all []*validator.Analysis
	for _, r := range rules.All() {
		l := syntax.YAML
		if r.Only == rules.OnlyJSON {
			l = syntax.JSON
		}
		texts := []string{r.Bad, r.Good}
		for _, e := range r.More {
			texts = append(texts, e.Program)
		}
		o := validator.Options{Lang: l, Target: program.Newest}
		if r.Optional {
			o.Rules = rules.All()
		}
		for _, text := range texts {
			all = append(all, validator.Analyze(source.NewFile(r.Name+"."+l.String(), text), o))
		}
	}
	return all
})

func printedBy(t *testing.T, print func(io.Writer) report.Printer, all []*validator.Analysis) []byte {
	t.Helper()
	var out bytes.Buffer
	var totals report.Totals
	p := print(&out)
	for _, a := range all {
		totals.Add(a)
		if err := p.File(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(totals); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What is printed of every rule, of nothing, and of odd characters is as the consumers have it.
func TestFormatsConform(t *testing.T) {
	all := examples()
	for name, c := range consumers(t) {
		t.Run(name, func(t *testing.T) {
			if err := c.judge(printedBy(t, c.print, all)); err != nil {
				t.Errorf("all: %#v", err)
			}
			if err := c.judge(printedBy(t, c.print, nil)); err != nil {
				t.Errorf("nothing: %#v", err)
			}
			odd := &validator.Analysis{File: source.NewFile("\x01 \xff]]>\ufffe&<\"'%20é.json", "\ufeff\x01\r\n\xff")}
			odd.Diagnostics = []source.Diagnostic{{
				Note: source.Note{Span: source.Span{Start: 1, End: 7}, Message: "\x01\xff]]>\ufffe&<\"' {0} [x](y)"},
				Rule: "NL101", Severity: source.Error, Step: "]]>", Pointer: "/\x02",
				Related: []source.Note{{Span: source.Span{Start: 3, End: 3}, Message: "\x02"}},
				Fixes:   []source.Fix{{Title: "\x03", Edits: []source.Edit{{Span: source.Span{Start: 4, End: 6}, New: "\xfe"}}}},
			}}
			if err := c.judge(printedBy(t, c.print, []*validator.Analysis{odd})); err != nil {
				t.Errorf("odd characters: %#v", err)
			}
		})
	}
}

// The schemas that are ours take what the consumers show as their format.
func TestOwnSchemasTakeTheExamples(t *testing.T) {
	judged := consumers(t)
	for name, file := range map[string]string{"gitlab": "gitlab-example.json", "checkstyle": "checkstyle-example.xml"} {
		text, err := os.ReadFile(schemas + file)
		if err != nil {
			t.Fatal(err)
		}
		if err := judged[name].judge(text); err != nil {
			t.Errorf("%s: %#v", file, err)
		}
	}
}

// What somebody has decided not to be told is in the SARIF log, with the reason, and nowhere else.
func TestMuted(t *testing.T) {
	const text = `{"steps": [{"id": "a", "type": "tool", "tool": "t", "next_step": "ghost"}, {"id": "b", "type": "tool", "tool": "t", "next_step": "ghost"}, {"id": "c", "type": "tool", "tool": "t", "next_step": "ghost"}]}`
	o := validator.Options{Lang: syntax.JSON, Target: program.Newest, Rules: []*rules.Rule{rules.Find("NL101")}}
	a := validator.Analyze(source.NewFile("f.json", text), o)
	if len(a.Diagnostics) != 3 {
		t.Fatalf("%d findings", len(a.Diagnostics))
	}
	a.Diagnostics[0].Suppression = source.Suppression{Kind: source.InSource, Reason: "we know"}
	a.Diagnostics[1].Baseline = source.Unchanged
	a.Diagnostics[2].Baseline = source.New
	a.Diagnostics[2].Suppression = source.Suppression{Kind: source.External}
	all := []*validator.Analysis{a}

	judged := consumers(t)
	log := string(printedBy(t, sarif, all))
	for _, want := range []string{
		`"suppressions":[{"kind":"inSource","status":"accepted","justification":"we know"}]`,
		`"baselineState":"unchanged","suppressions":[]`,
		`"baselineState":"new","suppressions":[{"kind":"external","status":"accepted"}]`,
	} {
		if strings.Count(log, want) != 1 {
			t.Errorf("%s is not there once in\n%s", want, log)
		}
	}
	if err := judged["sarif"].judge([]byte(log)); err != nil {
		t.Errorf("%#v", err)
	}
	template, err := report.ParseTemplate("t", "{{range .Files}}{{range .Findings}}{{.Rule}}{{end}}{{end}}")
	if err != nil {
		t.Fatal(err)
	}
	for name, print := range map[string]func(io.Writer) report.Printer{
		"text":       func(w io.Writer) report.Printer { return report.NewText(w, report.Style{}) },
		"concise":    func(w io.Writer) report.Printer { return report.NewConcise(w, report.Palette{}) },
		"json":       report.NewJSON,
		"jsonl":      report.NewJSONLines,
		"junit":      judged["junit"].print,
		"github":     report.NewGitHub,
		"gitlab":     report.NewGitLab,
		"checkstyle": report.NewCheckstyle,
		"rdjson":     report.NewRDJSON,
		"markdown":   report.NewMarkdown,
		"template":   func(w io.Writer) report.Printer { return report.NewTemplate(w, template) },
		"agent":      func(w io.Writer) report.Printer { return report.NewAgent(w, "") },
		"statistics": func(w io.Writer) report.Printer { return report.NewStatistics(w, report.Palette{}, false) },
	} {
		if got := printedBy(t, print, all); bytes.Contains(got, []byte("NL101")) {
			t.Errorf("%s tells what is muted:\n%s", name, got)
		}
	}
}

// A path that a rule tells is a code flow, and other places are related ones.
func TestCodeFlows(t *testing.T) {
	paths, places := 0, 0
	for _, a := range examples() {
		wantFlows, wantRelated := 0, 0
		for _, d := range a.Diagnostics {
			switch {
			case len(d.Related) > 0 && d.IsPath:
				wantFlows++
			case len(d.Related) > 0:
				wantRelated++
			}
		}
		log := string(printedBy(t, sarif, []*validator.Analysis{a}))
		if got := strings.Count(log, `"codeFlows"`); got != wantFlows {
			t.Errorf("%s: %d code flows, want %d", a.File.Name, got, wantFlows)
		}
		if got := strings.Count(log, `"relatedLocations"`); got != wantRelated {
			t.Errorf("%s: %d lists of related locations, want %d", a.File.Name, got, wantRelated)
		}
		paths, places = paths+wantFlows, places+wantRelated
	}
	if paths < 10 || places < 10 {
		t.Errorf("only %d paths and %d lists of places", paths, places)
	}
}
