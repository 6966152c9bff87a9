package dataflow

import (
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
)

// Reaching is how a variable stands when control comes to a state.
type Reaching struct {
	Writers []graphcheck.Edge // the moves after which it is written last, by some way
	Unset   bool              // some way from the start writes it nowhere
	Unknown bool              // the bound of the work was reached: it may stand in any way
}

// Always reports whether every way to the state writes the variable.
func (r Reaching) Always() bool { return !r.Unset && !r.Unknown }

// Never reports whether no way to the state writes it.
func (r Reaching) Never() bool { return len(r.Writers) == 0 && !r.Unknown }

// join adds how the variable stands on other ways.
func (r *Reaching) join(other Reaching) {
	r.Unset = r.Unset || other.Unset
	r.Unknown = r.Unknown || other.Unknown
	for _, e := range other.Writers {
		if !slices.Contains(r.Writers, e) {
			r.Writers = append(r.Writers, e)
		}
	}
}

// Reaching tells how v stands when control comes to s, before its step runs.
func (f *Facts) Reaching(s program.State, v Variable) Reaching {
	q := questionOf(s, v)
	r, known := f.answers[q]
	if !known {
		r = f.walkBack(s, v, nil)
		f.answers[q] = r
		f.asked[v.slot] = true
	}
	return r
}

// PathWithout is a shortest way from the start to s on which v is written nowhere: at most so many moves
// of its end. There is none if every way writes it.
func (f *Facts) PathWithout(s program.State, v Variable, most int) []graphcheck.Edge {
	toward := make(map[program.State]graphcheck.Edge)
	r := f.walkBack(s, v, func(e graphcheck.Edge) { toward[e.From] = e })
	if !r.Unset || r.Unknown {
		return nil
	}
	var path []graphcheck.Edge
	for at := program.Start; at != s; {
		e := toward[at]
		path = append(path, e)
		at = e.To
	}
	return path[max(0, len(path)-most):]
}

// mostWriters is how many last writers are told apart. A variable with more may stand in any way.
const mostWriters = 256

// walkBack visits the states from which control can come to s without passing a writer of v. It goes no
// further where the answer is known, unless visit wants to be told the move from each state that is the next on a
// shortest way to s.
func (f *Facts) walkBack(s program.State, v Variable, visit func(graphcheck.Edge)) (r Reaching) {
	writers := f.Writers(v)
	isWriter := func(step int) bool {
		_, found := slices.BinarySearchFunc(writers, step, func(w *program.Step, i int) int { return w.Index - i })
		return found
	}
	f.walks++
	f.queue = append(f.queue[:0], s)
	f.seen[number(s)] = f.walks
	for i := 0; i < len(f.queue); i++ {
		if f.budget--; f.budget < 0 || len(r.Writers) > mostWriters {
			return Reaching{Unset: true, Unknown: true}
		}
		at := f.queue[i]
		if visit == nil && i > 0 && f.asked[v.slot] {
			if known, ok := f.answers[questionOf(at, v)]; ok {
				r.join(known)
				continue
			}
		}
		r.Unset = r.Unset || at == program.Start
		for _, n := range f.backward.Into(at) {
			e := &f.Graph.Edges[n]
			if !f.leads(e) {
				continue
			}
			if writes(e.On) && isWriter(e.From.Step) {
				r.Writers = append(r.Writers, *e)
				continue
			}
			if k := number(e.From); f.seen[k] != f.walks {
				f.seen[k] = f.walks
				if visit != nil {
					visit(*e)
				}
				f.queue = append(f.queue, e.From)
			}
		}
	}
	return r
}
