package syntax

import (
	"github.com/nanolint/nanolint/source"
)

// yamlParser builds the tree from the tokens. What is open is on a stack of its own, so that depth costs
// memory only, and little of that.
type yamlParser struct {
	yamlScanner
	slab     slab
	badBytes bool

	frames []yamlFrame
	pairs  []Pair  // of all open collections
	items  []*Node // of all open collections
	root   *Node

	handles   map[string]string // of tags: the prefix that each stands for
	given     map[string]bool   // handles that the document defines
	synced    int               // the line that reading went on with after a mistake
	anchors   map[string]*yamlAnchorPlace
	expanded  int  // the number of nodes that aliases add
	bombTold  bool // that it is too large has been said
	depthTold bool
}

// yamlState says what a collection is waiting for.
type yamlState uint8

const (
	yamlListEntry  yamlState = iota // the - of a block list
	yamlFlushEntry                  // the same, in a list that is not indented
	yamlMapKey                      // a key of a block mapping
	yamlMapValue                    // its colon
	yamlFlowItem                    // a comma and an item, or ]
	yamlFlowKey                     // a comma and a key, or }
	yamlFlowValue                   // a colon
	yamlPairKey                     // the key of a pair in a list: [a: b]
	yamlPairValue                   // its colon
	yamlPairEnd
)

// yamlFrame is an open collection.
type yamlFrame struct {
	state   yamlState
	node    *Node
	base    int // of its entries in pairs or items
	key     yamlPart
	filled  bool // there is an entry of a mapping
	bare    bool // the key in brackets has no colon
	mended  bool // the comma before the next entry in brackets is missing
	column  int  // of a block collection
	bracket source.Span
	last    int // the end of what has been read of it
	props   yamlProperties
	context yamlContext
	weight  int
	merges  []Pair // the entries with << as key
}

// yamlPart is a node and what its tag says beyond its kind.
type yamlPart struct {
	node   *Node
	role   yamlRole
	weight int // the number of nodes in it, aliases expanded
}

// yamlProperties are what may stand before a node.
type yamlProperties struct {
	tag     string // "" if there is none
	tagSpan source.Span
	anchor  *yamlAnchorPlace
	end     int // behind them
	any     bool
}

// document reads the value of a document.
func (p *yamlParser) document(place int) {
	p.node(true, false, place)
	for len(p.frames) > 0 {
		p.step()
	}
}

func (p *yamlParser) top() *yamlFrame { return &p.frames[len(p.frames)-1] }

// step reads the next part of the innermost collection.
func (p *yamlParser) step() {
	switch f := p.top(); f.state {
	case yamlListEntry, yamlFlushEntry:
		p.listEntry(f)
	case yamlMapKey:
		p.mapKey(f)
	case yamlMapValue:
		p.value(f, true)
	case yamlFlowItem:
		p.flowItem(f)
	case yamlFlowKey:
		p.flowKey(f)
	case yamlFlowValue, yamlPairValue:
		p.value(f, false)
	case yamlPairKey:
		p.next()
		if k := p.peek().kind; k == yamlValue || k == yamlComma || k == yamlCloseList {
			p.absent(f.node.Span.Start, Null)
		} else {
			p.node(false, false, f.node.Span.Start)
		}
	case yamlPairEnd:
		p.close(f.last)
	}
}

func (p *yamlParser) listEntry(f *yamlFrame) {
	switch t := *p.peek(); {
	case t.kind == yamlEntry:
		p.next()
		f.last = t.span.End
		switch k := p.peek().kind; {
		case k == yamlEntry, k == yamlBlockEnd, f.state == yamlFlushEntry && (k == yamlKey || k == yamlValue):
			p.absent(t.span.End, Null)
		default:
			p.node(true, false, t.span.End)
		}
	case f.state == yamlFlushEntry:
		p.close(f.last)
	case t.kind == yamlBlockEnd:
		p.next()
		p.close(f.last)
	default:
		p.unexpected(t)
	}
}

func (p *yamlParser) mapKey(f *yamlFrame) {
	switch t := *p.peek(); t.kind {
	case yamlKey:
		p.next()
		f.last = max(f.last, t.span.End)
		switch p.peek().kind {
		case yamlKey, yamlValue, yamlBlockEnd:
			p.absent(t.span.End, Null)
		default:
			p.node(true, true, t.span.End)
		}
	case yamlBlockEnd:
		p.next()
		p.close(f.last)
	default:
		p.unexpected(t)
	}
}

// value reads the colon of a mapping's entry and what follows it.
func (p *yamlParser) value(f *yamlFrame, block bool) {
	t := *p.peek()
	if t.kind != yamlValue {
		p.absent(f.last, Null)
		return
	}
	p.next()
	f.last = max(f.last, t.span.End)
	var none bool
	switch p.peek().kind {
	case yamlKey, yamlValue, yamlBlockEnd:
		none = block
	case yamlComma:
		none = !block
	case yamlCloseMap:
		none = f.state == yamlFlowValue
	case yamlCloseList:
		none = f.state == yamlPairValue
	}
	switch {
	case !none:
		p.node(block, block, t.span.End)
	case t.absent:
		p.absent(t.span.End, Opaque)
	default:
		p.absent(t.span.End, Null)
	}
}

func (p *yamlParser) flowItem(f *yamlFrame) {
	if !p.flowEntry(f, yamlCloseList, len(p.items) > f.base) {
		return
	}
	t := *p.peek()
	if t.kind != yamlKey {
		p.node(false, false, t.span.Start)
		return
	}
	pair := yamlFrame{state: yamlPairKey, node: p.slab.node(Map, t.span), base: len(p.pairs), last: t.span.End, bracket: f.bracket}
	pair.node.Style = Flow
	pair.context = p.contextFor(&pair)
	p.open(pair)
}

func (p *yamlParser) flowKey(f *yamlFrame) {
	if !p.flowEntry(f, yamlCloseMap, f.filled) {
		return
	}
	t := *p.peek()
	if t.kind != yamlKey {
		f.bare = !f.mended
		f.mended = false
		p.node(false, false, t.span.Start)
		return
	}
	f.bare = false
	p.next()
	f.last = max(f.last, t.span.End)
	switch p.peek().kind {
	case yamlValue, yamlComma, yamlCloseMap:
		p.absent(t.span.End, Null)
	default:
		p.node(false, false, t.span.End)
	}
}

// flowEntry goes to the next entry of a collection in brackets. If there is none, it closes the collection.
func (p *yamlParser) flowEntry(f *yamlFrame, closing yamlTokenKind, comma bool) bool {
	if t := *p.peek(); comma && t.kind != closing {
		if t.kind != yamlComma {
			return p.missingComma(f, t)
		}
		p.next()
		f.last = t.span.End
	}
	if t := *p.peek(); t.kind == closing {
		p.next()
		p.close(t.span.End)
		return false
	}
	return true
}

// node reads a value: an alias, a scalar, or the beginning of a collection. place is where it would stand.
func (p *yamlParser) node(block, flush bool, place int) {
	t := *p.peek()
	if t.kind == yamlAlias {
		p.next()
		p.add(p.alias(t))
		return
	}
	props := p.properties(place)
	t = *p.peek()
	switch {
	case flush && t.kind == yamlEntry:
		p.openBlock(t, yamlFlushEntry, props)
	case t.kind == yamlScalar:
		p.next()
		p.add(p.named(p.scalar(t.text, t.style, props), props))
	case t.kind == yamlOpenMap && p.doubleBrace(t, props):
	case t.kind == yamlOpenList || t.kind == yamlOpenMap:
		p.next()
		p.openFlow(t, props)
	case block && t.kind == yamlListStart:
		p.next()
		p.openBlock(t, yamlListEntry, props)
	case block && t.kind == yamlMapStart:
		p.next()
		p.openBlock(t, yamlMapKey, props)
	case props.any:
		at := source.Span{Start: props.end, End: props.end}
		p.add(p.named(p.scalar(source.VerbatimText("", at), Plain, props), props))
	default:
		p.unexpected(t)
	}
}

func (p *yamlParser) openBlock(t yamlToken, state yamlState, props yamlProperties) {
	f := yamlFrame{state: state, node: p.slab.node(List, t.span), base: len(p.items), column: t.column, last: t.span.Start, props: props}
	if state == yamlMapKey {
		f.node.Kind, f.base = Map, len(p.pairs)
	}
	if state == yamlFlushEntry {
		f.column = p.top().column
	}
	f.node.Style = Block
	f.context = p.contextFor(&f)
	p.open(f)
}

func (p *yamlParser) openFlow(t yamlToken, props yamlProperties) {
	f := yamlFrame{state: yamlFlowItem, node: p.slab.node(List, t.span), base: len(p.items), bracket: t.span, last: t.span.End, props: props}
	if t.kind == yamlOpenMap {
		f.state, f.node.Kind, f.base = yamlFlowKey, Map, len(p.pairs)
	}
	f.node.Style = Flow
	f.context = p.contextFor(&f)
	p.open(f)
}

// open begins a collection, unless it is too deep: then it is given up like a mistake.
func (p *yamlParser) open(f yamlFrame) {
	if len(p.frames) < MaxYAMLDepth {
		f.weight = 1
		p.frames = append(p.frames, f)
		return
	}
	if !p.depthTold {
		p.depthTold = true
		p.problems.list = append(p.problems.list, yamlProblem(TooDeep, f.node.Span,
			"this is nested deeper than the runtime can read: split the value up"))
	}
	f.node.Kind = Opaque
	closed := f.bracket.Len() > 0 && f.state != yamlPairKey && p.skipBrackets(f.node)
	f.node.Text.Span = f.node.Span
	p.add(p.named(yamlPart{node: f.node, weight: 1}, f.props))
	if !closed {
		p.recover(p.behindLine(f.node.Span.Start))
	}
}

// skipBrackets goes behind the bracket that closes n, if there is one.
func (p *yamlParser) skipBrackets(n *Node) bool {
	for open := 1; open > 0; {
		t := *p.peek()
		switch t.kind {
		case yamlOpenList, yamlOpenMap:
			open++
		case yamlCloseList, yamlCloseMap:
			open--
		case yamlEnd, yamlDocStart, yamlDocEnd, yamlDirective:
			return false
		}
		p.next()
		n.Span.End = t.span.End
	}
	return true
}

// absent adds a value that is not there.
func (p *yamlParser) absent(place int, kind Kind) {
	at := source.Span{Start: place, End: place}
	n := p.slab.node(kind, at)
	n.Text.Span = at
	p.add(yamlPart{node: n, weight: 1})
}

// add puts a node into the innermost collection.
func (p *yamlParser) add(part yamlPart) {
	if len(p.frames) == 0 {
		p.root = p.asValue(part)
		return
	}
	f := p.top()
	f.last = max(f.last, part.node.Span.End)
	f.weight = min(f.weight+part.weight, maxExpanded)
	switch f.state {
	case yamlListEntry, yamlFlushEntry, yamlFlowItem:
		p.items = append(p.items, p.asValue(part))
	case yamlMapKey, yamlPairKey:
		f.key = part
		f.state++
	case yamlFlowKey:
		f.key = part
		f.state = yamlFlowValue
		if f.bare {
			p.absent(part.node.Span.End, Null)
		}
	default:
		p.addPair(f, part)
		f.state = [...]yamlState{yamlMapValue: yamlMapKey, yamlFlowValue: yamlFlowKey, yamlPairValue: yamlPairEnd}[f.state]
	}
}
