package program_test

import (
	"bufio"
	"fmt"
	"os"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// takes says whether a field takes a value, by the function that converts it.
var takes = map[string]func(*syntax.Node) bool{
	"max_steps":         takesInt,
	"max_stalled_steps": takesInt,
	"max_tokens":        takesInt,
	"max_retries":       takesInt,
	"max_concurrency":   takesInt,
	"is_terminal":       func(n *syntax.Node) bool { _, ok := program.BoolOf(n); return ok },
	"timeout_seconds":   func(n *syntax.Node) bool { _, ok := program.FloatOf(n); return ok },
}

func takesInt(n *syntax.Node) bool { _, ok := program.IntOf(n); return ok }

// The machine's construction was asked about every field with every odd value. What it refused, the
// conversions refuse, and nothing else.
func TestConversionsTakeWhatConstructionTakes(t *testing.T) {
	compared := 0
	for file, key := range map[string]string{"construct.jsonl": "p", "doc.jsonl": "program"} {
		in, err := os.Open("../testdata/conformance/" + file)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			root := syntax.Parse(source.NewFile(file, lines.Text()), syntax.JSON)[0].Root.Get(key)
			if root == nil || root.Kind != syntax.Map {
				continue
			}
			refused := map[string]bool{}
			for _, c := range schema.Check(root) {
				refused[c.Pointer] = true
			}
			compare := func(pointer string, n *syntax.Node) {
				for field, f := range takes {
					v := n.Get(field)
					if v == nil || v.Kind == syntax.Null {
						continue
					}
					compared++
					if at := pointer + "/" + field; f(v) == refused[at] {
						t.Errorf("%s: %s refuses %q: %v; the conversion takes it: %v", file, at, v.Text.Value, refused[at], f(v))
					}
				}
			}
			compare("", root)
			if steps := root.Get("steps"); steps != nil {
				for i, s := range steps.Items {
					compare(fmt.Sprintf("/steps/%d", i), s)
				}
			}
		}
	}
	if compared < 2000 {
		t.Errorf("only %d values were compared", compared)
	}
}
