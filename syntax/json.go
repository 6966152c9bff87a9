package syntax

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

// jsonReader reads JSON as json.loads of Python does, and on behind every mistake.
//
// It is a loop over states with a stack of its own, so depth costs no Go stack. A state's method reads
// what it expects in the shortest way and leaves everything else, comments included, to a method
// whose name begins with mend: valid text never pays for tolerance.
type jsonReader struct {
	file *source.File
	text string // up to the end of the document; offsets are those of the file
	pos  int

	slab  slab
	stack []jsonFrame
	pairs []Pair  // of all open objects, each from its frame's base on
	items []*Node // of all open lists
	root  *Node
	str   source.TextBuilder

	last  int   // the end of the last value, key, colon or bracket
	value *Node // the last value read; nil behind a comma or an opening bracket
	comma int   // the place of a comma that nothing has followed yet, or -1
	// forgiven says that the mistake just reported may have swallowed a comma: its absence is an echo.
	forgiven bool

	problems []Problem
	comments int // how many of the problems are comments
	tooDeep  bool
	broken   bool // the text is not UTF-8 throughout
	lenient  bool // control characters may stand in strings
}

// jsonFrame is an open collection.
type jsonFrame struct {
	node *Node
	base int
	key  *Node // of the pair whose value is being read
	told bool  // that a list has no keys
}

// jsonState is what the reader expects next.
type jsonState uint8

const (
	jsonValue  jsonState = iota // a value, and nothing else
	jsonItem                    // an item, or the end of the list
	jsonKey                     // a key, or the end of the object
	jsonColon                   // the colon behind a key
	jsonBehind                  // a comma or the end of the collection
	jsonDone
)

// maxProblems is how many problems are told: behind so many mistakes, more of them help nobody.
const maxProblems = 50

// blank, word: the bytes that JSON skips, and those that make up what is neither bracket, comma, colon,
// blank nor string.
var blank, word = func() (blank, word [256]bool) {
	for c := range word {
		blank[c] = c == ' ' || c == '\t' || c == '\n' || c == '\r'
		word[c] = !blank[c] && !strings.ContainsRune(`,:{}[]"#`, rune(c))
	}
	return
}()

func parseJSON(f *source.File) []Document {
	r := newJSONReader(f)
	if p, ok := wideEncoding(f.Text); ok {
		return []Document{{Root: r.slab.node(Opaque, source.Span{End: len(f.Text)}), Problems: []Problem{p}}}
	}
	return []Document{r.document(f.BodyStart(), len(f.Text), "the file is empty: write a JSON value into it")}
}

// parseJSONL reads JSON Lines: a value on each line that is not blank.
func parseJSONL(f *source.File) []Document {
	r := newJSONReader(f)
	if p, ok := wideEncoding(f.Text); ok {
		return []Document{{Root: r.slab.node(Opaque, source.Span{End: len(f.Text)}), Problems: []Problem{p}}}
	}
	var docs []Document
	for start := f.BodyStart(); start < len(f.Text); {
		end, next := len(f.Text), len(f.Text)
		if n := strings.IndexByte(f.Text[start:], '\n'); n >= 0 {
			end, next = start+n, start+n+1
		}
		if end > start && f.Text[end-1] == '\r' {
			end--
		}
		if strings.Trim(f.Text[start:end], " \t\r") != "" {
			docs = append(docs, r.document(start, end, ""))
		}
		start = next
	}
	if docs == nil {
		docs = append(docs, r.document(f.BodyStart(), len(f.Text), "the file is empty: write a JSON value on each line"))
	}
	return docs
}

func newJSONReader(f *source.File) *jsonReader {
	r := &jsonReader{file: f, broken: !utf8.ValidString(f.Text)}
	r.slab.reserve(min(strings.Count(f.Text, `"`)/2, len(f.Text)/16))
	return r
}

// document reads the one value between two offsets.
func (r *jsonReader) document(start, end int, ifEmpty string) Document {
	r.text, r.pos, r.last = r.file.Text[:end], start, start
	r.stack, r.pairs, r.items = r.stack[:0], r.pairs[:0], r.items[:0]
	r.root, r.value, r.comma, r.forgiven = nil, nil, -1, false
	r.problems, r.comments, r.tooDeep = nil, 0, false
	if r.broken {
		r.badBytes(start)
	}
	r.skip()
	if r.pos == end {
		r.tell(Malformed, source.Span{Start: start, End: start}, ifEmpty)
	} else {
		r.read()
	}
	if r.root == nil {
		r.root = r.slab.node(Opaque, source.Span{Start: start, End: end})
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return Document{Root: r.root, Problems: r.problems}
}

func (r *jsonReader) read() {
	for state := jsonValue; state != jsonDone; {
		switch state {
		case jsonValue:
			state = r.readValue()
		case jsonItem:
			state = r.readItem()
		case jsonKey:
			state = r.readKey()
		case jsonColon:
			state = r.readColon()
		case jsonBehind:
			state = r.readBehind()
		}
	}
}

// skip goes to the next byte that is not blank.
func (r *jsonReader) skip() {
	text, pos := r.text, r.pos
	for pos < len(text) && blank[text[pos]] {
		pos++
	}
	r.pos = pos
}

// next is the byte that is read next, behind blanks. At the end of the text it is a blank.
func (r *jsonReader) next() byte {
	text, pos := r.text, r.pos
	for ; pos < len(text); pos++ {
		if c := text[pos]; !blank[c] {
			r.pos = pos
			return c
		}
	}
	r.pos = pos
	return ' '
}

func (r *jsonReader) readValue() jsonState {
	switch c := r.next(); c {
	case '"':
		return r.put(r.quoted())
	case '{':
		return r.open(Map)
	case '[':
		return r.open(List)
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if n := r.number(); n != nil {
			return r.put(n)
		}
	case 't', 'f', 'n', 'N', 'I':
		if n := r.literal(); n != nil {
			return r.put(n)
		}
	}
	return r.mendValue()
}

func (r *jsonReader) readItem() jsonState {
	switch r.next() {
	case ']':
		return r.close()
	case ',', '}':
		return r.mendItem()
	}
	return r.readValue()
}

func (r *jsonReader) readKey() jsonState {
	switch r.next() {
	case '"':
		return r.putKey(r.quoted())
	case '}':
		return r.close()
	}
	return r.mendKey()
}

func (r *jsonReader) readColon() jsonState {
	if r.next() == ':' {
		r.pos++
		r.last = r.pos
		return jsonValue
	}
	return r.mendColon()
}

func (r *jsonReader) readBehind() jsonState {
	if len(r.stack) == 0 {
		return r.finish()
	}
	top := &r.stack[len(r.stack)-1]
	switch c := r.next(); {
	case c == ',':
		r.comma, r.value, r.forgiven = r.pos, nil, false
		r.pos++
		return top.inside()
	case c == '}' && top.node.Kind == Map, c == ']' && top.node.Kind == List:
		return r.close()
	}
	return r.mendBehind()
}

// inside is what begins the next entry of the collection.
func (f *jsonFrame) inside() jsonState {
	if f.node.Kind == Map {
		return jsonKey
	}
	return jsonItem
}

// open begins a collection.
func (r *jsonReader) open(k Kind) jsonState {
	if len(r.stack) == MaxDepth {
		return r.put(r.skipDeep())
	}
	base := len(r.items)
	if k == Map {
		base = len(r.pairs)
	}
	n := r.slab.node(k, source.Span{Start: r.pos, End: r.pos + 1})
	n.Style = Flow
	r.stack = append(r.stack, jsonFrame{node: n, base: base})
	r.pos++
	r.last, r.value, r.comma = r.pos, nil, -1
	return r.stack[len(r.stack)-1].inside()
}

// close ends the innermost collection at its bracket.
func (r *jsonReader) close() jsonState {
	if r.comma >= 0 {
		at := source.Span{Start: r.comma, End: r.comma + 1}
		r.tellFix(TrailingComma, at, "JSON has no comma behind the last entry: remove it",
			&source.Fix{Title: "remove the comma", Safe: true, Edits: []source.Edit{{Span: at}}})
	}
	r.pos++
	return r.pop(r.pos)
}

// pop ends the innermost collection at an offset, bracket or not, and gives it to the one around.
func (r *jsonReader) pop(end int) jsonState {
	top := &r.stack[len(r.stack)-1]
	n := top.node
	if n.Kind == Map {
		n.Pairs = r.slab.keepPairs(r.pairs[top.base:])
		r.pairs = r.pairs[:top.base]
	} else {
		n.Items = r.slab.keepItems(r.items[top.base:])
		r.items = r.items[:top.base]
	}
	n.Span.End = end
	r.stack = r.stack[:len(r.stack)-1]
	return r.put(n)
}

// put gives a value its place in the innermost open collection.
func (r *jsonReader) put(n *Node) jsonState {
	r.last, r.value, r.comma = n.Span.End, n, -1
	if len(r.stack) == 0 {
		r.root = n
		return jsonBehind
	}
	top := &r.stack[len(r.stack)-1]
	if top.node.Kind == Map {
		r.pairs = append(r.pairs, Pair{Key: top.key, Value: n})
		top.key = nil
	} else {
		r.items = append(r.items, n)
	}
	return jsonBehind
}

// putKey begins a pair.
func (r *jsonReader) putKey(n *Node) jsonState {
	r.stack[len(r.stack)-1].key = n
	r.last, r.value, r.comma, r.forgiven = n.Span.End, nil, -1, false
	return jsonColon
}
