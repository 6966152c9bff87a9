// Package source is the text of a file, the places in it, and the things said about places.
//
// A place is a pair of byte offsets, everywhere and always. Lines, columns and UTF-16 units exist
// only in the methods of [File] that people and editors need; nobody adds a number to a column.
// The package knows nothing about JSON, YAML or programs.
package source

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Span is a half-open range of bytes of one file. An empty span is a place between two bytes.
type Span struct{ Start, End int }

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether inner lies within s.
func (s Span) Contains(inner Span) bool { return s.Start <= inner.Start && inner.End <= s.End }

// File is the immutable text of one file.
type File struct {
	Name string // as the user gave it
	Text string

	once  sync.Once
	lines []int  // offset of the first byte of each line
	marks []mark // of characters, the first of all among them; nil if the text is ASCII
}

// mark is the start of a character, and how many characters and UTF-16 units precede it.
type mark struct{ off, chars, units int }

// stride is about the distance between two marks: it bounds the work of one conversion in a
// file that is a single line of many megabytes.
const stride = 1024

const byteOrderMark = "\ufeff"

// NewFile returns the file of that name and text.
func NewFile(name, text string) *File { return &File{Name: name, Text: text} }

// Slice is the text that s names.
func (f *File) Slice(s Span) string { return f.Text[s.Start:s.End] }

// WholeCharacters widens a span that ends inside a character, as the first byte of a value may.
func (f *File) WholeCharacters(s Span) Span {
	for s.Start < s.End && s.End < len(f.Text) && !utf8.RuneStart(f.Text[s.End]) {
		s.End++
	}
	return s
}

// BodyStart is the offset behind a byte order mark, if there is one.
func (f *File) BodyStart() int {
	if strings.HasPrefix(f.Text, byteOrderMark) {
		return len(byteOrderMark)
	}
	return 0
}

// index finds the lines and, if the text is not ASCII, counts characters once.
// A line ends with \n, \r\n or a lone \r, as the language server protocol has it.
func (f *File) index() {
	returns := strings.Count(f.Text, "\r")
	f.lines = append(make([]int, 0, 1+returns+strings.Count(f.Text, "\n")), f.BodyStart())
	for at := f.lineBehind(0, returns > 0); at >= 0; at = f.lineBehind(at, returns > 0) {
		f.lines = append(f.lines, at)
	}
	if !isASCII(f.Text) {
		f.countCharacters()
	}
}

// lineBehind is the offset of the first byte behind the next line break, which may be a lone \r if there are any in the text; -1 if
// there is no line break.
func (f *File) lineBehind(at int, returns bool) int {
	n := -1
	if returns {
		n = strings.IndexAny(f.Text[at:], "\r\n")
	} else {
		n = strings.IndexByte(f.Text[at:], '\n')
	}
	if n < 0 {
		return -1
	}
	at += n + 1
	if f.Text[at-1] == '\r' && strings.HasPrefix(f.Text[at:], "\n") {
		at++
	}
	return at
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (f *File) countCharacters() {
	f.marks = make([]mark, 0, len(f.Text)/stride+1)
	var at mark
	for i, r := range f.Text {
		at.off = i
		for len(f.marks)*stride <= i {
			f.marks = append(f.marks, at)
		}
		at.chars++
		at.units += unitsOf(r)
	}
}

func unitsOf(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

// after is the mark behind the character at a mark.
func (f *File) after(at mark) mark {
	r, n := utf8.DecodeRuneInString(f.Text[at.off:])
	return mark{at.off + n, at.chars + 1, at.units + unitsOf(r)}
}

// markAt is the mark of off itself. A byte inside a character counts as the character's start.
func (f *File) markAt(off int) mark {
	if f.marks == nil {
		return mark{off, off, off}
	}
	at := f.marks[max(sort.Search(len(f.marks), func(k int) bool { return f.marks[k].off > off })-1, 0)]
	for at.off < off {
		next := f.after(at)
		if next.off > off {
			break
		}
		at = next
	}
	return at
}

// lineAt is the number, from 0, of the line that holds off, and the offset of its first byte.
func (f *File) lineAt(off int) (line, start int) {
	f.once.Do(f.index)
	line = max(sort.SearchInts(f.lines, off+1)-1, 0)
	return line, f.lines[line]
}

// LineCol converts an offset to the line and column that people use: both from 1, the column in
// characters. A byte order mark has no width.
func (f *File) LineCol(off int) (line, col int) {
	off = f.clamp(off)
	n, start := f.lineAt(off)
	return n + 1, f.markAt(off).chars - f.markAt(start).chars + 1
}

// Encoding is the unit in which an editor counts along a line.
type Encoding uint8

// The encodings: UTF-16 units, bytes, characters.
const (
	InUTF16 Encoding = iota
	InUTF8
	InUTF32
)

// of is the count that a mark has in an encoding.
func (e Encoding) of(m mark) int {
	switch e {
	case InUTF8:
		return m.off
	case InUTF32:
		return m.chars
	}
	return m.units
}

// Position converts an offset to the position that editors use: line and unit, both from 0. An offset inside
// a character is the character's.
func (f *File) Position(off int, e Encoding) (line, unit int) {
	off = f.clamp(off)
	n, start := f.lineAt(off)
	return n, e.of(f.markAt(off)) - e.of(f.markAt(start))
}

// UTF16 is [File.Position] in UTF-16 units.
func (f *File) UTF16(off int) (line, unit int) { return f.Position(off, InUTF16) }

// Offset converts an editor's position back. It is total: a position outside the file becomes the nearest
// one inside, a position behind the end of a line the end of that line, one inside a character its start.
func (f *File) Offset(line, unit int, e Encoding) int {
	f.once.Do(f.index)
	if line < 0 {
		return f.lines[0]
	}
	if line >= len(f.lines) {
		return len(f.Text)
	}
	s := f.lineSpan(line)
	switch unit = max(unit, 0); {
	case unit >= s.Len(): // no character has more units than bytes
		return s.End
	case f.marks == nil:
		return s.Start + unit
	}
	at := f.markAt(s.Start)
	unit += e.of(at)
	if k := sort.Search(len(f.marks), func(k int) bool { return e.of(f.marks[k]) > unit }) - 1; f.marks[k].off > at.off {
		at = f.marks[k]
	}
	for at.off < s.End {
		next := f.after(at)
		if e.of(next) > unit {
			break
		}
		at = next
	}
	return min(at.off, s.End)
}

// OffsetUTF16 is [File.Offset] of UTF-16 units.
func (f *File) OffsetUTF16(line, unit int) int { return f.Offset(line, unit, InUTF16) }

// LineSpan is the line that holds off, without its line break.
func (f *File) LineSpan(off int) Span {
	line, _ := f.lineAt(f.clamp(off))
	return f.lineSpan(line)
}

func (f *File) lineSpan(line int) Span {
	s := Span{f.lines[line], len(f.Text)}
	if line+1 < len(f.lines) {
		s.End = f.lines[line+1] - 1
		if s.End > s.Start && f.Text[s.End] == '\n' && f.Text[s.End-1] == '\r' {
			s.End--
		}
	}
	return s
}

func (f *File) clamp(off int) int { return min(max(off, f.BodyStart()), len(f.Text)) }
