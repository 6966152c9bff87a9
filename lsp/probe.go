package lsp

import (
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// What could be written at a place is asked of the front end itself: a word is put where the cursor is, in the
// ways in which something could stand there, and the text is read with it. Where the word is found says what
// was asked for. So half-typed text needs no grammar of its own, in any language.

// probe is what was found of a place where something is being written.
type probe struct {
	*cursor
	at     int            // the offset in the document
	file   *source.File   // the document
	tree   *source.File   // in which the cursor's program stands: the document, or one with a word more
	word   source.Span    // of the document: what is there of the word already, around the cursor
	head   string         // the word up to the cursor
	lang   syntax.Lang    // of the program
	inside *syntax.Inside // the quotes around the word, in the document; nil if there are none
	outer  *syntax.Inside // of the Python string around the program; nil if it stands in none
	item   bool           // the cursor is where an item of a list could begin
	more   bool           // there are offers that are left out
	lead   string         // what must stand before the word, as a dash
}

// probeWord is what no program holds.
const probeWord = "nanolintCursor"

// probeAt finds what could be written at an offset. Its cursor is in no program where nothing can.
func (s *Server) probeAt(st *state, offset int) *probe {
	p := &probe{at: offset, file: st.file, tree: st.file}
	var ok bool
	if p.cursor, p.lang, ok = st.writtenIn(offset); !ok {
		p.cursor = &cursor{offset: offset}
		return p
	}
	in, quoted := p.quotes()
	if p.fromText(in, quoted) {
		return p
	}
	if quoted && p.lang == syntax.Python {
		p.inside = in
	}
	p.word = p.wordAround()
	p.head = st.file.Text[p.word.Start:offset]
	if !quoted && p.isBehindValue() {
		p.cursor = &cursor{offset: offset}
		return p
	}
	for _, try := range p.attempts() {
		text := st.file.Text[:p.word.Start] + try.before + probeWord + try.after + st.file.Text[p.word.End:]
		o := st.options
		o.Drafts = true
		tree := source.NewFile(st.file.Name, text)
		c := cursorAt(st.readText(tree, o), p.word.Start+len(try.before)+1)
		n := c.node()
		if n == nil || n.Kind != syntax.String || c.onKey != try.key {
			continue
		}
		head, _, holds := strings.Cut(n.Text.Value, probeWord)
		if !holds || n.Text.Value != probeWord && !c.isText() {
			continue
		}
		if p.lang != syntax.YAML && !try.key && !isItem(c) && p.isBare() && p.isBeforeValue() {
			continue
		}
		if p.lang == syntax.YAML && !try.fits(c, tree, source.Span{Start: p.word.Start, End: p.word.Start + len(try.before) + len(probeWord)}) {
			continue
		}
		p.cursor, p.tree = c, tree
		if c.isText() {
			p.head = head + p.head
		}
		p.item = !try.key && isItem(c)
		p.lead = p.leadOf(try)
		return p
	}
	if p.isBare() {
		p.cursor = &cursor{offset: offset}
	}
	return p
}

// writtenIn is the cursor at an offset and the language of the program that is being written there. It is false where
// nobody writes one: in most of a Python or Markdown file.
func (st *state) writtenIn(offset int) (*cursor, syntax.Lang, bool) {
	c := cursorAt(st.read(), offset)
	if c.found != nil {
		return c, c.found.Lang, true
	}
	switch st.options.Lang {
	case syntax.Markdown:
		lang, ok := syntax.FenceAt(st.file, offset)
		return c, lang, ok && lang != syntax.Python
	case syntax.Python:
		for i, x := range st.read() { // behind the last word of a text in a string
			if x.Embedded && x.String.Start <= offset && offset <= x.String.End {
				c.found = &st.read()[i]
				return c, x.Lang, true
			}
		}
		c = cursorAt(st.drafts(), offset)
		return c, syntax.Python, c.found != nil && c.found.Lang == syntax.Python
	}
	return c, st.options.Lang, true
}

// quotes is those around the cursor.
func (p *probe) quotes() (in *syntax.Inside, ok bool) {
	if p.found == nil {
		return nil, false
	}
	edit := p.found.Editor(p.file)
	if p.found.Embedded {
		outer, inside := syntax.InsideLiteral(edit.File, p.found.String.Start, p.at)
		if !inside {
			p.found = nil
			return nil, false
		}
		p.outer = &outer
	}
	n := p.node()
	if n == nil {
		return nil, false
	}
	found, ok := edit.Inside(n, p.at)
	if p.lang == syntax.Python && n.Kind != syntax.String {
		found, ok = syntax.InsideLiteral(edit.File, p.codeBefore(), p.at)
	}
	if p.outer != nil {
		found = found.Within(*p.outer)
	}
	return &found, ok
}

// collection is the innermost list or mapping around the cursor, which is not behind its closing bracket. It is nil if there
// is none.
func (p *probe) collection() *syntax.Node {
	for i := len(p.path) - 1; i >= 0; i-- {
		n := p.path[i]
		if n.Kind != syntax.List && n.Kind != syntax.Map {
			continue
		}
		closing := "}"
		if n.Kind == syntax.List {
			closing = "])"
		} else if n.Style == syntax.Keywords {
			closing = ")"
		}
		if n.Span.Start != p.at && (n.Span.End != p.at || strings.IndexByte(closing, p.file.Text[p.at-1]) < 0) {
			return n
		}
	}
	return nil
}

// codeBefore is a place before the cursor in Python that is in no literal: the beginning of the collection around the
// cursor, or of an entry. It is the cursor itself if none is known.
func (p *probe) codeBefore() int {
	n := p.collection()
	switch {
	case n == nil:
		return p.at
	case touches(n.Span, p.at):
		return n.Span.Start
	}
	from := -1 // a name stands for it: only the entries say where it is written
	for _, item := range n.Items {
		if item.Span.Start <= p.at {
			from = max(from, item.Span.Start)
		}
	}
	for _, pair := range n.Pairs {
		if pair.Key.Span.Start <= p.at {
			from = max(from, pair.Key.Span.Start)
		}
	}
	if from < 0 {
		return p.at
	}
	return from
}

// fromText takes the text that is there, if the cursor is in one.
func (p *probe) fromText(in *syntax.Inside, quoted bool) bool {
	n := p.node()
	if n == nil || n.Kind != syntax.String || !p.onKey && p.step == nil && p.field == "" {
		return false
	}
	switch {
	case quoted && (in.Whole || p.isText()):
		p.inside, p.word = in, in.Content
	case !quoted && p.lang != syntax.Python && touches(n.Span, p.at) && p.isText() && strings.IndexByte(`"'`, p.file.Text[n.Span.Start]) < 0:
		p.word = n.Text.Content()
	default:
		return false
	}
	p.head = headOf(n, p.at)
	return true
}

// isBare reports whether there are no quotes around the word.
func (p *probe) isBare() bool { return p.inside == nil }

// wordAround is the word around the cursor. In Python, names with dots are one, and in YAML what stands without quotes for the name
// of a step or tool.
func (p *probe) wordAround() source.Span {
	text := p.file.Text
	w := wordAt(text, p.at)
	if p.inside != nil {
		return w
	}
	if n := p.node(); p.lang == syntax.YAML && n != nil && n.Kind == syntax.String && n.Style == syntax.Plain && (p.isRef() || p.isTool()) {
		if name := n.Text.Content(); touches(name, p.at) && !strings.ContainsAny(p.file.Slice(name), "\r\n") {
			return name
		}
	}
	for p.lang == syntax.Python && w.Start > 1 && text[w.Start-1] == '.' && wordAt(text, w.Start-1).Len() > 0 {
		w.Start = wordAt(text, w.Start-1).Start
	}
	return w
}

// headOf is the value of a string up to an offset of the file.
func headOf(n *syntax.Node, offset int) string {
	text := n.Text
	i := 0
	for i < len(text.Value) {
		_, size := utf8.DecodeRuneInString(text.Value[i:])
		if place := text.Sub(i, i+size); place.End > offset || place.Start == offset { // the last line break of a block scalar has no place of its own
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
