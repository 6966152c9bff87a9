package config

import (
	"strconv"
	"strings"
	"sync"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

// schema is the schema of configurations as a tree, read when the first configuration is met.
var schema = sync.OnceValue(func() *syntax.Node {
	return syntax.Parse(source.NewFile("config.schema.json", schemaText), syntax.JSON)[0].Root
})

// shape holds values to the schema. It knows as much of JSON Schema as that one uses: type, enum, properties,
// additionalProperties, required, items, anyOf by type, and references. A test holds it to a validator of all of it.
//
// YAML takes yes, off and 1.0 for what they are not. Where the schema wants one of some words, the word as it is
// spelled counts.
type shape struct {
	file     *source.File
	complain func(source.Span, string)
}

func (s *shape) check(n, want *syntax.Node) {
	want = resolve(want)
	if any := want.Get("anyOf"); any != nil {
		s.checkAny(n, any.Items)
		return
	}
	if words := want.Get("enum"); words != nil {
		s.checkWord(n, words.Items)
		return
	}
	if t := want.Get("type").Text.Value; !hasType(n, t) {
		s.wrongType(n, []string{t})
		return
	}
	for _, item := range n.Items {
		if of := want.Get("items"); of != nil {
			s.check(item, of)
		}
	}
	if n.Kind == syntax.Map {
		s.checkKeys(n, want)
	}
}

// resolve follows references.
func resolve(want *syntax.Node) *syntax.Node {
	for {
		ref := want.Get("$ref")
		if ref == nil {
			return want
		}
		want = schema().At(strings.TrimPrefix(ref.Text.Value, "#"))
	}
}

// checkAny holds a value to the alternative that is for values of its type.
func (s *shape) checkAny(n *syntax.Node, among []*syntax.Node) {
	var types []string
	for _, want := range among {
		t := resolve(want).Get("type").Text.Value
		if hasType(n, t) {
			s.check(n, want)
			return
		}
		types = append(types, t)
	}
	s.wrongType(n, types)
}

func (s *shape) checkWord(n *syntax.Node, among []*syntax.Node) {
	var words []string
	word := wordOf(s.file, n)
	isWord := n.Kind == syntax.String || n.Kind != syntax.Map && n.Kind != syntax.List && !isJSON(s.file)
	for _, w := range among {
		if isWord && word == w.Text.Value {
			return
		}
		words = append(words, w.Text.Value)
	}
	if !isWord {
		s.complain(firstByte(n), "this must be one of "+strings.Join(words, ", ")+", not "+kindOf(n))
		return
	}
	s.complain(n.Span, quote(word)+" must be one of "+strings.Join(words, ", ")+spelling.DidYouMean(word, words))
}

// wordOf is a scalar that is one of some words: as it is spelled if it is no string.
func wordOf(f *source.File, n *syntax.Node) string {
	if n.Kind == syntax.String {
		return n.Text.Value
	}
	return f.Slice(n.Span)
}

func (s *shape) checkKeys(n, want *syntax.Node) {
	known, other := want.Get("properties"), want.Get("additionalProperties")
	seen := make(map[string]bool)
	for _, p := range n.Pairs {
		key := p.Key.Text.Value
		switch {
		case p.Key.Kind != syntax.String:
			s.complain(p.Key.Span, "a key must be a text: put it in quotes")
		case seen[key] && !p.Merged:
			s.complain(p.Key.Span, quote(key)+" is given twice: keep one")
		case known.Get(key) != nil:
			s.check(p.Value, known.Get(key))
		case other != nil && other.Kind == syntax.Map:
			s.check(p.Value, other)
		case other != nil && other.Kind == syntax.Bool:
			s.complain(p.Key.Span, "there is no key "+quote(key)+spelling.DidYouMean(key, keysOf(known)))
		}
		seen[key] = true
	}
	for _, key := range itemsOf(want.Get("required")) {
		if n.Get(key.Text.Value) == nil {
			s.complain(firstByte(n), "this needs the key "+quote(key.Text.Value))
		}
	}
}

func keysOf(m *syntax.Node) []string {
	var keys []string
	if m == nil {
		return nil
	}
	for _, p := range m.Pairs {
		keys = append(keys, p.Key.Text.Value)
	}
	return keys
}

var typeNames = map[string]string{
	"string": "a text", "array": "a list", "object": "a mapping", "boolean": "true or false", "null": "nothing",
}

func (s *shape) wrongType(n *syntax.Node, types []string) {
	var names []string
	quotable := false
	for _, t := range types {
		names = append(names, typeNames[t])
		quotable = quotable || t == "string" && n.Text.Span.Len() > 0
	}
	hint := ""
	switch {
	case quotable && n.Kind != syntax.Null:
		hint = ": put it in quotes"
	case len(types) == 1 && types[0] == "array" && n.Kind == syntax.String:
		hint = ": write [" + s.file.Slice(n.Span) + "]"
	}
	s.complain(firstByte(n), "this must be "+strings.Join(names, " or ")+", not "+kindOf(n)+hint)
}

func hasType(n *syntax.Node, t string) bool {
	switch n.Kind {
	case syntax.String:
		return t == "string"
	case syntax.List:
		return t == "array"
	case syntax.Map:
		return t == "object"
	case syntax.Bool:
		return t == "boolean"
	case syntax.Null:
		return t == "null"
	}
	return false
}

func kindOf(n *syntax.Node) string {
	switch n.Kind {
	case syntax.String:
		return "a text"
	case syntax.List:
		return "a list"
	case syntax.Map:
		return "a mapping"
	case syntax.Bool:
		return "true or false"
	case syntax.Null:
		return "nothing"
	case syntax.Int, syntax.Float:
		return "a number"
	case syntax.Date:
		return "a date"
	}
	return "this"
}

// firstByte is where a value begins: a whole list would be underlined otherwise.
func firstByte(n *syntax.Node) source.Span {
	if n.Kind == syntax.List || n.Kind == syntax.Map {
		return source.Span{Start: n.Span.Start, End: min(n.Span.Start+1, n.Span.End)}
	}
	return n.Span
}

func quote(s string) string { return strconv.Quote(s) }
