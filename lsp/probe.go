package lsp

import (
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/value"
)

// What could be written at a place is asked of the front end itself: a word is put where the cursor is, in the
// ways in which something could stand there, and the text is read with it. Where the word is found says what
// was asked for. So half-typed text needs no grammar of its own, in any language.

// probe is what was found of a place where something is being written.
type probe struct {
	*cursor
	at     int         // the offset in the document
	state  *state      // of the text with the word in it; nil if the cursor is in a text that was there
	word   source.Span // of the document: what is there of the word already, around the cursor
	head   string      // the word up to the cursor
	lang   syntax.Lang
	bare   bool // there are no quotes around the word
	quote  byte // those that are there
	column int  // of the word, in bytes
	item   bool // the cursor is where an item of a list could begin
}

// probeWord is what no program holds.
const probeWord = "nanolintCursor"

// probeAt finds what could be written at an offset.
func (s *Server) probeAt(st *state, offset int) *probe {
	p := &probe{cursor: cursorAt(st.read(), offset), at: offset, lang: st.options.Lang}
	if n := p.node(); n != nil && n.Kind == syntax.String && st.inside(n, offset) && (p.onKey || p.step != nil || p.field != "") {
		if st.isQuoted(n) || p.isText() {
			p.word = n.Text.Content()
			p.head = headOf(n, offset)
			if p.bare = !st.isQuoted(n); !p.bare {
				p.quote = st.file.Text[n.Span.Start]
			}
			return p
		}
	}
	p.word = wordAt(st.file.Text, offset)
	p.column = p.word.Start - st.file.LineSpan(p.word.Start).Start
	p.head = st.file.Text[p.word.Start:offset]
	for _, try := range st.attempts(p.word) {
		text := st.file.Text[:p.word.Start] + try.before + probeWord + try.after + st.file.Text[p.word.End:]
		file := source.NewFile(st.file.Name, text)
		found := validator.Read(file, st.options)
		c := cursorAt(found, p.word.Start+len(try.before)+1)
		n := c.node()
		if n == nil || n.Kind != syntax.String || c.onKey != try.key {
			continue
		}
		head, _, holds := strings.Cut(n.Text.Value, probeWord)
		if !holds || n.Text.Value != probeWord && !c.isText() {
			continue
		}
		p.cursor, p.bare = c, true
		if c.isText() {
			p.head = head + p.head
		}
		p.state = &state{file: file, read: func() []validator.Found { return found }, options: st.options}
		p.item = !try.key && isItem(c)
		return p
	}
	return p
}

// attempt is a way of writing a word.
type attempt struct {
	before, after string
	key           bool
}

// attempts are the ways in which something could stand at a place.
func (st *state) attempts(word source.Span) []attempt {
	line := st.file.LineSpan(word.Start)
	before := strings.TrimSpace(st.file.Text[line.Start:word.Start])
	behind := strings.TrimSpace(st.file.Text[word.End:line.End])
	if st.options.Lang != syntax.YAML {
		asKey, asValue := attempt{`"`, `": 0`, true}, attempt{`"`, `"`, false}
		if strings.HasSuffix(before, ":") || strings.HasSuffix(before, "[") {
			return []attempt{asValue, asKey}
		}
		if behind != "" && behind[0] == '"' {
			asKey.after += ","
		}
		return []attempt{asKey, asValue}
	}
	asKey, asValue := attempt{"", ": ", true}, attempt{"", "", false}
	blank := strings.Trim(before, "- ") == ""
	switch {
	case blank && behind == "", strings.HasSuffix(before, "{"), strings.HasSuffix(before, ","):
		return []attempt{asKey, asValue}
	case blank && strings.HasPrefix(behind, ":"):
		return []attempt{{"", "", true}}
	}
	return []attempt{asValue, asKey}
}

// inside reports whether an offset is in the text of a string, between its quotes.
func (st *state) inside(n *syntax.Node, offset int) bool {
	if !st.isQuoted(n) {
		return touches(n.Span, offset)
	}
	closed := n.Span.Len() > 1 && st.file.Text[n.Span.End-1] == st.file.Text[n.Span.Start]
	return n.Span.Start < offset && (offset < n.Span.End || !closed && offset == n.Span.End)
}

func (st *state) isQuoted(n *syntax.Node) bool {
	return n.Span.Len() > 0 && strings.IndexByte(`"'`, st.file.Text[n.Span.Start]) >= 0
}

// headOf is the value of a string up to an offset of the file.
func headOf(n *syntax.Node, offset int) string {
	text := n.Text
	i := 0
	for i < len(text.Value) {
		_, size := utf8.DecodeRuneInString(text.Value[i:])
		if text.Sub(i, i+size).End > offset {
			break
		}
		i += size
	}
	return text.Value[:i]
}

// wordAt is the letters, digits and underscores around an offset.
func wordAt(text string, offset int) source.Span {
	s := source.Span{Start: offset, End: offset}
	for s.Start > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:s.Start])
		if !value.IsWord(r) && r != '$' {
			break
		}
		s.Start -= size
	}
	for s.End < len(text) {
		r, size := utf8.DecodeRuneInString(text[s.End:])
		if !value.IsWord(r) {
			break
		}
		s.End += size
	}
	return s
}

// isItem reports whether the innermost value is an item of a list.
func isItem(c *cursor) bool {
	return len(c.path) > 1 && c.path[len(c.path)-2].Kind == syntax.List
}
