package syntax

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

// Editor writes changes in the language and style of the text around them. Each method returns edits
// that leave the file well-formed and mean what was asked, or false where it cannot be sure of that: a
// value shared through an alias, a place inside a construct it does not understand.
//
// A method looks only at the text between the nodes next to the change, never at the rest of the file. What
// it finds there must be blanks, the commas, dashes and colons that belong there, and comments.
type Editor struct {
	File     *source.File
	Lang     Lang
	ReadOnly bool // refuse every edit
}

// ReplaceString writes a string instead of a scalar, quoted if its language or content needs it. A
// scalar that is quoted already keeps its quotes.
func (e Editor) ReplaceString(n *Node, value string) ([]source.Edit, bool) {
	if !e.isScalar(n) {
		return nil, false
	}
	return e.replace(n, e.quoteLike(n, value))
}

// ReplaceScalar writes text, which must be a number, true, false or null, instead of a scalar.
func (e Editor) ReplaceScalar(n *Node, text string) ([]source.Edit, bool) {
	if !e.isScalar(n) {
		return nil, false
	}
	return e.replace(n, pythonWord(e.Lang, text))
}

// RenameKey writes another string instead of the key of pair i of a mapping.
func (e Editor) RenameKey(m *Node, i int, name string) ([]source.Edit, bool) {
	es, ok := e.entries(m)
	if !ok || m.Kind != Map || i < 0 || i >= es.count || !e.known(es, i) || !e.isScalar(m.Pairs[i].Key) {
		return nil, false
	}
	key := m.Pairs[i].Key
	text := e.quoteLike(key, name)
	if m.Style == Keywords {
		if text = name; !isIdentifier(name) {
			return nil, false
		}
	}
	if key.Span.Len() == 0 || key.Style == BlockScalar || e.Lang == YAML && tooLong(text) {
		return nil, false
	}
	return e.replace(key, text)
}

// ReplaceWithin writes text instead of the bytes Value[i:j] of a string, and leaves the rest as it is
// spelled, escapes and line breaks included.
func (e Editor) ReplaceWithin(n *Node, i, j int, text string) ([]source.Edit, bool) {
	if !e.isScalar(n) || n.Kind != String || i < 0 || i > j || j > len(n.Text.Value) || !utf8.ValidString(text) {
		return nil, false
	}
	value := n.Text.Value[:i] + text + n.Text.Value[j:]
	if e.Lang == Python {
		return e.replaceInPython(n, i, j, text)
	}
	at := n.Text.Sub(i, j)
	// A bound inside an escape sequence, or a text that could not be placed, has bytes in common with a neighbour.
	apart := (i == 0 || n.Text.Sub(i-1, i).End <= at.Start) && (j == len(n.Text.Value) || n.Text.Sub(j, j+1).Start >= at.End) &&
		utf8.ValidString(n.Text.Value[:i]) && utf8.ValidString(n.Text.Value[j:])
	if before := n.Span.Start + 1; i == j {
		if i > 0 {
			before = n.Text.Sub(i-1, i).End
		}
		apart = apart && at.Start == before // else a fold of lines lies between
	}
	first, last := byte(0), byte(0)
	if n.Span.Len() > 1 {
		first, last = e.File.Text[n.Span.Start], e.File.Text[n.Span.End-1]
	}
	inQuotes := first == last && (first == '"' || first == '\'') && n.Span.Start < at.Start && at.End < n.Span.End
	severalLines := strings.ContainsAny(e.File.Slice(n.Span), "\r\n"+otherBreaks)
	if e.Lang == YAML && (severalLines || n.Style == BlockScalar) && !withinLine(n.Text.Value[i:j], text) {
		apart = false
	}
	var spelled string
	switch {
	case !apart:
		return e.replace(n, e.quoteLike(n, value))
	case inQuotes && first == '"':
		var b strings.Builder
		writeEscaped(&b, e.Lang, text)
		spelled = b.String()
	case inQuotes && e.Lang == YAML && singleQuotable(text):
		spelled = strings.ReplaceAll(text, "'", "''")
	case e.Lang == YAML && n.Style == BlockScalar && plainInYAML("a"+text+"a"),
		e.Lang == YAML && n.Style == Plain && !severalLines && plainInYAML("a"+text+"a") && staysPlain(value, text):
		spelled = text
	default:
		return e.replace(n, e.quoteLike(n, value))
	}
	return []source.Edit{{Span: at, New: spelled}}, true
}

// staysPlain reports whether the value of a plain scalar can be plain after a change inside it that
// brought text, which has no indicators.
func staysPlain(value, text string) bool {
	return text != "" && text == strings.Trim(text, " ") && plainInYAML(value[:firstRune(value)]) && !notStrings[strings.ToLower(value)]
}

func firstRune(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}

// withinLine reports whether a change leaves the lines of a scalar what they are: YAML folds them, and blanks at
// their beginnings and ends mean something else than in their middle.
func withinLine(old, text string) bool {
	const blanks = " \t\r\n" + otherBreaks
	return old != "" && text != "" && old == strings.Trim(old, blanks) && text == strings.Trim(text, blanks) &&
		!strings.ContainsAny(old, "\r\n"+otherBreaks)
}

// isScalar reports whether n is a scalar that its span spells alone.
func (e Editor) isScalar(n *Node) bool {
	if n == nil || e.ReadOnly || n.Style == Computed || n.Kind == Opaque || n.Kind == List || n.Kind == Map || n.Kind == Set {
		return false
	}
	if n.Span.End > len(e.File.Text) || n.Span.Len() > 0 && n.Span != n.Text.Span {
		return false
	}
	return e.Lang != YAML || e.noProperties(n)
}

// noProperties reports whether a node is no alias and has neither anchor nor tag: others may share it,
// or it may not be what it looks like.
func (e Editor) noProperties(n *Node) bool {
	return !e.isAlias(n) && e.properties(n) == ""
}

// Owns reports whether a node is written where it stands, and for that place alone: it is no alias and has neither anchor nor tag.
func (e Editor) Owns(n *Node) bool { return e.Lang != YAML || e.noProperties(n) }

// property is an anchor or a tag.
var property = pattern(`^(&[A-Za-z0-9_-]+|![^"':]*|!<\S*>)$`)

func (e Editor) isAlias(n *Node) bool {
	return e.Lang == YAML && n.Style != Quoted && strings.HasPrefix(e.File.Slice(n.Span), "*")
}

// properties is the first letters of the anchor and tag before a node, as & and !. The end of a plain
// scalar before it may look like them.
func (e Editor) properties(n *Node) (found string) {
	const longest = 500
	before := e.File.Text[max(0, n.Span.Start-longest):n.Span.Start]
	for {
		if trimmed := strings.TrimRight(before, " \t"); trimmed != "" && isBreak(trimmed[len(trimmed)-1]) {
			before = withoutLastComment(strings.TrimRight(trimmed, " \t\r\n"))
		}
		before = strings.TrimRight(before, " \t\r\n")
		word := before[strings.LastIndexAny(before, " \t\r\n,[{")+1:]
		if strings.HasSuffix(before, ">") { // a tag in full, which may hold commas
			word = before[max(0, strings.LastIndex(before, "!<")):]
		}
		if !property().MatchString(word) {
			return found
		}
		found += word[:1]
		before = before[:len(before)-len(word)]
	}
}

// withoutLastComment cuts off the comments that a text ends with. What only looks like a comment may go, too.
func withoutLastComment(text string) string {
	for {
		line := text[strings.LastIndexAny(text, "\r\n")+1:]
		k := strings.IndexByte(line, '#')
		if k < 0 || k > 0 && line[k-1] != ' ' && line[k-1] != '\t' {
			return text
		}
		text = strings.TrimRight(text[:len(text)-len(line)+k], " \t\r\n")
	}
}

// hasAnchor reports whether something in a node may be used elsewhere.
func (e Editor) hasAnchor(n *Node) bool {
	if strings.Contains(e.properties(n), "&") {
		return true
	}
	if e.isAlias(n) {
		return false
	}
	for _, item := range n.Items {
		if e.hasAnchor(item) {
			return true
		}
	}
	for _, p := range n.Pairs {
		if !p.Merged && (e.hasAnchor(p.Key) || e.hasAnchor(p.Value)) {
			return true
		}
	}
	return false
}

// quoteLike is value in the quotes of a scalar, or in those it needs if that has none.
func (e Editor) quoteLike(n *Node, value string) string {
	if e.Lang == Python {
		return e.quoteLikePython(n, value)
	}
	if e.Lang != YAML || n.Style != Quoted {
		return Quote(e.Lang, value)
	}
	if e.File.Text[n.Span.Start] == '\'' && singleQuotable(value) {
		return singleQuote(value)
	}
	return doubleQuote(YAML, value)
}

// replace writes text instead of a scalar, or where one is absent.
func (e Editor) replace(n *Node, text string) ([]source.Edit, bool) {
	if n.Span.Len() > 0 {
		joins := n.Span.End < len(e.File.Text) && e.File.Text[n.Span.End] == '#'
		// A block scalar may stand where other scalars are not far enough to the right.
		margin := e.backOverBlanks(n.Span.Start, 0)
		outdented := n.Style == BlockScalar && margin > e.File.BodyStart() && isBreak(e.File.Text[margin-1])
		return []source.Edit{{Span: n.Span, New: text}}, !joins && !outdented
	}
	at := e.backOverBlanks(n.Span.Start, 0)
	if e.Lang != YAML || at == 0 || e.File.Text[at-1] != ':' && !e.isFirstDash(at-1) {
		return nil, false
	}
	return []source.Edit{{Span: source.Span{Start: at, End: at}, New: " " + text}}, true
}

// isDash reports whether the dash of a list's item stands at an offset.
func (e Editor) isDash(at int) bool {
	return e.File.Text[at] == '-' && (at == e.File.BodyStart() || blank[e.File.Text[at-1]]) &&
		(at+1 == len(e.File.Text) || blank[e.File.Text[at+1]])
}

// isFirstDash reports whether a dash stands at an offset and nothing before it in its line.
func (e Editor) isFirstDash(at int) bool {
	start := e.backOverBlanks(at, e.File.BodyStart())
	return e.isDash(at) && (start == e.File.BodyStart() || isBreak(e.File.Text[start-1]))
}

// backOverBlanks goes back over blanks and tabs.
func (e Editor) backOverBlanks(at, limit int) int {
	for at > limit && (e.File.Text[at-1] == ' ' || e.File.Text[at-1] == '\t') {
		at--
	}
	return at
}

// entries are the items or own pairs of a collection that is written where it stands. Only the neighbours
// of a change are looked at, as there may be many.
type entries struct {
	*Node
	count int
}

func (e Editor) entries(n *Node) (es entries, ok bool) {
	if n == nil || e.ReadOnly || n.Style == Computed || n.Span.End > len(e.File.Text) || e.Lang == YAML && !e.noProperties(n) {
		return es, false
	}
	own := sort.Search(len(n.Pairs), func(k int) bool { return n.Pairs[k].Merged })
	return entries{n, len(n.Items) + own}, true
}

// at is the span of entry i.
func (es entries) at(i int) source.Span {
	if es.Kind == List {
		return es.Items[i].Span
	}
	return es.Pairs[i].Span()
}

// value is the value of entry i.
func (es entries) value(i int) *Node {
	if es.Kind == List {
		return es.Items[i]
	}
	return es.Pairs[i].Value
}

// known reports whether entry i was read without doubt, and ends with its value: behind a tag or anchor
// without one, nothing can be said.
func (e Editor) known(es entries, i int) bool {
	return es.Span.Contains(es.at(i)) && (es.Kind == List || es.Pairs[i].Key.Kind != Opaque) &&
		(e.Lang != YAML || lastLeaf(es.value(i)).Span.Len() > 0 || e.properties(lastLeaf(es.value(i))) == "")
}

// lastLeaf is the value whose end is that of n.
func lastLeaf(n *Node) *Node {
	for {
		last := n
		if k := len(n.Items); k > 0 {
			last = n.Items[k-1]
		} else if k := len(n.Pairs); k > 0 {
			last = n.Pairs[k-1].Value
		}
		if last == n || last.Span.End != n.Span.End {
			return n
		}
		n = last
	}
}

// RemovePair takes out pair i of a mapping, with its comma or line.
func (e Editor) RemovePair(m *Node, i int) ([]source.Edit, bool) { return e.remove(m, Map, i, "{}") }

// RemoveItem takes out item i of a list, with its comma or line.
func (e Editor) RemoveItem(l *Node, i int) ([]source.Edit, bool) { return e.remove(l, List, i, "[]") }

func (e Editor) remove(n *Node, k Kind, i int, empty string) ([]source.Edit, bool) {
	es, ok := e.entries(n)
	if !ok || n.Kind != k || i < 0 || i >= es.count || !e.known(es, i) || i > 0 && !e.known(es, i-1) || e.Lang == YAML && e.hasAnchor(es.value(i)) {
		return nil, false
	}
	if e.bracketed(n, empty) {
		return e.removeFlow(es, i)
	}
	if e.Lang != YAML || n.Style == Flow {
		return nil, false
	}
	return e.removeBlock(es, i, empty)
}

// InsertPair adds a pair behind pair after of a mapping (-1: at the front). value is printed with
// [Print] and is a scalar or a small collection.
func (e Editor) InsertPair(m *Node, after int, key string, value *Node) ([]source.Edit, bool) {
	es, ok := e.entries(m)
	if !ok || m.Kind != Map || after < -1 || after >= es.count || es.count > 0 && !e.known(es, max(after, 0)) ||
		tooLong(Quote(e.Lang, key)) || m.Style == Keywords && !isIdentifier(key) {
		return nil, false
	}
	pair := NewPair(key, value)
	if e.bracketed(m, "{}") {
		return e.insertFlow(es, after, func(margin, colon string) string { return e.pairText(es, pair, margin, colon) })
	}
	if e.Lang != YAML || m.Style == Flow || es.count == 0 {
		return nil, false
	}
	return e.insertBlock(es, after, func(w *printer, column int) { w.pair(pair, column) })
}

// InsertItem adds an item behind item after of a list (-1: at the front), printed as [Editor.InsertPair] prints a value.
func (e Editor) InsertItem(l *Node, after int, item *Node) ([]source.Edit, bool) {
	es, ok := e.entries(l)
	if !ok || l.Kind != List || e.Lang == Python || after < -1 || after >= es.count || es.count > 0 && !e.known(es, max(after, 0)) {
		return nil, false
	}
	if e.bracketed(l, "[]") {
		return e.insertFlow(es, after, func(margin, _ string) string { return e.itemText(item, margin) })
	}
	if e.Lang != YAML || l.Style == Flow || es.count == 0 {
		return nil, false
	}
	return e.insertBlock(es, after, func(w *printer, _ int) {
		w.b.WriteString("- ")
		w.inline(item)
	})
}

// bracketed reports whether a collection stands between two brackets.
func (e Editor) bracketed(n *Node, brackets string) bool {
	text := e.File.Slice(n.Span)
	if n.Style == Keywords {
		return strings.HasSuffix(text, ")")
	}
	return len(text) >= 2 && text[0] == brackets[0] && text[len(text)-1] == brackets[1]
}
