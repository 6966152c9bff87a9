package syntax

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// TestJSONL reads lines of which each is a text of its own, broken or not: what is found in one must not
// depend on the others.
func TestJSONL(t *testing.T) {
	var lines []string
	for _, text := range pythonTexts(t) {
		if !strings.ContainsAny(text, "\n\ufeff") && strings.Trim(text, " \t\r") != "" && !strings.Contains(text, "\x00") {
			lines = append(lines, text)
		}
	}
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 4))
		var text strings.Builder
		var wanted []string
		var starts []int
		for range r.IntN(5) {
			text.WriteString([]string{"", "\n", " \r\n", "\t\n"}[r.IntN(4)])
			line := lines[r.IntN(len(lines))]
			starts = append(starts, text.Len())
			wanted = append(wanted, line)
			text.WriteString(line + []string{"\n", "\r\n", " \n"}[r.IntN(3)])
		}
		docs := Parse(source.NewFile("", text.String()), JSONL)
		if len(wanted) == 0 {
			if len(docs) != 1 || len(docs[0].Problems) != 1 || docs[0].Root.Kind != Opaque {
				t.Errorf("%q: %v", text.String(), docs)
			}
			continue
		}
		if len(docs) != len(wanted) {
			t.Fatalf("%q: %d documents, want %d", text.String(), len(docs), len(wanted))
		}
		for i, line := range wanted {
			alone := Parse(source.NewFile("", line), JSON)[0]
			if tagged(docs[i].Root) != tagged(alone.Root) || len(docs[i].Problems) != len(alone.Problems) {
				t.Fatalf("%q: line %q is %s with %v, alone %s with %v", text.String(), line, tagged(docs[i].Root), docs[i].Problems,
					tagged(alone.Root), alone.Problems)
			}
			for k, p := range alone.Problems {
				got := docs[i].Problems[k]
				if got.Message != p.Message || got.Span.Start != p.Span.Start+starts[i] {
					t.Fatalf("%q: %v, want %v", text.String(), got, p)
				}
			}
		}
	}
}

func TestEncodings(t *testing.T) {
	for _, text := range []string{"\xff\xfe{\x00}\x00", "\xfe\xff\x00{\x00}", "\xff\xfe\x00\x00{\x00\x00\x00", "\x00\x00\xfe\xff\x00\x00\x00{", "{\x00}\x00"} {
		for _, lang := range []Lang{JSON, JSONL} {
			docs := Parse(source.NewFile("", text), lang)
			if len(docs) != 1 || len(docs[0].Problems) != 1 || docs[0].Problems[0].Code != BadEncoding {
				t.Errorf("%v %q: %v", lang, text, docs[0].Problems)
			}
		}
	}
	doc := Parse(source.NewFile("", "{\"a\": \"\xff\xfe\", \"b\": [\xff], \"\xc3\": 1}"), JSON)[0]
	if len(doc.Problems) != 3 || !doc.Root.Get("a").IsString("\xff\xfe") || doc.Root.Get("\xc3") == nil {
		t.Errorf("%v", doc.Problems)
	}
	if doc := Parse(source.NewFile("", strings.Repeat("\xff ", 10_000)), JSON)[0]; len(doc.Problems) > maxProblems {
		t.Errorf("%d problems", len(doc.Problems))
	}
}
