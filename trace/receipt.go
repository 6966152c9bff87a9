package trace

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"

	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/value"
)

// Receipt is what the reference extracts from a trace for those who decide whether and how to go on.
type Receipt struct {
	ID         string
	Hash       string // SHA-256 of the canonical hash's digits
	Status     runtime.Status
	Resumable  bool
	Replayable bool
	Failed     int // records that failed
	Retried    int // records that were retried
	Rejected   []Rejection
	Health     *Health
}

// Rejection is a record that failed.
type Rejection struct {
	Step, Reason string
	At           string // when it was finished, or else begun, as isoformat() writes it; empty if nobody knows
}

// ReceiptOf makes the receipt of a trace.
func ReceiptOf(t *Trace, h *Health) *Receipt {
	hash := sha256.Sum256([]byte(runtime.CanonicalHash(t.Snapshots)))
	r := &Receipt{ID: t.ID, Hash: hex.EncodeToString(hash[:]), Status: machineStatus(t.Status), Health: h}
	r.Resumable, r.Replayable = r.Status == runtime.Suspended, r.Status != runtime.Running
	for i := range t.Steps {
		s := &t.Steps[i]
		if s.Retries > 0 {
			r.Retried++
		}
		if s.Status == runtime.StepFailed {
			r.Failed++
			at := cmp.Or(t.StepTimes[i].Finished, t.StepTimes[i].Started)
			r.Rejected = append(r.Rejected, Rejection{Step: s.ID, Reason: cmp.Or(s.Error, "unknown"), At: isoformat(at)})
		}
	}
	return r
}

// Value is the receipt as a dict with the fields of the reference's. What the reference does not know yet, and
// counts as 0 or says to be null, is so here.
func (r *Receipt) Value() value.Value {
	rejected := make([]value.Value, len(r.Rejected))
	for i, x := range r.Rejected {
		rejected[i] = value.FromPairs([]value.Pair{
			{Key: "step_id", Value: value.FromString(x.Step)}, {Key: "rule_id"},
			{Key: "reason", Value: value.FromString(x.Reason)}, {Key: "timestamp", Value: value.FromString(x.At)},
		})
	}
	return value.FromPairs([]value.Pair{
		{Key: "trace_id", Value: value.FromString(r.ID)},
		{Key: "trace_hash", Value: value.FromString(r.Hash)},
		{Key: "final_status", Value: value.FromString(string(r.Status))},
		{Key: "resumable", Value: value.FromBool(r.Resumable)},
		{Key: "replayable", Value: value.FromBool(r.Replayable)},
		{Key: "failed_steps", Value: value.FromInt(int64(r.Failed))},
		{Key: "retried_steps", Value: value.FromInt(int64(r.Retried))},
		{Key: "blocked_actions", Value: value.FromInt(0)},
		{Key: "escalations", Value: value.FromInt(0)},
		{Key: "rejected_transitions", Value: value.FromItems(rejected)},
		{Key: "health", Value: r.Health.Value()},
	})
}
