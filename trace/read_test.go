package trace_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/trace"
)

func TestBadTraces(t *testing.T) {
	const hint = ": a trace is what trace.model_dump_json() gives in Python, or nanolint run --format json prints"
	for _, c := range []struct{ text, want string }{
		{``, `1:1: the file is empty: write a JSON value into it`},
		{`{"program_name": "p"`, `1:21: the text ends here, but not everything is closed: add }`},
		{`7`, `1:1: this is no trace` + hint},
		{`{"name": "p", "steps": []}`, `1:2: this is no trace, for it has no program_name` + hint},
		{`{"program_name": null}`, `1:18: program_name must be a string`},
		{`{"program_name": "p", "status": "done"}`, `1:33: status must be one of running, success, failed, budget_exceeded, stalled, suspended`},
		{`{"program_name": "p", "status": "failed", "stopped": "success"}`,
			`1:54: stopped must be one of stopped, runaway, deadlock, recursion_error, raised`},
		{`{"program_name": "p", "error": 1, "trace_id": null}`, `1:47: trace_id must be a string|1:32: error must be a string`},
		{`{"program_name": "p", "started_at": "yesterday"}`, `1:37: started_at must be a time as in 2026-01-31T12:00:00.123456Z, or null`},
		{`{"program_name": "p", "duration_ms": []}`, `1:38: duration_ms must be a number or null`},
		{`{"program_name": "p", "steps": {}}`, `1:32: steps must be a list`},
		{`{"program_name": "p", "steps": [1]}`, `1:33: steps[0] must be an object`},
		{`{"program_name": "p", "steps": [{"status": "success"}]}`, `1:34: steps[0] has no step_id`},
		{`{"program_name": "p", "steps": [{"step_id": "a"}]}`, `1:34: steps[0] has no status`},
		{`{"program_name": "p", "steps": [{"step_id": "a", "status": "ok"}]}`,
			`1:60: steps[0].status must be one of pending, running, success, failed, skipped`},
		{`{"program_name": "p", "steps": [{"step_id": "a", "status": "failed", "retries": 1.5}]}`, `1:81: steps[0].retries must be a whole number`},
		{`{"program_name": "p", "steps": [{"step_id": "a", "status": "failed", "retries": -1}]}`,
			`1:81: steps[0].retries must be a count, from 0 to 2147483647`},
		{`{"program_name": "p", "steps": [{"step_id": "a", "status": "success", "usage": {"total_tokens": null}}]}`,
			`1:97: steps[0].usage.total_tokens must be a whole number`},
		{`{"program_name": "p", "steps": [{"step_id": "a", "status": "success", "usage": 3}]}`, `1:80: steps[0].usage must be an object`},
		{`{"program_name": "p", "state_snapshots": [[0]]}`, `1:43: state_snapshots[0] must be a list of an index and a hash`},
		{`{"program_name": "p", "state_snapshots": [["x", ""]]}`, `1:44: the index in state_snapshots[0] must be a number`},
		{`{"program_name": "p", "state_snapshots": [[0, "E3B0"]]}`,
			`1:47: the hash in state_snapshots[0] must be SHA-256 in 64 lower-case hexadecimal digits`},
		{`{"program_name": "p", "step_metrics": {"llm_calls": "many"}}`, `1:53: step_metrics.llm_calls must be a whole number`},
	} {
		f := source.NewFile("t.json", c.text)
		traces, notes := trace.Read(f, syntax.JSON)
		var got []string
		for _, n := range notes {
			line, col := f.LineCol(n.Span.Start)
			got = append(got, fmt.Sprintf("%d:%d: %s", line, col, n.Message))
		}
		if strings.Join(got, "|") != c.want || len(traces) > 0 {
			t.Errorf("%s\n  got  %s, %d traces\n  want %s", c.text, strings.Join(got, "|"), len(traces), c.want)
		}
	}
}

// A bad trace takes no other with it, in a file of lines or in a list.
func TestGoodTracesBesideBadOnes(t *testing.T) {
	for _, c := range []struct {
		lang syntax.Lang
		text string
	}{
		{syntax.JSONL, "{\"program_name\": \"a\"}\n{\"program_name\"\n{\"program_name\": 1}\n{\"program_name\": \"b\"}\n"},
		{syntax.JSON, `[{"program_name": "a"}, {"program_name": 1}, 2, {"program_name": "b"}]`},
	} {
		traces, notes := trace.Read(source.NewFile("t", c.text), c.lang)
		if len(traces) != 2 || traces[0].Program != "a" || traces[1].Program != "b" || len(notes) != 2 {
			t.Errorf("%s: %d traces, notes %v", c.text, len(traces), notes)
		}
	}
}

// What a run of nanolint stops with, the reference does not know: it sees a run that goes on, or one that failed.
func TestStoppedRuns(t *testing.T) {
	for status, machine := range map[runtime.Status]string{
		runtime.Stopped: "running", runtime.Runaway: "running", runtime.Deadlock: "running", runtime.Raised: "running", runtime.RecursionError: "failed",
	} {
		text := string((&trace.Trace{Trace: runtime.Trace{Program: "p", Status: status}, ID: "i"}).AppendJSON(nil))
		if !strings.Contains(text, `"status":"`+machine+`"`) {
			t.Errorf("%s: %s", status, text)
		}
		if got := read(t, string(status), text); got.Status != status {
			t.Errorf("%s is read as %s", status, got.Status)
		}
	}
}
