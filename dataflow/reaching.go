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

// Reaching tells how v stands when control comes to s, before its step runs.
func (f *Facts) Reaching(s program.State, v Variable) Reaching {
	if len(f.writers[v]) == 0 {
		return Reaching{Unset: true}
	}
	q := question{s, v}
	r, known := f.answers[q]
	if !known {
		r, _ = f.walkBack(s, v)
		f.answers[q] = r
	}
	return r
}

// PathWithout is a shortest way from the start to s on which v is written nowhere: at most so many moves
// of its end. There is none if every way writes it.
func (f *Facts) PathWithout(s program.State, v Variable, most int) []graphcheck.Edge {
	r, toward := f.walkBack(s, v)
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

// walkBack visits the states from which control can come to s without passing a writer of v. It also tells,
// for each of them, the next move toward s.
func (f *Facts) walkBack(s program.State, v Variable) (r Reaching, toward map[program.State]graphcheck.Edge) {
	writers := f.writers[v]
	isWriter := func(step int) bool {
		_, found := slices.BinarySearchFunc(writers, step, func(w *program.Step, i int) int { return w.Index - i })
		return found
	}
	f.walks++
	toward = make(map[program.State]graphcheck.Edge)
	queue := []program.State{s}
	f.seen[number(s)] = f.walks
	for ; len(queue) > 0; queue = queue[1:] {
		if f.budget--; f.budget < 0 {
			return Reaching{Unset: true, Unknown: true}, nil
		}
		at := queue[0]
		r.Unset = r.Unset || at == program.Start
		for _, e := range f.into[number(at)] {
			if writes(e.On) && isWriter(e.From.Step) {
				r.Writers = append(r.Writers, e)
				continue
			}
			if k := number(e.From); f.seen[k] != f.walks {
				f.seen[k] = f.walks
				toward[e.From] = e
				queue = append(queue, e.From)
			}
		}
	}
	return r, toward
}
