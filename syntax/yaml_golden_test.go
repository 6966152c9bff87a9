package syntax

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// TestYAMLGolden reads the texts of golden files, and writes below each what is said of it, what the fixes make
// of it, and the tree with its places. A new text is added at the end of a file, behind a line of equals signs.
func TestYAMLGolden(t *testing.T) {
	for _, broken := range []bool{true, false} {
		name := "../testdata/golden/syntax/yaml/places.txt"
		if broken {
			name = "../testdata/golden/syntax/yaml/broken.txt"
		}
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
			f := source.NewFile("", text)
			docs := Parse(f, YAML)
			if (len(allProblems(docs)) > 0) != broken {
				t.Errorf("%q: %v", text, allProblems(docs))
			}
			for _, d := range docs {
				writeProblems(t, &got, f, d)
			}
			for _, d := range docs {
				if broken {
					got.WriteString(Print(d.Root, JSONL))
				} else {
					writeTree(&got, f, d.Root, "")
				}
			}
		}
		golden(t, name, got.String())
	}
}

// writeProblems writes what is wrong, and holds every fix to mending something and doing no harm.
func writeProblems(t *testing.T, w *strings.Builder, f *source.File, d Document) {
	for _, p := range d.Problems {
		line, col := f.LineCol(p.Span.Start)
		fmt.Fprintf(w, "%d:%d %q: %s\n", line, col, f.Slice(p.Span), p.Message)
		for _, r := range p.Related {
			line, col := f.LineCol(r.Span.Start)
			fmt.Fprintf(w, "  %d:%d %s\n", line, col, r.Message)
		}
		if p.Fix == nil {
			continue
		}
		after, err := source.Apply(f.Text, p.Fix.Edits)
		if err != nil {
			t.Error(err)
		}
		before, left := len(allProblems(Parse(f, YAML))), len(allProblems(Parse(source.NewFile("", after), YAML)))
		if left >= before && p.Fix.Safe {
			t.Errorf("%q: %q mends nothing: %q", f.Text, p.Fix.Title, after)
		}
		at := p.Fix.Edits[0].Span
		changed := f.LineSpan(at.Start)
		fmt.Fprintf(w, "  %s (safe: %v, %d problems less): %q\n", p.Fix.Title, p.Fix.Safe, before-left,
			f.Text[changed.Start:at.Start]+p.Fix.Edits[0].New+f.Text[at.End:max(at.End, changed.End)])
	}
}

var styleNames = [...]string{Plain: "plain", Quoted: "quoted", BlockScalar: "block scalar", Flow: "flow", Block: "block"}

func writeTree(w *strings.Builder, f *source.File, n *Node, margin string) {
	kind := [...]string{"opaque", "null", "bool", "int", "float", "string", "date", "bytes", "list", "map", "set"}[n.Kind]
	fmt.Fprintf(w, "%s%s %d-%d %q %s", margin, kind, n.Span.Start, n.Span.End, f.Slice(n.Span), styleNames[n.Style])
	if n.Kind < List {
		fmt.Fprintf(w, " %q", n.Text.Value)
		pieces(w, f, n.Text)
	}
	w.WriteString("\n")
	for _, i := range n.Items {
		writeTree(w, f, i, margin+"  ")
	}
	for _, p := range n.Pairs {
		merged := ""
		if p.Merged {
			merged = "merged "
		}
		writeTree(w, f, p.Key, margin+"  "+merged+"key ")
		writeTree(w, f, p.Value, margin+"    ")
	}
}

// pieces writes which bytes spelled which part of a value, if they are not simply those between the quotes.
func pieces(w *strings.Builder, f *source.File, t source.Text) {
	type piece struct {
		value string
		span  source.Span
	}
	var all []piece
	for i, c := range []byte(t.Value) {
		s := t.Sub(i, i+1)
		last := len(all) - 1
		switch {
		case last >= 0 && all[last].span == s:
			all[last].value += string([]byte{c})
		case last >= 0 && all[last].span.End == s.Start && all[last].value == f.Slice(all[last].span) && f.Slice(s) == string([]byte{c}):
			all[last].value += string([]byte{c})
			all[last].span.End = s.End
		default:
			all = append(all, piece{string([]byte{c}), s})
		}
	}
	if len(all) < 2 && (len(all) == 0 || all[0].value == f.Slice(all[0].span)) {
		return
	}
	for _, p := range all {
		fmt.Fprintf(w, " | %q %d-%d", p.value, p.span.Start, p.span.End)
	}
}
