package paths

import (
	"slices"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/value"
)

// symbol is a value as far as a path determines it: a constant, something that comes from outside, or a dict of
// symbols, which is what a parallel block puts out.
type symbol struct {
	known value.Value
	place *place
	dict  []field // not nil: a dict
}

type field struct {
	name string
	symbol
}

// place is a value that comes from outside, an input, an answer or a payload, or a field of one.
type place struct {
	origin   origin
	parent   *place
	field    string
	optional bool // the field is passed over where the parent is no dict that has it
	children []*place
	domain   domain
	links    []*literal // comparisons with other places

	constrained bool // something is said of it
}

// origin is where a value comes from.
type origin struct {
	kind  originKind
	input string        // the name of an input
	visit int           // how many moves were made before the answer or payload
	step  *program.Step // that was answered
	sub   int           // the index of a sub-step; -1: the step itself
}

type originKind uint8

const (
	fromInput originKind = iota
	fromAnswer
	fromPayload
	fromSource // who resumed the run
)

// get is what a condition finds under a name: None in anything that is no dict.
func (s symbol) get(name string) symbol {
	switch {
	case s.place != nil:
		return symbol{place: s.place.child(name, false)}
	case s.dict != nil:
		found, _ := s.entry(name)
		return found
	}
	v, _ := s.known.Get(name)
	return symbol{known: v}
}

// output is the field output, or the value itself where it has no such field.
func (s symbol) output() symbol {
	switch {
	case s.place != nil:
		if !s.place.domain.may(value.Dict) {
			return s
		}
		return symbol{place: s.place.child("output", true)}
	case s.dict != nil:
		if found, has := s.entry("output"); has {
			return found
		}
		return s
	}
	return symbol{known: passOver(s.known)}
}

// entry is what a dict of symbols has under a name: of equal names the last.
func (s symbol) entry(name string) (symbol, bool) {
	for _, f := range slices.Backward(s.dict) {
		if f.name == name {
			return f.symbol, true
		}
	}
	return symbol{}, false
}

// passOver is what lies under output in a value, or the value itself.
func passOver(v value.Value) value.Value {
	if inner, has := v.Get("output"); has {
		return inner
	}
	return v
}

func (p *place) child(name string, optional bool) *place {
	for _, c := range p.children {
		if c.field == name && c.optional == optional {
			return c
		}
	}
	c := &place{origin: p.origin, parent: p, field: name, optional: optional, domain: unknown}
	p.children = append(p.children, c)
	return c
}

// in is what a child is of a value of its parent.
func (p *place) in(parent value.Value) value.Value {
	if p.optional {
		return passOver(parent)
	}
	v, _ := parent.Get(p.field)
	return v
}

// eval is the value of the symbol where places have values.
func (s symbol) eval(at func(*place) value.Value) value.Value {
	switch {
	case s.place != nil:
		return at(s.place)
	case s.dict != nil:
		pairs := make([]value.Pair, len(s.dict))
		for i, f := range s.dict {
			pairs[i] = value.Pair{Key: f.name, Value: f.symbol.eval(at)}
		}
		return value.FromPairs(pairs)
	}
	return s.known
}

// places calls f for all places that the symbol depends on.
func (s symbol) places(f func(*place)) {
	if s.place != nil {
		f(s.place)
	}
	for _, field := range s.dict {
		field.symbol.places(f)
	}
}

// wrapped is what the bare id of a step is in a condition.
func (s symbol) wrapped() symbol { return symbol{dict: []field{{"output", s}}} }

// literal is a term of a condition and what it came to on the path.
type literal struct {
	op          cond.Op // NoOp: the truth of the left side
	left, right symbol
	want        cond.Outcomes
}

// holds reports whether the literal comes to what is wanted where places have values.
func (l *literal) holds(at func(*place) value.Value) bool {
	left := l.left.eval(at)
	if l.op == cond.NoOp {
		return cond.Came(left.Truth(), nil) == l.want
	}
	return cond.Came(l.op.Apply(left, l.right.eval(at))) == l.want
}
