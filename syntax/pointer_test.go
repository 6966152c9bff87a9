package syntax

import (
	"strconv"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

func TestPointerOf(t *testing.T) {
	const text = `{"steps": [{"id": "a/b~c", "args": {"x/y~z": [1, 22]}}, {}], "name": ""}`
	root := Parse(source.NewFile("", text), JSON)[0].Root
	for _, c := range []struct{ place, want string }{
		{`"steps"`, "/steps"}, {`a/b`, "/steps/0/id"}, {`"id"`, "/steps/0/id"}, {`22`, "/steps/0/args/x~1y~0z/1"}, {`x/y`, "/steps/0/args/x~1y~0z"},
		{`1, 22`, "/steps/0/args/x~1y~0z"}, {`{}`, "/steps/1"}, {`}, {`, "/steps"}, {`""`, "/name"}, {`], "`, ""}, {text, ""},
	} {
		at := strings.Index(text, c.place)
		if got := PointerOf(root, source.Span{Start: at, End: at + len(c.place)}); got != c.want {
			t.Errorf("%s: %s, want %s", c.place, got, c.want)
		}
	}
	for _, s := range []source.Span{{Start: -5, End: -1}, {Start: 1000, End: 2000}} {
		if got := PointerOf(root, s); got != "" {
			t.Errorf("%v: %s", s, got)
		}
	}
}

func TestAtIsAbsent(t *testing.T) {
	root := Parse(source.NewFile("", `{"a": [1], "b": 2}`), JSON)[0].Root
	for _, pointer := range []string{"a", "/c", "/a/1", "/a/-1", "/a/00", "/a/x", "/a/-", "/b/c", "/a/0/0", "//"} {
		if n := root.At(pointer); n != nil {
			t.Errorf("%s: %v", pointer, n)
		}
	}
}

// TestPointerRoundTrip looks every node of random trees up by the pointer of its place.
func TestPointerRoundTrip(t *testing.T) {
	for seed := range uint64(300) {
		root := Parse(source.NewFile("", Print(newForest(seed).tree(5), JSON)), JSON)[0].Root
		each(root, func(n *Node) {
			pointer := PointerOf(root, n.Span)
			if root.At(pointer) != n {
				t.Fatalf("seed %d: %v has the pointer %q", seed, n.Span, pointer)
			}
		})
	}
}

func BenchmarkPointerOf(b *testing.B) {
	var list strings.Builder
	for i := range 100_000 {
		list.WriteString(", {\"id\": \"step" + strconv.Itoa(i) + "\"}")
	}
	root := Parse(source.NewFile("", "["+list.String()[2:]+"]"), JSON)[0].Root
	span := root.Items[70_000].Pairs[0].Value.Span
	for b.Loop() {
		if PointerOf(root, span) != "/70000/id" {
			b.Fatal("wrong pointer")
		}
	}
}
