// Package trace is what is left of runs: traces in the JSON of the Python machine, whoever wrote them.
//
// It reads and writes them in the shape and order of the reference's Trace, so that either side can load
// what the other has written; works out receipt and health with the reference's formulas, to the digit; and
// says which record a program could not have made. It runs nothing and decides nothing about programs:
// what could have been made, package runtime knows.
package trace

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// Trace is a trace as a file holds it: what happened, and what the executor does not know.
type Trace struct {
	runtime.Trace
	Node       *syntax.Node // where it stands; nil for a run of nanolint's own
	ID         string
	Times      Times
	Suspension string  // when the run was suspended last; empty if it never was, or by no clock
	StepTimes  []Times // of each record
	HasMetrics bool    // machines before 0.8.8 do not count
}

// Times are those of a run or of a record, each as it stands in the file: ISO 8601, empty where there is none.
type Times struct {
	Started, Finished string
	Duration          value.Value // in milliseconds; None if it is not known
}

// noClock is when a run of nanolint starts: the reference wants a time, and every run must print the same.
const noClock = "1970-01-01T00:00:00Z"

// Of is the trace of a run of nanolint's own. Its id depends on the program and the inputs alone, so it stays the
// same through suspensions and from run to run; all times are the same one, or none.
func Of(r *runtime.Run) *Trace {
	t := &Trace{Trace: *r.Trace(), ID: identify(r), Times: Times{Started: noClock}, HasMetrics: true}
	t.StepTimes = make([]Times, len(t.Steps))
	for i := range t.StepTimes {
		t.StepTimes[i].Started = noClock
	}
	return t
}

// identify is a UUID of version 8, the one for ids of one's own making.
func identify(r *runtime.Run) string {
	text := value.AppendJSON(nil, runtime.ValueOf(r.Program().Root))
	text = value.AppendJSON(append(text, '\n'), r.Inputs())
	sum := sha256.Sum256(text)
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	id := hex.EncodeToString(sum[:16])
	return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
}
