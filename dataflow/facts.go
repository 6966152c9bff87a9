// Package dataflow is what may flow through a program: which steps may have written a variable last when
// control comes to a step, whether every way there writes it, and which values it may hold; and what
// a condition may come to, given that.
//
// It is sound for runs in which no tool suspends and the model answers text: a value that is not in a
// domain does not occur, an outcome that is not named does not happen. What it does not know it calls
// unknown, and where looking further would cost more than a stated bound it does not know.
//
// The method is the reverse of the usual one. Programs are long and variables many, but a variable is
// nearly always read a few steps behind where it is written. So nothing is propagated: each question is
// answered by walking back from the place that asks, until writers or the start are met. The answers about
// conditions take moves out of the graph that can never be made, and the questions are asked again until
// no further move is found.
package dataflow

import (
	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
)

// Variable is a place that steps write to: what they put out, under their id, or data, under an output key.
// [Facts.Output] and [Facts.Data] find it by name.
type Variable struct {
	Name string
	Data bool
	slot int32 // in Facts.writers
}

// Facts is what is known about a program. It answers questions about states that control can come to.
type Facts struct {
	Program *program.Program

	// Graph is the states that control can come to when no move is made that no condition can choose.
	Graph *graphcheck.Graph

	slots    map[string]slots
	single   []*program.Step   // memory of writers
	writers  [][]*program.Step // by slot of a variable, top-level steps; a block writes for its sub-steps
	never    map[move]bool     // what no condition can choose
	backward *graphcheck.Backward
	answers  map[question]Reaching
	asked    []bool          // by slot of a variable, whether there is an answer about it
	outcomes []cond.Outcomes // by number of a state; see Condition
	seen     []int           // by number of a state, the last walk that came by
	walks    int
	queue    []program.State // of the last walk
	budget   int
}

type move struct {
	from program.State
	on   program.Outcome
}

// slots are the numbers of the variables of a name, each behind one; zero is none.
type slots struct{ output, data int32 }

// question is the number of a state and the slot of a variable.
type question uint64

func questionOf(s program.State, v Variable) question {
	return question(number(s))<<32 | question(v.slot)
}

// Bounds of the work: how many states all walks together may visit, and how often the graph is refined.
// Behind the first, a variable may hold anything and may be unset.
const (
	maxVisits = 10_000_000
	maxRounds = 8
)

// New is what is known if every condition may come to anything: more may flow than [Analyze] finds, and it takes the less time.
func New(p *program.Program, g *graphcheck.Graph) *Facts {
	f := &Facts{
		Program: p, Graph: g, budget: maxVisits,
		slots: make(map[string]slots, 2*len(p.Steps)),
		never: make(map[move]bool),
		seen:  make([]int, 2*len(p.Steps)),
	}
	f.findWriters()
	f.forget()
	return f
}

// Analyze asks what every condition of the graph may come to, and takes out what cannot be.
func Analyze(p *program.Program, g *graphcheck.Graph) *Facts {
	f := New(p, g)
	for range maxRounds {
		if !f.refine() {
			return f
		}
		f.Graph = graphcheck.BuildAs(p, func(e graphcheck.Edge) [2]program.State {
			if f.never[move{e.From, e.On}] {
				return [...]program.State{program.Nowhere, program.Nowhere}
			}
			return graphcheck.Unsuspended(e)
		})
		f.forget()
	}
	return f
}

// forget drops all answers, after the graph has changed.
func (f *Facts) forget() {
	f.answers = make(map[question]Reaching)
	f.asked = make([]bool, len(f.writers))
	f.outcomes = make([]cond.Outcomes, len(f.seen))
	f.backward = f.Graph.Backward()
}

// leads reports whether the run goes on with a move that can be made.
func (f *Facts) leads(e *graphcheck.Edge) bool {
	return e.Halt == program.Running && (len(f.never) == 0 || !f.never[move{e.From, e.On}])
}

// Happens reports whether a move of the graph can be made: no condition is known never to choose it.
func (f *Facts) Happens(e graphcheck.Edge) bool { return !f.never[move{e.From, e.On}] }

// refine finds moves that no condition can choose, and reports whether there are new ones that lead
// anywhere.
func (f *Facts) refine() bool {
	found := false
	for _, s := range f.Graph.States {
		if f.Program.Steps[s.Step].Cond == nil {
			continue
		}
		for _, e := range f.Graph.From(s) {
			if k := (move{s, e.On}); !f.Possible(e) && e.To != program.Nowhere && !f.never[k] {
				f.never[k] = true
				found = true
			}
		}
	}
	return found
}

// OutcomeOf is what a condition comes to when its step has an outcome.
func OutcomeOf(o program.Outcome) cond.Outcomes {
	switch o {
	case program.True:
		return cond.CanBeTrue
	case program.False:
		return cond.CanBeFalse
	}
	return cond.CanFail
}

// number is the dense number of a state.
func number(s program.State) int { return 2*s.Step + int(s.Entry) }

// findWriters sorts the steps by what they write.
func (f *Facts) findWriters() {
	for w := range f.Program.Written {
		f.addWriter(w.Name, w.Data, f.Program.Steps[w.Step])
	}
}

func (f *Facts) addWriter(name string, data bool, s *program.Step) {
	of := f.slots[name]
	slot := &of.output
	if data {
		slot = &of.data
	}
	if *slot == 0 {
		f.writers = append(f.writers, nil)
		*slot = int32(len(f.writers))
		f.slots[name] = of
	}
	w := &f.writers[*slot-1]
	switch {
	case len(*w) == 0: // most variables have one writer: they share their memory
		if f.single == nil || len(f.single) == cap(f.single) {
			f.single = make([]*program.Step, 0, 256)
		}
		f.single = append(f.single, s)
		n := len(f.single)
		*w = f.single[n-1 : n : n]
	case (*w)[len(*w)-1] != s:
		*w = append(*w, s)
	}
}

// Output is what steps put out under an id, and whether any does.
func (f *Facts) Output(id string) (v Variable, ok bool) {
	v, _, ok, _ = f.Named(id)
	return v, ok
}

// Data is what steps write under an output key, and whether any does.
func (f *Facts) Data(key string) (v Variable, ok bool) {
	_, v, _, ok = f.Named(key)
	return v, ok
}

// Named is both variables of a name, and whether steps write them.
func (f *Facts) Named(name string) (output, data Variable, isOutput, isData bool) {
	of := f.slots[name]
	return Variable{Name: name, slot: of.output - 1}, Variable{Name: name, Data: true, slot: of.data - 1},
		of.output > 0, of.data > 0
}

// Writers are the steps that write a variable, as listed; for the output of a sub-step that is its block.
func (f *Facts) Writers(v Variable) []*program.Step { return f.writers[v.slot] }

// writes reports whether a step writes its variables with an outcome. What fails, is skipped or suspends
// writes nothing.
func writes(o program.Outcome) bool {
	return o == program.Done || o == program.True || o == program.False
}

// written is what a step writes to a variable.
func written(s *program.Step, o program.Outcome, v Variable) Domain {
	if v.Data || s.ID() == v.Name && !writesSub(s, v.Name) {
		return OutputOf(s, o)
	}
	return fieldOfBlock(s, v.Name)
}

// writesSub reports whether a block has a sub-step of that id, which is written last.
func writesSub(s *program.Step, id string) bool {
	if s.Kind != program.Parallel {
		return false
	}
	for _, sub := range s.Subs {
		if sub.ID() == id {
			return true
		}
	}
	return false
}
