package lsp

import (
	"slices"
	"sync"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/value"
)

// flow is what follows from a program: where control goes, and what variables hold there. Its parts are made
// when somebody asks.
type flow struct {
	program *program.Program
	graph   func() *graphcheck.Graph // see [validator.Found.Graph]
	analyze func(*program.Program, *graphcheck.Graph) *dataflow.Facts

	mu    sync.Mutex // the facts are for one at a time
	facts *dataflow.Facts
}

// flow is that of a program of the state.
func (st *state) flow(x *validator.Found) *flow {
	st.mu.Lock()
	defer st.mu.Unlock()
	f := st.flows[x.Program]
	if f == nil {
		f = newFlow(x, dataflow.Analyze)
		st.flows[x.Program] = f
	}
	return f
}

// roughFlow is the flow of a program for somebody who waits for offers: variables may hold more than those of [state.flow] do.
func roughFlow(x *validator.Found) *flow { return newFlow(x, dataflow.New) }

func newFlow(x *validator.Found, analyze func(*program.Program, *graphcheck.Graph) *dataflow.Facts) *flow {
	return &flow{program: x.Program, graph: x.Graph, analyze: analyze}
}

// ask calls f with the facts.
func (f *flow) ask(do func(*dataflow.Facts)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.facts == nil {
		f.facts = f.analyze(f.program, f.graph())
	}
	do(f.facts)
}

// states are the ways in which control comes to a step.
func (f *flow) states(s *program.Step) []program.State {
	if s == nil || s.Index >= len(f.program.Steps) || f.program.Steps[s.Index] != s {
		return nil
	}
	var states []program.State
	for _, e := range f.graph().Entries(s) {
		states = append(states, program.State{Step: s.Index, Entry: e})
	}
	return states
}

// before calls yield for what may have been written when control comes to a step, under names that are wanted, the nearest first, each name
// once. For a step that is never reached, or whose place is not known yet, it is everything.
func (f *flow) before(s *program.Step, wants func(name string) bool, yield func(program.Write) bool) {
	type name struct {
		text string
		data bool
	}
	seen := make(map[name]bool)
	var wanted []program.Write
	of := make([][2]int32, len(f.program.Steps)) // which of them a step writes
	for w := range f.program.Written {
		if wants(w.Name) {
			if of[w.Step][1] == 0 {
				of[w.Step][0] = int32(len(wanted))
			}
			wanted = append(wanted, w)
			of[w.Step][1] = int32(len(wanted))
		}
	}
	if len(wanted) == 0 {
		return
	}
	tell := func(step int) bool {
		for _, w := range wanted[of[step][0]:of[step][1]] {
			if k := (name{w.Name, w.Data}); !seen[k] {
				seen[k] = true
				if !yield(w) {
					return false
				}
			}
		}
		return true
	}
	if states := f.states(s); len(states) > 0 {
		f.graph().Backward().Before(states, func(from program.State) bool { return tell(from.Step) })
		return
	}
	for i, step := range f.program.Steps {
		if step != s && !tell(i) {
			return
		}
	}
}

// values is what a path may hold in the condition of a step, and what a single name may hold anywhere else.
func (f *flow) values(s *program.Step, path cond.Path) (d dataflow.Domain, known bool) {
	f.ask(func(facts *dataflow.Facts) {
		for _, at := range f.states(s) {
			d = d.Join(facts.InCondition(at, path))
			known = true
		}
	})
	return d, known && !d.IsUnknown()
}

// standing is how the variable of a name stands when control comes to a step.
type standing struct {
	writers []*program.Step // that may have written it last, as listed
	unset   bool            // some way there writes it nowhere
}

func (f *flow) standing(s *program.Step, name string, data bool) (st standing, known bool) {
	f.ask(func(facts *dataflow.Facts) {
		v, ok := facts.Output(name)
		if data {
			v, ok = facts.Data(name)
		}
		if !ok {
			return
		}
		for _, at := range f.states(s) {
			r := facts.Reaching(at, v)
			if r.Unknown {
				known = false
				return
			}
			known = true
			st.unset = st.unset || r.Unset
			for _, e := range r.Writers {
				if w := f.program.Steps[e.From.Step]; !slices.Contains(st.writers, w) {
					st.writers = append(st.writers, w)
				}
			}
		}
	})
	slices.SortFunc(st.writers, func(a, b *program.Step) int { return a.Index - b.Index })
	return st, known
}

// spelled is a domain's values as a condition writes them: none if they are not all known.
func spelled(d dataflow.Domain) []string {
	if d.Kinds != 0 {
		return nil
	}
	var all []string
	for _, v := range d.Values {
		text, ok := cond.Format(&cond.Literal{Value: v, Place: source.Span{}})
		if !ok {
			text = value.Repr(v)
		}
		all = append(all, text)
	}
	return all
}
