package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// Version is the version of the JSON output. Fields may be added within a version, and none removed or
// given another meaning.
const Version = 1

// The order of the fields below is the order in which they are printed.

type fileJSON struct {
	Path        string           `json:"path"`
	Programs    []programJSON    `json:"programs"`
	Diagnostics []diagnosticJSON `json:"diagnostics"`
}

type programJSON struct {
	Name  string `json:"name"`
	Steps int    `json:"steps"`
}

type diagnosticJSON struct {
	Rule     string     `json:"rule"`
	Name     string     `json:"name"`
	Severity string     `json:"severity"`
	Rejects  bool       `json:"rejects"`
	Message  string     `json:"message"`
	Range    rangeJSON  `json:"range"`
	Program  int        `json:"program"`
	Step     string     `json:"step"`
	Pointer  string     `json:"pointer"`
	Related  []noteJSON `json:"related"`
	Fixes    []fixJSON  `json:"fixes"`
	URL      string     `json:"url"`
}

type rangeJSON struct {
	Start placeJSON `json:"start"`
	End   placeJSON `json:"end"`
}

type placeJSON struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Offset int `json:"offset"`
}

type noteJSON struct {
	Message string    `json:"message"`
	Range   rangeJSON `json:"range"`
}

type fixJSON struct {
	Title string     `json:"title"`
	Safe  bool       `json:"safe"`
	Edits []editJSON `json:"edits"`
}

type editJSON struct {
	Range rangeJSON `json:"range"`
	Text  string    `json:"text"`
}

type crashJSON struct {
	Path    string `json:"path"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

type summaryJSON struct {
	Files    int `json:"files"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`

	Suppressed int `json:"suppressed,omitempty"`
	Baseline   int `json:"baseline,omitempty"`
}

// NewJSON prints one JSON object, a file on each line.
func NewJSON(w io.Writer) Printer { return &jsonPrinter{w: w} }

type jsonPrinter struct {
	w       io.Writer
	begun   bool
	crashes []crashJSON
}

func (j *jsonPrinter) File(a *validator.Analysis) error {
	found := told(a)
	out := fileJSON{
		Path:        a.File.Name,
		Programs:    make([]programJSON, len(a.Programs)),
		Diagnostics: make([]diagnosticJSON, len(found)),
	}
	for i, p := range a.Programs {
		out.Programs[i] = programJSON{p.Name, len(p.Steps)}
	}
	for i, d := range found {
		out.Diagnostics[i] = toDiagnostic(a.File, d)
	}
	for _, c := range a.Crashes {
		j.crashes = append(j.crashes, crashJSON{a.File.Name, c.Rule, fmt.Sprint(c.Value)})
	}
	before := ",\n"
	if !j.begun {
		before, j.begun = j.head(), true
	}
	return writeJSON(j.w, before, out, "")
}

func (j *jsonPrinter) head() string { return fmt.Sprintf("{\"version\":%d,\"files\":[\n", Version) }

func (j *jsonPrinter) Close(t Totals) error {
	before := "\n],"
	if !j.begun {
		before = j.head() + "],"
	}
	if j.crashes != nil {
		if err := writeJSON(j.w, before+"\"crashes\":", j.crashes, ","); err != nil {
			return err
		}
		before = ""
	}
	return writeJSON(j.w, before+"\"summary\":", summaryJSON{t.Files, t.Errors, t.Warnings, t.Infos, t.Suppressed, t.Known}, "}\n")
}

// NewJSONLines prints one JSON object for each finding, on a line of its own.
func NewJSONLines(w io.Writer) Printer { return jsonLines{w} }

type jsonLines struct{ w io.Writer }

func (j jsonLines) File(a *validator.Analysis) error {
	var b bytes.Buffer
	for _, d := range told(a) {
		line := struct {
			Path string `json:"path"`
			diagnosticJSON
		}{a.File.Name, toDiagnostic(a.File, d)}
		if err := writeJSON(&b, "", line, "\n"); err != nil {
			return err
		}
	}
	_, err := j.w.Write(b.Bytes())
	return err
}

func (jsonLines) Close(Totals) error { return nil }

func toDiagnostic(f *source.File, d source.Diagnostic) diagnosticJSON {
	out := diagnosticJSON{
		Rule: d.Rule, Severity: d.Severity.String(), Rejects: d.Rejects, Message: d.Message,
		Range: toRange(f, d.Span), Program: d.Program, Step: d.Step, Pointer: d.Pointer,
		Related: make([]noteJSON, len(d.Related)),
		Fixes:   make([]fixJSON, len(d.Fixes)),
	}
	if r := rules.Find(d.Rule); r != nil {
		out.Name, out.URL = r.Name, r.URL()
	}
	for i, n := range d.Related {
		out.Related[i] = noteJSON{n.Message, toRange(f, n.Span)}
	}
	for i, fix := range d.Fixes {
		edits := make([]editJSON, len(fix.Edits))
		for k, e := range fix.Edits {
			edits[k] = editJSON{toRange(f, e.Span), e.New}
		}
		out.Fixes[i] = fixJSON{fix.Title, fix.Safe, edits}
	}
	return out
}

func toRange(f *source.File, s source.Span) rangeJSON {
	s = inside(f, s)
	return rangeJSON{toPlace(f, s.Start), toPlace(f, s.End)}
}

func toPlace(f *source.File, offset int) placeJSON {
	line, column := f.LineCol(offset)
	return placeJSON{line, column, offset}
}

// writeJSON writes v as one line between two texts. Characters that a terminal would obey, hide or
// reorder are escaped: they can stand in strings alone, where an escape means the same.
func writeJSON(w io.Writer, before string, v any, behind string) error {
	var b bytes.Buffer
	b.WriteString(before)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the line break of Encode
	b.WriteString(behind)
	_, err := w.Write(escapeHidden(b.Bytes()))
	return err
}

func escapeHidden(text []byte) []byte {
	hidden := func(r rune) bool { return r != '\n' && mustSpell(r) }
	next := bytes.IndexFunc(text, hidden)
	if next < 0 {
		return text
	}
	var out []byte
	for ; next >= 0; next = bytes.IndexFunc(text, hidden) {
		r, n := utf8.DecodeRune(text[next:])
		out = append(out, text[:next]...)
		if r >= 0x10000 {
			high := (r-0x10000)>>10 + 0xd800
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, (r-0x10000)&0x3ff+0xdc00)
		} else {
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		text = text[next+n:]
	}
	return append(out, text...)
}
