package paths

import (
	"slices"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/value"
)

// store is what must hold on a path. It says that something cannot be only if it is certain, and forgets
// what was said since a mark.
//
// A literal about one place narrows the place's domain. What follows for the places that it is a field of, that are
// its fields, and that it is compared with, is drawn until nothing more follows. Besides, a term does not come
// to two things while nothing is written in between, whatever its operator.
type store struct {
	undo        []func()
	literals    []*literal
	constrained []*place // in the order in which something was first said of them
	seen        map[key]cond.Outcomes
	open        []*choice
	inputs      map[string]*place
}

// choice is what holds in one of several ways.
type choice struct {
	ways    [][]*literal
	more    bool // there are ways that are not among these
	settled bool // one of them is assumed
}

func newStore() *store {
	return &store{seen: make(map[key]cond.Outcomes), inputs: make(map[string]*place)}
}

func (s *store) mark() int { return len(s.undo) }

func (s *store) rollback(mark int) {
	for len(s.undo) > mark {
		last := len(s.undo) - 1
		s.undo[last]()
		s.undo = s.undo[:last]
	}
}

// key is a term by which it is known again.
type key struct {
	op          cond.Op
	left, right side
}

// side is a place, or a constant as it is spelled.
type side struct {
	place *place
	text  string
}

func sideKey(s symbol) side {
	if s.place != nil {
		return side{place: s.place}
	}
	return side{text: value.Repr(s.known)}
}

// keyOf is the key of a literal in terms of ==, < and in, with what it then comes to. Dicts of symbols have none.
func keyOf(l *literal) (k key, want cond.Outcomes, ok bool) {
	op, left, right, want := l.op, l.left, l.right, l.want
	switch op {
	case cond.NotEqual:
		op, want = cond.Equal, want.Not()
	case cond.NotIn:
		op, want = cond.In, want.Not()
	case cond.Contains:
		op = cond.In
	case cond.GreaterEqual:
		op, want = cond.Less, want.Not()
	case cond.Greater:
		op, left, right = cond.Less, right, left
	case cond.LessEqual:
		op, left, right, want = cond.Less, right, left, want.Not()
	}
	k = key{op, sideKey(left), sideKey(right)}
	return k, want, left.dict == nil && right.dict == nil
}

// assume says that a literal holds. It is false if it certainly does not.
func (s *store) assume(l *literal) bool {
	if k, want, ok := keyOf(l); ok {
		if before, known := s.seen[k]; known {
			return before == want
		}
		s.seen[k] = want
		s.undo = append(s.undo, func() { delete(s.seen, k) })
	}
	s.literals = append(s.literals, l)
	s.undo = append(s.undo, func() { s.literals = s.literals[:len(s.literals)-1] })
	possible := true
	for _, side := range []symbol{l.left, l.right} {
		side.places(func(p *place) { possible = s.inherit(p) && possible })
	}
	if !possible {
		return false
	}
	left, right := l.left, l.right
	switch {
	case l.op == cond.NoOp && left.place != nil:
		return s.set(left.place, left.place.domain.narrow(test{op: l.op, want: l.want}))
	case l.op == cond.NoOp:
		return left.truth()&l.want != 0
	case left.place != nil && right.isConstant():
		return s.set(left.place, left.place.domain.narrow(test{op: l.op, with: right.known, want: l.want}))
	case right.place != nil && left.isConstant():
		return s.set(right.place, right.place.domain.narrow(test{op: l.op, with: left.known, right: true, want: l.want}))
	case left.isConstant() && right.isConstant():
		return l.holds(nil)
	}
	return s.link(l)
}

func (s symbol) isConstant() bool { return s.place == nil && s.dict == nil }

// truth is what the truth of a constant or dict may be.
func (s symbol) truth() cond.Outcomes {
	if s.dict != nil {
		return cond.Came(len(s.dict) > 0, nil)
	}
	return cond.Came(s.known.Truth(), nil)
}

// link compares what are not one place and a constant.
func (s *store) link(l *literal) bool {
	if l.left.place != nil && l.left.place == l.right.place {
		return l.ofOne()
	}
	for _, side := range []symbol{l.left, l.right} {
		if p := side.place; p != nil {
			p.links = append(p.links, l)
			s.undo = append(s.undo, func() { p.links = p.links[:len(p.links)-1] })
			s.constrain(p)
		}
	}
	return s.relate(l)
}

// ofOne reports whether comparing a value with itself may come to what is wanted.
func (l *literal) ofOne() bool {
	switch l.op {
	case cond.Equal:
		return l.want == cond.CanBeTrue
	case cond.NotEqual:
		return l.want == cond.CanBeFalse
	case cond.Less, cond.Greater:
		return l.want != cond.CanBeTrue
	case cond.LessEqual, cond.GreaterEqual:
		return l.want != cond.CanBeFalse
	}
	return true
}

// set narrows a place, and draws what follows.
func (s *store) set(p *place, d domain) bool {
	before := p.domain
	p.domain = d
	s.undo = append(s.undo, func() { p.domain = before })
	s.constrain(p)
	switch {
	case d.isEmpty():
		return false
	case d.listed == before.listed && len(d.values) == len(before.values) && d.kinds == before.kinds:
		return true // tests alone say nothing about others
	}
	if p.parent != nil && !p.optional && !d.has(value.Value{}) {
		if !s.set(p.parent, p.parent.domain.only(dataflow.KindsOf(value.Dict))) {
			return false
		}
	}
	for _, c := range p.children {
		if !s.inheritFrom(p, c) {
			return false
		}
	}
	for _, l := range p.links {
		if !s.relate(l) {
			return false
		}
	}
	return true
}

// constrain notes that something is said of a place.
func (s *store) constrain(p *place) {
	if !p.constrained {
		p.constrained = true
		s.constrained = append(s.constrained, p)
		s.undo = append(s.undo, func() {
			p.constrained = false
			s.constrained = s.constrained[:len(s.constrained)-1]
		})
	}
}

// inherit draws what follows for a field from what holds the field.
func (s *store) inherit(p *place) bool {
	return p.parent == nil || s.inherit(p.parent) && s.inheritFrom(p.parent, p)
}

func (s *store) inheritFrom(parent, p *place) bool {
	switch {
	case parent.domain.listed:
		var values []value.Value
		for _, v := range parent.domain.values {
			if in := p.in(v); !containsSame(values, in) {
				values = append(values, in)
			}
		}
		return s.limit(p, values)
	case !p.optional && !parent.domain.may(value.Dict):
		return s.limit(p, []value.Value{{}})
	}
	return true
}

// limit says that a place has one of a few values.
func (s *store) limit(p *place, values []value.Value) bool {
	d := p.domain.list(values)
	if p.domain.listed {
		d = p.domain
		d.values = keep(d.values, func(v value.Value) bool { return containsSame(values, v) })
		if len(d.values) == len(p.domain.values) {
			return true
		}
	}
	return s.set(p, d)
}

// relate draws what follows from a comparison of two places, or of a place and a dict of symbols.
func (s *store) relate(l *literal) bool {
	left, right := sideOf(l.left), sideOf(l.right)
	if left.listed && right.listed {
		fits := func(a, b value.Value) bool { return cond.Came(l.op.Apply(a, b)) == l.want }
		as := keep(left.values, func(a value.Value) bool {
			return slices.ContainsFunc(right.values, func(b value.Value) bool { return fits(a, b) })
		})
		bs := keep(right.values, func(b value.Value) bool {
			return slices.ContainsFunc(left.values, func(a value.Value) bool { return fits(a, b) })
		})
		return len(as) > 0 && len(bs) > 0 &&
			(l.left.place == nil || s.limit(l.left.place, as)) && (l.right.place == nil || s.limit(l.right.place, bs))
	}
	a, b := left.kindSet(), right.kindSet()
	var as, bs dataflow.Kinds
	for k := range value.Kind(value.Kinds) {
		for m := range value.Kind(value.Kinds) {
			if a.Has(k) && b.Has(m) && l.op.OnKinds(k, m)&l.want != 0 {
				as |= dataflow.KindsOf(k)
				bs |= dataflow.KindsOf(m)
			}
		}
	}
	if as == 0 {
		return false
	}
	if p := l.left.place; p != nil && as != a && !s.set(p, left.only(as)) {
		return false
	}
	p := l.right.place
	return p == nil || bs == b || s.set(p, p.domain.only(bs))
}

// sideOf is what is known about one side of a comparison.
func sideOf(s symbol) domain {
	switch {
	case s.place != nil:
		return s.place.domain
	case s.dict != nil:
		return domain{kinds: dataflow.KindsOf(value.Dict)}
	}
	return domain{listed: true, values: []value.Value{s.known}}
}

func (d domain) kindSet() dataflow.Kinds {
	kinds := d.kinds
	for _, v := range d.values {
		kinds |= dataflow.KindsOf(v.Kind())
	}
	return kinds
}
