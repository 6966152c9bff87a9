package program

// The machine is a function δ from a state and an outcome to a move. A state is not a step: it is a
// step and how control got there, because the machine treats the same step differently when it is
// the next in the list and when a condition has chosen it.
//
// A condition that was entered in sequence runs the step that it chooses at once, inside its own turn:
// inline. An inline step does not go on to the next in the list: without a next_step it ends the
// program, in success. If the inline step is a condition itself, the machine begins a new walk at the
// step that it chooses, and that step is entered in sequence again. So a leaf behind one condition
// ends the program by itself, behind two it falls into the next step of the list, behind three it ends
// it again. A new walk with no start begins at the first step: an inline condition without a branch for
// its result starts the program over.
//
// A step that suspends is resumed at the step listed after it, whatever its next_step, is_terminal or
// role as a branch says. Of equal ids, every jump and resume goes to the last.

// Entry is how control came to a step.
type Entry uint8

// The entries.
const (
	Sequential Entry = iota // first, next in the list, by next_step, after a resume, or behind two conditions
	Inline                  // chosen by a condition that was itself entered in sequence
)

func (e Entry) String() string { return [...]string{"sequential", "inline"}[e] }

// State is a state of the machine: the number of a step, and how control came to it.
type State struct {
	Step  int
	Entry Entry
}

// Nowhere is the state of a move that leads to none.
var Nowhere = State{Step: -1}

// Start is the state in which every run begins.
var Start = State{}

// Outcome is what came of a step.
type Outcome uint8

// The outcomes.
const (
	Done    Outcome = iota
	True            // of a condition
	False           // of a condition
	Skipped         // failed, and on_error is skip
	Failed          // failed for good
	Pending         // a tool answered PENDING: the run suspends
)

var outcomeNames = [...]string{"done", "true", "false", "skipped", "failed", "pending"}

func (o Outcome) String() string { return outcomeNames[o] }

// Halt is whether and how a move ends the run.
type Halt uint8

// The halts. A suspended run goes on when it is resumed.
const (
	Running Halt = iota
	Success
	Failure
	Suspended
)

func (h Halt) String() string { return [...]string{"running", "success", "failure", "suspended"}[h] }

// Reason is the clause of the machine that made a move.
type Reason uint8

// The reasons.
const (
	InList        Reason = iota // the next step of the list
	EndOfList                   // there is no next step
	ByNextStep                  // next_step names it
	ByBranch                    // then or otherwise names it
	Terminal                    // is_terminal
	EndOfBranch                 // an inline step without next_step
	Restart                     // an inline condition without a branch for its result
	NoBranch                    // a sequential condition without a branch for its result
	NoSuchStep                  // the name is no step's
	StepFailed                  // the step has failed
	AfterResume                 // the step listed after the one that suspended
	UnknownTarget               // the name cannot be read
)

// Move is what the machine does next.
type Move struct {
	Halt Halt
	To   State // Nowhere if the run ends; if it suspends, where it resumes
	Why  Reason
	Via  *Ref // the field that decided, if one did
}

// Next is the transition function: the move that follows when the step of s has outcome o.
func (p *Program) Next(s State, o Outcome) Move {
	step := p.Steps[s.Step]
	switch {
	case o == Pending:
		return p.resume(step)
	case o == Failed:
		return Move{Halt: Failure, To: Nowhere, Why: StepFailed}
	case s.Entry == Inline:
		return p.nextInline(step, o)
	}
	switch {
	case step.Terminal:
		return Move{Halt: Success, To: Nowhere, Why: Terminal}
	case o == True:
		return p.choose(&step.Then)
	case o == False:
		return p.choose(&step.Otherwise)
	case step.NextStep.given() && p.Target >= V087:
		return p.jump(&step.NextStep, ByNextStep, Sequential)
	}
	if s.Step+1 == len(p.Steps) {
		return Move{Halt: Success, To: Nowhere, Why: EndOfList}
	}
	return Move{To: State{s.Step + 1, Sequential}, Why: InList}
}

// nextInline is Next for a step that a condition has chosen.
func (p *Program) nextInline(step *Step, o Outcome) Move {
	switch {
	case o == True:
		return p.land(&step.Then)
	case o == False:
		return p.land(&step.Otherwise)
	case o == Skipped && step.Kind == Condition:
		return Move{To: Start, Why: Restart}
	case step.NextStep.given():
		return p.jump(&step.NextStep, ByNextStep, Sequential)
	case step.Terminal:
		return Move{Halt: Success, To: Nowhere, Why: Terminal}
	}
	return Move{Halt: Success, To: Nowhere, Why: EndOfBranch}
}

// choose is the branch of a condition entered in sequence.
func (p *Program) choose(r *Ref) Move {
	if !r.given() {
		return Move{Halt: Failure, To: Nowhere, Why: NoBranch, Via: r}
	}
	return p.jump(r, ByBranch, Inline)
}

// land is the branch of an inline condition: a new walk. Only an absent branch starts it at the first
// step; an empty one is looked up like any other name.
func (p *Program) land(r *Ref) Move {
	if r.Node == nil && !r.Opaque {
		return Move{To: Start, Why: Restart, Via: r}
	}
	return p.jump(r, ByBranch, Sequential)
}

func (p *Program) jump(r *Ref, why Reason, e Entry) Move {
	switch {
	case r.Opaque:
		return Move{Halt: Failure, To: Nowhere, Why: UnknownTarget, Via: r}
	case r.To == nil:
		return Move{Halt: Failure, To: Nowhere, Why: NoSuchStep, Via: r}
	}
	return Move{To: State{r.To.Index, e}, Why: why, Via: r}
}

func (p *Program) resume(step *Step) Move {
	if p.SameIDs && step.IDNode != nil {
		step = p.Lookup(step.ID())
	}
	if step.Index+1 == len(p.Steps) {
		return Move{Halt: Suspended, To: Nowhere, Why: EndOfList}
	}
	return Move{Halt: Suspended, To: State{step.Index + 1, Sequential}, Why: AfterResume}
}

// given reports whether the machine takes the field for set.
func (r *Ref) given() bool { return r.Opaque || r.Named() }

// Outcomes are all that may come of the step of s, in a fixed order. A step that can never answer has
// none.
func (p *Program) Outcomes(s State) []Outcome {
	step := p.Steps[s.Step]
	if step.Kind == Parallel {
		return parallelOutcomes(step)
	}
	return outcomes[step.Kind][step.OnError]
}

// outcomes by kind and policy. Where the policy or the kind is unknown, all that it might be.
var outcomes = [...][4][]Outcome{
	Unknown: {
		{Done, True, False, Failed, Pending}, {Done, True, False, Skipped, Pending},
		{Done, True, False, Failed, Pending}, {Done, True, False, Skipped, Failed, Pending},
	},
	LLM:       {{Done, Failed}, {Done, Skipped}, {Done, Failed}, {Done, Skipped, Failed}},
	Tool:      {{Done, Failed, Pending}, {Done, Skipped, Pending}, {Done, Failed, Pending}, {Done, Skipped, Failed, Pending}},
	Condition: {{True, False, Failed}, {True, False, Skipped}, {True, False, Failed}, {True, False, Skipped, Failed}},
}

// parallelOutcomes: a block that skips succeeds whatever its sub-steps do, a block without room for any
// of them waits for ever, and one with less than none fails before the first.
func parallelOutcomes(step *Step) []Outcome {
	limit := 1
	if v, ok := IntOf(step.MaxConcurrency); ok {
		limit = v.Sign()
	}
	switch {
	case limit == 0:
		return nil
	case limit < 0 && step.OnError == Skip:
		return []Outcome{Skipped}
	case limit < 0:
		return []Outcome{Failed}
	case step.OnError == Skip:
		return []Outcome{Done}
	}
	return []Outcome{Done, Failed}
}
