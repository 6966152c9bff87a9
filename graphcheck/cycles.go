package graphcheck

import (
	"slices"

	"github.com/nanolint/nanolint/program"
)

// Cycle is a strongly connected set of states: from each of them control can come to each other one.
type Cycle struct {
	States []program.State // in order of discovery
	Exits  []Edge          // the moves that leave it, other than by a step that fails or suspends
}

// Cycles are all cycles of the graph, in order of discovery. Moves that only a mistake explains have
// rules of their own and are left out: starting over for want of a branch, and resuming.
func (g *Graph) Cycles() []Cycle {
	components := g.components()
	var cycles []Cycle
	members := make(map[int32]int)
	for i, s := range g.States {
		c := components[i]
		k, known := members[c]
		if !known {
			if !g.loops(int32(i), components) {
				continue
			}
			k = len(cycles)
			members[c] = k
			cycles = append(cycles, Cycle{})
		}
		cycles[k].States = append(cycles[k].States, s)
		for _, e := range g.From(s) {
			if g.leaves(e, c, components) {
				cycles[k].Exits = append(cycles[k].Exits, e)
			}
		}
	}
	return cycles
}

// follows reports whether a move counts for cycles.
func follows(e Edge) bool {
	return e.To != program.Nowhere && e.Halt == program.Running && e.Why != program.Restart
}

// loops reports whether state i lies on a cycle.
func (g *Graph) loops(i int32, components []int32) bool {
	for _, e := range g.Edges[g.first[i]:g.first[i+1]] {
		if follows(e) && components[g.position[number(e.To)]] == components[i] {
			return true
		}
	}
	return false
}

// leaves reports whether a move of a state of component c is a way out of it.
func (g *Graph) leaves(e Edge, c int32, components []int32) bool {
	switch e.Halt {
	case program.Success:
		return true
	case program.Failure:
		return e.Why != program.StepFailed // a branch that leads nowhere was meant to lead out
	case program.Running:
		return components[g.position[number(e.To)]] != c
	}
	return false
}

// Around is a shortest way round a cycle, from its first state back to it.
func (g *Graph) Around(c Cycle) []Edge {
	inside := make(map[program.State]bool, len(c.States))
	for _, s := range c.States {
		inside[s] = true
	}
	via := make(map[program.State]Edge)
	for queue := c.States[:1:1]; len(queue) > 0; queue = queue[1:] {
		for _, e := range g.From(queue[0]) {
			if !follows(e) || !inside[e.To] {
				continue
			}
			if _, seen := via[e.To]; !seen {
				via[e.To] = e
				queue = append(queue, e.To)
			}
		}
	}
	last := via[c.States[0]]
	path := []Edge{last}
	for last.From != c.States[0] {
		last = via[last.From]
		path = append(path, last)
	}
	slices.Reverse(path)
	return path
}

// components numbers the strongly connected components, by Tarjan's algorithm without recursion: a
// chain of 100,000 steps must not need 100,000 frames.
func (g *Graph) components() []int32 {
	n := len(g.States)
	t := tarjan{
		graph:     g,
		index:     make([]int32, n),
		low:       make([]int32, n),
		component: make([]int32, n),
	}
	for i := range t.component {
		t.component[i] = -1
	}
	for i := range g.States {
		if t.index[i] == 0 {
			t.visit(int32(i))
		}
	}
	return t.component
}

type tarjan struct {
	graph      *Graph
	index, low []int32 // index 0: not visited
	component  []int32 // -1: not known yet
	open       []int32 // visited states whose component is not known
	calls      []frame
	visited    int32
	found      int32
}

// frame is a state on the way, and the edge that comes next.
type frame struct{ state, edge int32 }

func (t *tarjan) enter(i int32) {
	t.visited++
	t.index[i], t.low[i] = t.visited, t.visited
	t.open = append(t.open, i)
	t.calls = append(t.calls, frame{i, t.graph.first[i]})
}

func (t *tarjan) visit(root int32) {
	t.enter(root)
	for len(t.calls) > 0 {
		f := &t.calls[len(t.calls)-1]
		if f.edge == t.graph.first[f.state+1] {
			t.leave(f.state)
			continue
		}
		e := t.graph.Edges[f.edge]
		f.edge++
		if !follows(e) {
			continue
		}
		to := t.graph.position[number(e.To)]
		switch {
		case t.index[to] == 0:
			t.enter(to)
		case t.component[to] < 0:
			t.low[f.state] = min(t.low[f.state], t.index[to])
		}
	}
}

// leave closes the component of i if i is its root, and tells the caller how far back i reaches.
func (t *tarjan) leave(i int32) {
	t.calls = t.calls[:len(t.calls)-1]
	if n := len(t.calls); n > 0 {
		caller := t.calls[n-1].state
		t.low[caller] = min(t.low[caller], t.low[i])
	}
	if t.low[i] != t.index[i] {
		return
	}
	for {
		last := len(t.open) - 1
		j := t.open[last]
		t.open = t.open[:last]
		t.component[j] = t.found
		if j == i {
			break
		}
	}
	t.found++
}
