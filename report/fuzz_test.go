package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// FuzzText prints any place in any bytes. No byte of the file, its name or the message may reach a
// terminal as a control character, and every line but that of the source must have its shape.
func FuzzText(f *testing.F) {
	for _, text := range []string{
		"", "a", "{\"a\": 1}\r\n", "\ufeffx", "\x1b[31m\x07\u009b2J\u202e", "日本\te\u0301👩‍🔬", "\xff\xc3\xed\xa0\x80",
		strings.Repeat("x", 3000), strings.Repeat("\u0301", 3000), strings.Repeat("\t", 200), "\r\r\n\n",
	} {
		f.Add(text, 0, len(text), "message\x1b", "name\n")
		f.Add(text, len(text)/2, len(text)/2, text, "")
	}
	f.Fuzz(func(t *testing.T, text string, start, end int, message, name string) {
		at := source.Span{Start: start, End: end}
		from := min(max(start, 0), len(text)) // an edit lies in the file, or the fix is none
		edit := source.Span{Start: from, End: min(max(end, from), len(text))}
		d := source.Diagnostic{
			Note: source.Note{Span: at, Message: message}, Rule: "NL101", Severity: source.Info,
			Related: []source.Note{{Span: at, Message: message}},
			Fixes:   []source.Fix{{Title: message, Edits: []source.Edit{{Span: edit, New: text}}}},
		}
		file := source.NewFile(name, text)
		a := &validator.Analysis{File: file, Diagnostics: []source.Diagnostic{d}}
		a.Crashes = []validator.Crash{{Rule: "NL999", Value: message}}

		var out bytes.Buffer
		var totals report.Totals
		totals.Add(a)
		run := func(p report.Printer) string {
			out.Reset()
			if err := p.File(a); err != nil {
				t.Fatal(err)
			}
			if err := p.Close(totals); err != nil {
				t.Fatal(err)
			}
			return out.String()
		}
		checkVisible(t, run(report.NewConcise(&out, report.Palette{})))
		for _, p := range []report.Printer{
			report.NewGitHub(&out), report.NewMarkdown(&out), report.NewAgent(&out, ""), report.NewCheckstyle(&out),
		} {
			checkVisible(t, run(p))
		}
		for _, p := range []report.Printer{report.NewJUnit(&out, source.Info), report.NewCheckstyle(&out)} {
			if err := xml.Unmarshal([]byte(run(p)), new(node)); err != nil {
				t.Errorf("no XML: %v in %q", err, out.String())
			}
		}
		checkText(t, run(report.NewText(&out, report.Style{})))
		for _, got := range []string{
			run(report.NewJSON(&out)), run(report.NewJSONLines(&out)), run(report.NewSARIF(&out, "")), run(report.NewGitLab(&out)),
			run(report.NewRDJSON(&out)),
		} {
			checkVisible(t, got)
			if !json.Valid([]byte(got)) {
				t.Errorf("no JSON: %q", got)
			}
		}
	})
}

func checkVisible(t *testing.T, got string) {
	t.Helper()
	if !utf8.ValidString(got) {
		t.Errorf("no UTF-8: %q", got)
	}
	for _, r := range got {
		if r != '\n' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			t.Fatalf("%U in %q", r, got)
		}
	}
}

func checkText(t *testing.T, got string) {
	t.Helper()
	checkVisible(t, got)
	lines := strings.Split(got, "\n")
	if len(lines) != 8 { // sentence, line, marks, note, fix, empty line, summary, and behind the last break
		t.Fatalf("%d lines: %q", len(lines), got)
	}
	_, marks, ok := strings.Cut(lines[2], " | ")
	if marks = strings.TrimLeft(marks, " \t"); !ok || marks == "" || strings.Trim(marks, "^") != "" {
		t.Errorf("no marks in %q", lines[2])
	}
}
