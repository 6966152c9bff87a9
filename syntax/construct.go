package syntax

import (
	"math"
	"strconv"

	"github.com/nanolint/nanolint/source"
)

// The constructors below make nodes that no file holds, to be printed.

// NewString is a string.
func NewString(value string) *Node { return newScalar(String, value) }

// NewInt is an integer.
func NewInt(value int) *Node { return newScalar(Int, strconv.Itoa(value)) }

// NewFloat is a floating-point number.
func NewFloat(value float64) *Node { return newScalar(Float, formatFloat(value)) }

// NewBool is true or false.
func NewBool(value bool) *Node { return newScalar(Bool, strconv.FormatBool(value)) }

// NewNull is null.
func NewNull() *Node { return newScalar(Null, "null") }

// NewList is a list.
func NewList(items ...*Node) *Node { return &Node{Kind: List, Items: items} }

// NewMap is a mapping.
func NewMap(pairs ...Pair) *Node { return &Node{Kind: Map, Pairs: pairs} }

// NewPair is an entry of a mapping with a string as its key.
func NewPair(key string, value *Node) Pair { return Pair{Key: NewString(key), Value: value} }

func newScalar(k Kind, value string) *Node {
	return &Node{Kind: k, Text: source.Text{Value: value}}
}

// formatFloat is a float as JSON and Python spell it.
func formatFloat(v float64) string {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	}
	s := strconv.FormatFloat(v, 'g', -1, 64)
	if _, err := strconv.Atoi(s); err == nil || s == "-0" {
		s += ".0"
	}
	return s
}

// Equal reports whether two nodes have the same value: the same kind, equal scalars, equal entries in the
// same order. Numbers are compared, not their spelling, and a NaN equals every other. Where they are
// written does not matter, nor do pairs of a merge key that the mapping's own hide.
func Equal(a, b *Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Kind != b.Kind || len(a.Items) != len(b.Items) {
		return false
	}
	switch a.Kind {
	case Opaque, Null:
		return true
	case Int:
		return a.Text.Value == b.Text.Value || a.Int().Cmp(b.Int()) == 0
	case Float:
		x, y := a.Float(), b.Float()
		return x == y && math.Signbit(x) == math.Signbit(y) || math.IsNaN(x) && math.IsNaN(y)
	case List:
		for i := range a.Items {
			if !Equal(a.Items[i], b.Items[i]) {
				return false
			}
		}
		return true
	case Map, Set:
		p, q := a.visible(), b.visible()
		if len(p) != len(q) {
			return false
		}
		for i := range p {
			if !Equal(p[i].Key, q[i].Key) || !Equal(p[i].Value, q[i].Value) {
				return false
			}
		}
		return true
	}
	return a.Text.Value == b.Text.Value
}

// visible is the pairs of a mapping without those of merge keys that others hide.
func (n *Node) visible() []Pair {
	own := 0
	for own < len(n.Pairs) && !n.Pairs[own].Merged {
		own++
	}
	if own == len(n.Pairs) {
		return n.Pairs
	}
	pairs := append([]Pair(nil), n.Pairs[:own]...)
	place := map[string]int{}
	for i, p := range pairs {
		if p.Key.Kind == String {
			place[p.Key.Text.Value] = i
		}
	}
	for _, p := range n.Pairs[own:] {
		at, hidden := place[p.Key.Text.Value]
		switch {
		case p.Key.Kind != String || !hidden:
			place[p.Key.Text.Value] = len(pairs)
			pairs = append(pairs, p)
		case at >= own: // of merged pairs the last is seen
			pairs[at] = p
		}
	}
	return pairs
}
