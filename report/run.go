package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/value"
)

// Run prints a run as it happens.
type Run struct {
	w     io.Writer
	p     *program.Program
	err   error // the first of writing
	steps int
	width int // of the longest id that is not too long
}

// widest is how wide the column of ids may be.
const widest = 24

// NewRun prints a run of p.
func NewRun(w io.Writer, p *program.Program) *Run {
	r := &Run{w: w, p: p}
	for s := range p.All {
		if n := utf8.RuneCountInString(s.ID()); n <= widest {
			r.width = max(r.width, n)
		}
	}
	return r
}

func (r *Run) printf(format string, args ...any) {
	if r.err == nil {
		_, r.err = fmt.Fprintf(r.w, format, args...)
	}
}

// Step prints a step: its outcome, its output, where the machine goes, and why.
func (r *Run) Step(e runtime.Event) {
	r.steps++
	last := len(e.Records) - 1
	for _, sub := range e.Records[:last] {
		r.printf("     %-*s %-9s %s\n", r.width, Visible(sub.ID), sub.Status, result(&sub))
	}
	rec := &e.Records[last]
	outcome := e.Outcome.String()
	if rec.Retries > 0 {
		outcome += fmt.Sprintf(" after %d retries", rec.Retries)
	}
	r.printf("%3d  %-*s %-9s %s\n%*s→ %s\n", r.steps, r.width, Visible(rec.ID), outcome, result(rec), r.width+6, "", Visible(r.destination(e.Move)))
}

// result is an output, shortened, or an error.
func result(rec *runtime.Record) string {
	if rec.Error != "" {
		return Visible(rec.Error)
	}
	return shortJSON(rec.Output)
}

// reasons are why the machine makes a move, in words.
var reasons = map[program.Reason]string{
	program.InList:      "next in the list",
	program.EndOfList:   "it is the last step of the list",
	program.Terminal:    "is_terminal",
	program.EndOfBranch: "a branch without next_step ends the program",
	program.Restart:     "a condition behind a condition has no such branch, so the program starts over",
	program.NoBranch:    "there is no branch for this result",
	program.NoSuchStep:  "there is no such step",
	program.StepFailed:  "the step failed",
	program.AfterResume: "a resumed run goes on with the step listed next",
}

// destination is where a move leads, and why.
func (r *Run) destination(m program.Move) string {
	why := reasons[m.Why]
	if m.Via != nil {
		field := m.Via.Field
		if why != "" {
			field += " is " + strconv.Quote(m.Via.Name()) + ", but " + why
		}
		why = field
	}
	switch m.Halt {
	case program.Success:
		return "ends in success: " + why
	case program.Failure:
		return "ends in failure: " + why
	case program.Suspended:
		return "suspended: " + why
	}
	return r.p.Steps[m.To.Step].ID() + ": " + why
}

// Resume prints that a suspended run is resumed.
func (r *Run) Resume(payload value.Value) { r.printf("     resumed with %s\n", shortJSON(payload)) }

// Close prints how the run stands and what it took.
func (r *Run) Close(run *runtime.Run) error {
	t := run.Trace()
	var b bytes.Buffer
	fmt.Fprintf(&b, "\nstatus  %s\n", t.Status)
	if t.Error != "" {
		fmt.Fprintf(&b, "error   %s\n", Visible(t.Error))
	}
	if t.Status == runtime.Success {
		fmt.Fprintf(&b, "output  %s\n", shortJSON(t.FinalOutput))
	}
	if t.Status == runtime.Suspended {
		fmt.Fprintf(&b, "at      %s: go on with --resume JSON\n", Visible(t.SuspendedAt))
	}
	fmt.Fprintf(&b, "total   %s, of which %s and %s; %s; %s tokens\n", count(r.steps, "step"), count(t.Metrics.ModelCalls, "model step"),
		count(t.Metrics.ToolCalls, "tool step"), count(t.Metrics.Retries, "repeated attempt"), t.Tokens())
	fmt.Fprintf(&b, "hash    %s\n", runtime.CanonicalHash(t.Snapshots))
	r.printf("%s", b.Bytes())
	return r.err
}
