package graphcheck

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/nanolint/nanolint/program"
)

// A drawing in layers, after Sugiyama: moves that lead back are turned round, each state goes one layer below the
// lowest that leads to it, long moves get a bend in every layer that they pass, and the order in each layer follows
// that of its neighbours, to and fro a few times. Everything is a matter of whole numbers and of the order of
// discovery.

// node is a state, the end of a run, or a bend of a long move.
type node struct {
	state       program.State
	end         string // success, failure or suspended
	bend        bool
	layer, rank int
	x, y, width int // the middle of the upper edge
}

// route is all moves between two nodes.
type route struct {
	from, to int
	label    string
	back     bool  // it leads up
	bends    []int // from the upper end to the lower
}

type layout struct {
	nodes         []node
	arrows        []route
	layers        [][]int
	above, below  [][]int // neighbours, by node
	width, height int
}

type point struct{ x, y int }

const (
	sweeps    = 6
	mostBends = 20_000 // beyond, long moves are drawn straight
)

func (g *Graph) layOut() *layout {
	l := &layout{}
	for _, s := range g.States {
		l.nodes = append(l.nodes, node{state: s, width: max(charWidth*min(utf8.RuneCountInString(g.Program.Steps[s.Step].ID()), mostChars), 80) + 16})
	}
	l.addRoutes(g)
	l.turnBack(len(g.States))
	l.layer()
	l.bend()
	l.order()
	l.place()
	return l
}

// addRoutes joins the moves between equal nodes. A run that ends does so in a node beside its last step. Moves that
// end it because a step has failed are left out: every step has one.
func (l *layout) addRoutes(g *Graph) {
	type ends struct {
		from int
		to   string
	}
	at := make(map[ends]int)
	for _, e := range g.Edges {
		if e.Why == program.StepFailed {
			continue
		}
		from := int(g.position[number(e.From)])
		k := ends{from, target(e)}
		i, known := at[k]
		if known {
			l.arrows[i].label += ", " + e.On.String()
			continue
		}
		at[k] = len(l.arrows)
		to := len(l.nodes)
		if e.To != program.Nowhere && g.Reaches(e.To) {
			to = int(g.position[number(e.To)])
		} else {
			end := k.to
			if e.Halt == program.Suspended {
				end = suspendedNode
			}
			l.nodes = append(l.nodes, node{state: program.Nowhere, end: end, width: endSize})
		}
		l.arrows = append(l.arrows, route{from: from, to: to, label: e.On.String()})
	}
}

// turnBack finds the moves that lead back to a node on the way there, depth first.
func (l *layout) turnBack(states int) {
	out := make([][]int, len(l.nodes))
	for i, a := range l.arrows {
		out[a.from] = append(out[a.from], i)
	}
	const (
		unseen = iota
		open
		done
	)
	mark := make([]uint8, len(l.nodes))
	next := make([]int, len(l.nodes))
	for root := range states {
		if mark[root] != unseen {
			continue
		}
		mark[root] = open
		for stack := []int{root}; len(stack) > 0; {
			n := stack[len(stack)-1]
			if next[n] == len(out[n]) {
				mark[n] = done
				stack = stack[:len(stack)-1]
				continue
			}
			a := &l.arrows[out[n][next[n]]]
			next[n]++
			switch mark[a.to] {
			case open:
				a.back = true
			case unseen:
				mark[a.to] = open
				stack = append(stack, a.to)
			}
		}
	}
}

// upper and lower are the ends of a route in the drawing.
func (a *route) upper() int {
	if a.back {
		return a.to
	}
	return a.from
}

func (a *route) lower() int {
	if a.back {
		return a.from
	}
	return a.to
}

// layer puts each node below all that lead to it.
func (l *layout) layer() {
	waits := make([]int, len(l.nodes))
	out := make([][]int, len(l.nodes))
	for i := range l.arrows {
		if a := &l.arrows[i]; a.from != a.to {
			out[a.upper()] = append(out[a.upper()], a.lower())
			waits[a.lower()]++
		}
	}
	var queue []int
	for n, k := range waits {
		if k == 0 {
			queue = append(queue, n)
		}
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, to := range out[n] {
			l.nodes[to].layer = max(l.nodes[to].layer, l.nodes[n].layer+1)
			if waits[to]--; waits[to] == 0 {
				queue = append(queue, to)
			}
		}
	}
}

// bend gives each route a node in every layer that it passes, and finds the neighbours.
func (l *layout) bend() {
	total := 0
	for i := range l.arrows {
		total += max(0, l.nodes[l.arrows[i].lower()].layer-l.nodes[l.arrows[i].upper()].layer-1)
	}
	link := func(above, below int) {
		for len(l.above) < len(l.nodes) {
			l.above, l.below = append(l.above, nil), append(l.below, nil)
		}
		l.below[above] = append(l.below[above], below)
		l.above[below] = append(l.above[below], above)
	}
	for i := range l.arrows {
		a := &l.arrows[i]
		last := a.upper()
		for k := l.nodes[last].layer + 1; total <= mostBends && k < l.nodes[a.lower()].layer; k++ {
			l.nodes = append(l.nodes, node{bend: true, layer: k, width: endSize})
			a.bends = append(a.bends, len(l.nodes)-1)
			link(last, len(l.nodes)-1)
			last = len(l.nodes) - 1
		}
		link(last, a.lower())
	}
	for len(l.above) < len(l.nodes) {
		l.above, l.below = append(l.above, nil), append(l.below, nil)
	}
	for i, n := range l.nodes {
		for len(l.layers) <= n.layer {
			l.layers = append(l.layers, nil)
		}
		l.layers[n.layer] = append(l.layers[n.layer], i)
	}
}

// order puts the nodes of each layer in the order of their neighbours, from above and from below in turn.
func (l *layout) order() {
	for _, layer := range l.layers {
		l.number(layer)
	}
	for sweep := range sweeps {
		down := sweep%2 == 0
		for k := range l.layers {
			neighbours := l.above
			if !down {
				k, neighbours = len(l.layers)-1-k, l.below
			}
			middle := make(map[int]int, len(l.layers[k]))
			for _, n := range l.layers[k] {
				middle[n] = l.middle(n, neighbours[n])
			}
			slices.SortStableFunc(l.layers[k], func(a, b int) int { return cmp.Compare(middle[a], middle[b]) })
			l.number(l.layers[k])
		}
	}
}

func (l *layout) number(layer []int) {
	for rank, n := range layer {
		l.nodes[n].rank = rank
	}
}

// middle is the mean rank of neighbours, times a thousand, and a node's own if it has none.
func (l *layout) middle(n int, neighbours []int) int {
	if len(neighbours) == 0 {
		return 1000 * l.nodes[n].rank
	}
	sum := 0
	for _, other := range neighbours {
		sum += 1000 * l.nodes[other].rank
	}
	return sum / len(neighbours)
}

// place gives every node its place: each layer in the middle.
func (l *layout) place() {
	widths := make([]int, len(l.layers))
	for k, layer := range l.layers {
		for _, n := range layer {
			widths[k] += l.nodes[n].width + gapX
		}
		l.width = max(l.width, widths[k]+gapX)
	}
	for k, layer := range l.layers {
		x := (l.width-widths[k])/2 + gapX/2
		for _, n := range layer {
			l.nodes[n].x, l.nodes[n].y = x+l.nodes[n].width/2, gapY/2+k*(boxHeight+gapY)
			x += l.nodes[n].width + gapX
		}
	}
	l.height = len(l.layers)*(boxHeight+gapY) + gapY/2
}

// points is the way of a route, from where it begins to where it ends.
func (l *layout) points(a *route) []point {
	up, down := l.nodes[a.upper()], l.nodes[a.lower()]
	if a.from == a.to {
		x, y := up.x+up.width/2, up.y+boxHeight/2
		return []point{{x, y - lineHeight/2}, {x + gapX/2, y}, {x, y + lineHeight/2}}
	}
	points := []point{{up.x, up.y + boxHeight}}
	for _, n := range a.bends {
		points = append(points, point{l.nodes[n].x, l.nodes[n].y + boxHeight/2})
	}
	points = append(points, point{down.x, down.y})
	if a.back {
		slices.Reverse(points)
	}
	return points
}
