package graphcheck

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/dominikbraun/graph"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// randomProgram is a program of up to twelve steps that name each other at random.
func randomProgram(r *rand.Rand) *program.Program {
	n := 1 + r.IntN(12)
	target := func() string { return fmt.Sprintf(`"s%d"`, r.IntN(n+1)) } // sometimes one that is not there
	var steps []string
	for i := range n {
		fields := []string{fmt.Sprintf(`"id":"s%d"`, i)}
		switch r.IntN(4) {
		case 0, 1:
			fields = append(fields, `"type":"condition","condition":"$x"`)
			if r.IntN(8) > 0 {
				fields = append(fields, `"then":`+target())
			}
			fields = append(fields, `"otherwise":`+target())
		case 2:
			fields = append(fields, `"type":"llm","prompt":"p"`)
		default:
			fields = append(fields, `"type":"tool","tool":"t"`)
		}
		if r.IntN(3) == 0 {
			fields = append(fields, `"next_step":`+target())
		}
		if r.IntN(5) == 0 {
			fields = append(fields, `"is_terminal":true`)
		}
		if r.IntN(6) == 0 {
			fields = append(fields, `"on_error":"skip"`)
		}
		steps = append(steps, "{"+strings.Join(fields, ",")+"}")
	}
	text := `{"steps":[` + strings.Join(steps, ",") + `]}`
	doc := syntax.Parse(source.NewFile("random.json", text), syntax.JSON)[0]
	return program.Decode(doc.Root, program.Newest)
}

// The library's components are those of our own arrays, on every graph.
func TestCyclesAreTheLibrarysComponents(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	cyclic := 0
	for range 3000 {
		g := Build(randomProgram(r))
		lib := graph.New(graph.StringHash, graph.Directed())
		for _, s := range g.States {
			_ = lib.AddVertex(nodeName(s))
		}
		loops := map[string]bool{}
		for _, e := range g.Edges {
			if follows(e) {
				_ = lib.AddEdge(nodeName(e.From), nodeName(e.To))
				loops[nodeName(e.From)] = loops[nodeName(e.From)] || e.From == e.To
			}
		}
		components, err := graph.StronglyConnectedComponents(lib)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, c := range components {
			if len(c) > 1 || loops[c[0]] {
				slices.Sort(c)
				want = append(want, strings.Join(c, " "))
			}
		}
		var got []string
		for _, c := range g.Cycles() {
			var names []string
			for _, s := range c.States {
				names = append(names, nodeName(s))
			}
			slices.Sort(names)
			got = append(got, strings.Join(names, " "))
			checkAround(t, g, c)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("cycles are %q, the library finds %q", got, want)
		}
		cyclic += len(want)
	}
	if cyclic < 500 {
		t.Errorf("only %d cycles in all the programs", cyclic)
	}
}

// checkAround: the way round a cycle is made of its moves, each from where the one before led, and closed.
func checkAround(t *testing.T, g *Graph, c Cycle) {
	t.Helper()
	path := g.Around(c)
	at := c.States[0]
	for _, e := range path {
		if e.From != at || !slices.Contains(g.From(at), e) || !slices.Contains(c.States, e.To) {
			t.Fatalf("%v is no way round %v", path, c.States)
		}
		at = e.To
	}
	if at != c.States[0] {
		t.Fatalf("%v does not come back to %v", path, c.States[0])
	}
}

// A witness is made of moves of the graph, starts at the start, and is as short as the library's.
func TestWitnessIsAShortestPath(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		g := Build(randomProgram(r))
		lib := g.Library()
		for _, s := range g.States {
			path := g.Witness(s, 1000)
			at := program.Start
			for _, e := range path {
				if e.From != at || !slices.Contains(g.From(at), e) {
					t.Fatalf("%v is no path to %v", path, s)
				}
				at = e.To
			}
			shortest, err := graph.ShortestPath(lib, nodeName(program.Start), nodeName(s))
			if at != s || err != nil || len(shortest) != len(path)+1 {
				t.Fatalf("the witness of %v ends at %v after %d moves; the library goes %v, %v", s, at, len(path), shortest, err)
			}
		}
	}
}

func TestDrawingsAreTheSameOnEveryRun(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		p := randomProgram(r)
		var first, second [2]strings.Builder
		for _, out := range []*[2]strings.Builder{&first, &second} {
			g := Build(p)
			if err := g.DOT(&out[0]); err != nil {
				t.Fatal(err)
			}
			if err := g.Mermaid(&out[1]); err != nil {
				t.Fatal(err)
			}
		}
		if first[0].String() != second[0].String() || first[1].String() != second[1].String() {
			t.Fatal("two drawings of one program differ")
		}
		for _, s := range Build(p).States {
			if !strings.Contains(first[0].String(), `"`+nodeName(s)+`" [ label=`) || !strings.Contains(first[1].String(), nodeName(s)+`["`) {
				t.Fatalf("state %v is not drawn:\n%s\n%s", s, &first[0], &first[1])
			}
		}
	}
}
