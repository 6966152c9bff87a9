package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/trace"
	"github.com/nanolint/nanolint/value"
)

// Trace is what is said about one trace.
type Trace struct {
	File    *source.File
	Trace   *trace.Trace
	Receipt *trace.Receipt

	Program       *source.File    // that of the program that the trace was held to; nil if it was held to none
	Found, Doubts []trace.Finding // what the program could not have made, and what could not be compared
}

// Text writes hash, receipt, health as the reference's summary has it, and what comes of a replay.
func (t *Trace) Text(w io.Writer) error {
	var b bytes.Buffer
	line, col := t.File.LineCol(t.Trace.Node.Span.Start)
	fmt.Fprintf(&b, "%s trace of %s\n", place(t.File, line, col), Visible(t.Trace.Program))
	row := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-14s %s\n", name, fmt.Sprintf(format, args...))
	}
	r := t.Receipt
	row("status", "%s%s%s", t.Trace.Status, orNothing(", resumable", r.Resumable), orNothing(", not replayable", !r.Replayable))
	if t.Trace.Error != "" {
		row("error", "%s", Visible(t.Trace.Error))
	}
	row("canonical hash", "%s", runtime.CanonicalHash(t.Trace.Snapshots))
	row("trace hash", "%s", r.Hash)
	row("records", "%d, of which %d failed and %d were retried", len(t.Trace.Steps), r.Failed, r.Retried)
	for _, x := range r.Rejected {
		at := ""
		if x.At != "" {
			at = " at " + x.At
		}
		row("rejected", "%s%s: %s", Visible(x.Step), at, Visible(x.Reason))
	}
	shown := *r.Health
	shown.ID, shown.Program = Visible(shown.ID), Visible(shown.Program)
	fmt.Fprintf(&b, "%s\n", shown.Summary())
	if t.Program != nil {
		t.replayText(&b)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func orNothing(text string, is bool) string {
	if is {
		return text
	}
	return ""
}

func (t *Trace) replayText(b *bytes.Buffer) {
	name := Visible(t.Program.Name)
	if len(t.Found) == 0 {
		fmt.Fprintf(b, "replay: %s could have made this trace\n", name)
	} else {
		fmt.Fprintf(b, "replay: %s could not have made this trace\n", name)
	}
	for _, f := range t.Found {
		d := source.Diagnostic{Note: source.Note{Span: f.Decided, Message: f.Message}, Severity: source.Error}
		_ = Diagnostic(b, t.Program, d, Style{}) // a buffer takes everything
		line, col := t.File.LineCol(f.Span.Start)
		fmt.Fprintf(b, "  note: %s %s\n", place(t.File, line, col), Visible(f.Path))
	}
	for _, f := range t.Doubts {
		line, col := t.File.LineCol(f.Span.Start)
		fmt.Fprintf(b, "%s note: %s\n", place(t.File, line, col), Visible(f.Message))
	}
}

type traceJSON struct {
	File          string          `json:"file"`
	Line          int             `json:"line"`
	CanonicalHash string          `json:"canonical_hash"`
	Receipt       json.RawMessage `json:"receipt"`
	Replay        *replayJSON     `json:"replay"`
}

type replayJSON struct {
	Program     string        `json:"program"`
	Consistent  bool          `json:"consistent"`
	Differences []findingJSON `json:"differences"`
	Doubts      []findingJSON `json:"doubts"`
}

type findingJSON struct {
	Path         string    `json:"path"`
	Message      string    `json:"message"`
	Range        rangeJSON `json:"range"`
	ProgramRange rangeJSON `json:"program_range"`
}

// JSON writes the same as one line of JSON.
func (t *Trace) JSON(w io.Writer) error {
	line, _ := t.File.LineCol(t.Trace.Node.Span.Start)
	out := traceJSON{
		File: t.File.Name, Line: line, CanonicalHash: runtime.CanonicalHash(t.Trace.Snapshots),
		Receipt: value.AppendJSON(nil, t.Receipt.Value()),
	}
	if t.Program != nil {
		out.Replay = &replayJSON{t.Program.Name, len(t.Found) == 0, t.findings(t.Found), t.findings(t.Doubts)}
	}
	return writeJSON(w, "", out, "\n")
}

func (t *Trace) findings(all []trace.Finding) []findingJSON {
	out := make([]findingJSON, len(all))
	for i, f := range all {
		out[i] = findingJSON{f.Path, f.Message, toRange(t.File, f.Span), toRange(t.Program, f.Decided)}
	}
	return out
}
