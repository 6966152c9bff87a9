// Package runtime runs programs as the Python machine does, against a [World] that stands for its tools
// and models: no network, no clock, no goroutine decides anything.
//
// It promises the machine's trace to the byte: statuses, outputs, the words of errors, snapshots and the
// hash over them, in the order in which the machine checks things. Which step follows which it asks of
// [program.Program.Next]; what it adds is what depends on history: values, retries and budgets. It does not
// sleep between retries and knows no times. What it promises it also asks of others: [Machine.Replay] walks a
// recorded trace by the same rules and says where it leaves them. Programs that construction rejects are for package schema;
// here what is missing fails when it is needed.
package runtime

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/value"
)

// Where a run is stopped although the machine would go on.
const (
	// DefaultMaxSteps is how many steps a run may take unless [Options] say otherwise.
	DefaultMaxSteps = 10_000
	// maxRepeated is how often steps may be tried again, all together.
	maxRepeated = 100_000
	// maxRestarts is how many walks may begin inside each other. The machine makes a call of Python for each
	// condition behind a condition, and Python ends at about this depth.
	maxRestarts = 970
)

// Machine is a program made ready to run: what its texts and numbers mean is worked out once. It may be used
// by several runs at the same time.
type Machine struct {
	Program *program.Program

	steps                         []step
	names                         *names
	records, args                 int      // of all steps, if each is taken once
	maxSteps, maxStalled, maxUsed *big.Int // nil: no budget
}

// New makes a program ready.
func New(p *program.Program) *Machine {
	m := &Machine{Program: p, names: namesOf(p)}
	m.steps = m.names.compileAll(p.Steps)
	for s := range p.All {
		m.records++
		if s.Args != nil {
			m.args += len(s.Args.Pairs)
		}
	}
	m.maxSteps, _ = program.IntOf(p.MaxSteps)
	m.maxStalled, _ = program.IntOf(p.MaxStalledSteps)
	m.maxUsed, _ = program.IntOf(p.MaxTokens)
	return m
}

// Options say how to run.
type Options struct {
	MaxSteps int         // the run is stopped when it has taken so many steps, over all resumes; 0: [DefaultMaxSteps]
	Observe  func(Event) // called after each step; may be nil
}

// Event is a step that was taken: from where, with what, and where the machine goes.
type Event struct {
	State   program.State
	Outcome program.Outcome
	Move    program.Move
	Records []Record // what it added to the trace: sub-steps first, the step itself last
}

// Run is one run, from its start through suspensions to its end.
type Run struct {
	machine *Machine
	world   World
	replay  *replay // what stands for the world, if the run is a recorded one
	options Options

	trace    Trace
	state    memory
	tokens   big.Int // that the recorded steps used
	taken    int     // steps, over all resumes
	repeated int     // attempts of steps that had failed, likewise
	deep     int     // walks begun inside each other
	at       program.State

	free   []value.Pair // for arguments
	pieces int          // how many pieces of it were made
	used   given        // the last that a model used

	fewSteps     [few]Record
	fewSnapshots [few]Snapshot
	fewPairs     [few]value.Pair

	// Of the present walk. A walk begins at the start, after a resume, and behind two conditions.
	counted int // what max_steps is compared with
	stalled int64
	walked  bool // whether the walk has taken a step
}

// What a run has room for from its start, and what it makes room for at once at least when that is full, and at most
// if it knows that its program is longer.
const (
	few  = 8
	many = 64
	most = 128
)

// roomy is a list with room for one more. Most runs are short, and one that is not is likely to loop.
func roomy[T any](list []T) []T {
	if len(list) < cap(list) {
		return list
	}
	return slices.Grow(list, max(many-len(list), len(list)))
}

// Start runs a program on its inputs, a dict or None, until it ends or suspends.
func (m *Machine) Start(w World, inputs value.Value, o Options) *Run {
	if o.MaxSteps == 0 {
		o.MaxSteps = DefaultMaxSteps
	}
	r := &Run{machine: m, world: w, options: o}
	r.trace.Program = m.Program.Name
	r.free, r.trace.Steps, r.trace.Snapshots = r.fewPairs[:], r.fewSteps[:0], r.fewSnapshots[:0]
	if m.records > few {
		r.trace.Steps = make([]Record, 0, min(m.records, most))
		r.trace.Snapshots = make([]Snapshot, 0, min(len(m.steps), most))
	}
	if m.args > few {
		r.free = make([]value.Pair, min(m.args, most))
	}
	r.state.init(m.names, inputs, m.maxStalled != nil)
	r.walk(program.Start)
	return r
}

// Trace is what has happened so far. It must not be changed.
func (r *Run) Trace() *Trace { return &r.trace }

// Program is the program that runs.
func (r *Run) Program() *program.Program { return r.machine.Program }

// Inputs is what the run was started on, a dict or None.
func (r *Run) Inputs() value.Value { return r.state.inputs }

// WebhookSource is the source of a resume that names no other.
const WebhookSource = "WEBHOOK"

// Resume delivers a payload to a suspended run and goes on. A run that is not suspended stays as it is.
func (r *Run) Resume(payload value.Value) {
	if r.trace.Status != Suspended {
		return
	}
	r.state.setData(program.Webhook, payload)
	r.state.setData(program.WebhookSource, value.FromString(WebhookSource))
	r.deep = 0
	move := r.machine.Program.Next(r.at, program.Pending)
	if move.To == program.Nowhere {
		r.succeed()
		return
	}
	r.walk(move.To)
}

// walk runs from a state that begins a walk until the run ends or suspends.
func (r *Run) walk(at program.State) {
	r.beginWalk()
	for r.step(at) {
		at = r.at
	}
}

func (r *Run) beginWalk() {
	r.counted, r.stalled, r.walked = len(r.trace.Steps), 0, false
	r.state.forgetChanges()
}

// step takes the step of a state and reports whether there is a next one, which is then r.at.
func (r *Run) step(at program.State) bool {
	if len(r.machine.steps) == 0 {
		r.succeed()
		return false
	}
	sequential := at.Entry == program.Sequential
	if sequential && r.isSpent() {
		return false
	}
	if r.taken++; r.taken > r.options.MaxSteps {
		r.end(Runaway, fmt.Sprintf("stopped after %d steps", r.options.MaxSteps))
		return false
	}
	s := &r.machine.steps[at.Step]
	before := len(r.trace.Steps)
	outcome, halt := r.take(at, s)
	if halt != nil {
		r.trace.Steps = r.trace.Steps[:before]
		r.end(halt.status, halt.reason)
		return false
	}
	r.counted++
	if sequential && (r.isStalled() || !r.snapshot()) {
		r.trace.Steps = r.trace.Steps[:before]
		return false
	}
	r.trace.count(s)
	for i := before; i < len(r.trace.Steps); i++ {
		if u := r.trace.Steps[i].Usage; u != nil {
			r.tokens.Add(&r.tokens, u.Total)
		}
	}
	move := r.machine.Program.Next(at, outcome)
	if r.options.Observe != nil {
		r.options.Observe(Event{at, outcome, move, r.trace.Steps[before:len(r.trace.Steps):len(r.trace.Steps)]})
	}
	r.at = at
	return r.follow(at, s, move)
}

// take records what comes of a step.
func (r *Run) take(at program.State, s *step) (program.Outcome, *halt) {
	if r.replay != nil {
		return r.replay.take(r, at, s)
	}
	return r.attempt(s)
}

// follow makes a move and reports whether the run goes on.
func (r *Run) follow(at program.State, s *step, move program.Move) bool {
	switch move.Halt {
	case program.Success:
		r.succeed()
		return false
	case program.Suspended:
		r.trace.Status, r.trace.SuspendedAt, r.trace.HasSuspended = Suspended, s.ID(), true
		return false
	case program.Failure:
		r.end(Failed, r.failure(at, s, move))
		return false
	}
	if at.Entry == program.Inline && s.Kind == program.Condition {
		if r.deep++; r.deep > maxRestarts && r.replay == nil {
			r.end(RecursionError, "maximum recursion depth exceeded")
			return false
		}
		r.beginWalk()
	}
	r.at = move.To
	return true
}

// failure is the machine's sentence about a move that ends the run.
func (r *Run) failure(at program.State, s *step, move program.Move) string {
	switch {
	case move.Why == program.StepFailed:
		return fmt.Sprintf("Step '%s' failed: %s", s.ID(), r.trace.Steps[len(r.trace.Steps)-1].Error)
	case move.Why == program.NoBranch:
		return fmt.Sprintf("Step '%s': condition produced no branch target", s.ID())
	case move.Via == &s.NextStep:
		return fmt.Sprintf("Step '%s': next_step '%s' not found in program", s.ID(), move.Via.Name())
	case at.Entry == program.Inline:
		return fmt.Sprintf("resume: step_id '%s' not found in program", move.Via.Name())
	}
	return fmt.Sprintf("Step '%s': condition target '%s' not found", s.ID(), move.Via.Name())
}

func (r *Run) succeed() {
	r.end(Success, "")
	r.trace.FinalOutput = r.trace.lastOutput()
}

func (r *Run) end(s Status, reason string) { r.trace.Status, r.trace.Error = s, reason }
