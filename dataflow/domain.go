package dataflow

import (
	"slices"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// Domain is the values that something may have: some that are known, and all of some kinds. The zero Domain is
// no value at all.
type Domain struct {
	Values []value.Value
	Kinds  Kinds

	// Block is the parallel block whose output the dict among Kinds is, if it can be no other dict.
	Block *program.Step
}

// Kinds is a set of kinds of values.
type Kinds uint8

// KindsOf is a set of one kind.
func KindsOf(k value.Kind) Kinds { return 1 << k }

// AllKinds is the kinds of a value of which nothing is known.
const AllKinds Kinds = 1<<value.Kinds - 1

// Has reports whether k is one of the kinds.
func (s Kinds) Has(k value.Kind) bool { return s&KindsOf(k) != 0 }

// Unknown is the domain of a value of which nothing is known.
var Unknown = Domain{Kinds: AllKinds}

// Known is the domain of one value.
func Known(v value.Value) Domain { return Domain{Values: []value.Value{v}} }

// IsUnknown reports whether nothing is known.
func (d Domain) IsUnknown() bool { return d.Kinds == AllKinds }

// mostValues is how many values a domain tells apart. A domain of more is widened to their kinds.
const mostValues = 64

// Join is the values of either domain.
func (d Domain) Join(e Domain) Domain {
	j := Domain{Kinds: d.Kinds | e.Kinds, Block: d.Block, Values: slices.Clip(d.Values)}
	switch {
	case !d.Kinds.Has(value.Dict):
		j.Block = e.Block
	case e.Kinds.Has(value.Dict) && e.Block != d.Block:
		j.Block = nil
	}
	for _, v := range e.Values {
		if !contains(d.Values, v) {
			j.Values = append(j.Values, v)
		}
	}
	if len(j.Values) > mostValues {
		j.widen()
	}
	return j
}

// widen gives up the values for their kinds.
func (d *Domain) widen() {
	for _, v := range d.Values {
		d.Kinds |= KindsOf(v.Kind())
		if v.Kind() == value.Dict {
			d.Block = nil
		}
	}
	d.Values = nil
}

// contains looks for the very value: 1, 1.0 and True are three.
func contains(values []value.Value, v value.Value) bool {
	for _, w := range values {
		if v.Kind() == w.Kind() && value.Equal(v, w) {
			return true
		}
	}
	return false
}

// Has reports whether the domain has values of a kind.
func (d Domain) Has(k value.Kind) bool {
	if d.Kinds.Has(k) {
		return true
	}
	for _, v := range d.Values {
		if v.Kind() == k {
			return true
		}
	}
	return false
}

// Only reports whether all values of the domain are of a kind.
func (d Domain) Only(k value.Kind) bool {
	if d.Kinds&^KindsOf(k) != 0 || d.Kinds == 0 && len(d.Values) == 0 {
		return false
	}
	for _, v := range d.Values {
		if v.Kind() != k {
			return false
		}
	}
	return true
}

// field is what a condition finds under a name: None in anything that is no dict.
func (d Domain) field(name string) Domain {
	var found Domain
	if d.Kinds&^KindsOf(value.Dict) != 0 {
		found = Known(value.Value{})
	}
	if d.Kinds.Has(value.Dict) {
		if d.Block == nil {
			return Unknown
		}
		found = found.Join(fieldOfBlock(d.Block, name))
	}
	for _, v := range d.Values {
		w, _ := v.Get(name) // None if there is nothing
		found = found.Join(Known(w))
	}
	return found
}

// fieldOfBlock is what the output of a parallel block has under the id of a sub-step.
func fieldOfBlock(block *program.Step, id string) Domain {
	found := Known(value.Value{})
	for _, sub := range block.Subs {
		if sub.ID() == id {
			found = OutputOf(sub, program.Done) // of equal ids the last
			if block.OnError == program.Skip {
				found = found.Join(Known(value.Value{}))
			}
		}
	}
	return found
}

// OutputOf is what a step may put out with an outcome after which it has put something out.
func OutputOf(s *program.Step, o program.Outcome) Domain {
	switch s.Kind {
	case program.LLM:
		return answersOf(s)
	case program.Condition:
		r := &s.Then
		if o == program.False {
			r = &s.Otherwise
		}
		switch {
		case r.Opaque:
			return Unknown
		case r.Node == nil:
			return Known(value.Value{})
		}
		return Known(value.FromString(r.Name()))
	case program.Parallel:
		return Domain{Kinds: KindsOf(value.Dict), Block: s}
	}
	return Unknown
}

// answersOf is what a model may answer: any text, or one of the allowed outputs. An entry with blanks
// around it equals no answer, since answers are stripped; only as the fallback of on_error: skip
// the first is taken as it is written.
func answersOf(s *program.Step) Domain {
	text := Domain{Kinds: KindsOf(value.String)}
	if s.AllowedOutputs == nil || len(s.AllowedOutputs.Items) == 0 || len(s.AllowedOutputs.Items) > mostValues {
		return text
	}
	var d Domain
	for i, entry := range s.AllowedOutputs.Items {
		if entry.Kind != syntax.String {
			return text
		}
		v := entry.Text.Value
		if value.Strip(v) == v || i == 0 && s.OnError != program.Fail && s.OnError != program.Retry {
			d = d.Join(Known(value.FromString(v)))
		}
	}
	return d
}

// apply is all that comparing values of two domains may come to.
func apply(op cond.Op, a, b Domain) cond.Outcomes {
	var o cond.Outcomes
	for _, v := range a.Values {
		for _, w := range b.Values {
			o |= cond.Came(op.Apply(v, w))
		}
	}
	for k := range value.Kind(value.Kinds) {
		for l := range value.Kind(value.Kinds) {
			if a.Kinds.Has(k) && b.Has(l) || a.Has(k) && b.Kinds.Has(l) {
				o |= op.OnKinds(k, l)
			}
		}
	}
	return o
}

// truth is what the truth of a value of a domain may be.
func truth(d Domain) cond.Outcomes {
	var o cond.Outcomes
	for _, v := range d.Values {
		o |= cond.Came(v.Truth(), nil)
	}
	for k := range value.Kind(value.Kinds) {
		if d.Kinds.Has(k) {
			o |= cond.Truth(k)
		}
	}
	return o
}
