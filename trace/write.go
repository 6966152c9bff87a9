package trace

import (
	"encoding/hex"

	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/value"
)

// stopped is the field that nanolint adds to a trace of a run which the machine would not have ended, or not with a
// trace. The reference ignores it.
const stopped = "stopped"

// machineStatus is what the reference's trace would say of a run: it knows no status for those that nanolint stopped.
func machineStatus(s runtime.Status) runtime.Status {
	switch s {
	case runtime.Stopped, runtime.Runaway, runtime.Deadlock, runtime.Raised:
		return runtime.Running
	case runtime.RecursionError:
		return runtime.Failed
	}
	return s
}

// AppendJSON appends the trace as the reference's model_dump_json() writes it: the same fields in the same order, and
// null for numbers that JSON does not have. Half of a surrogate pair stays escaped; such a trace the reference can
// neither write nor read.
func (t *Trace) AppendJSON(dst []byte) []byte { return value.AppendJSON(dst, t.Value()) }

// Value is the trace as a dict.
func (t *Trace) Value() value.Value {
	status := machineStatus(t.Status)
	steps := make([]value.Value, len(t.Steps))
	for i := range steps {
		steps[i] = recordValue(&t.Steps[i], t.StepTimes[i])
	}
	snapshots := make([]value.Value, len(t.Snapshots))
	for i, s := range t.Snapshots {
		snapshots[i] = value.FromItems([]value.Value{value.FromInt(int64(s.Index)), value.FromString(hex.EncodeToString(s.Hash[:]))})
	}
	suspended := value.Value{}
	if t.HasSuspended {
		suspended = value.FromString(t.SuspendedAt)
	}
	pairs := []value.Pair{
		{Key: "program_name", Value: value.FromString(t.Program)},
		{Key: "status", Value: value.FromString(string(status))},
		{Key: "trace_id", Value: value.FromString(t.ID)},
		{Key: "steps", Value: value.FromItems(steps)},
		{Key: "final_output", Value: finite(t.FinalOutput)},
		{Key: "error", Value: orNone(t.Error)},
		{Key: "started_at", Value: orNone(t.Times.Started)},
		{Key: "finished_at", Value: orNone(t.Times.Finished)},
		{Key: "duration_ms", Value: finite(t.Times.Duration)},
		{Key: "state_snapshots", Value: value.FromItems(snapshots)},
		{Key: "suspended_step_id", Value: suspended},
		{Key: "suspended_at", Value: orNone(t.Suspension)},
	}
	if t.HasMetrics {
		pairs = append(pairs, value.Pair{Key: "step_metrics", Value: metricsValue(t.Metrics)})
	}
	if status != t.Status {
		pairs = append(pairs, value.Pair{Key: stopped, Value: value.FromString(string(t.Status))})
	}
	return value.FromPairs(pairs)
}

func recordValue(r *runtime.Record, at Times) value.Value {
	return value.FromPairs([]value.Pair{
		{Key: "step_id", Value: value.FromString(r.ID)},
		{Key: "status", Value: value.FromString(string(r.Status))},
		{Key: "output", Value: finite(r.Output)},
		{Key: "error", Value: orNone(r.Error)},
		{Key: "retries", Value: value.FromInt(int64(r.Retries))},
		{Key: "usage", Value: usageValue(r.Usage)},
		{Key: "started_at", Value: orNone(at.Started)},
		{Key: "finished_at", Value: orNone(at.Finished)},
		{Key: "duration_ms", Value: finite(at.Duration)},
	})
}

func usageValue(u *runtime.Usage) value.Value {
	if u == nil {
		return value.Value{}
	}
	cost := value.Value{}
	if u.Cost != nil {
		cost = finite(value.FromFloat(*u.Cost))
	}
	return value.FromPairs([]value.Pair{
		{Key: "prompt_tokens", Value: value.FromBig(u.Prompt)},
		{Key: "completion_tokens", Value: value.FromBig(u.Completion)},
		{Key: "total_tokens", Value: value.FromBig(u.Total)},
		{Key: "cost_usd", Value: cost},
	})
}

func metricsValue(m runtime.Metrics) value.Value {
	return value.FromPairs([]value.Pair{
		{Key: "llm_calls", Value: value.FromInt(int64(m.ModelCalls))},
		{Key: "tool_calls", Value: value.FromInt(int64(m.ToolCalls))},
		{Key: "condition_evals", Value: value.FromInt(int64(m.Conditions))},
		{Key: "retries_total", Value: value.FromInt(int64(m.Retries))},
	})
}

// orNone is a text, or None for the empty one.
func orNone(s string) value.Value {
	if s == "" {
		return value.Value{}
	}
	return value.FromString(s)
}

// finite is a value with None for every number that JSON does not have.
func finite(v value.Value) value.Value {
	return value.Finite(v, func(value.Value) value.Value { return value.Value{} })
}
