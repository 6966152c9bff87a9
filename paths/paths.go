// Package paths enumerates the ways in which a run of a program may go: which branches it takes, what inputs,
// models and tools must bring for that, and how it ends; and it makes tests of them.
//
// A path is a sequence of moves of the machine from the start to an end. Loops are gone round once: no path comes to a
// state more than twice. Ways that certainly cannot be gone are left out: the conditions on them contradict each
// other, or what a model may answer. What remains is tried: values are looked for with which the machine goes just this
// way, and the machine is run with them. Where none are found the path stays and says so. So no way that a run
// can go is left out, and a path with a [Witness] can be gone for certain.
//
// This holds where models answer text, no input has the name of a step whose output is read, and no number is nan.
// Unless asked for, a step does not fail (one that is skipped then, does), and a tool suspends the run
// only if a condition or text behind it reads what the resume brings. The order is that of outcomes: done and true
// come first.
package paths

import (
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/value"
)

// DefaultLimit is how many paths are kept unless [Options] say otherwise.
const DefaultLimit = 1000

// Options say which paths are wanted.
type Options struct {
	Limit    int      // how many paths are kept; 0: [DefaultLimit]
	Failures bool     // steps may fail, and every tool may suspend the run
	MustPass []string // ids of steps that every path which ends in success should pass
}

// Result is the paths of a program.
type Result struct {
	Program *program.Program
	Paths   []*Path

	// Left is how many further paths there are, not tried; Uncounted says that there may be more. NotEntered is how often a
	// way was given up because it would have gone round a loop once more.
	Left       int
	Uncounted  bool
	NotEntered int

	// Unsure are those of MustPass of which it is not known whether a path that was left out misses them.
	Unsure []string
}

// Path is a way through the program.
type Path struct {
	Moves  []graphcheck.Edge
	Waits  *program.Step // the block behind the last move that waits for ever; nil if there is none
	Status runtime.Status
	Error  string // what the run says of its end; empty if it succeeds, or without a witness

	Conditions []Condition
	Missed     []string // of MustPass, what the path does not pass although it ends in success

	// Witness is with what the machine goes this way; nil if nothing was found, for which Undecided is the reason.
	Witness   *Witness
	Undecided string
}

// Condition is what must hold for a path at one of its steps.
type Condition struct {
	Step *program.Step

	// Text is a term of a condition step as people write it, with what it comes to. Where nothing follows about single
	// terms it is the whole condition.
	Text string

	// Answers are instead what a model with allowed outputs answers: one of these.
	Answers []value.Value
}

// Bounds of the work: the moves that are walked, and the moves of all paths that are kept, so that neither time nor
// memory grows without limit.
const (
	mostMoves = 1_000_000
	mostKept  = 2_000_000
)

// Enumerate finds the paths of a program that construction accepts.
func Enumerate(p *program.Program, o Options) *Result {
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	r := &Result{Program: p}
	if len(p.Steps) == 0 {
		return r
	}
	s := newScope(p, o)
	w := s.newWalker(mostMoves)
	w.next = s.follows
	if p.MaxSteps == nil {
		w.next = s.ending
	}
	kept := 0
	w.end = func(how ending) bool {
		switch {
		case how == goesRound && len(r.Paths) == o.Limit:
			return true
		case len(r.Paths) == o.Limit || kept > mostKept:
			r.Left++
			return true
		}
		if path := w.path(how); path != nil {
			r.Paths = append(r.Paths, path)
			kept += len(path.Moves)
		}
		return true
	}
	r.Uncounted = !w.walk(program.Start)
	r.NotEntered = w.cut
	if r.Uncounted && len(r.Paths) < o.Limit {
		s.addCover(r)
	}
	if r.Left > 0 || r.Uncounted {
		s.findMissing(r)
	}
	return r
}

// ending are the moves that are followed and behind which a run may end.
func (s *scope) ending(from program.State) []graphcheck.Edge {
	return slices.DeleteFunc(s.follows(from), func(e graphcheck.Edge) bool { return !s.stops(e) && s.end.behind(e) < 0 })
}

// addCover adds paths that make all moves. Among many loops depth first alone may not come to an end in time.
func (s *scope) addCover(r *Result) {
	found, _ := s.cover()
	for _, path := range found {
		known := slices.ContainsFunc(r.Paths, func(p *Path) bool { return slices.Equal(p.Moves, path.Moves) })
		if !known && len(r.Paths) < s.options.Limit {
			r.Paths = append(r.Paths, path)
		}
	}
}

// findMissing looks for paths that miss a step of MustPass, if none that was kept does.
func (s *scope) findMissing(r *Result) {
	for _, id := range s.options.MustPass {
		if r.misses(id) {
			continue
		}
		allowed := func(e graphcheck.Edge) bool { return !passes(s.program, e, id) }
		distance := s.distances(func(e graphcheck.Edge) bool { return e.Halt == program.Success && allowed(e) }, allowed)
		w := s.newWalker(mostMoves / 10)
		w.next = func(from program.State) []graphcheck.Edge {
			return nearest(s.follows(from), func(e graphcheck.Edge) int {
				if !allowed(e) {
					return -1
				}
				return distance.behind(e)
			})
		}
		w.end = func(how ending) bool {
			path := w.path(how)
			if path == nil || len(path.Missed) == 0 {
				return true
			}
			r.Paths = append(r.Paths, path)
			return false
		}
		if !w.walk(program.Start) && !r.misses(id) {
			r.Unsure = append(r.Unsure, id)
		}
	}
}

func (r *Result) misses(id string) bool {
	return slices.ContainsFunc(r.Paths, func(p *Path) bool { return slices.Contains(p.Missed, id) })
}

// path is the path that the walker has gone. It is nil if it certainly cannot be gone.
func (w *walker) path(how ending) *Path {
	found, possible := w.solve()
	if !possible {
		return nil
	}
	path := &Path{Moves: append([]graphcheck.Edge(nil), w.moves...)}
	path.Status = statusOf(w.moves)
	switch how {
	case waits:
		path.Waits, path.Status = w.scope.program.Steps[path.End().Step], runtime.Deadlock
	case goesRound:
		path.Status = runtime.BudgetExceeded
	}
	path.Undecided = "no values were found with which all conditions come to that"
	if found != nil {
		w.prove(path, found)
	}
	if how == goesRound && path.Witness == nil {
		return nil
	}
	path.Conditions = w.conditions(len(path.Moves))
	path.Missed = w.scope.missed(path)
	return path
}

// statusOf is how moves end. A suspended run is resumed, so it is none of the ends.
func statusOf(moves []graphcheck.Edge) runtime.Status {
	if n := len(moves); n > 0 && moves[n-1].Halt == program.Failure {
		return runtime.Failed
	}
	return runtime.Success
}

// missed are the steps that the path should pass and does not.
func (s *scope) missed(path *Path) []string {
	var missed []string
	if path.Status != runtime.Success {
		return nil
	}
	for _, id := range s.options.MustPass {
		passed := false
		for _, e := range path.Moves {
			passed = passed || passes(s.program, e, id)
		}
		if !passed {
			missed = append(missed, id)
		}
	}
	return missed
}

// passes reports whether a move is behind a step of that id, or a block with such a sub-step, that neither failed nor
// was skipped.
func passes(p *program.Program, e graphcheck.Edge, id string) bool {
	if e.On == program.Failed || e.On == program.Skipped {
		return false
	}
	step := p.Steps[e.From.Step]
	if step.ID() == id {
		return true
	}
	if step.Kind == program.Parallel {
		for _, sub := range step.Subs {
			if sub.ID() == id {
				return true
			}
		}
	}
	return false
}
