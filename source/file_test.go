package source

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// randomText is made of everything that makes lines and columns hard.
func randomText(r *rand.Rand) string {
	pieces := []string{"a", "bc", "\n", "\r\n", "\r", "\t", "é", "€", "😀", "\xff", "\xc3", "\xf0\x9f", "\u0301", "\ufeff", "\x00", "\u2028", " "}
	var b strings.Builder
	if r.IntN(4) == 0 {
		b.WriteString(byteOrderMark)
	}
	for range r.IntN(30) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	if r.IntN(20) == 0 { // over the distance of marks
		return strings.Repeat(b.String(), 1+3000/(b.Len()+1))
	}
	return b.String()
}

// place is what the naive model knows of an offset.
type place struct{ line, chars, units int }

// naivePlaces is the place of every offset from the body's start on, found by reading the text from the start.
func naivePlaces(text string) []place {
	places := make([]place, len(text)+1)
	body := 0
	if strings.HasPrefix(text, "\ufeff") {
		body = 3
	}
	var at place
	for i := body; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		for k := range n {
			places[i+k] = at
		}
		at.chars++
		at.units++
		if r >= 0x10000 {
			at.units++
		}
		if r == '\n' || r == '\r' && !strings.HasPrefix(text[i+1:], "\n") {
			at = place{line: at.line + 1}
		}
		i += n
	}
	places[len(text)] = at
	return places
}

func TestPlacesAreNaive(t *testing.T) {
	for seed := range uint64(2000) {
		text := randomText(rand.New(rand.NewPCG(seed, 0)))
		f := NewFile("", text)
		for off, want := range naivePlaces(text) {
			if line, col := f.LineCol(off); line != want.line+1 || col != want.chars+1 {
				t.Fatalf("%q: LineCol(%d) = %d, %d, want %d, %d", text, off, line, col, want.line+1, want.chars+1)
			}
			line, unit := f.UTF16(off)
			if line != want.line || unit != want.units {
				t.Fatalf("%q: UTF16(%d) = %d, %d, want %d, %d", text, off, line, unit, want.line, want.units)
			}
			testEncodings(t, f, off, want)
			s := f.LineSpan(off)
			if strings.ContainsAny(f.Slice(s), "\r\n") || s.Start > max(off, f.BodyStart()) {
				t.Fatalf("%q: LineSpan(%d) = %v", text, off, s)
			}
			back := f.OffsetUTF16(line, unit)
			if l, u := f.UTF16(back); back > max(off, f.BodyStart()) || l != line || u != unit && back != s.End {
				t.Fatalf("%q: %d is %d, %d is %d", text, off, line, unit, back)
			}
		}
	}
}

// testEncodings holds the other encodings to what UTF-16 says of an offset: the same line, and as many bytes
// and characters behind its start as there are.
func testEncodings(t *testing.T, f *File, off int, want place) {
	t.Helper()
	back := f.Offset(want.line, want.units, InUTF16)
	for e, unit := range map[Encoding]int{InUTF8: back - f.Offset(want.line, 0, InUTF8), InUTF32: want.chars} {
		if line, got := f.Position(off, e); back < f.LineSpan(off).End && (line != want.line || got != unit) {
			t.Fatalf("%q: Position(%d, %d) = %d, %d, want %d, %d", f.Text, off, e, line, got, want.line, unit)
		}
		if got := f.Offset(want.line, unit, e); got != back {
			t.Fatalf("%q: Offset(%d, %d, %d) = %d, want %d", f.Text, want.line, unit, e, got, back)
		}
	}
}

// TestOffsetUTF16IsTotal asks for positions everywhere, also outside of the file.
func TestOffsetUTF16IsTotal(t *testing.T) {
	const most = int(^uint(0) >> 1)
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := randomText(r)
		f := NewFile("", text)
		lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(text, "\ufeff")), "\n")
		for line, content := range lines {
			start := f.OffsetUTF16(line, 0)
			for i := range content + "." {
				units := 0
				for _, c := range content[:i] {
					units += unitsOf(c)
				}
				if got := f.OffsetUTF16(line, units); got != start+i {
					t.Fatalf("%q: OffsetUTF16(%d, %d) = %d, want %d", text, line, units, got, start+i)
				}
			}
			if got := f.OffsetUTF16(line, most); got != start+len(content) {
				t.Fatalf("%q: the end of line %d is %d, want %d", text, line, got, start+len(content))
			}
			if got := f.OffsetUTF16(line, -1); got != start {
				t.Fatalf("%q: before line %d: %d", text, line, got)
			}
		}
		if got := f.OffsetUTF16(len(lines), 0); got != len(text) {
			t.Errorf("%q: behind the last line: %d", text, got)
		}
		if got := f.OffsetUTF16(-1, 5); got != f.BodyStart() {
			t.Errorf("%q: before the first line: %d", text, got)
		}
	}
}

func TestPlacesOutsideAreClamped(t *testing.T) {
	f := NewFile("", "\ufeffab\ncd")
	if line, col := f.LineCol(-7); line != 1 || col != 1 {
		t.Errorf("before the text: %d:%d", line, col)
	}
	if line, col := f.LineCol(1000); line != 2 || col != 3 {
		t.Errorf("behind the text: %d:%d", line, col)
	}
	if s := f.LineSpan(1); f.Slice(s) != "ab" {
		t.Errorf("inside the mark: %v", s)
	}
}

// BenchmarkLongLine converts places in a line of ten megabytes.
func BenchmarkLongLine(b *testing.B) {
	f := NewFile("", strings.Repeat("é€😀a", 1<<20))
	f.LineCol(0)
	for b.Loop() {
		if f.OffsetUTF16(f.UTF16(9_000_000)) > 9_000_000 {
			b.Fatal("ahead")
		}
	}
}

func BenchmarkIndex(b *testing.B) {
	text := strings.Repeat(`      "next_step": "check_1234",`+"\n", 10<<20/33)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		NewFile("", text).LineCol(0)
	}
}
