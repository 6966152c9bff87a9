package rules

import (
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
)

// How many steps a run counts. The machine compares max_steps with a number that begins at 0, grows by one with each step,
// and becomes the number of records whenever it begins a new walk; records have the sub-steps of parallel blocks in
// them. Of each block the number thus depends on whether a new walk follows. So a state is visited on three floors: the
// first of a run that never begins a new walk, the second of one that is yet to begin one and counts records all the
// way, the third of one that has begun its last.

const floors = 3

// Floors of the search.
const (
	withoutWalk = iota
	beforeWalk
	behindWalk
)

// floorsBehind are the floors on which a move may lead.
func floorsBehind(floor int, e graphcheck.Edge) []int {
	switch {
	case !e.Reenters():
		return [][]int{{withoutWalk}, {beforeWalk}, {behindWalk}}[floor]
	case floor == beforeWalk:
		return []int{beforeWalk, behindWalk}
	}
	return nil
}

// search looks for the run of the smallest number.
type search struct {
	p       *Pass
	graph   *graphcheck.Graph
	count   []int   // by state and floor, the smallest number; -1: not reached
	from    []int   // by state and floor, the one before
	buckets [][]int // by number, what has it
}

func (s *search) index(at program.State, floor int) int {
	return (2*at.Step+int(at.Entry))*floors + floor
}

func stateOf(index int) program.State {
	index /= floors
	return program.State{Step: index / 2, Entry: program.Entry(index % 2)}
}

func (s *search) visit(index, from, count int) {
	if was := s.count[index]; was >= 0 && was <= count {
		return
	}
	s.count[index], s.from[index] = count, from
	for len(s.buckets) <= count {
		s.buckets = append(s.buckets, nil)
	}
	s.buckets[count] = append(s.buckets[count], index)
}

// shortestRun is the run to a success with the smallest need, nil if none succeeds. Any tool may suspend it, unless it is
// declared never to.
func (p *Pass) shortestRun() *run {
	s := &search{p: p, graph: graphcheck.Build(p.Program)}
	s.count, s.from = make([]int, 2*floors*len(p.Program.Steps)), make([]int, 2*floors*len(p.Program.Steps))
	for i := range s.count {
		s.count[i] = -1
	}
	s.visit(s.index(program.Start, withoutWalk), -1, 0)
	s.visit(s.index(program.Start, beforeWalk), -1, 0)
	var best *run
	for count := 0; count < len(s.buckets); count++ {
		if best != nil && count >= best.need {
			break
		}
		for i := 0; i < len(s.buckets[count]); i++ {
			index := s.buckets[count][i]
			if s.count[index] != count {
				continue // found again with less
			}
			if need := s.expand(index); need > 0 && (best == nil || need < best.need) {
				best = s.run(index, need)
			}
		}
	}
	return best
}

// expand makes the moves from a state, and tells what a success there needs: 0 if there is none.
func (s *search) expand(index int) (need int) {
	at, floor, count := stateOf(index), index%floors, s.count[index]
	for _, e := range s.graph.From(at) {
		if e.Halt == program.Suspended && s.p.Declared.Tools[toolOf(s.p.step(at))].Suspends == No {
			continue
		}
		if e.To == program.Nowhere {
			if e.Halt != program.Failure && floor != beforeWalk {
				need = count + 1
				if at.Entry == program.Inline {
					need = count // it is not checked
				}
			}
			continue
		}
		cost := 1
		if floor == beforeWalk {
			cost = s.p.records(e)
		}
		for _, to := range floorsBehind(floor, e) {
			s.visit(s.index(e.To, to), index, count+cost)
		}
	}
	return need
}

func (s *search) run(index, need int) *run {
	r := &run{need: need}
	for ; index >= 0; index = s.from[index] {
		r.states = append(r.states, stateOf(index))
		r.counts = append(r.counts, s.count[index])
	}
	slices.Reverse(r.states)
	slices.Reverse(r.counts)
	return r
}

// longestRun is the run with the greatest need of a program in which nothing goes round in circles, nil if something
// does. Moves that no condition can choose are not made, and no tool suspends.
func (p *Pass) longestRun() *run {
	g := p.Flow().Graph
	order := p.topological(g)
	if order == nil {
		return nil
	}
	type length struct{ steps, records, from int }
	lengths := make(map[program.State]length, len(order))
	best, need := program.Nowhere, 0
	for _, at := range order {
		l, known := lengths[at]
		if !known {
			l.from = -1
		}
		if n := l.steps + 1; at.Entry == program.Sequential && n > need {
			best, need = at, n
		}
		for _, e := range g.From(at) {
			if e.Halt != program.Running || !p.Flow().Happens(e) {
				continue
			}
			next := length{l.steps + 1, l.records + p.records(e), 2*at.Step + int(at.Entry)}
			if e.Reenters() {
				next.steps = next.records
			}
			to, seen := lengths[e.To]
			if !seen || next.steps > to.steps {
				to.steps, to.from = next.steps, next.from
			}
			to.records = max(to.records, next.records)
			lengths[e.To] = to
		}
	}
	r := &run{need: need, longest: true}
	for at := best; ; {
		l := lengths[at]
		r.states, r.counts = append(r.states, at), append(r.counts, l.steps)
		if at == program.Start || l.from < 0 {
			break
		}
		at = program.State{Step: l.from / 2, Entry: program.Entry(l.from % 2)}
	}
	slices.Reverse(r.states)
	slices.Reverse(r.counts)
	return r
}

// topological is the states of a graph, each behind all that lead to it; nil if there is a circle.
func (p *Pass) topological(g *graphcheck.Graph) []program.State {
	isMade := func(e graphcheck.Edge) bool { return e.Halt == program.Running && p.Flow().Happens(e) }
	into := make(map[program.State]int, len(g.States))
	for _, e := range g.Edges {
		if isMade(e) {
			into[e.To]++
		}
	}
	if len(g.States) == 0 || into[program.Start] > 0 {
		return nil
	}
	order := make([]program.State, 1, len(g.States))
	order[0] = program.Start
	for i := 0; i < len(order); i++ {
		for _, e := range g.From(order[i]) {
			if !isMade(e) {
				continue
			}
			if into[e.To]--; into[e.To] == 0 {
				order = append(order, e.To)
			}
		}
	}
	if len(order) < len(g.States) {
		return nil
	}
	return order
}
