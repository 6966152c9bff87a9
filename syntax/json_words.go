package syntax

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// spelling is what a word of another language is in JSON.
type spelling struct {
	json string
	kind Kind
}

// foreign lists the words that Python, JavaScript and YAML have for the named values of JSON.
var foreign = map[string]spelling{
	"true": {"true", Bool}, "yes": {"true", Bool}, "on": {"true", Bool},
	"false": {"false", Bool}, "no": {"false", Bool}, "off": {"false", Bool},
	"null": {"null", Null}, "none": {"null", Null}, "nil": {"null", Null}, "undefined": {"null", Null}, "~": {"null", Null},
	"nan": {"NaN", Float}, ".nan": {"NaN", Float},
	"inf": {"Infinity", Float}, ".inf": {"Infinity", Float}, "infinity": {"Infinity", Float}, "+infinity": {"Infinity", Float},
	"-inf": {"-Infinity", Float}, "-.inf": {"-Infinity", Float}, "-infinity": {"-Infinity", Float},
}

// wordValue reads what stands in the place of a value and is none.
func (r *jsonReader) wordValue() *Node {
	start, end := r.pos, r.wordEnd(r.pos)
	for more := end; ; more = end { // several words in a line, or a call
		c := r.peek(&more)
		if c == ' ' || r.lineBreak(end, more) || strings.IndexByte(",:}]", c) >= 0 || r.commentAt(more) || r.keyAt(more) {
			break
		}
		if c == '"' {
			end = r.stringEnd(more)
		} else {
			end = r.wordEnd(more)
		}
	}
	span := source.Span{Start: start, End: end}
	r.pos = end
	text := r.text[start:end]
	if s, ok := foreign[strings.ToLower(text)]; ok {
		r.tellFix(Malformed, span, fmt.Sprintf("JSON spells this %s: write %[1]s", s.json), &source.Fix{
			Title: "write " + s.json, Safe: text == "True" || text == "False" || text == "None",
			Edits: []source.Edit{{Span: span, New: s.json}},
		})
		n := r.slab.node(s.kind, span)
		n.Text = source.CoarseText(s.json, span)
		return n
	}
	if n := r.almostNumber(text, span); n != nil {
		return n
	}
	if isName(text) {
		r.tellFix(Malformed, span, "a string stands between double quotes: add them",
			unsure("quote the string", span, Quote(JSON, text)))
		return r.slab.scalar(String, text, span)
	}
	if !r.told(span) {
		r.tell(Malformed, span, printable(text)+" is no JSON value: write a string, a number, true, false, null, a list or an object")
	}
	return r.slab.scalar(Opaque, text, span)
}

// almostNumber reads numbers that other languages have and JSON has not. It is nil for anything else.
func (r *jsonReader) almostNumber(text string, span source.Span) *Node {
	digits := strings.TrimLeft(text, "+-")
	if !strings.ContainsAny(digits[:min(2, len(digits))], "0123456789") || strings.TrimLeft(digits, "0123456789._+-eExXabcdfABCDFoO") != "" {
		return nil
	}
	mended := strings.ReplaceAll(strings.TrimPrefix(text, "+"), "_", "")
	if sign := len(mended) - len(strings.TrimPrefix(mended, "-")); strings.HasPrefix(mended[sign:], ".") {
		mended = mended[:sign] + "0" + mended[sign:]
	}
	if strings.HasSuffix(mended, ".") {
		mended += "0"
	}
	try := jsonReader{text: mended}
	number := try.number()
	n := r.slab.scalar(Opaque, text, span)
	const message = "JSON has no such number: write digits with an optional minus sign, fraction and exponent"
	if number == nil || number.Kind == Opaque || try.pos < len(mended) {
		r.tell(Malformed, span, message)
		return n
	}
	r.tellFix(Malformed, span, message, unsure("write "+mended, span, mended))
	n.Kind, n.Text = number.Kind, source.CoarseText(mended, span)
	return n
}

// isName reports whether s is a word that somebody may have meant as a string.
func isName(s string) bool {
	for i, c := range []byte(s) {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '$'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '-' || c == '.')) {
			return false
		}
	}
	return true
}
