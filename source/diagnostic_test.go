package source

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestApply(t *testing.T) {
	at := func(start, end int, text string) Edit { return Edit{Span{start, end}, text} }
	for _, c := range []struct {
		edits []Edit
		want  string // empty: they overlap
	}{
		{nil, "0123456789"},
		{[]Edit{at(0, 10, "x")}, "x"},
		{[]Edit{at(0, 0, "a"), at(10, 10, "z")}, "a0123456789z"},
		{[]Edit{at(2, 4, "x"), at(4, 6, "y")}, "01xy6789"},
		{[]Edit{at(4, 4, "x"), at(4, 6, "y")}, "0123xy6789"},
		{[]Edit{at(2, 4, "y"), at(4, 4, "x")}, "01yx456789"},
		{[]Edit{at(4, 4, "x"), at(4, 4, "y")}, ""},
		{[]Edit{at(4, 4, "x"), at(4, 4, "x")}, ""},
		{[]Edit{at(4, 6, "x"), at(4, 6, "x")}, ""},
		{[]Edit{at(3, 6, "x"), at(5, 7, "y")}, ""},
		{[]Edit{at(3, 6, "x"), at(4, 4, "y")}, ""},
		{[]Edit{at(3, 6, "x"), at(3, 4, "y")}, ""},
	} {
		for range 10 {
			got, err := Apply("0123456789", c.edits)
			if got != c.want || (c.want == "") != errors.Is(err, ErrOverlap) {
				t.Errorf("%v: %q, %v", c.edits, got, err)
			}
			rand.Shuffle(len(c.edits), func(i, j int) { c.edits[i], c.edits[j] = c.edits[j], c.edits[i] })
		}
	}
	for _, e := range []Edit{at(-1, 0, ""), at(5, 11, ""), at(11, 11, ""), at(6, 5, "")} {
		if _, err := Apply("0123456789", []Edit{e}); err == nil || errors.Is(err, ErrOverlap) {
			t.Errorf("%v: %v", e, err)
		}
	}
}

// TestApplyNaive makes random edits one by one from behind, in which no place moves before its turn.
func TestApplyNaive(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 2))
		text := randomText(r)
		var edits []Edit
		for at := r.IntN(3); at <= len(text); at += 1 + r.IntN(5) {
			end := min(at+r.IntN(4), len(text))
			edits = append(edits, Edit{Span{at, end}, randomText(r)})
			at = end
		}
		want := text
		for _, e := range slices.Backward(edits) {
			want = want[:e.Span.Start] + e.New + want[e.Span.End:]
		}
		r.Shuffle(len(edits), func(i, j int) { edits[i], edits[j] = edits[j], edits[i] })
		if got, err := Apply(text, edits); err != nil || got != want {
			t.Fatalf("%q, %v:\n%q, %v\nwant %q", text, edits, got, err, want)
		}
	}
}
