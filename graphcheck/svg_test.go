package graphcheck

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

func decoded(t testing.TB, path string) *program.Program {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lang := syntax.YAML
	if filepath.Ext(path) == ".json" {
		lang = syntax.JSON
	}
	root, _ := program.Find(syntax.Parse(source.NewFile(path, string(text)), lang)[0].Root)
	return program.Decode(root, program.Newest)
}

// TestSVG draws all right programs: the drawing is XML, the same each time, every state is a box in it, and no two boxes
// lie on each other.
func TestSVG(t *testing.T) {
	paths, err := filepath.Glob("../testdata/ok/*")
	if err != nil || len(paths) < 10 {
		t.Fatal(len(paths), err)
	}
	for _, path := range paths {
		g := Build(decoded(t, path))
		if len(g.States) == 0 {
			continue
		}
		last := g.States[len(g.States)-1]
		m := Marks{States: g.States[len(g.States)-1:], Path: g.Witness(last, 100)}
		var first, second bytes.Buffer
		if err := errors.Join(g.SVG(&first, m), g.SVG(&second, m)); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Errorf("%s: two drawings differ", path)
		}
		boxes := boxesOf(t, first.Bytes())
		if len(boxes) != len(g.States) {
			t.Errorf("%s: %d boxes for %d states", path, len(boxes), len(g.States))
		}
		for i, a := range boxes {
			for _, b := range boxes[i+1:] {
				if a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h {
					t.Errorf("%s: boxes overlap: %v, %v", path, a, b)
				}
			}
		}
		if n := strings.Count(first.String(), " marked\""); n != 1 {
			t.Errorf("%s: %d marked states", path, n)
		}
		if n := strings.Count(first.String(), " path\""); n != len(m.Path) {
			t.Errorf("%s: %d moves on a path of %d", path, n, len(m.Path))
		}
	}
}

type box struct{ x, y, w, h int }

func boxesOf(t *testing.T, svg []byte) []box {
	t.Helper()
	var boxes []box
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return boxes
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "rect" {
			var b box
			for _, a := range e.Attr {
				into := map[string]*int{"x": &b.x, "y": &b.y, "width": &b.w, "height": &b.h}[a.Name.Local]
				if into != nil {
					fmt.Sscan(a.Value, into)
				}
			}
			boxes = append(boxes, b)
		}
	}
}

func BenchmarkSVG(b *testing.B) {
	var text strings.Builder
	text.WriteString("steps:\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "  - {id: c%d, type: condition, condition: $x, then: t%d, otherwise: t%d}\n  - {id: t%d, type: tool, tool: t, next_step: c%d}\n", i, i, i*7%1000, i, (i+1)%1000)
	}
	root := syntax.Parse(source.NewFile("", text.String()), syntax.YAML)[0].Root
	g := Build(program.Decode(root, program.Newest))
	for b.Loop() {
		if err := g.SVG(io.Discard, Marks{}); err != nil {
			b.Fatal(err)
		}
	}
}
