package scenario

import (
	"encoding/hex"

	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/value"
)

func pair(key string, v value.Value) value.Pair { return value.Pair{Key: key, Value: v} }

// orNone is a text, or None for the empty one.
func orNone(s string) value.Value {
	if s == "" {
		return value.Value{}
	}
	return value.FromString(s)
}

// TraceValue is a trace in the form of recorded runs. Of a run that the machine would not have ended itself the recorder
// kept the status alone; so the rest is there, but nobody recorded can have expected it.
func TraceValue(t *runtime.Trace) value.Value {
	steps := make([]value.Value, len(t.Steps))
	for i := range t.Steps {
		s := &t.Steps[i]
		steps[i] = value.FromPairs([]value.Pair{
			pair("id", value.FromString(s.ID)), pair("status", value.FromString(string(s.Status))),
			pair("output", s.Output), pair("error", orNone(s.Error)), pair("retries", value.FromInt(int64(s.Retries))),
		})
	}
	snapshots := make([]value.Value, len(t.Snapshots))
	for i, s := range t.Snapshots {
		snapshots[i] = value.FromItems([]value.Value{value.FromInt(int64(s.Index)), value.FromString(hex.EncodeToString(s.Hash[:]))})
	}
	suspended := value.Value{}
	if t.HasSuspended {
		suspended = value.FromString(t.SuspendedAt)
	}
	return value.FromPairs([]value.Pair{
		pair("status", value.FromString(string(t.Status))), pair("error", orNone(t.Error)), pair("final_output", t.FinalOutput),
		pair("steps", value.FromItems(steps)), pair("snapshots", value.FromItems(snapshots)),
		pair("canonical_hash", value.FromString(runtime.CanonicalHash(t.Snapshots))),
		pair("suspended_step_id", suspended), pair("tokens", value.FromBig(t.Tokens())),
	})
}
