package syntax

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// TestJSONBroken reads the broken texts of a golden file: what is said of each, what its fixes make of it, and
// what could be read. A new text is added at the end of the file, behind a line of equals signs.
func TestJSONBroken(t *testing.T) {
	const name = "../testdata/json/broken.txt"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const between, below = "=====\n", "-----\n"
	var got strings.Builder
	for i, c := range strings.Split(string(data), between) {
		if i > 0 {
			got.WriteString(between)
		}
		text, _, _ := strings.Cut(c, below)
		got.WriteString(text + below)
		f := source.NewFile("", strings.TrimSuffix(text, "\n"))
		doc := Parse(f, JSON)[0]
		if len(doc.Problems) == 0 {
			t.Errorf("nothing is wrong with %q", text)
		}
		for _, p := range doc.Problems {
			line, col := f.LineCol(p.Span.Start)
			fmt.Fprintf(&got, "%d:%d %q: %s\n", line, col, f.Slice(p.Span), p.Message)
			for _, r := range p.Related {
				line, col := f.LineCol(r.Span.Start)
				fmt.Fprintf(&got, "  %d:%d %s\n", line, col, r.Message)
			}
			if p.Fix != nil {
				after, err := source.Apply(f.Text, p.Fix.Edits)
				if err != nil {
					t.Error(err)
				}
				left := len(Parse(source.NewFile("", after), JSON)[0].Problems)
				if left >= len(doc.Problems) {
					t.Errorf("%q: %q mends nothing: %q", f.Text, p.Fix.Title, after)
				}
				fmt.Fprintf(&got, "  %s (safe: %v): %q\n", p.Fix.Title, p.Fix.Safe, after)
			}
		}
		got.WriteString(Print(doc.Root, JSONL))
	}
	golden(t, name, got.String())
}
