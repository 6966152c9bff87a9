package syntax

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// yamlRole is what a plain scalar is besides its value.
type yamlRole uint8

const (
	yamlOrdinary yamlRole = iota
	yamlMerge             // <<: merges its value into the mapping, as a key; nothing else may be it
	yamlEquals            // =: a string as a key; nothing else may be it
)

// yamlContext is how PyYAML looks at a collection: not every one becomes a value.
type yamlContext uint8

const (
	yamlAsValue    yamlContext = iota
	yamlMerged                 // its entries go into another mapping, its tag is not looked at
	yamlPairInList             // of !!omap or !!pairs: becomes a pair
)

// yamlAnchorPlace is an anchor and what it names.
type yamlAnchorPlace struct {
	part yamlPart
	open bool // not complete
	span source.Span
}

// maxExpanded is how many nodes aliases may add to a document.
const maxExpanded = 1_000_000

func (p *yamlParser) contextFor(f *yamlFrame) yamlContext {
	if len(p.frames) == 0 {
		return yamlAsValue
	}
	switch around := p.top(); around.state {
	case yamlMapValue, yamlFlowValue, yamlPairValue:
		if around.key.role == yamlMerge && around.context != yamlPairInList {
			return yamlMerged
		}
	case yamlListEntry, yamlFlushEntry, yamlFlowItem:
		if around.context == yamlMerged {
			return yamlMerged
		}
		if f.node.Kind == Map && (around.props.tag == yamlTagPrefix+"omap" || around.props.tag == yamlTagPrefix+"pairs") {
			return yamlPairInList
		}
	}
	return yamlAsValue
}

// properties reads the anchor and tag before a node.
func (p *yamlParser) properties(place int) yamlProperties {
	props := yamlProperties{end: place}
	for {
		switch t := p.peek(); {
		case t.kind == yamlAnchor && props.anchor == nil:
			props.anchor = p.anchor(p.next())
			props.end = props.anchor.span.End
		case t.kind == yamlTag && props.tag == "":
			t := p.next()
			props.tag, props.tagSpan, props.end = t.text.Value, t.span, t.span.End
			if t.handle != "" {
				prefix, known := p.handles[t.handle]
				if !known {
					p.tellValue(Malformed, t.span, fmt.Sprintf("no %%TAG defines %s: remove the tag", t.handle), nil)
				}
				props.tag = prefix + t.text.Value
				if !known {
					props.tag = "!" // has been told
				}
			}
		default:
			return props
		}
		props.any = true
	}
}

func (p *yamlParser) anchor(t yamlToken) *yamlAnchorPlace {
	name := t.text.Value
	a := &yamlAnchorPlace{open: true, span: t.span}
	if first := p.anchors[name]; first != nil {
		p.tellValue(Malformed, t.span, "the anchor &"+name+" is there already: give this one another name", nil)
		if n := len(p.problems.list); p.problems.told <= maxProblems {
			p.problems.list[n-1].Related = []source.Note{{Span: first.span, Message: "the first anchor of that name"}}
		}
	}
	p.anchors[name] = a
	return a
}

// named completes an anchor.
func (p *yamlParser) named(part yamlPart, props yamlProperties) yamlPart {
	if props.anchor != nil {
		props.anchor.part, props.anchor.open = part, false
	}
	return part
}

func (p *yamlParser) alias(t yamlToken) yamlPart {
	name := t.text.Value
	unknown := yamlPart{node: p.slab.node(Opaque, t.span), weight: 1}
	unknown.node.Text = source.CoarseText(p.text[t.span.Start:t.span.End], t.span)
	a := p.anchors[name]
	switch {
	case a == nil:
		p.tellValue(Malformed, t.span, "there is no anchor &"+name+" before this: define it, or quote a text that begins with '*'", nil)
		return unknown
	case a.open:
		p.tellValue(AliasBomb, t.span, "*"+name+" contains itself: write out what is meant", nil)
		return unknown
	case a.part.weight-1 > maxExpanded-p.expanded:
		p.bomb(t.span)
		return unknown
	}
	p.expanded += a.part.weight - 1
	n := p.slab.node(Opaque, t.span)
	*n = *a.part.node
	n.Span = t.span
	n.Text = source.CoarseText(n.Text.Value, t.span)
	return yamlPart{node: n, role: a.part.role, weight: a.part.weight}
}

func (p *yamlParser) bomb(at source.Span) {
	if !p.bombTold {
		p.bombTold = true
		p.tellValue(AliasBomb, at, "the aliases up to here stand for more than a million values: write out what is meant", nil)
	}
}

// asValue is the node of a part that is not a key.
func (p *yamlParser) asValue(part yamlPart) *Node {
	n := part.node
	if part.role == yamlOrdinary {
		return n
	}
	if word := p.text[n.Span.Start:n.Span.End]; word == "<<" || word == "=" {
		p.tellValue(Malformed, n.Span, "a lone "+word+" has a meaning of its own in YAML: put quotes around it",
			fixed("quote it", n.Span, Quote(YAML, word)))
	} else {
		p.tellValue(Malformed, n.Span, "this is no value, by its tag or its anchor's: write out what is meant", nil)
	}
	return n
}

// addPair adds an entry of which the key has been read before.
func (p *yamlParser) addPair(f *yamlFrame, value yamlPart) {
	f.filled = true
	pair := Pair{Key: f.key.node, Value: value.node}
	switch {
	case f.context == yamlPairInList:
		p.asValue(f.key)
	case f.key.role == yamlMerge:
		f.merges = append(f.merges, pair)
		return
	case pair.Key.Kind == List || pair.Key.Kind == Map || pair.Key.Kind == Set:
		p.tellValue(Malformed, pair.Key.Span, "a list or mapping cannot be a key: quote the value if it is a text in brackets", nil)
	}
	pair.Value = p.asValue(value)
	p.pairs = append(p.pairs, pair)
}

// close completes the innermost collection, which ends at an offset.
func (p *yamlParser) close(end int) {
	f := p.frames[len(p.frames)-1]
	p.frames = p.frames[:len(p.frames)-1]
	n := f.node
	n.Span.End = max(end, n.Span.Start)
	n.Text.Span = n.Span
	if n.Kind == List {
		n.Items = p.slab.keepItems(p.items[f.base:])
		p.items = p.items[:f.base]
	} else {
		for _, m := range f.merges {
			p.merge(m)
		}
		n.Pairs = p.slab.keepPairs(p.pairs[f.base:])
		p.pairs = p.pairs[:f.base]
	}
	if f.context != yamlMerged {
		p.tagCollection(n, f.props)
	}
	p.add(p.named(yamlPart{node: n, weight: f.weight}, f.props))
}

// merge adds the entries of a mapping, or of a list of mappings of which the first is the strongest, to the
// mapping that ends.
func (p *yamlParser) merge(m Pair) {
	switch from := m.Value; from.Kind {
	case Map, Set:
		p.mergeMap(m.Key, from)
	case List:
		for i := len(from.Items) - 1; i >= 0; i-- {
			item := from.Items[i]
			switch item.Kind {
			case Map, Set:
				p.mergeMap(m.Key, item)
			case Opaque:
			default:
				p.tellValue(Malformed, item.Span, "only mappings can be merged by <<: refer to one", nil)
			}
		}
	case Opaque:
	default:
		p.tellValue(Malformed, from.Span, "only a mapping, or a list of mappings, can be merged by <<: refer to one", nil)
	}
}

func (p *yamlParser) mergeMap(key, from *Node) {
	if len(from.Pairs) > maxExpanded-p.expanded {
		p.bomb(key.Span)
		return
	}
	p.expanded += len(from.Pairs)
	for _, inner := range []bool{true, false} { // what from merged is weaker than its own
		for _, pair := range from.Pairs {
			if pair.Merged == inner {
				pair.Merged = true
				p.pairs = append(p.pairs, pair)
			}
		}
	}
}

// yamlTagPrefix is what !! stands for.
const yamlTagPrefix = "tag:yaml.org,2002:"

// tagCollection makes a list or mapping what its tag says.
func (p *yamlParser) tagCollection(n *Node, props yamlProperties) {
	name, known := strings.CutPrefix(props.tag, yamlTagPrefix)
	switch {
	case props.tag == "" || props.tag == "!":
	case known && (name == "map" && n.Kind == Map || name == "seq" && n.Kind == List):
	case known && name == "set" && n.Kind == Map:
		n.Kind = Set
	case known && (name == "omap" || name == "pairs") && n.Kind == List:
		p.pairList(n)
	case known && yamlTagNames[name] != Opaque:
		p.tellValue(Malformed, props.tagSpan, "the tag !!"+name+" does not fit what follows: remove it", nil)
	default:
		p.unknownTag(props)
	}
}

// pairList makes a list of mappings with one entry each a list of pairs.
func (p *yamlParser) pairList(n *Node) {
	items := make([]*Node, 0, len(n.Items))
	for _, item := range n.Items {
		switch {
		case item.Kind == Map && len(item.Pairs) == 1:
			pair := p.slab.node(List, item.Span)
			pair.Style, pair.Text.Span = item.Style, item.Span
			pair.Items = []*Node{item.Pairs[0].Key, item.Pairs[0].Value}
			item = pair
		case item.Kind != Opaque:
			p.tellValue(Malformed, item.Span, "an ordered mapping consists of mappings with one entry each: write 'key: value'", nil)
		}
		items = append(items, item)
	}
	n.Items = items
}

func (p *yamlParser) unknownTag(props yamlProperties) {
	p.tellValue(Malformed, props.tagSpan, fmt.Sprintf("the runtime knows no tag %s: remove it, or quote a text that begins with '!'",
		printable(p.text[props.tagSpan.Start:props.tagSpan.End])), nil)
}
