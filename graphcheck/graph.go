// Package graphcheck builds the graph of machine states and moves of a program, and answers what
// follows from it: what can be reached, along which shortest path, and what goes round in circles.
//
// The nodes are states, not steps. Every edge is a value of program.Next; the package adds none and
// leaves none out. Everything comes in the order of discovery, breadth first from the first step, so
// it is the same on every run. Budgets are not part of the graph: they depend on history.
package graphcheck

import (
	"slices"
	"sync"

	"github.com/nanolint/nanolint/program"
)

// Edge is a move that can happen. A move that ends the run leads Nowhere.
type Edge struct {
	From program.State
	On   program.Outcome
	program.Move
}

// Reenters reports whether the machine begins a new walk with the move: behind an inline condition, and when a run is
// resumed. What it counts for max_steps is then the number of records, which sub-steps have too, and no step has
// stalled yet.
func (e Edge) Reenters() bool {
	behindInline := e.From.Entry == program.Inline && (e.On == program.True || e.On == program.False || e.Why == program.Restart)
	return e.To != program.Nowhere && (behindInline || e.Halt == program.Suspended)
}

// Graph is all states and moves that can happen.
type Graph struct {
	Program *program.Program
	States  []program.State // in order of discovery
	Edges   []Edge          // by From in order of discovery, then by outcome

	leads    func(Edge) [2]program.State // see BuildAs
	backward func() *Backward
	position []int32 // of a state in States, by number; -1: not reached
	first    []int32 // first[i] is the first edge of States[i]; one more at the end
	via      []int32 // the edge by which States[i] was discovered; -1: the start
}

// number is the dense number of a state.
func number(s program.State) int { return s.Step*2 + int(s.Entry) }

// Build explores every outcome of every state from the start on.
func Build(p *program.Program) *Graph {
	return BuildAs(p, func(e Edge) [2]program.State { return [...]program.State{e.To, program.Nowhere} })
}

// Unsuspended leads where a move leads unless it suspends the run: for [BuildAs], the graph of a program
// none of whose tools answers PENDING.
func Unsuspended(e Edge) [2]program.State {
	if e.Halt == program.Suspended {
		return [...]program.State{program.Nowhere, program.Nowhere}
	}
	return [...]program.State{e.To, program.Nowhere}
}

// BuildAs explores the program as somebody may have meant it: from each move to the states that leads
// says. The edges are still the machine's, of the states that are then reached.
func BuildAs(p *program.Program, leads func(Edge) [2]program.State) *Graph {
	g := &Graph{Program: p, leads: leads, position: make([]int32, 2*len(p.Steps))}
	for i := range g.position {
		g.position[i] = -1
	}
	g.States = make([]program.State, 0, len(p.Steps)+1)
	g.Edges = make([]Edge, 0, 3*len(p.Steps))
	if len(p.Steps) > 0 {
		g.discover(program.Start, -1)
	}
	for i := 0; i < len(g.States); i++ {
		s := g.States[i]
		g.first = append(g.first, int32(len(g.Edges)))
		for _, o := range p.Outcomes(s) {
			m := p.Next(s, o)
			e := Edge{s, o, m}
			g.Edges = append(g.Edges, e)
			for _, to := range leads(e) {
				if to != program.Nowhere {
					g.discover(to, int32(len(g.Edges)-1))
				}
			}
		}
	}
	g.first = append(g.first, int32(len(g.Edges)))
	g.backward = sync.OnceValue(g.turn)
	return g
}

// Of is the graph, explored in the same way, of a program that differs from that of g in step k alone. Nearly always the moves of the step
// are what they were; then nothing is explored again, and Via names the fields of the step before.
func (g *Graph) Of(p *program.Program, k int) *Graph {
	for _, entry := range [...]program.Entry{program.Sequential, program.Inline} {
		s := program.State{Step: k, Entry: entry}
		edges, outcomes := g.From(s), p.Outcomes(s)
		if len(edges) > 0 && len(edges) != len(outcomes) {
			return BuildAs(p, g.leads)
		}
		for i := range edges {
			e := Edge{s, outcomes[i], p.Next(s, outcomes[i])}
			if e.Via = edges[i].Via; e != edges[i] {
				return BuildAs(p, g.leads)
			}
		}
	}
	same := *g
	same.Program = p
	return &same
}

func (g *Graph) discover(s program.State, via int32) {
	if at := &g.position[number(s)]; *at < 0 {
		*at = int32(len(g.States))
		g.States = append(g.States, s)
		g.via = append(g.via, via)
	}
}

// Reaches reports whether the machine can come to s.
func (g *Graph) Reaches(s program.State) bool { return g.position[number(s)] >= 0 }

// Entries are the ways in which control can come to a step.
func (g *Graph) Entries(step *program.Step) []program.Entry {
	var entries []program.Entry
	for _, e := range [...]program.Entry{program.Sequential, program.Inline} {
		if g.Reaches(program.State{Step: step.Index, Entry: e}) {
			entries = append(entries, e)
		}
	}
	return entries
}

// Reachable reports whether a step can ever run.
func (g *Graph) Reachable(step *program.Step) bool {
	return g.position[2*step.Index] >= 0 || g.position[2*step.Index+1] >= 0
}

// From is the moves that can follow s; none if s cannot be reached.
func (g *Graph) From(s program.State) []Edge {
	i := g.position[number(s)]
	if i < 0 {
		return nil
	}
	return g.Edges[g.first[i]:g.first[i+1]]
}

// Via is the move by which a state was discovered; there is none for the start and for states that are not
// reached.
func (g *Graph) Via(s program.State) (e Edge, ok bool) {
	if i := g.position[number(s)]; i >= 0 && g.via[i] >= 0 {
		return g.Edges[g.via[i]], true
	}
	return e, false
}

// Witness is the end of a shortest path from the start to s: at most so many moves, and nothing if s cannot
// be reached.
func (g *Graph) Witness(s program.State, most int) []Edge {
	var path []Edge
	for len(path) < most {
		e, ok := g.Via(s)
		if !ok {
			break
		}
		path = append(path, e)
		s = e.From
	}
	slices.Reverse(path)
	return path
}

// Backward is the moves of a graph by where they lead.
type Backward struct {
	edges []Edge
	first []int32 // where the moves that lead to a state begin in into, by number
	into  []int32 // moves, as numbers of edges
}

// Backward is the moves that lead to a state, by that state.
func (g *Graph) Backward() *Backward { return g.backward() }

func (g *Graph) turn() *Backward {
	b := &Backward{edges: g.Edges, first: make([]int32, len(g.position)+1)}
	for i := range g.Edges {
		if e := &g.Edges[i]; e.To != program.Nowhere {
			b.first[number(e.To)+1]++
		}
	}
	for k := range g.position {
		b.first[k+1] += b.first[k]
	}
	b.into = make([]int32, b.first[len(g.position)])
	next := slices.Clone(b.first)
	for i := range g.Edges {
		if e := &g.Edges[i]; e.To != program.Nowhere {
			k := number(e.To)
			b.into[next[k]] = int32(i)
			next[k]++
		}
	}
	return b
}

// Into is the moves that lead to a state, as numbers of [Graph.Edges].
func (b *Backward) Into(s program.State) []int32 {
	k := number(s)
	return b.into[b.first[k]:b.first[k+1]]
}

// Before calls yield for the states from which control can come to one of some states while the run goes on, the nearest first. A state is before itself if
// control can come back to it.
func (b *Backward) Before(states []program.State, yield func(program.State) bool) {
	seen := make([]bool, len(b.first)-1)
	for queue := slices.Clone(states); len(queue) > 0; queue = queue[1:] {
		for _, i := range b.Into(queue[0]) {
			if e := &b.edges[i]; e.Halt == program.Running && !seen[number(e.From)] {
				seen[number(e.From)] = true
				if !yield(e.From) {
					return
				}
				queue = append(queue, e.From)
			}
		}
	}
}
