package paths

import (
	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/value"
)

// mostEntries is how often a path may come to a state: a loop is gone round once.
const mostEntries = 2

// walker walks the moves of a program depth first, and turns back where what the conditions came to cannot be.
type walker struct {
	*memory
	scope *scope

	moves   []graphcheck.Edge
	visits  []visit // one for each move
	entered []uint8 // by number of a state
	budget  int     // moves that may still be made
	cut     int     // how often a state was not entered once more
	closed  int     // no path goes on behind so many moves; -1: that is not known of any

	next func(program.State) []graphcheck.Edge // the moves to try, in order
	end  func(ending) bool                     // called where a path ends; false: no more paths are wanted
}

// ending is why a path goes no further.
type ending uint8

const (
	byMove    ending = iota // the last move ends the run
	waits                   // a block waits for ever
	goesRound               // it would go round a loop once more: a path only if a budget ends the run there
)

// visit is what came from outside while a step ran.
type visit struct {
	answer  *place   // of a model or tool
	subs    []*place // of the sub-steps of a block
	payload *place   // of the resume behind a suspension
}

func (s *scope) newWalker(budget int) *walker {
	return &walker{memory: newMemory(s.facts), scope: s, entered: make([]uint8, 2*len(s.program.Steps)), budget: budget, closed: -1}
}

// number is the dense number of a state.
func number(s program.State) int { return 2*s.Step + int(s.Entry) }

// walk follows all paths from a state. It is false if no more are wanted or the budget is spent.
func (w *walker) walk(s program.State) bool {
	if w.entered[number(s)] == mostEntries {
		w.cut++
		return w.scope.program.MaxSteps == nil || w.end(goesRound)
	}
	w.entered[number(s)]++
	defer func() { w.entered[number(s)]-- }()
	if len(w.scope.graph.From(s)) == 0 {
		return w.end(waits)
	}
	goesOn, tried := false, 0
	for _, e := range w.next(s) {
		if e.On == program.Failed && (goesOn || tried < w.scope.successes(s)) && !w.scope.options.Failures {
			continue // every step may fail
		}
		tried++
		if w.budget--; w.budget < 0 {
			return false
		}
		taken, more := w.take(e)
		if !more {
			return false
		}
		goesOn = goesOn || taken
		if w.closed >= 0 && len(w.moves) >= w.closed {
			return true
		}
		w.closed = -1
	}
	return true
}

// take makes a move, if it can be made, and follows all paths behind it.
func (w *walker) take(e graphcheck.Edge) (taken, more bool) {
	mark := w.mark()
	defer w.rollback(mark)
	v, possible := w.run(e)
	if !possible {
		return false, true
	}
	w.moves, w.visits = append(w.moves, e), append(w.visits, v)
	defer func() { w.moves, w.visits = w.moves[:len(w.moves)-1], w.visits[:len(w.visits)-1] }()
	if e.To == program.Nowhere {
		return true, w.end(byMove)
	}
	return true, w.walk(e.To)
}

// run lets the step of a move have its outcome. It is false if the step certainly has not.
func (w *walker) run(e graphcheck.Edge) (v visit, possible bool) {
	step := w.scope.program.Steps[e.From.Step]
	if step.Kind == program.Condition {
		return v, w.decide(step, e.On)
	}
	from := origin{kind: fromAnswer, visit: len(w.moves), step: step, sub: -1}
	switch {
	case e.On == program.Pending:
		v.payload = &place{origin: origin{kind: fromPayload, visit: len(w.moves)}, domain: unknown}
		source := &place{origin: origin{kind: fromSource, visit: len(w.moves)}, domain: domain{kinds: dataflow.KindsOf(value.String)}}
		w.write(w.data, program.Webhook, symbol{place: v.payload})
		w.write(w.data, program.WebhookSource, symbol{place: source})
	case e.On != program.Done:
	case step.Kind == program.Parallel:
		dict := []field{}
		for i, sub := range step.Subs {
			from.step, from.sub = sub, i
			answer := w.answer(sub, from)
			v.subs = append(v.subs, answer.place)
			dict = append(dict, field{sub.ID(), answer})
		}
		w.leave(step, symbol{dict: dict})
	default:
		answer := w.answer(step, from)
		if answer.place.domain.isEmpty() {
			return v, false
		}
		v.answer = answer.place
		w.leave(step, answer)
	}
	return v, true
}

// decide lets a condition come to something.
func (w *walker) decide(step *program.Step, o program.Outcome) bool {
	want := dataflow.OutcomeOf(o)
	if !w.judge(step.Cond, want) {
		return false
	}
	if want != cond.CanFail {
		w.leave(step, symbol{known: dataflow.OutputOf(step, o).Values[0]})
	}
	return true
}
