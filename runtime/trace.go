package runtime

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"strconv"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/value"
)

// Status is how a run stands.
type Status string

// The statuses. Those from Stopped on are no status of the machine: the run would not end there, or not
// with a trace.
const (
	Running        Status = "running" // of a trace that somebody took before the end
	Success        Status = "success"
	Failed         Status = "failed"
	BudgetExceeded Status = "budget_exceeded"
	Stalled        Status = "stalled"
	Suspended      Status = "suspended"
	Stopped        Status = "stopped"         // the world had no answer
	Runaway        Status = "runaway"         // stopped: it took as many steps as it may
	Deadlock       Status = "deadlock"        // waits for ever, for an answer or for room in a parallel block
	RecursionError Status = "recursion_error" // Python's stack would not hold all conditions behind conditions
	Raised         Status = "raised"          // leaves the machine as an exception
)

// StepStatus is how one step ended.
type StepStatus string

// The statuses of steps.
const (
	StepSuccess StepStatus = "success"
	StepFailed  StepStatus = "failed"
	StepSkipped StepStatus = "skipped"
	StepPending StepStatus = "pending"
)

// Record is what the trace holds of a step that was taken.
type Record struct {
	ID      string
	Status  StepStatus
	Output  value.Value
	Error   string // the class of the exception and its text; empty if there was none
	Retries int
	Usage   *Usage // nil if the model did not say
}

// Snapshot is a fingerprint of all outputs after a step.
type Snapshot struct {
	Index int
	Hash  [sha256.Size]byte
}

// Metrics counts what was done, sub-steps and what a block retries aside.
type Metrics struct {
	ModelCalls, ToolCalls, Conditions, Retries int
}

// Trace is what happened in a run.
type Trace struct {
	Program      string
	Status       Status
	Error        string // empty if the run has not failed
	FinalOutput  value.Value
	Steps        []Record
	Snapshots    []Snapshot
	SuspendedAt  string // the id of the step that suspended the run last
	HasSuspended bool   // whether there was one: the id may be empty
	Metrics      Metrics
}

// Tokens is the sum of what the recorded steps used.
func (t *Trace) Tokens() *big.Int {
	sum := new(big.Int)
	for i := range t.Steps {
		if u := t.Steps[i].Usage; u != nil {
			sum.Add(sum, u.Total)
		}
	}
	return sum
}

// count adds the step that was recorded last to the metrics.
func (t *Trace) count(s *step) {
	t.Metrics.Retries += t.Steps[len(t.Steps)-1].Retries
	switch s.Kind {
	case program.LLM:
		t.Metrics.ModelCalls++
	case program.Tool:
		t.Metrics.ToolCalls++
	case program.Condition:
		t.Metrics.Conditions++
	}
}

// lastOutput is the output of the last step that succeeded, None if none did.
func (t *Trace) lastOutput() value.Value {
	for i := len(t.Steps) - 1; i >= 0; i-- {
		if t.Steps[i].Status == StepSuccess {
			return t.Steps[i].Output
		}
	}
	return value.Value{}
}

// CanonicalHash is the root of a Merkle tree over snapshots, in hexadecimal: two runs with the same root have left
// the same outputs at the same steps. Of an odd number of nodes the last counts twice.
func CanonicalHash(snapshots []Snapshot) string {
	if len(snapshots) == 0 {
		root := sha256.Sum256([]byte("empty"))
		return hex.EncodeToString(root[:])
	}
	var first [many][sha256.Size]byte
	nodes := first[:]
	if len(snapshots) > len(first) {
		nodes = make([][sha256.Size]byte, len(snapshots))
	}
	nodes = nodes[:len(snapshots)]
	var leaf [20 + 1 + 2*sha256.Size]byte // the index, which ends before the colon, and the hash
	const colon = 20
	var digits [colon]byte
	leaf[colon] = ':'
	for i, s := range snapshots {
		if i == 0 || s.Hash != snapshots[i-1].Hash {
			hex.Encode(leaf[colon+1:], s.Hash[:])
		}
		number := strconv.AppendInt(digits[:0], int64(s.Index), 10)
		at := colon - len(number)
		copy(leaf[at:], number)
		nodes[i] = sha256.Sum256(leaf[at:])
	}
	var pair [2 * sha256.Size]byte
	for len(nodes) > 1 {
		for i := 0; i < len(nodes); i += 2 {
			copy(pair[:], nodes[i][:])
			copy(pair[sha256.Size:], nodes[min(i+1, len(nodes)-1)][:])
			nodes[i/2] = sha256.Sum256(pair[:])
		}
		nodes = nodes[:(len(nodes)+1)/2]
	}
	var root [2 * sha256.Size]byte
	hex.Encode(root[:], nodes[0][:])
	return string(root[:])
}
