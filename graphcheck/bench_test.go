package graphcheck

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dominikbraun/graph"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// longChain is a program of so many tools, one after the other.
func longChain(n int) *program.Program {
	var b strings.Builder
	b.WriteString(`{"steps":[`)
	for i := range n {
		fmt.Fprintf(&b, `{"id":"s%d","type":"tool","tool":"t"},`, i)
	}
	b.WriteString(`{"id":"end","type":"tool","tool":"t","is_terminal":true}]}`)
	doc := syntax.Parse(source.NewFile("chain.json", b.String()), syntax.JSON)[0]
	return program.Decode(doc.Root, program.Newest)
}

const chainLength = 20_000

func BenchmarkBuildAndCycles(b *testing.B) {
	p := longChain(chainLength)
	for b.Loop() {
		Build(p).Cycles()
	}
}

// The yardstick: the same with the graph library.
func BenchmarkLibrary(b *testing.B) {
	g := Build(longChain(chainLength))
	for b.Loop() {
		if _, err := graph.StronglyConnectedComponents(g.Library()); err != nil {
			b.Fatal(err)
		}
	}
}
