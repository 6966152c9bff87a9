package syntax

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

func FuzzParseJSON(f *testing.F) {
	for _, seed := range pythonTexts(f) {
		f.Add(seed, false)
	}
	f.Add("{\"a\": 1}\n[1,\n\n\"x\n3", true)
	f.Add("{\"prompt\": \"two\nlines\", 'id': \"say \"hi\"\", x = True, [1 2}", false)
	f.Fuzz(func(t *testing.T, text string, lines bool) {
		file, lang := source.NewFile("", text), JSON
		if lines {
			lang = JSONL
		}
		docs := Parse(file, lang)
		if again := Parse(file, lang); !reflect.DeepEqual(docs, again) {
			t.Error("read twice, two results")
		}
		for _, d := range docs {
			checkDocument(t, text, d)
		}
		// encoding/json takes no NaN, and bytes that are no UTF-8.
		if !lines && json.Valid([]byte(text)) && utf8.ValidString(text) {
			checkAgainstStandard(t, text, docs[0])
		} else if !lines && len(docs[0].Problems) == 0 && !strings.Contains(text, "NaN") &&
			!strings.Contains(text, "Infinity") && !strings.HasPrefix(text, "\ufeff") {
			t.Error("accepted, but not by encoding/json")
		}
	})
}

// checkDocument checks what holds for every document, however broken.
func checkDocument(t *testing.T, text string, d Document) {
	t.Helper()
	whole := source.Span{End: len(text)}
	inside := func(what string, outer, s source.Span) {
		if s.Start > s.End || !outer.Contains(s) {
			t.Errorf("%s: %v is not inside %v", what, s, outer)
		}
	}
	if len(d.Problems) > 2*maxProblems {
		t.Errorf("%d problems", len(d.Problems))
	}
	for _, p := range d.Problems {
		inside(p.Message, whole, p.Span)
		if p.Message == "" || strings.HasSuffix(p.Message, ".") || !utf8.ValidString(p.Message) {
			t.Errorf("message %q", p.Message)
		}
		for _, r := range p.Related {
			inside(r.Message, whole, r.Span)
		}
		if p.Fix != nil {
			if _, err := source.Apply(text, p.Fix.Edits); err != nil {
				t.Errorf("fix of %s: %v", p.Message, err)
			}
		}
	}
	inside("root", whole, d.Root.Span)
	checkTree(inside, text, d.Root)
}

func checkTree(inside func(string, source.Span, source.Span), text string, n *Node) {
	if n.Kind != Map && n.Kind != List && n.Kind != Opaque {
		inside("text", n.Span, n.Text.Span)
	}
	if n.Kind == String {
		for i, last := 0, n.Text.Span.Start; i <= len(n.Text.Value); i++ {
			inside("byte", source.Span{Start: last, End: n.Text.Span.End}, source.Span{Start: n.Text.At(i), End: n.Text.At(i)})
			last = n.Text.At(i)
			if i == len(n.Text.Value) {
				break
			}
			if s := n.Text.Sub(i, i+1); s.Len() == 1 && text[s.Start] != n.Text.Value[i] {
				inside(fmt.Sprintf("byte %q as %q", n.Text.Value[i], text[s.Start]), source.Span{}, s)
			}
		}
	}
	last := n.Span.Start
	next := func(what string, s source.Span) {
		inside(what, source.Span{Start: last, End: n.Span.End}, s)
		last = s.End
	}
	for _, item := range n.Items {
		next("item", item.Span)
		checkTree(inside, text, item)
	}
	for _, p := range n.Pairs {
		next("key", p.Key.Span)
		next("value", p.Value.Span)
		checkTree(inside, text, p.Key)
		checkTree(inside, text, p.Value)
	}
}

// checkAgainstStandard compares a document with what encoding/json reads, number by number.
func checkAgainstStandard(t *testing.T, text string, d Document) {
	t.Helper()
	depth, deepest := 0, 0
	for _, c := range text {
		switch c {
		case '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ']', '}':
			depth--
		}
	}
	if deepest > MaxDepth || len(text) > maxDigits {
		return
	}
	if len(d.Problems) > 0 {
		t.Errorf("refused, but encoding/json accepts: %v", d.Problems)
		return
	}
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.UseNumber()
	var want any
	if err := dec.Decode(&want); err != nil {
		t.Fatal(err)
	}
	if got := standard(d.Root); !reflect.DeepEqual(got, normal(want)) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
}

// standard is a tree as encoding/json would return it.
func standard(n *Node) any {
	switch n.Kind {
	case Bool:
		return n.Text.Value == "true"
	case Int:
		return n.Int().String()
	case Float:
		return n.Float()
	case String: // where Python has a lone surrogate, Go has U+FFFD for it
		return replaceSurrogates(n.Text.Value)
	case List:
		items := []any{}
		for _, item := range n.Items {
			items = append(items, standard(item))
		}
		return items
	case Map:
		m := map[string]any{}
		for _, p := range n.Pairs {
			m[replaceSurrogates(p.Key.Text.Value)] = standard(p.Value)
		}
		return m
	}
	return nil
}

func replaceSurrogates(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		if c == utf8.RuneError && size == 1 && i+3 <= len(s) && s[i] == 0xED {
			size = 3
		}
		b.WriteRune(c)
		i += size
	}
	return b.String()
}

// normal replaces the numbers of a value by those that standard has.
func normal(v any) any {
	switch v := v.(type) {
	case json.Number:
		if i, ok := new(big.Int).SetString(string(v), 10); ok {
			return i.String()
		}
		x, _ := strconv.ParseFloat(string(v), 64)
		return x
	case []any:
		for i := range v {
			v[i] = normal(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = normal(v[k])
		}
	}
	return v
}

// pythonTexts is the texts of the recorded corpus that are UTF-8.
func pythonTexts(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("../testdata/json/python.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		var c struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, c.Text)
	}
	return texts
}
