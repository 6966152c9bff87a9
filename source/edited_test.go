package source

import (
	"math/rand/v2"
	"testing"
)

// A file that is edited again and again has the places of one that is read anew.
func TestEditedPlaces(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 2))
		f := NewFile("", randomText(r))
		for range 8 {
			s := Span{Start: r.IntN(len(f.Text) + 1)}
			s.End = s.Start + r.IntN(min(len(f.Text)-s.Start, 6)+1)
			if r.IntN(10) == 0 {
				s.End = s.Start + r.IntN(len(f.Text)-s.Start+1)
			}
			with := randomText(r)
			before := f.Text
			if f = f.Edited(s, with); f.Text != before[:s.Start]+with+before[s.End:] {
				t.Fatalf("%q with %q in %v: %q", before, with, s, f.Text)
			}
			anew := NewFile("", f.Text)
			for k := range 40 {
				off := k
				if len(f.Text) >= 40 {
					off = r.IntN(len(f.Text) + 1)
				}
				line, unit := anew.UTF16(off)
				_, col := anew.LineCol(off)
				if l, u := f.UTF16(off); l != line || u != unit {
					t.Fatalf("%q with %q in %v: %d is %d:%d, want %d:%d", before, with, s, off, l, u, line, unit)
				}
				if _, c := f.LineCol(off); c != col {
					t.Fatalf("%q with %q in %v: %d is in column %d, want %d", before, with, s, off, c, col)
				}
				if got, want := f.OffsetUTF16(line, unit), anew.OffsetUTF16(line, unit); got != want || f.LineSpan(off) != anew.LineSpan(off) {
					t.Fatalf("%q with %q in %v: %d:%d is %d, want %d", before, with, s, line, unit, got, want)
				}
			}
		}
	}
}
