package source

import (
	"sort"
	"unicode/utf8"
)

// Edited is the file with other text in the place of s. Its lines and characters are counted around the edit only, for those who edit a
// long text letter by letter.
func (f *File) Edited(s Span, with string) *File {
	e := NewFile(f.Name, f.Text[:s.Start]+with+f.Text[s.End:])
	if s.Start < len(byteOrderMark) {
		return e // the mark may come or go
	}
	f.once.Do(f.index)
	e.once.Do(func() {
		longer := len(with) - s.Len()
		e.lines = e.linesAfter(f.lines, s, longer)
		if f.marks != nil {
			e.marks = e.marksAfter(f.marks, s, longer)
		} else if !isASCII(with) {
			e.countCharacters()
		}
	})
	return e
}

// linesAfter is the lines of a text in which s has become so many bytes longer.
func (f *File) linesAfter(old []int, s Span, longer int) []int {
	first := max(sort.SearchInts(old, s.Start+1)-2, 0) // the line before may end with the half of a line break
	lines := append(make([]int, 0, len(old)+max(longer, 0)), old[:first+1]...)
	rest := old[sort.SearchInts(old, s.End):]
	for at := f.lineBehind(lines[first], true); at >= 0; at = f.lineBehind(at, true) {
		for len(rest) > 0 && rest[0]+longer < at {
			rest = rest[1:]
		}
		if len(rest) > 0 && rest[0]+longer == at { // from here on the texts are the same
			for _, start := range rest {
				lines = append(lines, start+longer)
			}
			break
		}
		lines = append(lines, at)
	}
	return lines
}

// marksAfter is the marks of a text in which s has become so many bytes longer.
func (f *File) marksAfter(old []mark, s Span, longer int) []mark {
	// Whether bytes are a character is told by the three behind the first.
	kept := max(sort.Search(len(old), func(k int) bool { return old[k].off > s.Start-(utf8.UTFMax-1) }), 1)
	rest := old[sort.Search(len(old), func(k int) bool { return old[k].off >= s.End }):]
	marks := append(make([]mark, 0, len(old)+max(longer, 0)/stride+1), old[:kept]...)
	for at := marks[kept-1]; at.off < len(f.Text); {
		for len(rest) > 0 && rest[0].off+longer < at.off {
			rest = rest[1:]
		}
		if len(rest) > 0 && rest[0].off+longer == at.off {
			from := rest[0]
			for _, m := range rest {
				marks = append(marks, mark{m.off + longer, m.chars + at.chars - from.chars, m.units + at.units - from.units})
			}
			break
		}
		if at.off >= marks[len(marks)-1].off+stride {
			marks = append(marks, at)
		}
		at = f.after(at)
	}
	return marks
}
