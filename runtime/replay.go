package runtime

import (
	"fmt"
	"math"
	"slices"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/value"
)

// Replayed is what comes of walking a program with recorded outcomes.
type Replayed struct {
	Trace      *Trace      // what the machine makes of the same outcomes, as far as they could be followed
	Difference *Difference // the first thing that the program could not have made; nil if it could have made all

	// Lost is the index of the first snapshot that the recorded outputs do not give, although nobody need have changed
	// them: JSON holds no tuples, sets, dates or nan, and no trace holds what a tool did to the output of another. From
	// there on neither fingerprints nor stalls are held to the trace. -1 if there is none.
	Lost int
}

// Difference is something in a trace that a program could not have made.
type Difference struct {
	List    string // the list of the trace that it is in: steps or state_snapshots; empty for a field of the trace itself
	Index   int    // in that list; its length if something is missing behind the last entry
	Field   string // of the record or trace; empty for a whole record
	Message string

	Step *program.Step // the step that decides what should be there
	Via  *program.Ref  // the field of it that does; nil if none
}

// Replay walks a program with the outcomes that a trace holds, through suspensions to its end, and says where the trace
// leaves the program. Every move, budget, stall, snapshot and sentence is the machine's own. What tools and models answered
// and which way conditions went is taken from the trace, for what they were given is not in it.
func (m *Machine) Replay(t *Trace) *Replayed {
	p := &replay{given: t, lost: -1}
	r := &Run{machine: m, replay: p, options: Options{MaxSteps: math.MaxInt, Observe: func(e Event) { p.last = &e }}}
	r.trace.Program = m.Program.Name
	r.state.init(m.names, value.Value{}, m.maxStalled != nil)
	r.walk(program.Start)
	for p.found == nil && r.trace.Status == Suspended && !p.endsSuspended() {
		r.Resume(value.Value{})
	}
	if p.found == nil {
		p.compareEnds(r)
	}
	return &Replayed{&r.trace, p.found, p.lost}
}

// replay is where the steps of a run come from if they are not tried but recorded.
type replay struct {
	given *Trace
	next  int         // the record that comes next
	found *Difference // ends the walk
	last  *Event      // nil at the start

	lost    int
	doubted bool // whether an output since the last snapshot may have been another than JSON says
	mutable bool // whether there is an output that a tool may have changed later
}

func (p *replay) differs(d Difference) {
	if p.found == nil {
		p.found = &d
	}
}

// isCut reports whether a run was ended from outside, so that its trace may end anywhere.
func (t *Trace) isCut() bool {
	return slices.Contains([]Status{Running, Stopped, Runaway, Deadlock, RecursionError, Raised}, t.Status)
}

// endsSuspended reports whether the trace is that of a run that waits.
func (p *replay) endsSuspended() bool {
	return p.next == len(p.given.Steps) && (p.given.Status == Suspended || p.given.isCut())
}

// take records a step as the trace has it. If the trace does not have it, the walk ends.
func (p *replay) take(r *Run, at program.State, s *step) (program.Outcome, *halt) {
	if p.next == len(p.given.Steps) {
		return 0, p.behindLast(r, at, s)
	}
	records, outcome := p.match(s, r.machine.Program.Outcomes(at))
	if p.found != nil {
		return 0, &halt{}
	}
	p.next += len(records)
	r.trace.Steps = append(r.trace.Steps, records...)
	own := &records[len(records)-1]
	if own.Status == StepSuccess {
		r.write(s, own.Output)
		p.judge(s, own.Output)
	}
	if at.Entry == program.Sequential && !p.compareSnapshot(r, s) {
		return 0, &halt{}
	}
	return outcome, nil
}

// behindLast is why a run ends that has no more records: it was cut, or the step that was one no-op too many left
// none.
func (p *replay) behindLast(r *Run, at program.State, s *step) *halt {
	limit := r.machine.maxStalled
	switch {
	case p.given.isCut(), p.given.Status == Stalled && limit != nil && p.lost >= 0:
		return &halt{p.given.Status, p.given.Error}
	case p.given.Status == Stalled && at.Entry == program.Sequential && reaches(r.noOps(), limit):
		return &halt{Stalled, stalledAfter(r.noOps(), limit)}
	}
	p.differs(Difference{
		Field: "status", Message: fmt.Sprintf("the trace ends with status %s, but %s, and there is no record of it", p.given.Status, p.why(s)),
		Step: s.Step, Via: p.via(),
	})
	return &halt{}
}

// judge notes what an output is worth as evidence.
func (p *replay) judge(s *step, v value.Value) {
	switch v.Kind() {
	case value.Bool, value.Int, value.Float:
	case value.String:
		p.doubted = p.doubted || s.Kind == program.Tool // of a date, an Enum or bytes there is only a text left
	case value.List, value.Dict:
		p.doubted, p.mutable = true, true
	default:
		p.doubted = true // nan is null in JSON
	}
}

// compareSnapshot holds the snapshot that a step in sequence leaves to the recorded one, and reports whether the walk can
// go on.
func (p *replay) compareSnapshot(r *Run, s *step) bool {
	d := Difference{List: "state_snapshots", Index: len(r.trace.Snapshots), Step: s.Step}
	if d.Index == len(p.given.Snapshots) {
		d.Message = fmt.Sprintf("state_snapshots has no entry for steps[%d], of '%s', which was taken in sequence", p.next-1, s.ID())
		p.differs(d)
		return false
	}
	given := p.given.Snapshots[d.Index]
	if given.Index != r.counted {
		d.Message = fmt.Sprintf("state_snapshots[%d] has the index %d, but the step there, '%s', is number %d", d.Index, given.Index, s.ID(), r.counted)
		p.differs(d)
		return false
	}
	switch {
	case p.lost >= 0:
	case given.Hash == r.state.print.current():
		p.doubted = false
	case p.doubted || p.mutable:
		p.lost = d.Index
	default:
		d.Message = fmt.Sprintf("state_snapshots[%d] is not the hash of the outputs that are recorded up to steps[%d], so one of them, or the hash, was changed", d.Index, p.next-1)
		p.differs(d)
		return false
	}
	return true
}

// compareEnds holds how a run has ended to what the trace says of it.
func (p *replay) compareEnds(r *Run) {
	made, given := &r.trace, p.given
	step, via := (*program.Step)(nil), p.via()
	if p.last != nil {
		step = r.machine.Program.Steps[p.last.State.Step]
	}
	field := func(name, format string, args ...any) {
		p.differs(Difference{Field: name, Message: fmt.Sprintf(format, args...), Step: step, Via: via})
	}
	switch n := len(made.Steps); {
	case n < len(given.Steps):
		p.differs(Difference{
			List: "steps", Index: n, Message: fmt.Sprintf("steps[%d] is of '%s', but the run ends before it: %s", n, given.Steps[n].ID, p.ended(r)),
			Step: step, Via: via,
		})
	case len(made.Snapshots) < len(given.Snapshots):
		n := len(made.Snapshots)
		p.differs(Difference{List: "state_snapshots", Index: n, Message: fmt.Sprintf("state_snapshots[%d] is of no step: the run takes %d in sequence", n, n)})
	case given.isCut():
	case made.Status != given.Status:
		field("status", "status is %s, but the run ends with %s: %s", given.Status, made.Status, p.ended(r))
	case made.Error != given.Error:
		field("error", "error is %s, but the machine says %s", quoted(given.Error), quoted(made.Error))
	case !same(made.FinalOutput, given.FinalOutput):
		field("final_output", "final_output is %s, but %s is what the run ends with", value.Repr(given.FinalOutput), value.Repr(made.FinalOutput))
	}
	if made.SuspendedAt != given.SuspendedAt || made.HasSuspended != given.HasSuspended {
		field("suspended_step_id", "suspended_step_id is %s, but the step that suspended the run last is %s",
			suspendedAt(given), suspendedAt(made))
	}
}

func suspendedAt(t *Trace) string {
	if !t.HasSuspended {
		return "null"
	}
	return "'" + t.SuspendedAt + "'"
}

// quoted is a text as Python shows it, or null for none.
func quoted(s string) string {
	if s == "" {
		return "null"
	}
	return value.Repr(value.FromString(s))
}

// why says how the walk has come to a step.
func (p *replay) why(s *step) string {
	if p.last == nil {
		return fmt.Sprintf("the program begins with '%s'", s.ID())
	}
	before := p.last.Records[len(p.last.Records)-1].ID
	switch m := p.last.Move; m.Why {
	case program.ByNextStep:
		return fmt.Sprintf("next_step of '%s' leads to '%s'", before, s.ID())
	case program.ByBranch:
		return fmt.Sprintf("'%s' was %s and leads to '%s'", before, p.last.Outcome, s.ID())
	case program.Restart:
		return fmt.Sprintf("'%s' was %s and has no branch for it, so the program begins again with '%s'", before, p.last.Outcome, s.ID())
	case program.AfterResume:
		return fmt.Sprintf("the run is resumed with '%s', listed behind '%s'", s.ID(), before)
	}
	return fmt.Sprintf("'%s' leads to '%s', the next in the list", before, s.ID())
}

// ended says why a run is over.
func (p *replay) ended(r *Run) string {
	switch {
	case r.trace.Status != Success:
		return r.trace.Error
	case p.last == nil:
		return "the program has no steps"
	}
	id := p.last.Records[len(p.last.Records)-1].ID
	switch p.last.Move.Why {
	case program.Terminal:
		return fmt.Sprintf("'%s' is terminal", id)
	case program.EndOfBranch:
		return fmt.Sprintf("'%s' was chosen by a condition and has no next_step", id)
	}
	return fmt.Sprintf("'%s' is the last in the list", id)
}

// via is the field that decided about the last move.
func (p *replay) via() *program.Ref {
	if p.last == nil {
		return nil
	}
	return p.last.Move.Via
}

// same reports whether two values are equal and of one kind, all through, in the same order.
func same(a, b value.Value) bool { return a.Kind() == b.Kind() && value.Repr(a) == value.Repr(b) }
