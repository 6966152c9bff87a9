package graphcheck_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

func equalButVia(a, b graphcheck.Edge) bool {
	field := func(r *program.Ref) string {
		if r == nil {
			return ""
		}
		return r.Field + " " + r.Name()
	}
	same := field(a.Via) == field(b.Via)
	a.Via, b.Via = nil, nil
	return same && a == b
}

// One step after the other is written anew as each of the others is. The graph of it is the one that would be built.
func TestGraphOfAnotherStep(t *testing.T) {
	kept, anew := 0, 0
	recorded(t, "reach.jsonl", 351, func(name string, all *graphcheck.Graph, line []byte) {
		var c struct{ Program map[string]any }
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		p := all.Program
		g := graphcheck.BuildAs(p, graphcheck.Unsuspended)
		steps := c.Program["steps"].([]any)
		for k, own := range steps {
			for j, other := range steps {
				step := maps.Clone(other.(map[string]any))
				step["id"] = own.(map[string]any)["id"]
				text, err := json.Marshal(map[string]any{"steps": []any{step}})
				if err != nil {
					t.Fatal(err)
				}
				alone := program.Decode(syntax.Parse(source.NewFile("", string(text)), syntax.JSON)[0].Root, program.Newest)
				with, ok := p.WithStep(k, alone.Steps[0], alone.Root)
				if !ok {
					t.Fatalf("%s: %s is refused for step %d", name, text, k)
				}
				got, want := g.Of(with, k), graphcheck.BuildAs(with, graphcheck.Unsuspended)
				if got.Program != with || !slices.Equal(got.States, want.States) || !slices.EqualFunc(got.Edges, want.Edges, equalButVia) {
					t.Errorf("%s: with step %d as %d,\n%v %v\nbut built anew\n%v %v", name, k, j, got.States, got.Edges, want.States, want.Edges)
				}
				if slices.Equal(g.States, got.States) {
					kept++
				} else {
					anew++
				}
			}
		}
	})
	if kept < 1000 || anew < 1000 {
		t.Errorf("%d graphs kept, %d anew", kept, anew)
	}
}
