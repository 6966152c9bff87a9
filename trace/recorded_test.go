package trace_test

import (
	"flag"
	"os"
	"slices"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/trace"
	"github.com/nanolint/nanolint/value"
)

// line is a line of a recorded file: traces, and what the reference made of them.
type line struct {
	name string
	file *source.File
	root *syntax.Node
}

func readLines(t testing.TB, name string, want int) []line {
	t.Helper()
	text, err := os.ReadFile("../testdata/traces/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f := source.NewFile(name, string(text))
	var lines []line
	for _, doc := range syntax.Parse(f, syntax.JSONL) {
		lines = append(lines, line{textOf(doc.Root, "name"), f, doc.Root})
	}
	if len(lines) != want {
		t.Fatalf("%s has %d lines, want %d", name, len(lines), want)
	}
	return lines
}

func textOf(n *syntax.Node, key string) string {
	if v := n.Get(key); v != nil {
		return v.Text.Value
	}
	return ""
}

// json is the value under a key, as value writes it: two equal texts are equal in every digit and in the order of keys.
func (l line) json(key string) string {
	return string(value.AppendJSON(nil, runtime.ValueOf(l.root.Get(key))))
}

// trace reads the trace of a line as a file of its own.
func (l line) trace(t *testing.T) *trace.Trace {
	t.Helper()
	return read(t, l.name, l.file.Slice(l.root.Get("trace").Span))
}

func read(t testing.TB, name, text string) *trace.Trace {
	t.Helper()
	f := source.NewFile(name+".json", text)
	traces, notes := trace.Read(f, syntax.JSON)
	for _, n := range notes {
		line, col := f.LineCol(n.Span.Start)
		t.Errorf("%s:%d:%d: %s", f.Name, line, col, n.Message)
	}
	if len(traces) != 1 {
		t.Fatalf("%s: %d traces", name, len(traces))
	}
	return traces[0]
}

const recorded = 96

// Hash, receipt, metrics, alerts and summary are those of the reference, with and without a baseline; and what is read
// is written again as it was.
func TestRecordedAnalyses(t *testing.T) {
	var before *trace.Trace
	for _, l := range readLines(t, "recorded.jsonl", recorded) {
		got := l.trace(t)
		same := func(what, got, want string) {
			t.Helper()
			if got != want {
				t.Errorf("%s: %s\n  recorded %s\n  here     %s", l.name, what, want, got)
			}
		}
		same("the trace itself", string(got.AppendJSON(nil)), l.json("trace"))
		same("canonical hash", runtime.CanonicalHash(got.Snapshots), textOf(l.root, "canonical_hash"))
		h := trace.HealthOf(got, nil)
		same("receipt", string(value.AppendJSON(nil, trace.ReceiptOf(got, h).Value())), l.json("receipt"))
		same("summary", h.Summary(), textOf(l.root, "summary"))
		if before != nil {
			h = trace.HealthOf(got, before)
			same("receipt against "+textOf(l.root, "baseline"), string(value.AppendJSON(nil, trace.ReceiptOf(got, h).Value())), l.json("receipt_against"))
			same("summary against "+textOf(l.root, "baseline"), h.Summary(), textOf(l.root, "summary_against"))
		}
		before = got
	}
}

func (l line) machine(t *testing.T) *runtime.Machine {
	t.Helper()
	root := l.root.Get("program")
	if complaints := schema.Check(root); len(complaints) > 0 {
		t.Fatalf("%s: %s", l.name, complaints[0].Message)
	}
	return runtime.New(program.Decode(root, program.Newest))
}

// What the machine recorded its program could have made. Doubts are where JSON does not hold what was put out.
func TestRecordedTracesReplay(t *testing.T) {
	doubtful := map[string]bool{"nan": true, "tuple": true, "mutated": true, "stall-not-json": true}
	for _, l := range readLines(t, "recorded.jsonl", recorded) {
		found, doubts := trace.Replay(l.trace(t), l.machine(t))
		for _, f := range found {
			t.Errorf("%s: %s: %s", l.name, f.Path, f.Message)
		}
		if (len(doubts) > 0) != doubtful[l.name] {
			t.Errorf("%s: doubts %v", l.name, doubts)
		}
	}
}

var update = flag.Bool("update", false, "write testdata/traces/nanolint.jsonl anew; record.py load then records what the reference makes of it")

// The reference has loaded what nanolint writes, and holds the same trace: all fields in the same order, the same hash and
// the same receipt. What it does not know, a run that it would not have ended, it ignores.
func TestReferenceLoadsOurs(t *testing.T) {
	const name = "../testdata/traces/nanolint.jsonl"
	var ours []*trace.Trace
	var text []byte
	statuses := make(map[runtime.Status]bool)
	for i, r := range runs(t) {
		if i%13 == 0 || !statuses[r.trace.Status] {
			statuses[r.trace.Status] = true
			ours = append(ours, r.trace)
			text = append(r.trace.AppendJSON(text), '\n')
		}
	}
	if *update {
		if err := os.WriteFile(name, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if golden, err := os.ReadFile(name); err != nil || string(golden) != string(text) {
		t.Fatalf("%s holds other traces than nanolint writes (%v): run with -update, then record.py load", name, err)
	}
	for i, l := range readLines(t, "loaded.jsonl", len(ours)) {
		want := *ours[i]
		if s := want.Value(); len(s.Pairs()) > 13 { // all but the field that the reference ignores
			want = *read(t, l.name, string(value.AppendJSON(nil, value.FromPairs(slices.Clone(s.Pairs()[:13])))))
		}
		if got := string(want.AppendJSON(nil)); got != l.json("trace") {
			t.Errorf("line %d\n  loaded %s\n  ours   %s", i+1, l.json("trace"), got)
		}
		if got := runtime.CanonicalHash(want.Snapshots); got != textOf(l.root, "canonical_hash") {
			t.Errorf("line %d: canonical hash %s, loaded %s", i+1, got, textOf(l.root, "canonical_hash"))
		}
		if got := string(value.AppendJSON(nil, trace.ReceiptOf(&want, trace.HealthOf(&want, nil)).Value())); got != l.json("receipt") {
			t.Errorf("line %d\n  loaded %s\n  ours   %s", i+1, l.json("receipt"), got)
		}
	}
	for _, s := range []runtime.Status{runtime.Success, runtime.Failed, runtime.BudgetExceeded, runtime.Stalled, runtime.Suspended, runtime.Runaway} {
		if !statuses[s] {
			t.Errorf("no run ends with %s", s)
		}
	}
}
