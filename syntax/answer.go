package syntax

import (
	"regexp"
	"strings"
	"sync"

	"github.com/nanolint/nanolint/source"
)

// fenced finds an object that a fence encloses directly. White space is what Python takes for it.
var fenced = sync.OnceValue(func() *regexp.Regexp {
	const space = `[\s\v\x{1c}-\x{1f}\x{85}\p{Z}]*`
	return regexp.MustCompile("(?s)```(?:json)?" + space + `(\{.*?\})` + space + "```")
})

// Answer is the place of the JSON object in what a language model has answered, as the planner of the reference
// machine looks for it: what the first fence encloses, if that is an object, and else everything from the
// first { to the last }. Whether it can be read is not asked. ok is false if there is none.
func Answer(text string) (at source.Span, ok bool) {
	if m := fenced().FindStringSubmatchIndex(text); m != nil {
		return source.Span{Start: m[2], End: m[3]}, true
	}
	start, end := strings.IndexByte(text, '{'), strings.LastIndexByte(text, '}')
	if start < 0 || end < start {
		return source.Span{}, false
	}
	return source.Span{Start: start, End: end + 1}, true
}

// parseAnswer reads the object in what a model has answered, as the planner does: control characters may stand in
// strings as they are.
func parseAnswer(f *source.File) Document {
	r := newJSONReader(f)
	if p, ok := wideEncoding(f.Text); ok {
		return Document{Root: r.slab.node(Opaque, source.Span{End: len(f.Text)}), Problems: []Problem{p}}
	}
	at, ok := Answer(f.Text)
	if !ok {
		at := source.Span{Start: f.BodyStart(), End: len(f.Text)}
		p := Problem{Code: Malformed}
		p.Span = source.Span{Start: at.Start, End: at.Start}
		p.Message = "the answer holds no JSON object: the planner asks the model again, and fails in the end"
		return Document{Root: r.slab.node(Opaque, at), Problems: []Problem{p}}
	}
	r.lenient = true
	return r.document(at.Start, at.End, "")
}
