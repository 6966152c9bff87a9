package source

import (
	"math/rand/v2"
	"testing"
)

// built is a random literal, built piece by piece beside a naive map: the span of each byte of the value.
type built struct {
	text  Text
	file  string
	bytes []Span
}

func build(r *rand.Rand) built {
	var b TextBuilder
	if r.IntN(2) == 0 { // as it is used again and again
		b.Verbatim(0, "before")
		b.Reset()
	}
	var w built
	w.file = []string{"", "pre ", "'"}[r.IntN(3)]
	start := len(w.file)
	w.file += []string{"", `"`, `"""`}[r.IntN(3)]
	for range r.IntN(8) {
		switch piece := []string{"a", "bcd", "é"}[r.IntN(3)]; r.IntN(5) {
		case 0, 1:
			b.Verbatim(len(w.file), piece)
			for i := range len(piece) {
				w.bytes = append(w.bytes, Span{len(w.file) + i, len(w.file) + i + 1})
			}
			w.file += piece
		case 2:
			spelling := []string{`\n`, `\u00e9`, ``}[r.IntN(3)]
			b.Escape(Span{len(w.file), len(w.file) + len(spelling)}, piece)
			for range len(piece) {
				w.bytes = append(w.bytes, Span{len(w.file), len(w.file) + len(spelling)})
			}
			w.file += spelling
		case 3:
			w.file += "  " // a fold that means nothing
		case 4:
			n := r.IntN(len(w.bytes) + 1)
			b.Trim(n)
			w.bytes = w.bytes[:len(w.bytes)-n]
		}
		if b.Len() != len(w.bytes) {
			panic("length")
		}
	}
	w.file += []string{"", `"`, `"""`, "  "}[r.IntN(4)]
	w.text = b.Text(Span{start, len(w.file)})
	return w
}

func TestTextBuilder(t *testing.T) {
	for seed := range uint64(20_000) {
		w := build(rand.New(rand.NewPCG(seed, 3)))
		if len(w.text.Value) != len(w.bytes) {
			t.Fatalf("seed %d: %q", seed, w.text.Value)
		}
		last := w.text.Span.Start
		for i := 0; i <= len(w.bytes); i++ {
			at := w.text.At(i)
			if at < last || at > w.text.Span.End {
				t.Fatalf("seed %d: %q in %q: At(%d) is %d behind %d", seed, w.text.Value, w.file, i, at, last)
			}
			last = at
			if i < len(w.bytes) && at != w.bytes[i].Start || i > 0 && i == len(w.bytes) && at != w.bytes[i-1].End {
				t.Fatalf("seed %d: %q in %q: At(%d) is %d", seed, w.text.Value, w.file, i, at)
			}
			for j := i + 1; j <= len(w.bytes); j++ {
				if got, want := w.text.Sub(i, j), (Span{w.bytes[i].Start, w.bytes[j-1].End}); got != want {
					t.Fatalf("seed %d: %q in %q: Sub(%d, %d) = %v, want %v", seed, w.text.Value, w.file, i, j, got, want)
				}
			}
			if s := w.text.Sub(i, i); s != (Span{at, at}) {
				t.Fatalf("seed %d: Sub(%d, %[2]d) = %v", seed, i, s)
			}
		}
	}
}

// TestPartsAndInnerTexts takes parts of random texts, and reads random texts inside of others.
func TestPartsAndInnerTexts(t *testing.T) {
	for seed := range uint64(10_000) {
		r := rand.New(rand.NewPCG(seed, 4))
		outer, inner := build(r), build(r)
		n := len(outer.bytes)
		i := r.IntN(n + 1)
		j := i + r.IntN(n-i+1)
		var b TextBuilder
		b.Part(outer.text, i, j)
		part := b.Text(Span{0, len(outer.file)})
		if part.Value != outer.text.Value[i:j] {
			t.Fatalf("seed %d: part %q of %q", seed, part.Value, outer.text.Value)
		}
		for k := range part.Value {
			if got := part.Sub(k, k+1); got != outer.bytes[i+k] {
				t.Fatalf("seed %d: part of %q: byte %d is %v, want %v", seed, outer.file, k, got, outer.bytes[i+k])
			}
		}
		if n < inner.text.Span.End {
			continue
		}
		within := inner.text.Within(outer.text)
		for k, at := range inner.bytes {
			if got, want := within.Sub(k, k+1), outer.text.Sub(at.Start, at.End); got != want {
				t.Fatalf("seed %d: %q in %q: byte %d is %v, want %v", seed, inner.file, outer.file, k, got, want)
			}
		}
	}
}

// TestTextsStay builds a second text with the builder of the first.
func TestTextsStay(t *testing.T) {
	var b TextBuilder
	b.Escape(Span{1, 3}, "x")
	b.Verbatim(3, "yz")
	first := b.Text(Span{0, 6})
	b.Reset()
	b.Verbatim(100, "other")
	b.Escape(Span{105, 111}, "é")
	b.Text(Span{99, 112})
	if first.Value != "xyz" || first.At(0) != 1 || first.At(1) != 3 || first.At(3) != 5 {
		t.Errorf("%q %d %d %d", first.Value, first.At(0), first.At(1), first.At(3))
	}
}

func TestVerbatimAndCoarse(t *testing.T) {
	for _, c := range []struct {
		text       Text
		start, end int
	}{
		{VerbatimText("abc", Span{10, 13}), 10, 13},
		{VerbatimText("abc", Span{10, 15}), 11, 14},
		{VerbatimText("", Span{10, 12}), 11, 11},
		{VerbatimText("", Span{10, 10}), 10, 10},
		{CoarseText("abc", Span{10, 30}), 10, 30},
		{CoarseText("", Span{10, 30}), 10, 10},
	} {
		if got := c.text.Content(); got != (Span{c.start, c.end}) {
			t.Errorf("%v: content %v", c.text, got)
		}
	}
	if got := VerbatimText("abc", Span{10, 15}).Sub(1, 2); got != (Span{12, 13}) {
		t.Errorf("the b in quotes: %v", got)
	}
	if got := CoarseText("abc", Span{10, 30}).Sub(1, 2); got != (Span{10, 30}) {
		t.Errorf("the b somewhere: %v", got)
	}
}
