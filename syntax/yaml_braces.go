package syntax

import "github.com/nanolint/nanolint/source"

// doubleBrace reads a value that begins with {{ as text: to YAML it is a mapping with a mapping as key,
// which nothing can be made of, and somebody wrote a template.
func (p *yamlParser) doubleBrace(t yamlToken, props yamlProperties) bool {
	if t.span.End == len(p.text) || p.text[t.span.End] != '{' || !p.ownsLine(t) {
		return false
	}
	line := p.lineOf(t.span.Start)
	p.resync(line, p.openBlocks())
	p.pos, p.allowKey = t.span.Start, false
	plain := p.plain(noLimit, true)
	p.tell(source.Span{Start: t.span.Start, End: t.span.End + 1},
		"a value that begins with '{{' is a mapping to YAML: put quotes around the whole value", p.quoteFix(plain))
	p.add(p.named(p.scalar(plain.text, Plain, yamlProperties{}), props))
	return true
}

// ownsLine reports whether the value that begins at t is outside of brackets, is no key, and is not to be
// looked at in another way than as a value.
func (p *yamlParser) ownsLine(t yamlToken) bool {
	if len(p.frames) == 0 {
		return true
	}
	f := p.top()
	return f.bracket.Len() == 0 && f.state != yamlMapKey && f.context != yamlPairInList && t.span.Start-p.lineOf(t.span.Start) < 4096 &&
		p.contextFor(&yamlFrame{node: &Node{Kind: Map}}) != yamlPairInList
}
