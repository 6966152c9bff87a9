package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// NewRDJSON prints the Diagnostic Format of reviewdog, with fixes as suggestions.
func NewRDJSON(w io.Writer) Printer { return &rdjson{w: w} }

type rdjson struct {
	w     io.Writer
	begun bool
}

type rdDiagnostic struct {
	Message     string         `json:"message"`
	Location    rdLocation     `json:"location"`
	Severity    string         `json:"severity"`
	Code        rdCode         `json:"code"`
	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	Related     []rdRelated    `json:"related_locations,omitempty"`
}

type rdLocation struct {
	Path  string  `json:"path"`
	Range rdRange `json:"range"`
}

type rdRange struct {
	Start rdPosition `json:"start"`
	End   rdPosition `json:"end"`
}

type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"` // in bytes
}

type rdCode struct {
	Value string `json:"value"`
	URL   string `json:"url,omitempty"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

type rdRelated struct {
	Message  string     `json:"message"`
	Location rdLocation `json:"location"`
}

func (r *rdjson) File(a *validator.Analysis) error {
	for _, d := range told(a) {
		before := ",\n"
		if !r.begun {
			before, r.begun = rdHead(), true
		}
		out := rdDiagnostic{
			Message: d.Message, Location: toRDLocation(a.File, d.Span),
			Severity: strings.ToUpper(d.Severity.String()), Code: rdCode{Value: d.Rule},
		}
		if rule := rules.Find(d.Rule); rule != nil {
			out.Code.URL = rule.URL()
		}
		for _, x := range d.Fixes {
			out.Suggestions = append(out.Suggestions, toSuggestion(a.File, x))
		}
		for _, n := range d.Related {
			out.Related = append(out.Related, rdRelated{n.Message, toRDLocation(a.File, n.Span)})
		}
		if err := writeJSON(r.w, before, out, ""); err != nil {
			return err
		}
	}
	return nil
}

func rdHead() string {
	return fmt.Sprintf("{\"source\":{\"name\":\"nanolint\",\"url\":%q},\"diagnostics\":[\n", homepage)
}

func (r *rdjson) Close(Totals) error {
	end := "\n]}\n"
	if !r.begun {
		end = rdHead() + "]}\n"
	}
	_, err := io.WriteString(r.w, end)
	return err
}

// toSuggestion is a fix as one replacement: a suggestion of reviewdog is one way to mend a diagnostic, and
// has one range only.
func toSuggestion(f *source.File, x source.Fix) rdSuggestion {
	all := x.Edits[0].Span
	for _, e := range x.Edits {
		all.Start, all.End = min(all.Start, e.Span.Start), max(all.End, e.Span.End)
	}
	moved := make([]source.Edit, len(x.Edits))
	for i, e := range x.Edits {
		moved[i] = source.Edit{Span: source.Span{Start: e.Span.Start - all.Start, End: e.Span.End - all.Start}, New: e.New}
	}
	text, err := source.Apply(f.Slice(all), moved)
	if err != nil {
		panic(fmt.Sprintf("the fix %q cannot be applied: %v", x.Title, err))
	}
	return rdSuggestion{toRDRange(f, all), text}
}

func toRDLocation(f *source.File, at source.Span) rdLocation {
	return rdLocation{slashed(f.Name), toRDRange(f, at)}
}

func toRDRange(f *source.File, at source.Span) rdRange {
	at = inside(f, at)
	return rdRange{toRDPosition(f, at.Start), toRDPosition(f, at.End)}
}

func toRDPosition(f *source.File, offset int) rdPosition {
	line, _ := f.LineCol(offset)
	return rdPosition{line, offset - f.LineSpan(offset).Start + 1}
}
