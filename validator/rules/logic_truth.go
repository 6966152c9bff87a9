package rules

import "github.com/nanolint/nanolint/cond"

// same reports whether two readings never differ. Up to ten different comparisons all truths are tried, 64 at a
// time; of more, some. That one variable equals two texts at once is left out.
func (l *logicReader) same(a, b *logic) bool {
	for w := range 1 << max(0, min(l.atoms, 10)-6) {
		if w == len(l.possible) {
			l.possible = append(l.possible, l.possibleTruths(w))
		}
		if (l.truth(a, w)^l.truth(b, w))&l.possible[w] != 0 {
			return false
		}
	}
	return true
}

func (l *logicReader) possibleTruths(w int) uint64 {
	possible := ^uint64(0)
	for i, v := range l.values {
		for j := range i {
			if v[0] != "" && v[0] == l.values[j][0] {
				possible &^= truths(i, w) & truths(j, w)
			}
		}
	}
	return possible
}

// truths are 64 truths of an atom.
func truths(atom, w int) uint64 {
	if atom < 6 {
		return [...]uint64{0xaaaaaaaaaaaaaaaa, 0xcccccccccccccccc, 0xf0f0f0f0f0f0f0f0, 0xff00ff00ff00ff00, 0xffff0000ffff0000, 0xffffffff00000000}[atom]
	}
	if atom < 10 {
		return -uint64(w >> (atom - 6) & 1)
	}
	x := uint64(atom+1)*0x9e3779b97f4a7c15 + uint64(w+1)*0xbf58476d1ce4e5b9 // any bits will do, the same in every run
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (l *logicReader) truth(n *logic, w int) uint64 {
	var bits uint64
	switch n.op {
	case cond.NoOp:
		bits = truths(l.terms[n.term].atom, w)
		if l.terms[n.term].turned {
			bits = ^bits
		}
	case cond.And:
		bits = ^bits
		for _, part := range n.parts {
			bits &= l.truth(part, w)
		}
	default:
		for _, part := range n.parts {
			bits |= l.truth(part, w)
		}
	}
	if n.not {
		return ^bits
	}
	return bits
}
