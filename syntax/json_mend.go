package syntax

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// The methods here are called where a state found something else than it expects. Each reads a comment,
// or reports one mistake and reads over it, or finds the end of the text.

// mendValue is called where a value must stand and none begins.
func (r *jsonReader) mendValue() jsonState {
	if r.pos == len(r.text) {
		return r.truncated()
	}
	if r.comment() {
		return jsonValue
	}
	here := source.Span{Start: r.pos, End: r.pos + 1}
	switch c := r.text[r.pos]; c {
	case ',', '}', ']':
		if len(r.stack) == 0 {
			return r.stray(jsonValue)
		}
		colon := source.Span{Start: r.last - 1, End: r.last}
		r.tell(Malformed, colon, "no value follows this colon: write one")
		return r.nothing(r.last)
	case ':':
		if len(r.stack) == 0 || r.stack[len(r.stack)-1].node.Kind == List {
			return r.stray(jsonValue)
		}
		r.pos++
		r.tellFix(Malformed, here, "one colon is enough: remove this one", fixed("remove the colon", here, ""))
		return jsonValue
	case '\'':
		if n := r.singleQuoted(); n != nil {
			return r.put(n)
		}
	}
	return r.put(r.wordValue())
}

// nothing puts a value that should stand at an offset.
func (r *jsonReader) nothing(at int) jsonState {
	return r.put(r.slab.node(Opaque, source.Span{Start: at, End: at}))
}

// stray reads over a byte that belongs nowhere. Only the first of several is told.
func (r *jsonReader) stray(then jsonState) jsonState {
	here := source.Span{Start: r.pos, End: r.pos + 1}
	if !r.forgiven {
		var fix *source.Fix
		if len(r.stack) > 0 {
			fix = unsure("remove it", here, "")
		}
		r.tellFix(Malformed, here, fmt.Sprintf("%s does not belong here: remove it", r.text[r.pos:r.pos+1]), fix)
	}
	r.forgiven = true
	r.pos++
	return then
}

// wordEnd is where the word at an offset ends. What is no word is one byte.
func (r *jsonReader) wordEnd(at int) int {
	end := at
	for r.wordAt(end) {
		end++
	}
	return max(end, at+1)
}

// mendItem is called where a list has a comma instead of an item, or an object's bracket.
func (r *jsonReader) mendItem() jsonState {
	if r.text[r.pos] != ',' {
		return r.mendClose()
	}
	return r.extraComma(jsonItem)
}

// extraComma reads over a comma that nothing stands before, and the further ones.
func (r *jsonReader) extraComma(then jsonState) jsonState {
	here := source.Span{Start: r.pos, End: r.pos + 1}
	cut := here
	before := r.comma
	r.pos++
	for r.next() == ',' { // the echo of the first
		r.pos++
		cut.End = r.pos
	}
	if c := r.next(); before >= 0 && (c == '}' || c == ']') && strings.Trim(r.text[before:cut.Start], " \t\r\n") == "," {
		cut.Start = before // none of them stays
	}
	r.comma = -1
	r.tellFix(Malformed, here, "no value stands before this comma: write one or remove the comma",
		unsure("remove the comma", cut, ""))
	return then
}

// mendKey is called where a key must stand and none begins.
func (r *jsonReader) mendKey() jsonState {
	if r.pos == len(r.text) {
		return r.truncated()
	}
	if r.comment() {
		return jsonKey
	}
	switch c := r.text[r.pos]; c {
	case ',':
		return r.extraComma(jsonKey)
	case ']':
		return r.mendClose()
	case ':':
		r.tell(Malformed, source.Span{Start: r.pos, End: r.pos + 1}, "no key stands before this colon: write one")
		return r.putKey(r.slab.node(Opaque, source.Span{Start: r.pos, End: r.pos}))
	case '{', '[':
		return r.valueAsKey(c)
	case '\'':
		if n := r.singleQuoted(); n != nil {
			return r.putKey(n)
		}
	}
	start, end := r.pos, r.wordEnd(r.pos)
	behind := end
	if c := r.peek(&behind); c != ':' || r.lineBreak(end, behind) {
		return r.strayRun(jsonKey)
	}
	span := source.Span{Start: start, End: end}
	n := r.slab.scalar(String, r.text[start:end], span)
	r.pos = end
	r.tellFix(Malformed, span, "a key stands between double quotes: add them",
		fixed("quote the key", span, Quote(JSON, n.Text.Value)))
	return r.putKey(n)
}

// valueAsKey is called for a collection where a key must stand. In a list of objects the bracket
// of the object before is most likely missing.
func (r *jsonReader) valueAsKey(c byte) jsonState {
	here := source.Span{Start: r.pos, End: r.pos + 1}
	if k := len(r.stack) - 2; c == '{' && k >= 0 && r.stack[k].node.Kind == List {
		top := r.stack[len(r.stack)-1].node.Span
		fix := unsure("close the object", source.Span{Start: r.last, End: r.last}, "}")
		if r.comma < 0 {
			fix.Edits[0].New = "},"
		}
		r.tellOpened(here, "another object begins here, but the one before is not closed: add } before it", top, fix)
		r.pop(r.last)
		return jsonItem
	}
	r.tell(Malformed, here, "no key stands before this value: write one and a colon")
	r.putKey(r.slab.node(Opaque, source.Span{Start: r.pos, End: r.pos}))
	return jsonValue
}

// tellOpened reports a problem together with the bracket it is about.
func (r *jsonReader) tellOpened(at source.Span, message string, opened source.Span, fix *source.Fix) {
	before := len(r.problems)
	r.tellFix(Malformed, at, message, fix)
	if len(r.problems) > before {
		r.problems[before].Related = []source.Note{{
			Span:    source.Span{Start: opened.Start, End: opened.Start + 1},
			Message: "it is opened here",
		}}
	}
}

// mendColon is called behind a key that no colon follows.
func (r *jsonReader) mendColon() jsonState {
	if r.pos == len(r.text) {
		return r.truncated()
	}
	if r.comment() {
		return jsonColon
	}
	key := r.stack[len(r.stack)-1].key.Span
	switch c := r.text[r.pos]; c {
	case '=':
		end := r.pos + 1
		if end < len(r.text) && (r.text[end] == '>' || r.text[end] == '=') {
			end++
		}
		span := source.Span{Start: r.pos, End: end}
		r.pos, r.last = end, end
		r.tellFix(Malformed, span, "a colon stands between key and value: write : instead", fixed("write a colon", span, ":"))
		return jsonValue
	case ',', '}', ']':
		r.tell(Malformed, key, "this key has no value: write a colon and a value behind it")
		return r.nothing(key.End)
	}
	if r.keyAt(r.pos) && (r.lineBreak(key.End, r.pos) || r.text[r.pos] == '"') {
		r.tell(Malformed, key, "this key has no value: write a colon and a value behind it")
		r.nothing(key.End)
		return jsonKey
	}
	behind := source.Span{Start: key.End, End: key.End}
	r.tellFix(Malformed, behind, "no colon follows this key: add one", fixed("add the colon", behind, ":"))
	r.last = key.End
	return jsonValue
}

// keyAt reports whether a string or word with a colon behind it stands at an offset.
func (r *jsonReader) keyAt(at int) bool {
	end := at
	switch c := r.text[at]; {
	case c == '"' || c == '\'':
		for end++; end < len(r.text) && r.text[end] != c && r.text[end] != '\n'; end++ {
			if r.text[end] == '\\' {
				end++
			}
		}
		if end >= len(r.text) || r.text[end] != c {
			return false
		}
		end++
	case word[c]:
		end = r.wordEnd(at)
	default:
		return false
	}
	behind := end
	return r.peek(&behind) == ':' && !r.lineBreak(end, behind)
}

// strayRun reads over what belongs nowhere, up to the end of the line or whatever can go on there.
func (r *jsonReader) strayRun(then jsonState) jsonState {
	start, end := r.pos, r.pos
	for at := r.pos; ; {
		c := r.peek(&at)
		if c == ' ' || strings.IndexByte(",:}]", c) >= 0 || end > start && (r.lineBreak(end, at) || r.keyAt(at)) || r.commentAt(at) {
			break
		}
		if c == '"' {
			r.pos = at
			end = r.stringEnd(at)
		} else {
			end = r.wordEnd(at)
		}
		at = end
	}
	r.pos = end
	if !r.told(source.Span{Start: start, End: end}) {
		r.tell(Malformed, source.Span{Start: start, End: end},
			printable(r.text[start:end])+" does not belong here: remove it, or put it into the string it belongs to")
	}
	r.forgiven, r.comma = true, -1
	return then
}

// told reports whether a piece of text was found not to be UTF-8, which says enough about it.
func (r *jsonReader) told(s source.Span) bool {
	return r.broken && strings.ToValidUTF8(r.text[s.Start:s.End], "") != r.text[s.Start:s.End]
}

// stringEnd is where the string at an offset ends, at the latest with the text of its line.
func (r *jsonReader) stringEnd(at int) int {
	start := at + 1
	for at = start; at < len(r.text) && r.text[at] != '\n'; at++ {
		switch c := r.text[at]; {
		case c == '"':
			return at + 1
		case c == '\\' && at+1 < len(r.text) && r.text[at+1] != '\n':
			at++
		}
	}
	for at > start && blank[r.text[at-1]] {
		at--
	}
	return at
}
