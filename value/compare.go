package value

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"strings"
)

// TypeError is the text of the TypeError that Python raises.
type TypeError string

func (e TypeError) Error() string { return string(e) }

// Equal is a == b. It never fails: values of different kinds differ, except that bool, int and float
// are numbers and compare by their exact value.
func Equal(a, b Value) bool {
	if a.isNumber() && b.isNumber() {
		order, ordered := compareNumbers(a, b)
		return ordered && order == 0
	}
	if a.kind != b.kind {
		return false
	}
	switch a.kind {
	case String:
		return a.Text() == b.Text()
	case List:
		as, bs := a.Items(), b.Items()
		return len(as) == len(bs) && firstDifference(as, bs) == len(as)
	case Dict:
		as := a.Pairs()
		if len(as) != len(b.Pairs()) {
			return false
		}
		for _, p := range as {
			if other, found := b.Get(p.Key); !found || !equalInside(p.Value, other) {
				return false
			}
		}
	}
	return true
}

// equalInside is how containers compare their elements: an object equals itself, even nan.
func equalInside(a, b Value) bool { return Equal(a, b) || a.isNaN() && b.isNaN() }

func firstDifference(as, bs []Value) int {
	n := min(len(as), len(bs))
	for i := range n {
		if !equalInside(as[i], bs[i]) {
			return i
		}
	}
	return n
}

// Order is one of the four ordering operators.
type Order uint8

// The orders.
const (
	Less Order = iota
	LessEqual
	Greater
	GreaterEqual
)

func (o Order) String() string { return [...]string{"<", "<=", ">", ">="}[o] }

func (o Order) holds(order int) bool {
	switch o {
	case Less:
		return order < 0
	case LessEqual:
		return order <= 0
	case Greater:
		return order > 0
	}
	return order >= 0
}

// Compare is a < b, or what else o says. Numbers are ordered by value, strings by code point, lists by
// their first difference; the error of everything else is a [TypeError].
func Compare(o Order, a, b Value) (bool, error) {
	switch {
	case a.isNumber() && b.isNumber():
		order, ordered := compareNumbers(a, b)
		return ordered && o.holds(order), nil
	case a.kind == String && b.kind == String:
		return o.holds(strings.Compare(a.Text(), b.Text())), nil
	case a.kind == List && b.kind == List:
		as, bs := a.Items(), b.Items()
		if i := firstDifference(as, bs); i < min(len(as), len(bs)) {
			return Compare(o, as[i], bs[i])
		}
		return o.holds(cmp.Compare(len(as), len(bs))), nil
	}
	return false, TypeError(fmt.Sprintf("'%s' not supported between instances of '%s' and '%s'", o, a.kind, b.kind))
}

// Contains is item in container: a part of a string, an element of a list, a key of a dict. Errors are
// [TypeError]s.
func Contains(container, item Value) (bool, error) {
	switch container.kind {
	case String:
		if item.kind != String {
			return false, TypeError("'in <string>' requires string as left operand, not " + item.kind.String())
		}
		return strings.Contains(container.Text(), item.Text()), nil
	case List:
		for _, element := range container.Items() {
			if equalInside(element, item) {
				return true, nil
			}
		}
		return false, nil
	case Dict:
		if item.kind == List || item.kind == Dict {
			return false, TypeError("unhashable type: '" + item.kind.String() + "'")
		}
		if item.kind != String {
			return false, nil
		}
		_, found := container.Get(item.Text())
		return found, nil
	}
	return false, TypeError("argument of type '" + container.kind.String() + "' is not iterable")
}

func (v Value) isNumber() bool { return v.kind == Int || v.kind == Bool || v.kind == Float }

func (v Value) isNaN() bool { return v.kind == Float && math.IsNaN(v.Float()) }

// compareNumbers compares by exact value: 2**53 + 1 is not the float 2**53. Nan is not ordered.
func compareNumbers(a, b Value) (order int, ordered bool) {
	switch {
	case a.isNaN() || b.isNaN():
		return 0, false
	case a.kind == Float && b.kind == Float:
		return cmp.Compare(a.Float(), b.Float()), true
	case a.kind == Float:
		return -compareIntFloat(b, a.Float()), true
	case b.kind == Float:
		return compareIntFloat(a, b.Float()), true
	case a.ptr == nil && b.ptr == nil:
		return cmp.Compare(int64(a.num), int64(b.num)), true
	}
	return a.Big().Cmp(b.Big()), true
}

func compareIntFloat(i Value, f float64) int {
	const tooLarge = 1 << 63 // the first float that is no int64
	if i.ptr != nil {
		if math.IsInf(f, 0) {
			return cmp.Compare(0, f)
		}
		return new(big.Float).SetInt(i.Big()).Cmp(big.NewFloat(f))
	}
	switch {
	case f >= tooLarge:
		return -1
	case f < -tooLarge:
		return 1
	}
	whole := math.Trunc(f)
	return cmp.Or(cmp.Compare(int64(i.num), int64(whole)), cmp.Compare(whole, f))
}
