package paths

import (
	"cmp"
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
)

// Cover is a few paths that together make all moves of a program that can be made.
type Cover struct {
	Paths   []*Path // each has a witness
	Missing []Missing
}

// Missing is a move that none of the paths makes.
type Missing struct {
	Step    *program.Step
	Entry   program.Entry
	Outcome program.Outcome
	Why     string
}

// Bounds of the work: the moves that are walked for one move (in long programs four times as many as there are states) and for
// all, and how many paths are tried for one.
const (
	mostForOne   = 20_000
	mostForAll   = 5_000_000
	mostTriedFor = 100
)

// made is a move as it is counted: all that may differ follows from these.
type made struct {
	from program.State
	on   program.Outcome
}

func madeBy(e graphcheck.Edge) made { return made{e.From, e.On} }

// FindCover looks for paths through every move that [Enumerate] follows.
func FindCover(p *program.Program, o Options) *Cover {
	c := &Cover{}
	if len(p.Steps) == 0 {
		return c
	}
	s := newScope(p, o)
	c.Paths, c.Missing = s.cover()
	return c
}

// cover looks for few paths that make all moves, and says which of these it did not find.
func (s *scope) cover() (found []*Path, missing []Missing) {
	f := &finder{scope: s, left: mostForAll, times: make(map[made]int)}
	targets := s.targets()
	for _, target := range slices.Backward(targets) { // what is far away leads through what is near
		if f.times[madeBy(target)] > 0 {
			continue
		}
		if path, why := f.find(target); path != nil {
			f.paths = append(f.paths, path)
			f.count(path, 1)
		} else {
			step := s.program.Steps[target.From.Step]
			missing = append(missing, Missing{step, target.From.Entry, target.On, why})
		}
	}
	missing = slices.DeleteFunc(missing, func(m Missing) bool {
		return f.times[made{program.State{Step: m.Step.Index, Entry: m.Entry}, m.Outcome}] > 0 // on the way to another
	})
	slices.SortStableFunc(missing, func(a, b Missing) int {
		return cmp.Or(cmp.Compare(a.Step.Index, b.Step.Index), cmp.Compare(a.Entry, b.Entry), cmp.Compare(a.Outcome, b.Outcome))
	})
	f.dropNeedless()
	slices.SortStableFunc(f.paths, func(a, b *Path) int {
		return slices.CompareFunc(a.Moves, b.Moves, func(a, b graphcheck.Edge) int { return cmp.Compare(a.On, b.On) })
	})
	return f.paths, missing
}

// targets are the moves that are to be made, breadth first from the start.
func (s *scope) targets() []graphcheck.Edge {
	var all []graphcheck.Edge
	seen := map[program.State]bool{program.Start: true}
	for queue := []program.State{program.Start}; len(queue) > 0; queue = queue[1:] {
		moves := s.follows(queue[0])
		for _, e := range moves {
			if e.On == program.Failed && !s.options.Failures && len(moves) > 1 {
				continue
			}
			all = append(all, e)
			if e.To != program.Nowhere && !seen[e.To] {
				seen[e.To] = true
				queue = append(queue, e.To)
			}
		}
	}
	return all
}

// finder looks for paths through moves.
type finder struct {
	scope *scope
	left  int // of the work
	paths []*Path
	times map[made]int // how many paths make a move
}

func (f *finder) count(path *Path, n int) {
	for m := range moves(path) {
		f.times[m] += n
	}
}

// moves are the different moves of a path.
func moves(path *Path) map[made]bool {
	all := make(map[made]bool, len(path.Moves))
	for _, e := range path.Moves {
		all[madeBy(e)] = true
	}
	return all
}

// find looks for a path through a move. If there is none, it says why.
func (f *finder) find(target graphcheck.Edge) (found *Path, why string) {
	s := f.scope
	if f.rankBehind(target) < 0 {
		return nil, "a run that comes there does not end"
	}
	if f.left -= len(s.graph.Edges); f.left < 0 {
		return nil, tooLong
	}
	is := func(e graphcheck.Edge) bool { return madeBy(e) == madeBy(target) }
	toTarget := s.distances(is, func(graphcheck.Edge) bool { return true })
	budget := min(max(mostForOne, 4*len(s.graph.States)), f.left)
	w := s.newWalker(budget)
	at := -1 // where in the moves the target is
	w.next = func(from program.State) []graphcheck.Edge {
		n := len(w.moves)
		if at >= n || at >= 0 && !is(w.moves[at]) {
			at = -1
		}
		if at < 0 && n > 0 && is(w.moves[n-1]) {
			at = n - 1
		}
		if at < 0 {
			return nearest(s.follows(from), func(e graphcheck.Edge) int { return f.rankBefore(e, is(e), toTarget) })
		}
		return nearest(s.follows(from), f.rankBehind)
	}
	tried := 0
	w.end = func(how ending) bool {
		path := w.path(how)
		switch {
		case path == nil || !moves(path)[madeBy(target)]:
			return true
		case path.Witness == nil:
			why = path.Undecided
			tried++
			return tried < mostTriedFor
		}
		found = path
		return false
	}
	gaveUp := !w.walk(program.Start)
	f.left -= budget - max(w.budget, 0)
	switch {
	case why != "":
	case gaveUp:
		why = tooLong
	case w.cut > 0:
		why = "no run that comes there was found to end, going round each loop once"
	default:
		why = "it contradicts the conditions that lead there"
	}
	return found, why
}

const tooLong = "looking for a path took too long"

// rankBefore prefers the shortest way to a target.
func (f *finder) rankBefore(e graphcheck.Edge, isTarget bool, toTarget distances) int {
	switch {
	case isTarget:
		return 0
	case e.To == program.Nowhere || toTarget.behind(e) < 0:
		return -1
	}
	rank := 2 + 2*toTarget.behind(e)
	if f.times[madeBy(e)] > 0 {
		rank++ // of ways of one length one that is new
	}
	return rank
}

// rankBehind prefers moves that no path makes yet, then the shortest way to an end.
func (f *finder) rankBehind(e graphcheck.Edge) int {
	rank := f.scope.end.behind(e)
	if f.scope.stops(e) {
		rank = 0
	}
	switch {
	case rank < 0 && f.scope.program.MaxSteps == nil:
		return -1
	case rank < 0: // the budget ends the run
		return 2 * len(f.scope.end)
	case f.times[madeBy(e)] > 0:
		return rank + len(f.scope.end)
	}
	return rank
}

// dropNeedless leaves out paths whose moves others make, too: the longest first.
func (f *finder) dropNeedless() {
	order := slices.Clone(f.paths)
	slices.SortStableFunc(order, func(a, b *Path) int { return cmp.Compare(len(b.Moves), len(a.Moves)) })
	for _, path := range order {
		needed := false
		for m := range moves(path) {
			needed = needed || f.times[m] == 1
		}
		if !needed {
			f.count(path, -1)
			f.paths = slices.DeleteFunc(f.paths, func(p *Path) bool { return p == path })
		}
	}
}
