package syntax

import (
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

func (r *jsonReader) tell(c Code, span source.Span, message string) {
	r.tellFix(c, span, message, nil)
}

// tellFix reports a problem. Comments are counted apart, so that they cannot hide the others.
func (r *jsonReader) tellFix(c Code, span source.Span, message string, fix *source.Fix) {
	p := Problem{Note: source.Note{Span: span, Message: message}, Code: c, Fix: fix}
	if c == Comment {
		if r.comments++; r.comments <= maxProblems {
			r.problems = append(r.problems, p)
		}
		return
	}
	if len(r.problems)-min(r.comments, maxProblems) < maxProblems {
		r.problems = append(r.problems, p)
	}
}

// fixed is a fix of one edit that there can be no doubt about, unsure one that is a guess.
func fixed(title string, at source.Span, text string) *source.Fix {
	return &source.Fix{Title: title, Safe: true, Edits: []source.Edit{{Span: at, New: text}}}
}

func unsure(title string, at source.Span, text string) *source.Fix {
	fix := fixed(title, at, text)
	fix.Safe = false
	return fix
}

// comment reads the comment that is next, if there is one.
func (r *jsonReader) comment() bool {
	if r.pos == len(r.text) || !r.commentAt(r.pos) {
		return false
	}
	span := source.Span{Start: r.pos, End: len(r.text)}
	rest := r.text[r.pos:]
	if strings.HasPrefix(rest, "/*") {
		n := strings.Index(rest[2:], "*/")
		if n < 0 {
			r.pos = len(r.text)
			r.tell(Comment, source.Span{Start: span.Start, End: span.Start + 2},
				"JSON has no comments, and this one does not end: remove it")
			return true
		}
		span.End = span.Start + 2 + n + 2
	} else if n := strings.IndexByte(rest, '\n'); n >= 0 {
		span.End = span.Start + len(strings.TrimSuffix(rest[:n], "\r"))
	}
	r.pos = span.End
	r.tellFix(Comment, span, "JSON has no comments: remove it", r.withoutComment(span))
	return true
}

// withoutComment removes a comment, with its line if nothing else stands there. It is no safe fix:
// somebody wrote the words for people.
func (r *jsonReader) withoutComment(at source.Span) *source.Fix {
	text, body := r.file.Text, r.file.BodyStart()
	before, behind := at.Start, at.End
	for before > body && (text[before-1] == ' ' || text[before-1] == '\t') {
		before--
	}
	for behind < len(text) && (text[behind] == ' ' || text[behind] == '\t' || text[behind] == '\r') {
		behind++
	}
	replacement := ""
	switch lineStart, lineEnd := before == body || text[before-1] == '\n', behind == len(text) || text[behind] == '\n'; {
	case lineStart && lineEnd:
		at = source.Span{Start: before, End: min(behind+1, len(text))}
	case lineEnd:
		at.Start = before
	case before == at.Start && behind == at.End: // nothing else keeps its neighbours apart
		replacement = " "
	}
	return unsure("remove the comment", at, replacement)
}

// badBytes reports the bytes that are no UTF-8.
func (r *jsonReader) badBytes(from int) {
	for _, p := range badBytes(r.text, from) {
		r.tell(p.Code, p.Span, p.Message)
	}
}

// badBytes are the first bytes of a text that are no UTF-8, from an offset on.
func badBytes(text string, from int) (problems []Problem) {
	const most = 10
	for i := from; i < len(text) && len(problems) < most; {
		c, size := utf8.DecodeRuneInString(text[i:])
		if c != utf8.RuneError || size != 1 {
			i += size
			continue
		}
		start := i
		for i < len(text) && size == 1 && c == utf8.RuneError {
			i++
			c, size = utf8.DecodeRuneInString(text[i:])
		}
		note := source.Note{Span: source.Span{Start: start, End: i}, Message: "these bytes are not UTF-8: save the file as UTF-8"}
		problems = append(problems, Problem{Note: note, Code: BadEncoding})
	}
	return problems
}

// wideEncoding recognizes UTF-16 and UTF-32, by the marks and zero bytes that json.loads goes by.
func wideEncoding(text string) (p Problem, ok bool) {
	name := ""
	switch {
	case strings.HasPrefix(text, "\x00\x00\xfe\xff"), strings.HasPrefix(text, "\xff\xfe\x00\x00"):
		name = "UTF-32"
	case strings.HasPrefix(text, "\xfe\xff"), strings.HasPrefix(text, "\xff\xfe"):
		name = "UTF-16"
	case len(text) >= 4 && (text[0] == 0) != (text[1] == 0) && (text[0] == 0) == (text[2] == 0) && (text[1] == 0) == (text[3] == 0):
		name = "UTF-16"
	default:
		return p, false
	}
	p.Span = source.Span{End: min(2, len(text))}
	p.Message = "the file is " + name + ": save it as UTF-8"
	p.Code = BadEncoding
	return p, true
}
