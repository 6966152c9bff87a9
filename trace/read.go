package trace

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Read reads the traces of a file: each document is one, or a list of them. What cannot be understood is told, and such a
// trace is left out. Fields that are absent have the reference's defaults, but for times and ids, which stay empty.
func Read(f *source.File, lang syntax.Lang) ([]*Trace, []source.Note) {
	r := &reader{file: f}
	for _, doc := range syntax.Parse(f, lang) {
		switch {
		case len(doc.Problems) > 0: // nobody writes traces by hand, so what is wrong behind the first is an echo
			r.note(doc.Problems[0].Span, "%s", doc.Problems[0].Message)
		case doc.Root.Kind == syntax.List:
			for _, n := range doc.Root.Items {
				r.trace(n)
			}
		default:
			r.trace(doc.Root)
		}
	}
	return r.traces, r.notes
}

type reader struct {
	file   *source.File
	traces []*Trace
	notes  []source.Note
}

func (r *reader) note(at source.Span, format string, args ...any) {
	r.notes = append(r.notes, source.Note{Span: r.file.WholeCharacters(at), Message: fmt.Sprintf(format, args...)})
}

// hint says what a trace is, to somebody who has given another file.
const hint = "a trace is what trace.model_dump_json() gives in Python, or nanolint run --format json prints"

func (r *reader) trace(n *syntax.Node) {
	before := len(r.notes)
	if n.Kind != syntax.Map {
		r.note(n.Span, "this is no trace: %s", hint)
		return
	}
	if n.Get("program_name") == nil {
		r.note(start(n), "this is no trace, for it has no program_name: %s", hint)
		return
	}
	t := &Trace{Node: n}
	in := object{r, n, ""}
	t.Program = in.text("program_name")
	t.Status = word(in, "status", runtime.Running, statuses)
	if n.Get("trace_id") != nil {
		t.ID = in.text("trace_id")
	}
	t.FinalOutput = in.value("final_output")
	t.Error = in.optionalText("error")
	t.Times = in.times()
	t.Suspension = in.time("suspended_at")
	t.SuspendedAt, t.HasSuspended = in.optionalText("suspended_step_id"), in.get("suspended_step_id") != nil
	if s := n.Get(stopped); s != nil {
		t.Status = word(in, stopped, t.Status, stops)
	}
	for i, item := range in.list("steps") {
		r.record(t, item, fmt.Sprintf("steps[%d]", i))
	}
	for i, item := range in.list("state_snapshots") {
		r.snapshot(t, item, fmt.Sprintf("state_snapshots[%d]", i))
	}
	if m, ok := in.object("step_metrics"); ok {
		t.HasMetrics = true
		t.Metrics = runtime.Metrics{
			ModelCalls: m.count("llm_calls"), ToolCalls: m.count("tool_calls"),
			Conditions: m.count("condition_evals"), Retries: m.count("retries_total"),
		}
	}
	if len(r.notes) == before {
		r.traces = append(r.traces, t)
	}
}

var (
	statuses = []runtime.Status{runtime.Running, runtime.Success, runtime.Failed, runtime.BudgetExceeded, runtime.Stalled, runtime.Suspended}
	stops    = []runtime.Status{runtime.Stopped, runtime.Runaway, runtime.Deadlock, runtime.RecursionError, runtime.Raised}
	// The reference knows a running step, too, but never records one.
	stepStatuses = []runtime.StepStatus{runtime.StepPending, "running", runtime.StepSuccess, runtime.StepFailed, runtime.StepSkipped}
)

func (r *reader) record(t *Trace, n *syntax.Node, path string) {
	if n.Kind != syntax.Map {
		r.note(n.Span, "%s must be an object", path)
		return
	}
	in := object{r, n, path + "."}
	rec := runtime.Record{ID: in.text("step_id"), Output: in.value("output"), Error: in.optionalText("error"), Retries: in.count("retries")}
	if in.needs("status") {
		rec.Status = word(in, "status", "", stepStatuses)
	}
	if u, ok := in.object("usage"); ok {
		rec.Usage = &runtime.Usage{
			Prompt: u.integer("prompt_tokens"), Completion: u.integer("completion_tokens"), Total: u.integer("total_tokens"), Cost: u.float("cost_usd"),
		}
	}
	t.Steps = append(t.Steps, rec)
	t.StepTimes = append(t.StepTimes, in.times())
}

func (r *reader) snapshot(t *Trace, n *syntax.Node, path string) {
	if n.Kind != syntax.List || len(n.Items) != 2 {
		r.note(n.Span, "%s must be a list of an index and a hash", path)
		return
	}
	index, ok := program.IntOf(n.Items[0])
	if !ok || !index.IsInt64() || int64(int(index.Int64())) != index.Int64() {
		r.note(n.Items[0].Span, "the index in %s must be a number", path)
		return
	}
	s := runtime.Snapshot{Index: int(index.Int64())}
	text := n.Items[1].Text.Value
	if sum, err := hex.DecodeString(text); n.Items[1].Kind == syntax.String && err == nil && len(sum) == len(s.Hash) && strings.ToLower(text) == text {
		s.Hash = [len(s.Hash)]byte(sum)
	} else {
		r.note(n.Items[1].Span, "the hash in %s must be SHA-256 in %d lower-case hexadecimal digits", path, 2*len(s.Hash))
	}
	t.Snapshots = append(t.Snapshots, s)
}
