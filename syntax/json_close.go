package syntax

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// mendBehind is called behind a value where neither a comma nor the right bracket follows.
func (r *jsonReader) mendBehind() jsonState {
	if r.pos == len(r.text) {
		return r.truncated()
	}
	if r.comment() {
		return jsonBehind
	}
	top := &r.stack[len(r.stack)-1]
	here := source.Span{Start: r.pos, End: r.pos + 1}
	switch c := r.text[r.pos]; {
	case c == '}' || c == ']':
		return r.mendClose()
	case c == ':' && top.node.Kind == List:
		if !top.told {
			r.tellOpened(here, "a list has no keys: write { } instead of [ ] around pairs", top.node.Span, nil)
		}
		top.told = true
		r.pos++
		return jsonItem
	case c == ':' && r.value != nil && r.value.Kind == String && r.lineBreak(r.pairs[len(r.pairs)-1].Key.Span.End, r.value.Span.Start):
		return r.valueIsKey()
	case c == ':':
		r.tell(Malformed, here, "a colon cannot follow a value: write a comma and a key, or put the value into quotes")
		r.pos++
		r.putKey(r.slab.node(Opaque, source.Span{Start: r.pos, End: r.pos}))
		return jsonValue
	case r.quoteInside():
		return jsonBehind
	case top.node.Kind == List && (!word[c] || c == '\'' || r.lineBreak(r.last, r.pos) || r.plainValueAt(r.pos)),
		top.node.Kind == Map && r.keyAt(r.pos):
		r.missingComma()
		return top.inside()
	case c == '{' || c == '[':
		return r.valueAsKey(c)
	}
	return r.strayRun(jsonBehind)
}

// valueIsKey is called where a colon shows that the last value, in a line of its own, is the key of the
// next pair, and the value of the pair before is missing.
func (r *jsonReader) valueIsKey() jsonState {
	pair := &r.pairs[len(r.pairs)-1]
	colon := max(strings.LastIndexByte(r.text[:pair.Value.Span.Start], ':'), pair.Key.Span.End)
	key := pair.Value
	pair.Value = r.slab.node(Opaque, source.Span{Start: colon + 1, End: colon + 1})
	r.tell(Malformed, source.Span{Start: colon, End: colon + 1}, "no value follows this colon: write one")
	r.putKey(key)
	return jsonColon
}

// plainValueAt reports whether a number or named value begins at an offset.
func (r *jsonReader) plainValueAt(at int) bool {
	if c := r.text[at]; c == '-' || c >= '0' && c <= '9' {
		return true
	}
	_, ok := foreign[strings.ToLower(r.text[at:r.wordEnd(at)])]
	return ok
}

func (r *jsonReader) missingComma() {
	if !r.forgiven {
		at := source.Span{Start: r.last, End: r.last}
		r.tellFix(Malformed, at, "no comma follows this value: add one", fixed("add the comma", at, ","))
	}
	r.forgiven, r.value = false, nil
}

// finish is called behind the value of the document.
func (r *jsonReader) finish() jsonState {
	for r.next(); r.comment(); r.next() {
	}
	if r.pos == len(r.text) {
		return jsonDone
	}
	end := r.wordEnd(r.pos)
	if r.text[r.pos] == '"' {
		end = r.stringEnd(r.pos)
	}
	if span := (source.Span{Start: r.pos, End: end}); !r.told(span) {
		r.tell(Malformed, span, "the value ends before this: remove what follows, or put all of it into a list")
	}
	return jsonDone
}

// mendClose is called at a bracket that does not close the innermost collection. Of the three mistakes
// that this may be, that one is assumed with which the text behind the bracket agrees: the wrong bracket, a
// missing one before it, or one too many.
func (r *jsonReader) mendClose() jsonState {
	c, here := r.text[r.pos], source.Span{Start: r.pos, End: r.pos + 1}
	top := len(r.stack) - 1
	kind, right := Map, "]"
	if c == ']' {
		kind, right = List, "}"
	}
	match := top - 1
	for ; match >= 0 && r.stack[match].node.Kind != kind; match-- {
		if top-match > 50 { // so deep, nobody counts brackets, and the search must not cost
			match = -1
			break
		}
	}
	opened := r.stack[top].node.Span
	switch {
	case match >= 0 && r.fits(match-1, r.pos+1) || match >= 0 && !r.fits(top-1, r.pos+1) && !r.fits(top, r.pos+1):
		missing := ""
		for k := top; k > match; k-- {
			missing += r.closer(k)
		}
		end := r.last
		var fix *source.Fix
		if r.comma < 0 {
			fix = unsure("add "+missing, source.Span{Start: end, End: end}, missing)
		}
		r.tellOpened(here, fmt.Sprintf("%s is missing before this bracket: add it", missing), opened, fix)
		for k := top; k > match; k-- {
			r.pop(end)
		}
		return jsonBehind // where the bracket is the right one
	case r.fits(top-1, r.pos+1):
		r.tellOpened(here, fmt.Sprintf("this bracket does not match the one that is open: write %s", right), opened,
			unsure("write "+right, here, right))
		r.pos++
		return r.pop(r.pos)
	}
	r.stray(jsonBehind)
	if r.value == nil {
		return r.stack[top].inside()
	}
	return jsonBehind
}

// nothingForKey completes a pair whose collection ends.
func (r *jsonReader) nothingForKey() {
	if top := &r.stack[len(r.stack)-1]; top.key != nil {
		r.nothing(top.key.Span.End)
	}
}

func (r *jsonReader) closer(level int) string {
	if r.stack[level].node.Kind == Map {
		return "}"
	}
	return "]"
}

// fits reports whether the text at an offset can go on behind a value in the collection of that
// level; below the lowest one nothing may follow.
func (r *jsonReader) fits(level, at int) bool {
	c := r.peek(&at)
	if level < 0 || c == ' ' {
		return level < 0 && c == ' '
	}
	isMap := r.stack[level].node.Kind == Map
	if c != ',' {
		return c == '}' && isMap || c == ']' && !isMap
	}
	at++
	if c = r.peek(&at); c == ' ' || c == ',' {
		return true
	}
	return r.keyAt(at) == isMap
}

// truncated is called at the end of a text that is not complete.
func (r *jsonReader) truncated() jsonState {
	if len(r.stack) == 0 {
		if len(r.problems) == 0 {
			r.tell(Malformed, source.Span{Start: r.pos, End: r.pos}, "the file is empty: write a JSON value into it")
		}
		return jsonDone
	}
	end := len(strings.TrimRight(r.text, " \t\r\n"))
	missing := ""
	for k := len(r.stack) - 1; k >= 0; k-- {
		missing += r.closer(k)
	}
	at := source.Span{Start: end, End: end}
	var fix *source.Fix
	if r.value != nil && r.value.Kind != Opaque && !r.forgiven && r.last == end {
		fix = unsure("add "+printable(missing), at, missing)
	}
	r.tellOpened(at, fmt.Sprintf("the text ends here, but not everything is closed: add %s", printable(missing)),
		r.stack[len(r.stack)-1].node.Span, fix)
	for len(r.stack) > 0 {
		r.nothingForKey()
		r.pop(max(end, r.last))
	}
	return jsonDone
}

// skipDeep reads over a collection that lies too deep, counting its brackets.
func (r *jsonReader) skipDeep() *Node {
	start, depth := r.pos, 0
	i := start
	for ; i < len(r.text); i++ {
		switch r.text[i] {
		case '[', '{':
			depth++
			continue
		case ']', '}':
			depth--
		case '"':
			i = r.stringEnd(i) - 1
			continue
		default:
			continue
		}
		if depth == 0 {
			i++
			break
		}
	}
	i = min(i, len(r.text))
	if !r.tooDeep {
		r.tell(TooDeep, source.Span{Start: start, End: start + 1},
			fmt.Sprintf("this is nested deeper than the %d levels that Python reads: make it flatter", MaxDepth))
	}
	r.tooDeep = true
	r.pos = i
	return r.slab.node(Opaque, source.Span{Start: start, End: i})
}
