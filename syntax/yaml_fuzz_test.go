package syntax

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

func FuzzParseYAML(f *testing.F) {
	for i, r := range recordedYAMLs(f) {
		if i%7 == 0 {
			f.Add(r.Text)
		}
	}
	f.Add("steps:\n  - id: a\n    condition: 'yes' in $x\n   then: [b, \"c\n\t- id: d\n    prompt: Note: e\n foo\n- \xff: {")
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("", text)
		docs := Parse(file, YAML)
		if again := Parse(file, YAML); !sameDocuments(docs, again) {
			t.Error("read twice, two results")
		}
		told := 0
		for _, d := range docs {
			checkYAML(t, text, d)
			told += len(d.Problems)
		}
		if told > maxProblems+maxRefused+len(docs) {
			t.Errorf("%d problems", told)
		}
		if !utf8.ValidString(text) && told == 0 {
			t.Error("bytes that are no UTF-8 are accepted")
		}
	})
}

// sameDocuments is reflect.DeepEqual for documents without aliases that share much.
func sameDocuments(a, b []Document) bool {
	for i := range a {
		if i >= len(b) || !reflect.DeepEqual(a[i].Problems, b[i].Problems) {
			return false
		}
		if size(a[i].Root, 10_000) < 10_000 && !reflect.DeepEqual(a[i].Root, b[i].Root) {
			return false
		}
	}
	return len(a) == len(b)
}

// size is the number of nodes that a walk meets, or at least most.
func size(n *Node, most int) int {
	count := 1
	for _, i := range n.Items {
		if count < most {
			count += size(i, most-count)
		}
	}
	for _, p := range n.Pairs {
		if count < most {
			count += size(p.Key, most-count) + size(p.Value, most-count)
		}
	}
	return count
}

// checkYAML checks what holds for every document, however broken.
func checkYAML(t *testing.T, text string, d Document) {
	t.Helper()
	whole := source.Span{End: len(text)}
	inside := func(what string, outer, s source.Span) {
		if s.Start > s.End || !outer.Contains(s) {
			t.Errorf("%q: %s: %v is not inside %v", text, what, s, outer)
		}
	}
	for _, p := range d.Problems {
		inside(p.Message, whole, p.Span)
		if p.Message == "" || strings.HasSuffix(p.Message, ".") || !utf8.ValidString(p.Message) {
			t.Errorf("message %q", p.Message)
		}
		if p.Fix == nil {
			continue
		}
		if mended, err := source.Apply(text, p.Fix.Edits); err != nil {
			t.Errorf("fix of %s: %v", p.Message, err)
		} else if p.Fix.Safe && mended == text {
			t.Errorf("fix of %s changes nothing", p.Message)
		}
	}
	seen := 0
	var check func(n *Node, outer source.Span)
	check = func(n *Node, outer source.Span) {
		if seen++; seen > 10_000 {
			return
		}
		inside("node", outer, n.Span)
		checkYAMLText(inside, text, n)
		alias := n.Span.Len() > 0 && text[n.Span.Start] == '*' && n.Style != Plain
		last, end := n.Span.Start, n.Span.End
		next := func(n *Node) {
			if alias { // what it shares lies elsewhere
				check(n, whole)
				return
			}
			check(n, source.Span{Start: last, End: end})
			last = n.Span.End
		}
		for _, i := range n.Items {
			next(i)
		}
		for _, p := range n.Pairs {
			if p.Merged {
				check(p.Key, whole)
				check(p.Value, whole)
				continue
			}
			next(p.Key)
			next(p.Value)
		}
	}
	check(d.Root, whole)
}

func checkYAMLText(inside func(string, source.Span, source.Span), text string, n *Node) {
	inside("text", n.Span, n.Text.Span)
	if n.Kind >= List || n.Text.Value == "" {
		return
	}
	last := n.Span.Start
	for i := range n.Text.Value {
		at := n.Text.At(i)
		inside("byte", source.Span{Start: last, End: n.Span.End}, source.Span{Start: at, End: at})
		last = at
		// A byte that stands for itself is itself; a line break may stand for a blank, a bad byte for U+FFFD.
		s := n.Text.Sub(i, i+1)
		if s.Len() == 1 && n.Kind == String && text[s.Start] != n.Text.Value[i] && text[s.Start] < utf8.RuneSelf && yamlBreak(text, s.Start) == 0 {
			inside("another byte", source.Span{}, s)
		}
	}
	end := n.Text.At(len(n.Text.Value))
	inside("end", n.Span, source.Span{Start: end, End: end})
}

// TestYAMLLinear reads long texts of every bad kind. It ends in time only if none of them is quadratic: that
// would take hours.
func TestYAMLLinear(t *testing.T) {
	const size = 60_000
	for _, piece := range []string{
		"[", "{", "]", "}", "[}", "[a, ", "{a: ", "? ", "- ", "- - ", "a: ", "a:\n", "a: [\n", "\"", "\"\n", "'\n", "a: \"\n", "- '\n", "\\", "\x00", "\xff", "é", "#", "# x\n",
		" ", "\n", "\r", "\t", "\t\n", "\ta: b\n", "a", "a ", "a\n", "a\nb: c\n", "a: b\n", "a: b: c\n", "a: b\n   c: d\n", "- a\n", "-\n", "a:\n- b\n", "1:", "1", "1_", "0x1", "&a ", "&a a\n", "- *a\n",
		"!a ", "!!str ", "*a ", "|\n", "- |\n  a\n", "a: >\n\n\n b\n", "---\n", "...\n", "--- a\n", "%\n", "%TAG !a! b\n", "\u2028", "\u0085", "@", "a: @\n", "<<: {", "- {a: b}\n", ",", ":", ": ", "?",
		"\"a\": ", "'a' b\n", "\"a\nb\" c\n", "a: [b\n", "a: {b\n", " a\n  b\n c\n", "  a: b\n c: d\n", "[[]: ", "[a]: b\n", "é: ", "ééé, ", "\ufeff", "a]\n", "a: b]\n", "\"\\\n",
	} {
		for _, before := range []string{"", "[", "{", "a: ", "- ", "\"", "|\n ", "&a [", strings.Repeat("- ", 900), strings.Repeat("[", 900), strings.Repeat("[", 5000)} {
			text := before + strings.Repeat(piece, size/len(piece))
			if len(Parse(source.NewFile("", text), YAML)) == 0 {
				t.Errorf("%.10q, then many %q: no document", before, piece)
			}
		}
	}
}

// TestYAMLDepth nests in every way, up to what is read and beyond.
func TestYAMLDepth(t *testing.T) {
	for _, levels := range []int{MaxYAMLDepth, MaxYAMLDepth + 1, 5000, 100_000, 2_000_000} {
		for name, text := range map[string]string{
			"brackets": "deep: " + strings.Repeat("[", levels-1) + strings.Repeat("]", levels-1),
			"braces":   "deep: " + strings.Repeat("{a: ", levels-1) + strings.Repeat("}", levels-1),
			"open":     "deep: " + strings.Repeat("[", levels-1),
			"lists":    "deep:\n  " + strings.Repeat("- ", levels-1) + "a",
			"keys":     "deep:\n  " + strings.Repeat("? ", levels-1) + "a",
		} {
			if name == "open" && levels == MaxYAMLDepth {
				continue // the next line is a level deeper until the bracket turns out to be open
			}
			docs := Parse(source.NewFile("", text+"\nbehind: 1\n"), YAML)
			root := docs[0].Root
			if root.Get("behind") == nil || root.Get("behind").Text.Value != "1" {
				t.Errorf("%d levels of %s: what follows is lost", levels, name)
			}
			deep := 0
			for _, p := range docs[0].Problems {
				if p.Code == TooDeep {
					deep++
				}
			}
			if (deep == 1) != (levels > MaxYAMLDepth) || deep > 1 {
				t.Errorf("%d levels of %s: %v", levels, name, docs[0].Problems)
			}
		}
	}
	var stairs strings.Builder
	for i := range 3000 {
		stairs.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	doc := Parse(source.NewFile("", stairs.String()+"b: 1\n"), YAML)[0]
	if len(doc.Problems) != 1 || doc.Problems[0].Code != TooDeep || doc.Root.Get("b") == nil {
		t.Errorf("stairs: %v", doc.Problems)
	}
}
