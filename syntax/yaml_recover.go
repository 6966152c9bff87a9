package syntax

import (
	"strings"

	"github.com/nanolint/nanolint/source"
)

// tellValue reports what is wrong with a value, and not with the syntax.
func (p *yamlParser) tellValue(c Code, span source.Span, message string, fix *source.Fix) {
	p.problems.add(c, span, message, fix)
}

// visible is span, or the word that begins there if span is empty.
func (p *yamlParser) visible(span source.Span) source.Span {
	if span.Len() == 0 && span.Start < len(p.text) {
		span.End = max(p.wordEnd(span.Start), span.Start+1)
	}
	return span
}

// unexpected reports a token that cannot stand where it does, and goes on behind it.
func (p *yamlParser) unexpected(t yamlToken) {
	if len(p.frames) == 0 {
		p.absent(t.span.Start, Opaque)
		return
	}
	f := p.top()
	if f.bracket.Len() > 0 {
		p.unexpectedInBrackets(f, t)
		return
	}
	message := "this is neither a key nor the end of the mapping above: write a ':' and a value behind it, or indent it like its neighbours"
	switch {
	case t.kind == yamlCloseList || t.kind == yamlCloseMap:
		message = "no bracket is open here: remove this one, or quote the whole value"
	case t.kind == yamlComma:
		message = "a ',' cannot separate values here: remove it, or quote the whole value"
	case t.kind == yamlListStart || t.kind == yamlMapStart:
		message = "this line is indented farther than the value above allows: indent it like its neighbours"
	case t.kind == yamlEntry:
		message = "a list item cannot stand among the keys of a mapping: indent it below the key that it belongs to"
	case t.kind == yamlValue:
		message = "there is no key before this ':': write one"
	case t.kind == yamlScalar || t.kind == yamlOpenList || t.kind == yamlOpenMap || t.kind == yamlAlias:
		if p.lineOf(t.span.Start) < p.behindLine(f.last) && f.last > p.lineOf(t.span.Start) {
			message = "the value ends before this: put quotes around the whole value"
		}
	case f.state == yamlListEntry:
		message = "a list goes on with '-': write one before this item, or indent the line by what it belongs to"
	}
	p.tell(p.visible(t.span), message, nil)
	p.recover(p.behindLine(t.span.Start))
}

// leftOpen reports whether the bracket of f was not closed, which shows at the token t that cannot follow: a
// line before it looks like one outside of brackets, or the document ends. If so, reading goes on at that line.
func (p *yamlParser) leftOpen(f *yamlFrame, t yamlToken) bool {
	ends := t.kind == yamlEnd || t.kind == yamlDocStart || t.kind == yamlDocEnd || t.kind == yamlDirective
	if p.reread > maxReread && !ends {
		return false
	}
	from := p.behindLine(f.bracket.Start)
	p.reread += max(from, t.span.Start) - f.bracket.Start
	line := len(p.text) + 1
	if from <= t.span.Start {
		line, _ = p.sync(from, t.span.Start)
	}
	if line > t.span.Start && !ends {
		return false
	}
	closing := p.closing(f)
	end := p.wordsEnd(f.bracket.Start)
	fix := unsure("close the bracket", source.Span{Start: end, End: end}, closing)
	if line != from || p.frames[len(p.frames)-1].bracket != p.outermostBracket() {
		fix = nil
	}
	p.tell(f.bracket, "this bracket is not closed: write '"+closing+"' where its content ends", fix)
	p.recover(from)
	return true
}

func (p *yamlParser) closing(f *yamlFrame) string {
	if p.text[f.bracket.Start] == '{' {
		return "}"
	}
	return "]"
}

func (p *yamlParser) outermostBracket() source.Span {
	for _, f := range p.frames {
		if f.bracket.Len() > 0 {
			return f.bracket
		}
	}
	return source.Span{}
}

// unexpectedInBrackets reports a token between brackets that cannot stand there, and goes on with the next entry.
func (p *yamlParser) unexpectedInBrackets(f *yamlFrame, t yamlToken) {
	if p.leftOpen(f, t) {
		return
	}
	switch t.kind {
	case yamlCloseList, yamlCloseMap:
		p.tell(t.span, "this bracket closes none of its kind: write '"+p.closing(f)+"'", nil)
		p.next()
		p.giveUp()
		p.close(t.span.End)
		return
	case yamlComma:
		p.tell(t.span, "there is no value before this ',': remove it, or write one", nil)
		p.absent(t.span.Start, Opaque)
		return
	case yamlValue:
		p.missingCommaAbove(f, t)
	default:
		p.tell(p.visible(t.span), "this cannot stand between brackets: put quotes around a text that contains brackets, commas or quotes", nil)
	}
	for open := 0; ; {
		switch t := *p.peek(); t.kind {
		case yamlOpenList, yamlOpenMap:
			open++
		case yamlComma, yamlCloseList, yamlCloseMap:
			if open == 0 {
				return
			}
			if t.kind != yamlComma {
				open--
			}
		case yamlEnd, yamlDocStart, yamlDocEnd, yamlDirective:
			p.recover(p.behindLine(t.span.Start))
			return
		}
		p.next()
	}
}

// missingCommaAbove reports a colon between brackets that follows no key. What precedes it is often two lines
// that became one scalar, because the first does not end with a comma.
func (p *yamlParser) missingCommaAbove(f *yamlFrame, t yamlToken) {
	var n *Node
	switch {
	case f.state == yamlFlowItem && len(p.items) > f.base:
		n = p.items[len(p.items)-1]
	case f.state == yamlFlowKey && len(p.pairs) > f.base:
		n = p.pairs[len(p.pairs)-1].Value
		if f.bare {
			n = p.pairs[len(p.pairs)-1].Key
		}
	}
	line := p.lineOf(t.span.Start)
	if n == nil || n.Kind >= List || n.Span.Start >= line || n.Span.End < line {
		p.tell(t.span, "there is no key before this ':': write one on the same line, or quote the text", nil)
		return
	}
	p.shorten(n, line)
	at := source.Span{Start: n.Span.End, End: n.Span.End}
	p.tell(source.Span{Start: p.behindBlanks(line), End: t.span.End}, "a ',' is missing at the end of the line above: write one",
		unsure("write a comma", at, ","))
}

// missingComma reports a value between brackets that follows another without a comma, and reads it all the same.
func (p *yamlParser) missingComma(f *yamlFrame, t yamlToken) bool {
	switch t.kind {
	case yamlScalar, yamlOpenList, yamlOpenMap, yamlAlias, yamlAnchor, yamlTag, yamlKey:
	default:
		p.unexpected(t)
		return false
	}
	if p.leftOpen(f, t) {
		return false
	}
	at := source.Span{Start: f.last, End: f.last}
	p.tell(p.visible(t.span), "a ',' is missing before this: write one, or quote a text that contains brackets or quotes",
		unsure("write a comma", at, ","))
	f.mended = true // what follows may be a key, although the scanner has not seen it as one
	return true
}

// behindLine is the offset of the line after the one that holds at.
func (p *yamlParser) behindLine(at int) int {
	end := p.lineEnd(at)
	return end + yamlBreak(p.text, end)
}

// sync finds the first line, from the one at an offset on, that continues a block collection which is
// open, and the number of collections that stay open. A line beyond limit is not looked for.
func (p *yamlParser) sync(from, limit int) (line, depth int) {
	blocks := len(p.frames)
	for blocks > 0 && p.frames[blocks-1].bracket.Len() > 0 {
		blocks--
	}
	for line = from; line < len(p.text) && line <= limit; line = p.behindLine(line) {
		at := line
		for at < len(p.text) && p.text[at] == ' ' {
			at++
		}
		if p.lineEndAt(at) || strings.IndexByte("#]},\t", p.text[at]) >= 0 {
			continue
		}
		if p.atMarker(line) {
			return line, 0
		}
		entry := p.text[at] == '-' && p.blankAt(at+1)
		p.reread += blocks
		for depth = blocks; depth > 0 && p.frames[depth-1].column >= at-line; depth-- {
			f := &p.frames[depth-1]
			if f.column > at-line {
				continue
			}
			if list := f.state == yamlListEntry || f.state == yamlFlushEntry; list == entry {
				return line, depth
			}
		}
	}
	return line, 0
}

// recover gives up the collections that a mistake is in, keeping what has been read of them, and goes on at the
// first line from an offset on that belongs to one around them.
func (p *yamlParser) recover(from int) {
	line, depth := p.sync(from, len(p.text))
	p.synced = line
	for len(p.frames) > depth {
		p.cutOff(line)
		p.giveUp()
		p.close(p.top().last)
	}
	if depth > 0 {
		p.giveUp()
	}
	p.resync(line, p.openBlocks())
}

// openBlocks are the block collections that the scanner must be inside of.
func (p *yamlParser) openBlocks() []yamlIndent {
	var open []yamlIndent
	for _, f := range p.frames {
		if f.bracket.Len() == 0 && f.state != yamlFlushEntry {
			open = append(open, yamlIndent{f.column, f.state == yamlListEntry})
		}
	}
	return open
}

// cutOff takes from a collection in brackets what was read beyond the line that begins at an offset: the
// bracket should have been closed before.
func (p *yamlParser) cutOff(line int) {
	f := p.top()
	if f.last <= line || f.bracket.Len() == 0 {
		return
	}
	f.last = f.node.Span.Start
	keep := func(n *Node) {
		p.shorten(n, line)
		f.last = max(f.last, n.Span.End)
	}
	if f.state == yamlFlowItem {
		for n := len(p.items); n > f.base && p.items[n-1].Span.Start >= line; n-- {
			p.items = p.items[:n-1]
		}
		if n := len(p.items); n > f.base {
			keep(p.items[n-1])
		}
		return
	}
	for n := len(p.pairs); n > f.base && p.pairs[n-1].Key.Span.Start >= line; n-- {
		p.pairs = p.pairs[:n-1]
	}
	if n := len(p.pairs); n > f.base {
		keep(p.pairs[n-1].Key)
		keep(p.pairs[n-1].Value)
	}
	if f.state == yamlFlowValue || f.state == yamlPairValue {
		if f.key.node.Span.Start < line {
			keep(f.key.node)
		} else {
			f.state-- // to wait for a key again
		}
	}
}

// shorten ends a node that runs on into the line at an offset at the end of its own first line.
func (p *yamlParser) shorten(n *Node, line int) {
	if n.Span.End <= line {
		return
	}
	start := min(n.Span.Start, line)
	span := source.Span{Start: start, End: max(start, min(p.wordsEnd(start), line))}
	*n = *p.scalar(source.VerbatimText(p.text[span.Start:span.End], span), Plain, yamlProperties{}).node
}

// giveUp completes the entry that the innermost collection is in the middle of.
func (p *yamlParser) giveUp() {
	switch f := p.top(); f.state {
	case yamlMapValue, yamlFlowValue, yamlPairValue:
		p.absent(f.last, Opaque)
	}
}
