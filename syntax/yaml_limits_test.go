package syntax

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

func yamlDocument(t *testing.T, text string) Document {
	t.Helper()
	docs := Parse(source.NewFile("", text), YAML)
	if len(docs) != 1 {
		t.Fatalf("%d documents", len(docs))
	}
	return docs[0]
}

// laughs is a text of a few lines that stands for 10 to the power of levels values.
func laughs(levels int, open, close string) string {
	var b strings.Builder
	b.WriteString("l0: &l0 {a: b}\n")
	for i := 1; i <= levels; i++ {
		alias := fmt.Sprintf("*l%d", i-1)
		fmt.Fprintf(&b, "l%d: &l%d %s%s%s\n", i, i, open, strings.Repeat(alias+", ", 9)+alias, close)
	}
	return b.String()
}

func TestYAMLAliasesBounded(t *testing.T) {
	for name, text := range map[string]string{
		"lists":   laughs(9, "[", "]"),
		"merges":  laughs(9, "{<<: [", "]}"),
		"many":    "a: &a [" + strings.Repeat("1,", 5000) + "]\nb: [" + strings.Repeat("*a, ", 5000) + "]\n",
		"nested":  "{<<: " + strings.Repeat("{<<: ", 300) + "{" + keys(10_000) + "}" + strings.Repeat("}", 301),
		"doubled": doubled(60),
	} {
		doc := yamlDocument(t, text)
		bombs := 0
		for _, p := range doc.Problems {
			if p.Code == AliasBomb {
				bombs++
			}
		}
		if bombs != 1 || len(doc.Problems) != 1 {
			t.Errorf("%s: %d bombs, problems %v", name, bombs, doc.Problems)
		}
		if n := size(doc.Root, 10*maxExpanded); n > 2*maxExpanded {
			t.Errorf("%s: %d nodes", name, n)
		}
	}
	for name, text := range map[string]string{
		"a thousand": laughs(3, "[", "]"),
		"plain":      "a: &a [1, 2]\nb: [*a, *a]\n<<: {c: *a}\n",
	} {
		if doc := yamlDocument(t, text); len(doc.Problems) > 0 {
			t.Errorf("%s: %v", name, doc.Problems)
		}
	}
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: 1,\n", i)
	}
	return b.String()
}

// doubled merges each mapping twice into the next.
func doubled(levels int) string {
	var b strings.Builder
	b.WriteString("m0: &m0 {a: b}\n")
	for i := 1; i <= levels; i++ {
		fmt.Fprintf(&b, "m%d: &m%d\n  <<: *m%d\n  <<: *m%d\n", i, i, i-1, i-1)
	}
	return b.String()
}

func TestYAMLMergeOrder(t *testing.T) {
	doc := yamlDocument(t, `
base: &base {a: 1, b: 1, c: 1}
more: &more {b: 2, d: 2, <<: *base}
one: {c: 3, <<: *more, e: 3}
two: {<<: [{a: 4}, *more], c: 3}
`)
	for _, c := range []struct{ in, key, want string }{
		{"more", "a", "1"}, {"more", "b", "2"}, {"one", "b", "2"}, {"one", "a", "1"}, {"one", "c", "3"}, {"one", "e", "3"},
		{"two", "a", "4"}, {"two", "b", "2"}, {"two", "c", "3"}, {"two", "d", "2"},
	} {
		if v := doc.Root.Get(c.in).Get(c.key); v == nil || v.Text.Value != c.want {
			t.Errorf("%s.%s is %v, not %s", c.in, c.key, v, c.want)
		}
	}
	if one := doc.Root.Get("one"); len(one.Pairs) < 3 || one.Pairs[0].Merged || one.Pairs[1].Merged || !one.Pairs[2].Merged {
		t.Errorf("own entries do not come first: %v", one.Pairs)
	}
}

func TestYAMLEncodings(t *testing.T) {
	for _, text := range []string{"\xff\xfea\x00", "\xfe\xff\x00a", "\xff\xfe\x00\x00a\x00\x00\x00"} {
		doc := yamlDocument(t, text)
		if doc.Root.Kind != Opaque || len(doc.Problems) != 1 || doc.Problems[0].Code != BadEncoding {
			t.Errorf("%q: %v", text, doc.Problems)
		}
	}
	text := "a: x\xffé\xfe\xfdy\nb: \"\\n\xff\"\n"
	doc := yamlDocument(t, text)
	if len(doc.Problems) != 3 {
		t.Errorf("problems %v", doc.Problems)
	}
	a, b := doc.Root.Get("a").Text, doc.Root.Get("b").Text
	if a.Value != "x\uFFFDé\uFFFD\uFFFDy" || b.Value != "\n\uFFFD" {
		t.Errorf("read as %q, %q", a.Value, b.Value)
	}
	if y := strings.Index(text, "y"); a.At(len(a.Value)-1) != y {
		t.Errorf("y is at %d, not %d", a.At(len(a.Value)-1), y)
	}
	many := yamlDocument(t, strings.Repeat("\xff a\n", 1000))
	if n := len(many.Problems); n > maxRefused {
		t.Errorf("%d problems", n)
	}
}

func TestYAMLDocuments(t *testing.T) {
	docs := Parse(source.NewFile("", "a: [\n---\nb: \x01\n--- c\n...\n"), YAML)
	if len(docs) != 3 {
		t.Fatalf("%d documents", len(docs))
	}
	for i, want := range [][]Code{{Malformed}, {SecondDocument, Malformed}, {SecondDocument}} {
		var got []Code
		for _, p := range docs[i].Problems {
			got = append(got, p.Code)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("document %d: codes %v, not %v", i+1, got, want)
		}
	}
	if docs[1].Root.Get("b") == nil || !docs[2].Root.IsString("c") {
		t.Error("a document is lost")
	}
	if n := len(Parse(source.NewFile("", strings.Repeat("---\n", 5000)), YAML)); n != maxDocuments {
		t.Errorf("%d documents", n)
	}
}

// TestYAMLProblemsBounded reads a text with thousands of mistakes that have nothing to do with each other.
func TestYAMLProblemsBounded(t *testing.T) {
	doc := yamlDocument(t, strings.Repeat("- a: 'b' c\n- d: [e\n- f: g: h\n- i: @j\n- k\n  l: m\n", 500))
	if len(doc.Problems) != maxProblems {
		t.Errorf("%d problems", len(doc.Problems))
	}
	if len(doc.Root.Items) != 2500 {
		t.Errorf("%d items of 2500 are read", len(doc.Root.Items))
	}
}

// TestYAMLLongNumbers: Python converts no more than 4,300 decimal digits. Other bases have no limit there, but
// here they are not converted beyond some length.
func TestYAMLLongNumbers(t *testing.T) {
	doc := yamlDocument(t, "a: 0x"+strings.Repeat("f", 100)+"\nb: 0x"+strings.Repeat("f", 10_000_000)+"\nc: 1"+strings.Repeat(":1", 1_000_000)+"\n")
	if len(doc.Problems) > 0 {
		t.Error(doc.Problems)
	}
	if n := doc.Root.Get("a").Int().BitLen(); n != 400 {
		t.Errorf("%d bits", n)
	}
	if doc.Root.Get("b").Kind != Opaque || doc.Root.Get("c").Kind != Opaque {
		t.Error("a number of millions of digits is converted")
	}
}
