package paths

import (
	"math/big"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/value"
)

// candidates are values worth trying for a place, the plainest first: all that the domain lists, or else what its
// tests ask for, what stands beside that, and a few of each kind. Each is in the domain.
func (d domain) candidates(beside []value.Value) []value.Value {
	pool := slices.Clone(d.values)
	if !d.listed {
		pool = d.pool(beside)
	}
	var all []value.Value
	for _, v := range pool {
		if d.has(v) && !containsSame(all, v) {
			all = append(all, v)
		}
	}
	return all
}

func (d domain) pool(beside []value.Value) []value.Value {
	var pool []value.Value
	pool = append(pool, d.members()...)
	var constants []value.Value
	for _, t := range d.tests {
		if t.op == cond.NoOp {
			continue
		}
		constants = append(constants, t.with)
		if t.with.Kind() == value.String && !t.right && t.op.Class() == cond.Membership {
			for _, word := range strings.Fields(t.with.Text()) {
				pool = append(pool, value.FromString(word))
			}
		}
		pool = append(pool, t.with)
	}
	constants = append(constants, beside...)
	pool = append(pool, beside...)
	for _, c := range constants {
		pool = append(pool, neighbours(c)...)
	}
	if from, to := d.numbers.from, d.numbers.to; from.set && to.set {
		pool = append(pool, value.FromFloat(midway(from.at, to.at)))
	}
	return append(pool, plain(constants)...)
}

// members are a text, a list and a dict that hold all that the tests want in them.
func (d domain) members() []value.Value {
	var texts []string
	var items []value.Value
	for _, t := range d.tests {
		if t.right && t.op.Class() == cond.Membership && t.isIn(cond.CanBeTrue) {
			items = append(items, t.with)
			if t.with.Kind() == value.String {
				texts = append(texts, t.with.Text())
			}
		}
	}
	if len(items) == 0 {
		return nil
	}
	pairs := make([]value.Pair, len(texts))
	for i, text := range texts {
		pairs[i] = value.Pair{Key: text, Value: value.FromBool(true)}
	}
	return []value.Value{value.FromString(strings.Join(texts, " ")), value.FromItems(items), value.FromPairs(pairs)}
}

// neighbours are values that come just before and behind a constant.
func neighbours(c value.Value) []value.Value {
	switch c.Kind() {
	case value.Int:
		one := big.NewInt(1)
		return []value.Value{value.FromBig(new(big.Int).Add(c.Big(), one)), value.FromBig(new(big.Int).Sub(c.Big(), one))}
	case value.Bool:
		return []value.Value{value.FromInt(2), value.FromInt(-1)}
	case value.Float:
		return []value.Value{value.FromFloat(c.Float() + 1), value.FromFloat(c.Float() - 1)}
	case value.String:
		text := c.Text()
		all := []value.Value{value.FromString(text + "x")}
		if text != "" {
			_, size := value.DecodeRune(text)
			all = append(all, value.FromString(text[:size]))
		}
		return all
	}
	return nil
}

// midway is a number between two.
func midway(a, b value.Value) float64 { return asFloat(a)/2 + asFloat(b)/2 }

func asFloat(v value.Value) float64 {
	if v.Kind() == value.Float {
		return v.Float()
	}
	i, small := asInt(v)
	if !small {
		f, _ := new(big.Float).SetInt(v.Big()).Float64()
		return f
	}
	return float64(i)
}

// plain are a few values of each kind, those of the kind of the constants first.
func plain(constants []value.Value) []value.Value {
	kinds := [...][]value.Value{
		{value.FromBool(true), value.FromBool(false)},
		{value.FromString("other"), value.FromString("another"), value.FromString("")},
		{value.FromInt(1), value.FromInt(0), value.FromInt(-1)},
		{{}},
		{value.FromPairs([]value.Pair{{Key: "key", Value: value.FromString("value")}}), value.FromPairs(nil)},
		{value.FromItems([]value.Value{value.FromString("item")}), value.FromItems(nil)},
	}
	var first, rest []value.Value
	for _, all := range kinds {
		alike := func(c value.Value) bool {
			return c.Kind() == all[0].Kind() || c.Kind() == value.Float && all[0].Kind() == value.Int
		}
		if slices.ContainsFunc(constants, alike) {
			first = append(first, all...)
		} else {
			rest = append(rest, all...)
		}
	}
	return append(first, rest...)
}
