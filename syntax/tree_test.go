package syntax

import (
	"math"
	"math/rand/v2"
	"strings"
)

// forest grows random trees that a reader could have returned, the same on every run.
type forest struct{ *rand.Rand }

func newForest(seed uint64) forest { return forest{rand.New(rand.NewPCG(seed, 1))} }

var strangeStrings = []string{
	"", " ", "a", "id", "yes", "No", "on", "null", "~", "true", "1", "-1", "1.5", "0x1F", "1_000", "1:30", "1e3", ".inf", "2024-01-01", "<<", "=",
	"- a", "a: b", "a #b", "#", "'", `"`, `\`, "it's", `say "hi"`, "[a]", "{a}", "a,b", "a:", ":a", "?", "? a", "!a", "&a", "*a", "%a", "@a", "`a",
	"$x == 'yes' and $y.z > 3", "line\nline", "line\nline\n", "\nline", " line\nline", "line \nline", "a\n\nb\n", "a\n\n", "\ttab", "a\tb", "\r", "a\r\nb",
	"é", "😀", "\u0085", "\u2028", "\ufeff", "\u00a0", "\x00", "\x7f", "\x1b", "\xed\xa0\x80", "a\xed\xb0\x80b", "---", "...", "--- a", "a\n---\nb",
	"$decision", "https://example.org/a?b=c#d", "a - b", "a\\nb", "null ", "\u0301", "٣", "y", "- ", "|", ">", "|-\n a", "# a\nb", "a'b\"c\\d",
}

func (f forest) string() string {
	switch f.IntN(3) {
	case 0:
		return strangeStrings[f.IntN(len(strangeStrings))]
	case 1:
		return strangeStrings[f.IntN(len(strangeStrings))] + strangeStrings[f.IntN(len(strangeStrings))]
	}
	const letters = "abc$é \n\t'\"\\:,#-[]{}&*!|>%@`"
	var b strings.Builder
	for range f.IntN(8) {
		r := []rune(letters)
		b.WriteRune(r[f.IntN(len(r))])
	}
	if f.IntN(40) == 0 {
		return strings.Repeat("long "+b.String(), 300)
	}
	return b.String()
}

func (f forest) tree(depth int) *Node {
	kinds := 12
	if depth == 0 {
		kinds = 8
	}
	switch f.IntN(kinds) {
	case 0:
		return NewNull()
	case 1:
		return NewBool(f.IntN(2) == 0)
	case 2:
		return NewInt(f.IntN(2000) - 1000)
	case 3:
		floats := []float64{0, math.Copysign(0, -1), 1.5, -2e-9, 1e300, 1e6, 123456, 1e21, math.NaN(), math.Inf(1), math.Inf(-1), f.NormFloat64()}
		return NewFloat(floats[f.IntN(len(floats))])
	case 8, 9:
		var items []*Node
		for range f.IntN(4) {
			items = append(items, f.tree(depth-1))
		}
		return NewList(items...)
	case 10, 11:
		return f.mapping(depth)
	}
	return NewString(f.string())
}

func (f forest) mapping(depth int) *Node {
	var pairs []Pair
	used := map[string]bool{}
	for range f.IntN(4) {
		if key := f.string(); !used[key] {
			used[key] = true
			pairs = append(pairs, NewPair(key, f.tree(depth-1)))
		}
	}
	return NewMap(pairs...)
}
