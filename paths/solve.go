package paths

import (
	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/value"
)

// values are what places have.
type values map[*place]value.Value

// Bounds of the work on one path: how often a way of a condition is tried, how often values are looked for, and
// how many values are tried in all.
const (
	mostWaysTried = 500
	mostSearches  = 20
	mostValues    = 4000
)

// solve looks for values with which all holds that is assumed. Without values, possible says whether there may
// be some: it is false only if every way of every condition was tried and none may hold.
func (s *store) solve() (v values, possible bool) {
	t := &solver{store: s, ways: mostWaysTried, searches: mostSearches, values: mostValues}
	possible = t.choose(0)
	return t.found, possible
}

type solver struct {
	*store
	ways, searches, values int // what is left of the bounds
	found                  values
}

// choose tries the ways of the open choices from the i-th on. It reports whether any combination may hold.
func (t *solver) choose(i int) (possible bool) {
	for i < len(t.open) && t.open[i].settled {
		i++
	}
	if i == len(t.open) {
		if t.searches--; t.searches >= 0 {
			t.search()
		}
		return true
	}
	for _, way := range t.open[i].ways {
		if t.ways--; t.ways < 0 {
			return true
		}
		mark := t.mark()
		if t.assumeAll(way) && t.choose(i+1) {
			possible = true
		}
		t.rollback(mark)
		if t.found != nil {
			return true
		}
	}
	return possible || t.open[i].more
}

// search looks for values of the places of which something is said.
func (t *solver) search() {
	s := &search{values: make(values), wanted: make(map[*place]bool), left: &t.values}
	for _, p := range t.constrained {
		s.want(p)
	}
	for _, l := range t.literals {
		l.left.places(s.want)
		l.right.places(s.want)
	}
	at := make(map[*place]int)
	for _, root := range s.roots {
		s.arrange(root, at)
	}
	s.literals = make([][]*literal, len(s.order))
	for _, l := range t.literals {
		last := -1
		note := func(p *place) { last = max(last, at[p]) }
		l.left.places(note)
		l.right.places(note)
		if last >= 0 {
			s.literals[last] = append(s.literals[last], l)
		}
	}
	if s.try(0) {
		t.found = s.values
	}
}

// search tries values for places, fields before what holds them.
type search struct {
	values   values
	wanted   map[*place]bool
	roots    []*place
	order    []*place
	literals [][]*literal // by the place that is the last of theirs to have a value
	left     *int
}

// want adds a place and what holds it.
func (s *search) want(p *place) {
	for ; p != nil && !s.wanted[p]; p = p.parent {
		s.wanted[p] = true
		if p.parent == nil {
			s.roots = append(s.roots, p)
		}
	}
}

func (s *search) arrange(p *place, at map[*place]int) {
	for _, c := range p.children {
		if s.wanted[c] {
			s.arrange(c, at)
		}
	}
	at[p] = len(s.order)
	s.order = append(s.order, p)
}

// try gives values to the places from the i-th on.
func (s *search) try(i int) bool {
	if i == len(s.order) {
		return true
	}
	p := s.order[i]
	for _, v := range s.candidates(p) {
		if *s.left--; *s.left < 0 {
			return false
		}
		s.values[p] = v
		if s.fits(p, v) && s.holds(i) && s.try(i+1) {
			return true
		}
	}
	delete(s.values, p)
	return false
}

func (s *search) valueOf(p *place) value.Value { return s.values[p] }

// holds reports whether all holds that the first i places and the next one decide.
func (s *search) holds(i int) bool {
	for _, l := range s.literals[i] {
		if !l.holds(s.valueOf) {
			return false
		}
	}
	return true
}

// fits reports whether the fields of a value are what was chosen for them.
func (s *search) fits(p *place, v value.Value) bool {
	for _, c := range p.children {
		if s.wanted[c] && !same(c.in(v), s.values[c]) {
			return false
		}
	}
	return true
}

// candidates are values to try for a place: what its fields make of it, and others.
func (s *search) candidates(p *place) []value.Value {
	composed := s.compose(p)
	var beside []value.Value
	for _, l := range p.links {
		for _, side := range []symbol{l.left, l.right} {
			side.places(func(q *place) {
				if v, has := s.values[q]; has && q != p {
					beside = append(beside, v)
				} else if q != p {
					for _, t := range q.domain.tests {
						beside = append(beside, t.with)
					}
				}
			})
		}
	}
	if p.optional { // it may be what holds it
		beside = append(beside, p.parent.domain.candidates(nil)...)
	}
	for _, v := range p.domain.candidates(beside) {
		if !containsSame(composed, v) {
			composed = append(composed, v)
		}
	}
	return composed
}

// compose are values of a place that have its fields.
func (s *search) compose(p *place) []value.Value {
	var pairs []value.Pair
	var all []value.Value
	var output *value.Value
	for _, c := range p.children {
		v, chosen := s.values[c]
		switch {
		case !chosen || !s.wanted[c]:
		case c.optional:
			output = &v
			all = append(all, v)
		case !v.IsNone():
			pairs = append(pairs, value.Pair{Key: c.field, Value: v})
		}
	}
	if len(pairs) > 0 || output != nil && output.IsNone() {
		var keys []value.Pair // of equal keys the last counts
		for _, part := range p.domain.parts(cond.CanBeTrue) {
			keys = append(keys, value.Pair{Key: part, Value: value.FromBool(true)})
		}
		pairs = append(keys, pairs...)
		if output != nil {
			pairs = append(pairs, value.Pair{Key: "output", Value: *output})
		}
		all = append(all, value.FromPairs(pairs))
	}
	return keep(all, p.domain.has)
}
