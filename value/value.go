// Package value is values as the Python machine sees them: None, bool, int of any size, float, str,
// list, and dict in the order of insertion; with Python's equality, order, membership, truth, str()
// and repr(), and its JSON.
//
// It promises the answers of CPython 3.11, to the byte where they are texts, those of errors included.
// It does not do arithmetic, knows no other type (tuples, sets and dates never come out of JSON), and
// keeps no object identity but one: nan is a single object, as it is where json.loads made it, and
// Python's containers take an object for equal to itself.
//
// Values never change once they are made, so they may be shared and cannot contain themselves. Text is
// UTF-8 extended by lone surrogates in three bytes each (known as WTF-8): its bytes sort, compare and
// search as the code points do. A byte that is no part of such text counts as a character of its own,
// U+DC80 to U+DCFF, as Python's surrogateescape has it.
package value

import (
	"math"
	"math/big"
	"sync/atomic"
	"unsafe"
)

// Kind is a type of Python.
type Kind uint8

// The kinds.
const (
	None Kind = iota
	Bool
	Int
	Float
	String
	List
	Dict
)

// Kinds is the number of kinds.
const Kinds = int(Dict) + 1

// String is Python's name of the type.
func (k Kind) String() string {
	return [...]string{"NoneType", "bool", "int", "float", "str", "list", "dict"}[k]
}

// Value is one value. The zero Value is None.
//
// It is three words, as slog.Value is, so that making a number or a string allocates nothing: the kind,
// one word of number, bool or length, and a pointer to the bytes, items or pairs, or to an int that
// needs more than 64 bits.
type Value struct {
	_    [0]func() // no ==, which would compare addresses
	ptr  unsafe.Pointer
	num  uint64
	kind Kind
}

// Pair is an entry of a dict. The keys of JSON are strings.
type Pair struct {
	Key   string
	Value Value
}

// dict finds keys by walking when there are few, by an index when there are more. Somebody must ask before the index
// is made; if several do at once, each may make one, and all are the same.
type dict struct {
	pairs []Pair
	index atomic.Pointer[map[string]int]
}

const fewPairs = 8

// FromBool is True or False.
func FromBool(b bool) Value {
	v := Value{kind: Bool}
	if b {
		v.num = 1
	}
	return v
}

// FromInt is an int.
func FromInt(i int64) Value { return Value{kind: Int, num: uint64(i)} }

// FromBig is an int of any size. The caller must not change i afterwards.
func FromBig(i *big.Int) Value {
	if i.IsInt64() {
		return FromInt(i.Int64())
	}
	return Value{kind: Int, ptr: unsafe.Pointer(i)}
}

// FromFloat is a float.
func FromFloat(f float64) Value { return Value{kind: Float, num: math.Float64bits(f)} }

// FromString is a str.
func FromString(s string) Value {
	return Value{kind: String, ptr: unsafe.Pointer(unsafe.StringData(s)), num: uint64(len(s))}
}

// FromBytes is a str, which takes text over: the caller must not use it afterwards.
func FromBytes(text []byte) Value {
	return Value{kind: String, ptr: unsafe.Pointer(unsafe.SliceData(text)), num: uint64(len(text))}
}

// FromItems is a list. The caller must not change items afterwards.
func FromItems(items []Value) Value {
	return Value{kind: List, ptr: unsafe.Pointer(unsafe.SliceData(items)), num: uint64(len(items))}
}

// FromPairs is a dict, which takes pairs over: the caller must not use them afterwards. Of equal keys the
// first gives the place and the last the value, as in Python.
func FromPairs(pairs []Pair) Value {
	d := &dict{pairs: pairs[:0]}
	var index map[string]int
	if len(pairs) > fewPairs {
		index = make(map[string]int, len(pairs))
	}
	for _, p := range pairs {
		i, found := index[p.Key]
		if index == nil {
			i, found = d.find(p.Key)
		}
		if found {
			d.pairs[i].Value = p.Value
			continue
		}
		if index != nil {
			index[p.Key] = len(d.pairs)
		}
		d.pairs = append(d.pairs, p)
	}
	if index != nil {
		d.index.Store(&index)
	}
	return Value{kind: Dict, ptr: unsafe.Pointer(d)}
}

// FromDistinct is [FromPairs] for pairs whose keys are known to differ.
func FromDistinct(pairs []Pair) Value {
	return Value{kind: Dict, ptr: unsafe.Pointer(&dict{pairs: pairs})}
}

func (d *dict) find(key string) (int, bool) {
	if len(d.pairs) <= fewPairs {
		for i := range d.pairs {
			if d.pairs[i].Key == key {
				return i, true
			}
		}
		return 0, false
	}
	index := d.index.Load()
	if index == nil {
		made := make(map[string]int, len(d.pairs))
		for i := range d.pairs {
			made[d.pairs[i].Key] = i
		}
		index = &made
		d.index.Store(index)
	}
	i, found := (*index)[key]
	return i, found
}

// Identical reports whether two values are one and the same, as far as a glance tells: equal numbers, or texts, lists and
// dicts in the same place of memory. Values of which it is false may still be equal.
func Identical(a, b Value) bool { return a.kind == b.kind && a.num == b.num && a.ptr == b.ptr }

// Kind is the type of v.
func (v Value) Kind() Kind { return v.kind }

// IsNone reports whether v is None.
func (v Value) IsNone() bool { return v.kind == None }

// Bool is the value of a bool.
func (v Value) Bool() bool { return v.num != 0 }

// Int is the value of an int, if it fits.
func (v Value) Int() (int64, bool) { return int64(v.num), v.kind == Int && v.ptr == nil }

// Big is the value of an int. It must not be changed.
func (v Value) Big() *big.Int {
	if v.ptr != nil {
		return (*big.Int)(v.ptr)
	}
	return big.NewInt(int64(v.num))
}

// Float is the value of a float.
func (v Value) Float() float64 { return math.Float64frombits(v.num) }

// Text is the value of a str.
func (v Value) Text() string { return unsafe.String((*byte)(v.ptr), int(v.num)) }

// Items are the elements of a list. They must not be changed.
func (v Value) Items() []Value { return unsafe.Slice((*Value)(v.ptr), int(v.num)) }

// Pairs are the entries of a dict, in order of insertion. They must not be changed.
func (v Value) Pairs() []Pair { return (*dict)(v.ptr).pairs }

// Get is what a dict has under key. Other values have nothing.
func (v Value) Get(key string) (Value, bool) {
	if v.kind != Dict {
		return Value{}, false
	}
	d := (*dict)(v.ptr)
	if i, found := d.find(key); found {
		return d.pairs[i].Value, true
	}
	return Value{}, false
}

// Truth is bool(v): false for None, False, zero, and whatever is empty.
func (v Value) Truth() bool {
	switch v.kind {
	case Float:
		return v.Float() != 0
	case Int:
		return v.num != 0 || v.ptr != nil
	case Dict:
		return len(v.Pairs()) > 0
	}
	return v.num != 0
}
