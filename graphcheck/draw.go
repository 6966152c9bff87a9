package graphcheck

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dominikbraun/graph"
	"github.com/dominikbraun/graph/draw"

	"github.com/nanolint/nanolint/program"
)

// The names of the ends of a run in a drawing.
const (
	successNode   = "success"
	failureNode   = "failure"
	suspendedNode = "suspended"
)

// nodeName is the name of a state in a drawing: the number of the step, with an i if it is inline.
func nodeName(s program.State) string {
	if s.Entry == program.Inline {
		return fmt.Sprintf("s%di", s.Step)
	}
	return fmt.Sprintf("s%d", s.Step)
}

// target is the node that a move leads to in a drawing.
func target(e Edge) string {
	switch {
	case e.To != program.Nowhere:
		return nodeName(e.To)
	case e.Halt == program.Success:
		return successNode
	case e.Halt == program.Suspended:
		return suspendedNode
	}
	return failureNode
}

// arrow is all moves between two nodes of a drawing.
type arrow struct{ from, to, label string }

// arrows joins the moves between equal nodes, in order. Moves that end the run because a step has failed
// are left out: every step has one.
func (g *Graph) arrows() []arrow {
	type ends struct{ from, to string }
	at := make(map[ends]int)
	var all []arrow
	for _, e := range g.Edges {
		if e.Why == program.StepFailed {
			continue
		}
		k := ends{nodeName(e.From), target(e)}
		if i, ok := at[k]; ok {
			all[i].label += ", " + e.On.String()
			continue
		}
		at[k] = len(all)
		all = append(all, arrow{k.from, k.to, e.On.String()})
	}
	return all
}

// label is what stands in the node of a state.
func (g *Graph) label(s program.State) string {
	step := g.Program.Steps[s.Step]
	l := step.ID() + " (" + step.Kind.String() + ")"
	if s.Entry == program.Inline {
		l += ", inline"
	}
	return l
}

// Library is the graph as a value of github.com/dominikbraun/graph, for its algorithms and drawings.
// Its nodes are named as in [Graph.DOT]; mind that the library's order changes from run to run.
func (g *Graph) Library() graph.Graph[string, string] {
	lib := graph.New(graph.StringHash, graph.Directed())
	for _, s := range g.States {
		// Errors of the library mean that a node or edge is there already or is missing; neither can be.
		_ = lib.AddVertex(nodeName(s), graph.VertexAttribute("label", escapeDOT(g.label(s))))
	}
	for _, a := range g.arrows() {
		switch a.to {
		case successNode, failureNode, suspendedNode:
			_ = lib.AddVertex(a.to, graph.VertexAttribute("shape", "doublecircle"))
		}
		_ = lib.AddEdge(a.from, a.to, graph.EdgeAttribute("label", a.label))
	}
	return lib
}

func escapeDOT(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ").Replace(s)
}

// DOT writes the graph for Graphviz. The library writes in random order, so its lines are sorted.
func (g *Graph) DOT(w io.Writer) error {
	var drawn bytes.Buffer
	if err := draw.DOT(g.Library(), &drawn); err != nil {
		return err
	}
	var lines []string
	for line := range strings.Lines(drawn.String()) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, `"`) {
			lines = append(lines, "\t"+line+"\n")
		}
	}
	slices.Sort(lines)
	_, err := io.WriteString(w, "strict digraph {\n"+strings.Join(lines, "")+"}\n")
	return err
}

// Mermaid writes the graph as a Mermaid flow chart.
func (g *Graph) Mermaid(w io.Writer) error { return g.MermaidMarked(w, Marks{}) }

// MermaidMarked writes the graph as a Mermaid flow chart with something emphasized.
func (g *Graph) MermaidMarked(w io.Writer, m Marks) error {
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	for _, s := range g.States {
		fmt.Fprintf(&b, "    %s[\"%s\"]\n", nodeName(s), escapeMermaid(g.label(s)))
	}
	arrows := g.arrows()
	for _, end := range [...]string{successNode, failureNode, suspendedNode} {
		if slices.ContainsFunc(arrows, func(a arrow) bool { return a.to == end }) {
			fmt.Fprintf(&b, "    %s((%s))\n", end, end)
		}
	}
	onPath := make(map[[2]string]bool)
	for _, e := range m.Path {
		onPath[[2]string{nodeName(e.From), target(e)}] = true
	}
	for i, a := range arrows {
		fmt.Fprintf(&b, "    %s -->|%s| %s\n", a.from, a.label, a.to)
		if onPath[[2]string{a.from, a.to}] {
			fmt.Fprintf(&b, "    linkStyle %d stroke:#0969da,stroke-width:3px\n", i)
		}
	}
	for _, s := range m.States {
		if g.Reaches(s) {
			fmt.Fprintf(&b, "    style %s stroke:#cf222e,stroke-width:3px\n", nodeName(s))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func escapeMermaid(s string) string {
	return strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;", "#", "&num;", "\n", " ", "\r", " ").Replace(s)
}
