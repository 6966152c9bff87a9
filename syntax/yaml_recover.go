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
	for span.Start < len(p.text) && span.Len() == 0 {
		span.End++
		for span.End < len(p.text) && !p.blankAt(span.End) {
			span.End++
		}
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

// unexpectedInBrackets tells a bracket that was not closed from a mistake between brackets: if a line before
// the mistake looks like one outside, the bracket was meant to be closed before it.
func (p *yamlParser) unexpectedInBrackets(f *yamlFrame, t yamlToken) {
	closing := "]"
	if p.text[f.bracket.Start] == '{' {
		closing = "}"
	}
	from := p.behindLine(f.bracket.Start)
	if p.reread <= maxReread {
		p.reread += max(t.span.Start-from, 0)
		if line, _ := p.sync(from, t.span.End); line <= t.span.Start {
			p.tell(f.bracket, "this bracket is not closed: write '"+closing+"' where its content ends", nil)
			p.recover(from)
			return
		}
	}
	message := "a ',' or '" + closing + "' is missing before this: write it, or quote a text that contains brackets, commas or quotes"
	switch t.kind {
	case yamlEnd, yamlDocStart, yamlDocEnd, yamlDirective:
		p.tell(f.bracket, "this bracket is not closed: write '"+closing+"' where its content ends", nil)
		p.recover(from)
		return
	case yamlComma:
		message = "there is no value before this ',': remove it, or write one"
	case yamlValue:
		message = "there is no key before this ':': write one on the same line, or quote the text"
	case yamlCloseList, yamlCloseMap:
		message = "this bracket closes none of its kind: write '" + closing + "'"
	}
	p.tell(p.visible(t.span), message, nil)
	p.recover(p.behindLine(t.span.Start))
}

// behindLine is the offset of the line after the one that holds at.
func (p *yamlParser) behindLine(at int) int {
	end := p.lineEnd(at)
	return end + yamlBreak(p.text, end)
}

// sync finds the first line, from the one at an offset on, that continues a block collection which is
// open, and the number of collections that stay open. A line beyond limit is not looked for.
func (p *yamlParser) sync(from, limit int) (line, depth int) {
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
		for depth = len(p.frames); depth > 0; depth-- {
			f := &p.frames[depth-1]
			if f.bracket.Len() > 0 || f.column > at-line {
				continue
			}
			if f.column < at-line {
				break
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
	columns := make([]int, 0, depth)
	for _, f := range p.frames {
		if f.state != yamlFlushEntry {
			columns = append(columns, f.column)
		}
	}
	p.resync(line, columns)
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
	n.Span = source.Span{Start: start, End: max(start, min(p.wordsEnd(start), line))}
	n.Kind, n.Style, n.Items, n.Pairs = String, Plain, nil, nil
	n.Text = source.VerbatimText(p.text[n.Span.Start:n.Span.End], n.Span)
}

// giveUp completes the entry that the innermost collection is in the middle of.
func (p *yamlParser) giveUp() {
	switch f := p.top(); f.state {
	case yamlMapValue, yamlFlowValue, yamlPairValue:
		p.absent(f.last, Opaque)
	}
}
