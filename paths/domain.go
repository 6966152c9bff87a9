package paths

import (
	"math"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/value"
)

// test is a comparison of a value with a constant, or its mere truth, and what that came to on the path.
type test struct {
	op    cond.Op // NoOp: the truth of the value
	with  value.Value
	right bool // the value stands to the right of the operator
	want  cond.Outcomes
}

// passes reports whether a value comes to what is wanted.
func (t test) passes(v value.Value) bool {
	if t.op == cond.NoOp {
		return cond.Came(v.Truth(), nil) == t.want
	}
	a, b := v, t.with
	if t.right {
		a, b = b, a
	}
	return cond.Came(t.op.Apply(a, b)) == t.want
}

// onKind is all that the test may come to for values of a kind.
func (t test) onKind(k value.Kind) cond.Outcomes {
	switch {
	case t.op == cond.NoOp:
		return cond.Truth(k)
	case t.right:
		return t.op.OnKinds(t.with.Kind(), k)
	}
	return t.op.OnKinds(k, t.with.Kind())
}

// equals is the constant that a value equals which passes.
func (t test) equals() (value.Value, bool) {
	return t.with, t.op == cond.Equal && t.want == cond.CanBeTrue || t.op == cond.NotEqual && t.want == cond.CanBeFalse
}

// domain is the values that a place may have, as far as that is known: never too few. It is a list if there are few,
// else values of some kinds that pass tests.
type domain struct {
	listed bool
	values []value.Value
	kinds  dataflow.Kinds
	tests  []test // never changed in place, so domains may be copied

	numbers, texts interval
}

// interval is what order leaves of numbers or texts.
type interval struct{ from, to bound }

type bound struct {
	at     value.Value
	set    bool
	strict bool // at itself is outside
}

const (
	numberKinds dataflow.Kinds = 1<<value.Bool | 1<<value.Int | 1<<value.Float
	fewKinds    dataflow.Kinds = 1<<value.None | 1<<value.Bool // kinds of which all values can be listed
)

func domainOf(d dataflow.Domain) domain {
	if d.Kinds == 0 {
		return domain{listed: true, values: d.Values}
	}
	all := domain{kinds: d.Kinds}
	for _, v := range d.Values {
		all.kinds |= dataflow.KindsOf(v.Kind())
	}
	return all
}

func (d domain) isEmpty() bool {
	if d.listed {
		return len(d.values) == 0
	}
	return d.kinds == 0
}

// may reports whether a value of the kind may be there.
func (d domain) may(k value.Kind) bool {
	if !d.listed {
		return d.kinds.Has(k)
	}
	return slices.ContainsFunc(d.values, func(v value.Value) bool { return v.Kind() == k })
}

// has reports whether v may be there.
func (d domain) has(v value.Value) bool {
	if d.listed {
		return containsSame(d.values, v)
	}
	return d.kinds.Has(v.Kind()) && d.passes(v)
}

func (d domain) passes(v value.Value) bool {
	return !slices.ContainsFunc(d.tests, func(t test) bool { return !t.passes(v) })
}

// narrow is what of the domain passes a test.
func (d domain) narrow(t test) domain {
	d.tests = append(slices.Clip(d.tests), t)
	if d.listed {
		return d.list(d.values)
	}
	for k := range value.Kind(value.Kinds) {
		if d.kinds.Has(k) && t.onKind(k)&t.want == 0 {
			d.kinds &^= dataflow.KindsOf(k)
		}
	}
	if c, is := t.equals(); is {
		if equal, all := equalTo(c); all {
			return d.list(equal)
		}
	}
	if t.op == cond.NoOp && t.want == cond.CanBeFalse {
		return d.list(falsy)
	}
	if t.op.Class() == cond.Order && t.want != cond.CanFail {
		d.order(t)
	}
	return d.settle()
}

// only is what of the domain is of some kinds.
func (d domain) only(kinds dataflow.Kinds) domain {
	if d.listed {
		d.values = keep(d.values, func(v value.Value) bool { return kinds.Has(v.Kind()) })
		return d
	}
	d.kinds &= kinds
	return d.settle()
}

// list is the domain with no other values than some of these.
func (d domain) list(values []value.Value) domain {
	d.values = keep(values, func(v value.Value) bool {
		return (d.listed || d.kinds.Has(v.Kind())) && d.passes(v)
	})
	d.listed, d.kinds = true, 0
	return d
}

// settle draws conclusions from kinds and intervals.
func (d domain) settle() domain {
	if d.numbers.isEmpty() {
		d.kinds &^= numberKinds
	}
	if d.texts.isEmpty() || d.lacksPart() {
		d.kinds &^= dataflow.KindsOf(value.String)
	}
	if d.kinds&^fewKinds == 0 {
		return d.list([]value.Value{{}, value.FromBool(true), value.FromBool(false)})
	}
	if v, single := d.numbers.single(); single && d.kinds&^numberKinds == 0 {
		if equal, all := equalTo(v); all {
			return d.list(equal)
		}
	}
	return d
}

// lacksPart reports whether a text would have to contain something without a part of it.
func (d domain) lacksPart() bool {
	for _, has := range d.parts(cond.CanBeTrue) {
		for _, hasNot := range d.parts(cond.CanBeFalse) {
			if strings.Contains(has, hasNot) {
				return true
			}
		}
	}
	return false
}

// parts are the texts that the value, if it is one, contains or does not contain.
func (d domain) parts(want cond.Outcomes) []string {
	var all []string
	for _, t := range d.tests {
		if t.right && t.with.Kind() == value.String && t.op.Class() == cond.Membership && t.isIn(want) {
			all = append(all, t.with.Text())
		}
	}
	return all
}

// isIn reports whether a test of membership says that it is, or is not, so.
func (t test) isIn(want cond.Outcomes) bool {
	if t.op == cond.NotIn {
		return t.want == want.Not()
	}
	return t.want == want
}

// order narrows the interval of the kind that the test compares with.
func (d *domain) order(t test) {
	op := t.op
	if t.right {
		op = mirrored[op]
	}
	if t.want == cond.CanBeFalse {
		op = opposite[op] // no number is nan
	}
	in := &d.numbers
	switch {
	case t.with.Kind() == value.String:
		in = &d.texts
	case !numberKinds.Has(t.with.Kind()):
		return
	}
	switch op {
	case cond.Less, cond.LessEqual:
		if b := (bound{t.with, true, op == cond.Less}); !in.to.set || b.isBefore(in.to) {
			in.to = b
		}
	default:
		if b := (bound{t.with, true, op == cond.Greater}); !in.from.set || in.from.isBefore(b) || compare(in.from.at, b.at) == 0 && b.strict {
			in.from = b
		}
	}
}

// mirrored is the operator with its sides exchanged.
var mirrored = map[cond.Op]cond.Op{
	cond.Less: cond.Greater, cond.Greater: cond.Less, cond.LessEqual: cond.GreaterEqual, cond.GreaterEqual: cond.LessEqual,
}

// isBefore reports whether an interval that ends at b ends before one that ends at c.
func (b bound) isBefore(c bound) bool {
	order := compare(b.at, c.at)
	return order < 0 || order == 0 && b.strict && !c.strict
}

func (i interval) isEmpty() bool {
	if i.to.set && i.to.strict && i.to.at.Kind() == value.String && i.to.at.Text() == "" {
		return true // no text comes before the empty one
	}
	if !i.from.set || !i.to.set {
		return false
	}
	order := compare(i.from.at, i.to.at)
	return order > 0 || order == 0 && (i.from.strict || i.to.strict)
}

// single is the one value that the interval leaves.
func (i interval) single() (value.Value, bool) {
	return i.from.at, i.from.set && i.to.set && compare(i.from.at, i.to.at) == 0
}

// compare orders two constants of an interval, which are of one kind.
func compare(a, b value.Value) int {
	if less, _ := value.Compare(value.Less, a, b); less {
		return -1
	}
	if value.Equal(a, b) {
		return 0
	}
	return 1
}

// falsy are all values that are false.
var falsy = []value.Value{
	{}, value.FromBool(false), value.FromInt(0), value.FromString(""), value.FromItems(nil), value.FromPairs(nil), value.FromFloat(0),
}

// equalTo is all values that equal a constant. Of a list or dict they cannot be told: [1] equals [1.0].
func equalTo(c value.Value) (values []value.Value, all bool) {
	values = []value.Value{c}
	switch c.Kind() {
	case value.List, value.Dict:
		return nil, false
	case value.Bool, value.Int, value.Float:
		others := []value.Value{value.FromBool(true), value.FromBool(false)}
		if c.Kind() == value.Float {
			if f := c.Float(); math.Abs(f) < 1<<63 {
				others = append(others, value.FromInt(int64(f)))
			} else {
				return nil, false // a large int may equal it
			}
		} else if i, small := asInt(c); small {
			others = append(others, value.FromInt(i), value.FromFloat(float64(i)))
		} else {
			return nil, false // a float may equal it
		}
		for _, v := range others {
			if value.Equal(v, c) && !containsSame(values, v) {
				values = append(values, v)
			}
		}
	}
	return values, true
}

// asInt is the value of a bool or of an int that is not too large.
func asInt(v value.Value) (int64, bool) {
	if v.Kind() == value.Bool {
		if v.Bool() {
			return 1, true
		}
		return 0, true
	}
	return v.Int()
}

// same reports whether two values are equal and of one kind.
func same(a, b value.Value) bool { return a.Kind() == b.Kind() && value.Equal(a, b) }

func containsSame(values []value.Value, v value.Value) bool {
	return slices.ContainsFunc(values, func(w value.Value) bool { return same(v, w) })
}

func keep(values []value.Value, want func(value.Value) bool) []value.Value {
	var kept []value.Value
	for _, v := range values {
		if want(v) {
			kept = append(kept, v)
		}
	}
	return kept
}

// unknown is the domain of a value of which nothing is known.
var unknown = domain{kinds: dataflow.AllKinds}
