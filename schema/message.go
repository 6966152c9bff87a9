package schema

import (
	"math"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// longest is how many characters of a value a message shows.
const longest = 40

// name is what a message calls a step.
func (p *place) name() string {
	switch {
	case p == nil:
		return "the program"
	case p.block == nil:
		return "step " + p.label()
	}
	return "step " + p.label() + " of " + p.block.short()
}

// short names a block behind its sub-step.
func (p *place) short() string {
	if label := p.label(); label[0] == '"' {
		return label
	}
	return "step " + p.label()
}

// label is the id in quotes, or the number of a step that has none to show.
func (p *place) label() string {
	if id := p.node.Get("id"); written(id) {
		return quoted(id.Text.Value)
	}
	return strconv.Itoa(p.index + 1)
}

func quoted(s string) string { return strconv.Quote(cut(s)) }

func cut(s string) string {
	n := 0
	for i := range s {
		if n++; n > longest {
			return s[:i] + "…"
		}
	}
	return s
}

// shown is a value as a message shows it.
func shown(n *syntax.Node) string {
	switch n.Kind {
	case syntax.Null:
		return "null"
	case syntax.String:
		return quoted(n.Text.Value)
	case syntax.Date:
		return "the date " + cut(n.Text.Value)
	case syntax.Bytes:
		return "binary data"
	case syntax.List:
		return "a list"
	case syntax.Map:
		return "an object"
	case syntax.Set:
		return "a set"
	}
	return cut(n.Text.Value)
}

// wanted is what a field must be.
func (f *Field) wanted() string {
	switch f.Type {
	case Integer:
		return "an integer"
	case Number:
		return "a number"
	case Boolean:
		return "true or false"
	case Texts:
		return "a list of strings"
	case Object:
		return "an object"
	case Steps:
		return "a list of steps"
	case Word:
		names := make([]string, len(f.Values))
		for i, v := range f.Values {
			names[i] = v.Name
		}
		last := len(names) - 1
		return strings.Join(names[:last], ", ") + " or " + names[last]
	}
	return "a string"
}

// word is the text of a string, empty for anything else.
func word(n *syntax.Node) string {
	if n == nil {
		return ""
	}
	switch n.Kind {
	case syntax.String:
		return n.Text.Value
	case syntax.Bytes:
		s, _ := decode(n)
		return s
	}
	return ""
}

// firstByte is a narrow place for what concerns a whole value.
func firstByte(n *syntax.Node) source.Span {
	return source.Span{Start: n.Span.Start, End: min(n.Span.Start+1, n.Span.End)}
}

// handle is a narrow place to take hold of a mapping by: its id, its type, its first key.
func (r *reading) handle() source.Span {
	for _, field := range []string{"id", "type"} {
		if n := r.get(field); n != nil {
			return n.Span
		}
	}
	if len(r.node.Pairs) > 0 {
		return r.node.Pairs[0].Key.Span
	}
	return firstByte(r.node)
}

// oddKeys is the keys of args that construction refuses. Keys that are equal for Python are one key.
func oddKeys(args *syntax.Node) []*syntax.Node {
	var odd []*syntax.Node
	var seen map[string]bool
	for i := range args.Pairs {
		key := args.Pairs[i].Key
		if key.Kind == syntax.String || key.Kind == syntax.Opaque {
			continue
		}
		if _, ok := decode(key); ok && key.Kind == syntax.Bytes {
			continue
		}
		if seen == nil {
			seen = map[string]bool{}
		}
		id := strings.TrimSuffix(pythonKey(key), ".0")
		if !seen[id] {
			odd = append(odd, key)
		}
		seen[id] = true
	}
	return odd
}

// pythonKey is the name that construction gives to a key that is no string: booleans count as numbers,
// numbers are written as Python does, and everything else stays as it is spelled.
func pythonKey(n *syntax.Node) string {
	switch n.Kind {
	case syntax.Null:
		return "None"
	case syntax.Bool:
		if n.Text.Value == "true" {
			return "1"
		}
		return "0"
	case syntax.Float:
		return pythonFloat(n.Float())
	}
	return n.Text.Value
}

// pythonFloat writes a float as Python's repr does.
func pythonFloat(v float64) string {
	switch exp := math.Floor(math.Log10(math.Abs(v))); {
	case math.IsNaN(v):
		return "nan"
	case math.IsInf(v, 0):
		return strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(v, 'g', -1, 64)), "+")
	case v != 0 && (exp < -4 || exp >= 16):
		return strconv.FormatFloat(v, 'e', -1, 64)
	}
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// escape makes a token of a JSON pointer.
func escape(token string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(token)
}
