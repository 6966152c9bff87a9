package paths

import (
	"cmp"
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
)

// distances is how many moves it takes from each state, by number, to make one that is wanted; -1 if there
// is no way.
type distances []int

// distances measures how far moves that are wanted are, by moves that are allowed.
func (s *scope) distances(wanted, allowed func(graphcheck.Edge) bool) distances {
	d := make(distances, 2*len(s.program.Steps))
	for i := range d {
		d[i] = -1
	}
	into := make(map[program.State][]program.State)
	var queue []program.State
	for _, from := range s.graph.States {
		for _, e := range s.follows(from) {
			switch {
			case wanted(e):
				if d[number(from)] < 0 {
					d[number(from)] = 0
					queue = append(queue, from)
				}
			case e.To != program.Nowhere && allowed(e):
				into[e.To] = append(into[e.To], from)
			}
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, from := range into[queue[0]] {
			if d[number(from)] < 0 {
				d[number(from)] = d[number(queue[0])] + 1
				queue = append(queue, from)
			}
		}
	}
	return d
}

// toEnd is how far the end of a run is. That a model or tool fails is no end that one may count on.
func (s *scope) toEnd() distances {
	return s.distances(func(e graphcheck.Edge) bool {
		mayFail := e.On == program.Failed && s.program.Steps[e.From.Step].Kind != program.Condition
		return s.stops(e) && (!mayFail || s.options.Failures || s.successes(e.From) == 0)
	}, func(graphcheck.Edge) bool { return true })
}

// stops reports whether nothing comes behind a move: it ends the run, or leads to a block that waits for ever.
func (s *scope) stops(e graphcheck.Edge) bool {
	return e.To == program.Nowhere || len(s.graph.From(e.To)) == 0
}

// behind is how far it is behind a move, -1 if there is no way.
func (d distances) behind(e graphcheck.Edge) int {
	if e.To == program.Nowhere {
		return 0
	}
	return d[number(e.To)]
}

// nearest are the moves of which rank is not negative, the least first.
func nearest(moves []graphcheck.Edge, rank func(graphcheck.Edge) int) []graphcheck.Edge {
	moves = slices.DeleteFunc(moves, func(e graphcheck.Edge) bool { return rank(e) < 0 })
	slices.SortStableFunc(moves, func(a, b graphcheck.Edge) int { return cmp.Compare(rank(a), rank(b)) })
	return moves
}
