package syntax

import (
	"slices"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

// yamlTokenKind is what a token is.
type yamlTokenKind uint8

const (
	yamlEnd       yamlTokenKind = iota // the end of the text
	yamlDirective                      // %YAML, %TAG
	yamlDocStart                       // ---
	yamlDocEnd                         // ...
	yamlListStart                      // before the first - of a block list
	yamlMapStart                       // before the first key of a block mapping
	yamlBlockEnd                       // where the indentation of either ends
	yamlOpenList                       // [
	yamlCloseList                      // ]
	yamlOpenMap                        // {
	yamlCloseMap                       // }
	yamlEntry                          // -
	yamlComma                          // ,
	yamlKey                            // ?, or before a key that is followed by a colon
	yamlValue                          // :
	yamlAlias                          // *name
	yamlAnchor                         // &name
	yamlTag                            // !handle!suffix
	yamlScalar
)

// yamlToken is a piece of YAML text, or the place where the indentation says that something starts or ends.
type yamlToken struct {
	kind   yamlTokenKind
	style  Style // of a scalar
	absent bool  // a colon that the text lacks: its value is not known
	column int   // of a block collection
	span   source.Span
	text   source.Text // of a scalar, alias, anchor; a tag's suffix
	handle string      // of a tag: "" if the suffix is all of it
}

// yamlScanner cuts YAML text into tokens.
//
// Whether a scalar is a key shows only at the colon behind it. The scanner therefore remembers, for each
// level of brackets, where a key may have begun, keeps the tokens from there on in a queue, and puts the
// token for the key in front of them when the colon comes. YAML bounds that: a key must end on its line and
// within 1,024 characters.
//
// A mistake is reported where it is found, and the scanner goes on with what was most likely meant, so that the
// parser sees tokens that fit.
type yamlScanner struct {
	text string
	pos  int
	yamlLine

	indent   int          // the column of the innermost block collection, -1 outside of all
	indents  []yamlIndent // all of them
	flow     int          // the number of open brackets
	keys     []yamlKeyPlace
	firstKey int  // no level below has a key that can still come true
	allowKey bool // a key may begin here

	queue []yamlToken
	head  int // of the queue
	taken int // the number of tokens that left the queue
	done  bool

	str      source.TextBuilder
	breaks   []byte
	reread   int  // the number of bytes read in vain, after a quote or bracket that was not closed
	tabTold  bool // that tabs do not indent has been said
	problems yamlProblems
}

// yamlLine is the line that the scanner is on.
type yamlLine struct {
	lineStart int // its offset: no two lines share it, so it is also its name
	shift     int // columns to add to what is counted, because its indentation is wrong
	mend      yamlMend
}

// yamlIndent is a block collection that is open.
type yamlIndent struct {
	column int
	list   bool
}

// yamlKeyPlace is a place where a key may have begun.
type yamlKeyPlace struct {
	live      bool
	required  bool // at the indentation of a mapping, where nothing else can stand
	token     int
	pos       int
	lineStart int
	column    int
}

const maxKeyLength = 1024

// level is the index in keys for what is between the innermost brackets. What is too deep to be read shares one.
func (s *yamlScanner) level() int { return min(s.flow, 2*MaxYAMLDepth) }

func (s *yamlScanner) column() int { return s.pos - s.lineStart + s.shift }

// peek is the next token. It stays valid until the next call.
func (s *yamlScanner) peek() *yamlToken {
	for s.needMore() {
		s.fetch()
	}
	return &s.queue[s.head]
}

func (s *yamlScanner) next() yamlToken {
	t := *s.peek()
	if t.kind == yamlEnd {
		return t
	}
	s.head++
	s.taken++
	const many = 4096 // on one line without an end, the queue would never be empty
	if s.head == len(s.queue) || s.head == many {
		s.queue, s.head = append(s.queue[:0], s.queue[s.head:]...), 0
	}
	return t
}

func (s *yamlScanner) push(kind yamlTokenKind, start, end int) *yamlToken {
	s.queue = append(s.queue, yamlToken{kind: kind, span: source.Span{Start: start, End: end}})
	return &s.queue[len(s.queue)-1]
}

// needMore reports whether the first token in the queue may turn out to be preceded by one for a key.
func (s *yamlScanner) needMore() bool {
	if s.done {
		return false
	}
	if s.head == len(s.queue) {
		return true
	}
	s.checkRequired()
	for ; s.firstKey <= s.level(); s.firstKey++ {
		k := &s.keys[s.firstKey]
		if k.live && !s.stale(k) {
			return k.token == s.taken
		}
		k.live = false
	}
	return false
}

// stale reports whether a colon here would come too late for k.
func (s *yamlScanner) stale(k *yamlKeyPlace) bool {
	return k.lineStart != s.lineStart || s.pos-k.pos > maxKeyLength &&
		(s.pos-k.pos > maxKeyLength*utf8.UTFMax || utf8.RuneCountInString(s.text[k.pos:s.pos]) > maxKeyLength)
}

func (s *yamlScanner) saveKey() {
	if !s.allowKey {
		return
	}
	s.dropKey()
	s.keys[s.level()] = yamlKeyPlace{
		live: true, required: s.flow == 0 && s.indent == s.column(),
		token: s.taken + len(s.queue) - s.head,
		pos:   s.pos, lineStart: s.lineStart, column: s.column(),
	}
	s.firstKey = min(s.firstKey, s.level())
}

func (s *yamlScanner) dropKey() {
	if k := &s.keys[s.level()]; k.live {
		k.live = false
		if k.required {
			s.missingColon(k)
		}
	}
}

func (s *yamlScanner) checkRequired() {
	if k := &s.keys[0]; k.live && k.required && s.stale(k) {
		k.live = false
		s.missingColon(k)
	}
}

// insert puts a token before the one with that number.
func (s *yamlScanner) insert(number int, t yamlToken) {
	s.queue = slices.Insert(s.queue, s.head+number-s.taken, t)
}

// addIndent opens a block collection, if column is farther in than the innermost one.
func (s *yamlScanner) addIndent(column int, list bool) bool {
	if s.indent >= column {
		return false
	}
	s.indents = append(s.indents, yamlIndent{column, list})
	s.indent = column
	return true
}

// unwind closes the block collections that column is not inside of.
func (s *yamlScanner) unwind(column int) {
	if s.flow > 0 || s.indent <= column {
		return
	}
	var last yamlIndent
	for s.indent > column {
		s.push(yamlBlockEnd, s.pos, s.pos)
		last = s.indents[len(s.indents)-1]
		s.indents = s.indents[:len(s.indents)-1]
		s.indent = -1
		if n := len(s.indents); n > 0 {
			s.indent = s.indents[n-1].column
		}
	}
	if s.pos == len(s.text) || s.pos == s.lineStart && s.atMarker(s.pos) {
		return
	}
	switch {
	case s.indent < column:
		s.mendIndentation(last, column)
	case s.inList() && !last.list && s.text[s.pos] != '-':
		s.mendBesideDash(last)
	}
}

// fetch reads on until there is at least one more token, or a mistake has been mended.
func (s *yamlScanner) fetch() {
	s.skipBlank()
	s.checkRequired()
	s.unwind(s.column())
	if s.pos == len(s.text) {
		s.dropKey()
		s.unwind(-1)
		s.push(yamlEnd, s.pos, s.pos)
		s.done = true
		return
	}
	c := s.text[s.pos]
	if s.pos == s.lineStart && (c == '%' || s.atMarker(s.pos)) {
		s.fetchMarker(c)
		return
	}
	switch c {
	case '[', '{':
		s.saveKey()
		s.openBracket(c)
	case ']', '}':
		s.closeBracket(c)
	case ',':
		s.dropKey()
		s.allowKey = true
		s.indicator(yamlComma)
	case '*', '&':
		s.fetchName(c)
	case '!':
		s.fetchTag()
	case '\'', '"':
		s.fetchQuoted(c)
	case '@', '`', '%':
		s.fetchReserved(c)
	case '|', '>':
		if s.flow > 0 {
			s.fetchReserved(c)
		} else {
			s.fetchBlockScalar(c)
		}
	case '-', '?', ':':
		s.fetchIndicatorOrPlain(c)
	default:
		s.fetchPlain()
	}
}

// fetchIndicatorOrPlain reads a character that means something only before a blank or inside brackets.
func (s *yamlScanner) fetchIndicatorOrPlain(c byte) {
	alone := s.blankAt(s.pos + 1)
	switch {
	case c == '-' && alone:
		s.fetchEntry()
	case c == '?' && (alone || s.flow > 0):
		s.fetchExplicitKey()
	case c == ':' && (alone || s.flow > 0):
		s.fetchValue()
	case c == '-' && s.allowKey && s.inList():
		s.mendDash()
	default:
		s.fetchPlain()
	}
}

func (s *yamlScanner) indicator(kind yamlTokenKind) {
	s.push(kind, s.pos, s.pos+1)
	s.pos++
}

func (s *yamlScanner) openBracket(c byte) {
	kind := yamlOpenList
	if c == '{' {
		kind = yamlOpenMap
	}
	s.flow++
	s.keys = append(s.keys[:s.level()], yamlKeyPlace{})
	s.allowKey = true
	s.indicator(kind)
}

func (s *yamlScanner) closeBracket(c byte) {
	s.dropKey()
	s.flow = max(s.flow-1, 0)
	s.keys = s.keys[:s.level()+1]
	s.allowKey = false
	if c == ']' {
		s.indicator(yamlCloseList)
	} else {
		s.indicator(yamlCloseMap)
	}
}

func (s *yamlScanner) fetchEntry() {
	if s.flow == 0 {
		if !s.allowKey {
			s.tell(source.Span{Start: s.pos, End: s.pos + 1},
				"a list cannot begin behind something else on its line: put the '-' on a line of its own", nil)
		}
		s.startBlock(yamlListStart)
	}
	s.dropKey()
	s.allowKey = true
	s.indicator(yamlEntry)
}

// startBlock opens a block collection here, if one can begin here.
func (s *yamlScanner) startBlock(kind yamlTokenKind) {
	if s.addIndent(s.column(), kind == yamlListStart) {
		s.push(kind, s.pos, s.pos).column = s.column()
	}
}

func (s *yamlScanner) fetchExplicitKey() {
	if s.flow == 0 {
		if !s.allowKey {
			s.tell(source.Span{Start: s.pos, End: s.pos + 1},
				"a key marked with '?' cannot begin here: quote the value if it begins with '?'", nil)
		}
		s.startBlock(yamlMapStart)
	}
	s.dropKey()
	s.allowKey = s.flow == 0
	s.indicator(yamlKey)
}

func (s *yamlScanner) fetchValue() {
	if k := &s.keys[s.level()]; k.live && !s.stale(k) {
		k.live = false
		s.insertKey(k)
		s.allowKey = false
		s.indicator(yamlValue)
		return
	}
	if s.flow == 0 {
		if !s.allowKey {
			s.strayColon()
			return
		}
		s.startBlock(yamlMapStart)
	}
	s.dropKey()
	s.allowKey = s.flow == 0
	s.indicator(yamlValue)
}

// insertKey says that what began at k is a key.
func (s *yamlScanner) insertKey(k *yamlKeyPlace) {
	at := source.Span{Start: k.pos, End: k.pos}
	s.insert(k.token, yamlToken{kind: yamlKey, span: at})
	if s.flow == 0 && s.addIndent(k.column, false) {
		s.insert(k.token, yamlToken{kind: yamlMapStart, span: at, column: k.column})
	}
}

// resync makes the scanner go on at the line that begins at start, inside those block collections.
func (s *yamlScanner) resync(start int, open []yamlIndent) {
	s.taken += len(s.queue) - s.head
	s.queue, s.head = s.queue[:0], 0
	s.pos, s.yamlLine = start, yamlLine{lineStart: start}
	s.flow, s.keys, s.firstKey = 0, append(s.keys[:0], yamlKeyPlace{}), 0
	s.indent, s.indents = -1, s.indents[:0]
	for _, i := range open {
		s.addIndent(i.column, i.list)
	}
	s.allowKey, s.done = true, false
}
