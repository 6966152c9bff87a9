package trace_test

import (
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/trace"
	"github.com/nanolint/nanolint/value"
)

const order = `name: order
max_steps: 9
steps:
  - {id: ask, type: llm, prompt: Go?, allowed_outputs: ["yes", "no"], on_error: retry}
  - {id: both, type: parallel, parallel_steps: [{id: x, type: tool, tool: x}, {id: y, type: tool, tool: y}], next_step: wait}
  - {id: never, type: tool, tool: x}
  - {id: wait, type: tool, tool: wait}
  - {id: route, type: condition, condition: $ask.output == 'yes', then: pay, otherwise: back}
  - {id: pay, type: tool, tool: x, on_error: skip}
  - {id: back, type: tool, tool: x}
`

// Every sentence about a trace that was changed, with the place in it and the text in the program that decides. The
// records: 0 ask, 1 x, 2 y, 3 both, 4 wait (pending), 5 route, 6 pay.
func TestSentences(t *testing.T) {
	f := source.NewFile("order.yaml", order)
	machine := runtime.New(program.Decode(syntax.Parse(f, syntax.YAML)[0].Root, program.Newest))
	w := &runtime.Script{
		Models: map[string][]runtime.Answer{"ask": {{Value: value.FromString("yes")}}},
		Tools:  map[string][]runtime.Answer{"wait": {{Value: value.FromString("PENDING")}}, "*": {{Value: value.FromInt(1)}}},
	}
	run := machine.Start(w, value.Value{}, runtime.Options{})
	run.Resume(value.Value{})
	made := trace.Of(run)
	if found, doubts := trace.Replay(made, machine); len(made.Steps) != 7 || len(found)+len(doubts) > 0 {
		t.Fatalf("%d records, %v %v", len(made.Steps), found, doubts)
	}
	text := value.FromString
	for _, c := range []struct {
		change           func(*trace.Trace)
		path, want, from string
	}{
		{func(t *trace.Trace) { t.Steps[0].ID = "back" }, "steps[0]", "steps[0] is of 'back', but the program begins with 'ask'", "ask"},
		{func(t *trace.Trace) { t.Steps[1].ID = "never" }, "steps[1]",
			"steps[1] is of 'never', but 'ask' leads to 'both', the next in the list, whose first sub-step is 'x'", "x"},
		{func(t *trace.Trace) { t.Steps[2].ID = "x" }, "steps[2]", "steps[2] is of 'x', but the next of the block 'both' is 'y'", "y"},
		{func(t *trace.Trace) { t.Steps[4].ID = "never" }, "steps[4]", "steps[4] is of 'never', but next_step of 'both' leads to 'wait'", "wait"},
		{func(t *trace.Trace) { t.Steps[5].ID = "pay" }, "steps[5]", "steps[5] is of 'pay', but the run is resumed with 'route', listed behind 'wait'", "route"},
		{func(t *trace.Trace) { t.Steps[5].Output = text("back") }, "steps[6]", "steps[6] is of 'pay', but 'route' was false and leads to 'back'", "back"},
		{func(t *trace.Trace) { t.Snapshots[0].Hash[0]++ }, "state_snapshots[0]",
			"state_snapshots[0] is not the hash of the outputs that are recorded up to steps[0], so one of them, or the hash, was changed", "ask"},
		{func(t *trace.Trace) { t.Steps[6].ID = "back" }, "steps[6]", "steps[6] is of 'back', but 'route' was true and leads to 'pay'", "pay"},
		{func(t *trace.Trace) { t.Steps = append(t.Steps, t.Steps[0]) }, "steps[7]",
			"steps[7] is of 'ask', but the run ends before it: 'pay' was chosen by a condition and has no next_step", "pay"},
		{func(t *trace.Trace) { t.Steps = t.Steps[:6] }, "status",
			"the trace ends with status success, but 'route' was true and leads to 'pay', and there is no record of it", "pay"},
		{func(t *trace.Trace) { t.Steps = t.Steps[:2] }, "status", "the trace ends in the middle of the block 'both': there is no record of 'y'", "y"},
		{func(t *trace.Trace) { t.Steps[0].Output = text("maybe") }, "steps[0].output",
			"steps[0], of 'ask', put out 'maybe', which is not among its allowed_outputs", "ask"},
		{func(t *trace.Trace) { t.Steps[0].Retries = 3 }, "steps[0].retries", "steps[0], of 'ask', was retried 3 times, but may be 2 times", "ask"},
		{func(t *trace.Trace) { t.Steps[0].Status = runtime.StepSkipped }, "steps[0].status",
			"steps[0], of 'ask', is skipped, which cannot be with type llm and on_error retry", "ask"},
		{func(t *trace.Trace) { t.Steps[1].Status = runtime.StepSkipped }, "steps[1].status",
			"steps[1], of 'x', is skipped, which cannot be in a block with on_error fail", "x"},
		{func(t *trace.Trace) { t.Steps[2].Output = text("2") }, "steps[3].output",
			"steps[3], of 'both', put out something else than its sub-steps did", "both"},
		{func(t *trace.Trace) { t.Steps[4].Status = runtime.StepSuccess }, "steps[4].output",
			"steps[4], of 'wait', put out 'PENDING' and yet has not suspended the run", "wait"},
		{func(t *trace.Trace) { t.Steps[5].Output = text("ask") }, "steps[5].output",
			"steps[5], of 'route', put out 'ask', but its branches are 'pay' and 'back'", "route"},
		{func(t *trace.Trace) { t.Steps[6].Status = runtime.StepSkipped }, "steps[6].error", "steps[6], of 'pay', is skipped without an error", "pay"},
		{func(t *trace.Trace) { t.Snapshots = t.Snapshots[:1] }, "state_snapshots[1]",
			"state_snapshots has no entry for steps[3], of 'both', which was taken in sequence", "both"},
		{func(t *trace.Trace) { t.Snapshots[3].Index = 3 }, "state_snapshots[3]",
			"state_snapshots[3] has the index 3, but the step there, 'route', is number 5", "route"},
		{func(t *trace.Trace) { t.Snapshots = append(t.Snapshots, t.Snapshots[0]) }, "state_snapshots[4]",
			"state_snapshots[4] is of no step: the run takes 4 in sequence", "order"},
		{func(t *trace.Trace) { t.Status = runtime.Failed }, "status",
			"status is failed, but the run ends with success: 'pay' was chosen by a condition and has no next_step", "pay"},
		{func(t *trace.Trace) { t.Error = "E: e" }, "error", "error is 'E: e', but the machine says null", "pay"},
		{func(t *trace.Trace) { t.FinalOutput = text("1") }, "final_output", "final_output is '1', but 1 is what the run ends with", "pay"},
		{func(t *trace.Trace) { t.HasSuspended = false }, "suspended_step_id",
			"suspended_step_id is null, but the step that suspended the run last is 'wait'", "pay"},
		{func(t *trace.Trace) { t.Metrics.ToolCalls = 3 }, "step_metrics",
			`step_metrics is {"llm_calls":1,"tool_calls":3,"condition_evals":1,"retries_total":0}, ` +
				`but of these records it is {"llm_calls":1,"tool_calls":2,"condition_evals":1,"retries_total":0}`, "order"},
		{func(t *trace.Trace) { t.Program = "orders" }, "program_name", "program_name is 'orders', but the program is called 'order'", "order"},
	} {
		changed := clone(made)
		c.change(changed)
		found, _ := trace.Replay(changed, machine)
		if len(found) != 1 {
			t.Errorf("%s: found %v", c.want, found)
			continue
		}
		if g := found[0]; g.Path != c.path || g.Message != c.want || f.Slice(g.Decided) != c.from {
			t.Errorf("\n  got  %s, %q: %s\n  want %s, %q: %s", g.Path, f.Slice(g.Decided), g.Message, c.path, c.from, c.want)
		}
	}
}
