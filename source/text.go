package source

import "sort"

// Text is a string as the program means it, with a map back to the bytes that spelled it.
//
// The map is exact through escapes, folding and quoting. If a spelling could not be replayed, the map
// degrades to the whole literal: coarse, never wrong.
type Text struct {
	Value string
	Span  Span   // the whole literal, quotes and all
	runs  *[]run // nil: see verbatimStart
}

// run says where the bytes of Value from value on were spelled, up to the next run.
type run struct {
	value int
	span  Span
	exact bool // byte by byte; otherwise all of them were spelled by the whole span, as in \u00e9
}

// VerbatimText is a string that the file spells as it is, between quotes or without any: span is
// either as long as value or longer by one quote on each side.
func VerbatimText(value string, span Span) Text { return Text{Value: value, Span: span} }

// CoarseText is a string whose bytes can be placed no better than in the whole literal.
func CoarseText(value string, span Span) Text {
	return Text{Value: value, Span: span, runs: &[]run{{0, span, false}}}
}

// verbatimStart is where Value[0] stands when there are no runs.
func (t Text) verbatimStart() int { return t.Span.Start + (t.Span.Len()-len(t.Value))/2 }

// runAt is the run of Value[i].
func (t Text) runAt(i int) run {
	rs := *t.runs
	return rs[sort.Search(len(rs), func(k int) bool { return rs[k].value > i })-1]
}

// At is the place of the byte that began Value[i]; At(len(Value)) is the place behind the last one.
func (t Text) At(i int) int {
	if t.Value != "" && i >= len(t.Value) {
		return t.byteSpan(len(t.Value) - 1).End
	}
	return t.byteSpan(i).Start
}

// Sub is the bytes that spelled Value[i:j].
func (t Text) Sub(i, j int) Span {
	if i >= j {
		return Span{t.At(i), t.At(i)}
	}
	return Span{t.byteSpan(i).Start, t.byteSpan(j - 1).End}
}

// Content is the bytes that spelled all of Value: the literal without its quotes.
func (t Text) Content() Span { return t.Sub(0, len(t.Value)) }

func (t Text) byteSpan(i int) Span {
	if t.runs == nil {
		at := t.verbatimStart() + i
		return Span{at, at + 1}
	}
	r := t.runAt(i)
	if !r.exact {
		return r.span
	}
	at := r.span.Start + i - r.value
	return Span{at, at + 1}
}

// TextBuilder builds a Text while a literal is unescaped, piece by piece in order.
type TextBuilder struct {
	value []byte
	runs  []run
}

// Verbatim appends bytes that stand in the file as they are, from offset at on.
func (b *TextBuilder) Verbatim(at int, s string) {
	if s == "" {
		return
	}
	if n := len(b.runs); n > 0 && b.runs[n-1].exact && b.runs[n-1].span.End == at {
		b.runs[n-1].span.End += len(s)
	} else {
		b.runs = append(b.runs, run{len(b.value), Span{at, at + len(s)}, true})
	}
	b.value = append(b.value, s...)
}

// Escape appends bytes that were spelled, all together, by span.
func (b *TextBuilder) Escape(span Span, s string) {
	if s == "" {
		return
	}
	b.runs = append(b.runs, run{len(b.value), span, false})
	b.value = append(b.value, s...)
}

// Part appends Value[i:j] of another text, with the places that spelled it there.
func (b *TextBuilder) Part(t Text, i, j int) {
	if i >= j {
		return
	}
	if t.runs == nil {
		b.Verbatim(t.At(i), t.Value[i:j])
		return
	}
	runs := *t.runs
	for k := sort.Search(len(runs), func(k int) bool { return runs[k].value > i }) - 1; i < j; k++ {
		end := j
		if k+1 < len(runs) {
			end = min(j, runs[k+1].value)
		}
		if r := runs[k]; r.exact {
			b.Verbatim(r.span.Start+i-r.value, t.Value[i:end])
		} else {
			b.Escape(r.span, t.Value[i:end])
		}
		i = end
	}
}

// Within is a text that was read from the value of another one, with the places where that was spelled.
func (t Text) Within(outer Text) Text {
	var b TextBuilder
	for i := 0; i < len(t.Value); {
		end := len(t.Value)
		r := run{value: 0, span: Span{t.verbatimStart(), t.Span.End}, exact: true}
		if t.runs != nil {
			k := sort.Search(len(*t.runs), func(k int) bool { return (*t.runs)[k].value > i })
			if r = (*t.runs)[k-1]; k < len(*t.runs) {
				end = (*t.runs)[k].value
			}
		}
		if at := r.span.Start + i - r.value; r.exact {
			b.Part(outer, at, at+end-i)
		} else {
			b.Escape(outer.Sub(r.span.Start, r.span.End), t.Value[i:end])
		}
		i = end
	}
	return b.Text(outer.Sub(t.Span.Start, t.Span.End))
}

// IsVerbatim reports whether the file spells the whole value as it is, byte by byte.
func (t Text) IsVerbatim() bool {
	return t.runs == nil || len(*t.runs) == 1 && (*t.runs)[0].exact
}

// Reset empties the builder. Texts built before stay as they are.
func (b *TextBuilder) Reset() { b.value, b.runs = b.value[:0], b.runs[:0] }

// Len is the number of bytes appended so far.
func (b *TextBuilder) Len() int { return len(b.value) }

// Trim drops the last n bytes, for folding that finds out too late.
func (b *TextBuilder) Trim(n int) {
	b.value = b.value[:len(b.value)-n]
	for k := len(b.runs); k > 0 && b.runs[k-1].value >= len(b.value); k-- {
		b.runs = b.runs[:k-1]
	}
	if k := len(b.runs); k > 0 && b.runs[k-1].exact {
		r := &b.runs[k-1]
		r.span.End = r.span.Start + len(b.value) - r.value
	}
}

// Text is the string built, spelled by the whole of span.
func (b *TextBuilder) Text(span Span) Text {
	t := Text{Value: string(b.value), Span: span}
	switch {
	case len(b.runs) == 0:
		at := span.Start + (span.Len()+1)/2 // behind the quote of a literal that has only one
		b.runs = []run{{0, Span{at, at}, true}}
	case len(b.runs) == 1 && b.runs[0].exact && b.runs[0].span.Start == t.verbatimStart() &&
		(span.Len()-len(t.Value))%2 == 0:
		return t
	}
	runs := append([]run(nil), b.runs...)
	t.runs = &runs
	return t
}
