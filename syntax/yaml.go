package syntax

import (
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// parseYAML reads YAML 1.1 exactly as PyYAML's safe_load does: what it accepts, refuses, and every value.
//
// It is a reader of our own because places in the text are what nanolint exists for, down to the
// bytes of a word inside a folded scalar, and because a tree is wanted however broken the text is.
// docs/dependencies.md has the comparison.
func parseYAML(f *source.File) []Document {
	if p, ok := wideEncoding(f.Text); ok {
		return []Document{{Root: &Node{Span: source.Span{End: len(f.Text)}}, Problems: []Problem{p}}}
	}
	p := &yamlParser{anchors: map[string]*yamlAnchorPlace{}}
	p.text = f.Text
	p.problems.line = -1
	var refused []Problem
	refused, p.badBytes = yamlRefused(f.Text)
	p.resync(f.BodyStart(), nil)
	p.synced = -1
	docs := p.documents(f.BodyStart())
	return withRefused(docs, refused)
}

// maxDocuments bounds a file of nothing but document markers.
const maxDocuments = 1000

// documents reads them all, although the runtime refuses the second.
func (p *yamlParser) documents(start int) (docs []Document) {
	for len(docs) < maxDocuments {
		for len(docs) > 0 && p.peek().kind == yamlDocEnd {
			p.next()
		}
		t := *p.peek()
		if t.kind == yamlEnd {
			break
		}
		p.problems.list, p.expanded, p.bombTold, p.depthTold, p.root = nil, 0, false, false, nil
		clear(p.anchors)
		p.oneDocument(t, len(docs) == 0)
		docs = append(docs, p.finished())
	}
	if len(docs) == 0 {
		at := source.Span{Start: start, End: start}
		null := p.slab.node(Null, at)
		null.Text.Span = at
		p.root = null
		docs = append(docs, p.finished())
	}
	return docs
}

func (p *yamlParser) finished() Document {
	d := Document{Root: p.root, Problems: p.problems.list}
	if d.Root == nil {
		d.Root = p.slab.node(Opaque, source.Span{Start: p.pos, End: p.pos})
	}
	p.problems.list = nil
	return d
}

// oneDocument reads a document with its directives and markers.
func (p *yamlParser) oneDocument(t yamlToken, first bool) {
	p.handles = map[string]string{"!": "!", "!!": yamlTagPrefix}
	explicit := t.kind == yamlDirective || t.kind == yamlDocStart
	if t.kind == yamlDirective {
		p.directives()
		t = *p.peek()
	}
	switch {
	case t.kind == yamlDocStart:
		p.next()
		if !first {
			p.tellValue(SecondDocument, t.span, "the runtime reads one document: move this one into a file of its own", nil)
		}
	case t.kind == yamlEnd:
		p.tell(p.visible(t.span), "a document must follow the directives: write '---' and then the document", nil)
		return
	case explicit || !first:
		p.tell(p.visible(t.span), "a document must begin with '---' here: write that on a line before it", nil)
	}
	place := t.span.End
	for {
		switch t = *p.peek(); t.kind {
		case yamlDirective, yamlDocStart, yamlDocEnd, yamlEnd:
			if t.kind == yamlDocEnd && !explicit && first {
				p.tell(t.span, "this ends a document that has not begun: remove the line", nil)
			}
			p.absent(place, Null)
		case yamlCloseList, yamlCloseMap, yamlComma, yamlValue, yamlEntry, yamlKey, yamlBlockEnd:
			p.next()
			p.tell(p.visible(t.span), "this closes or separates nothing: remove it", nil)
			continue
		default:
			p.document(place)
		}
		break
	}
	p.documentEnd()
}

// documentEnd goes over what follows the value of a document, which should be nothing.
func (p *yamlParser) documentEnd() {
	t := *p.peek()
	switch t.kind {
	case yamlDocStart, yamlDirective, yamlEnd:
		return
	case yamlDocEnd:
		p.next()
		return
	}
	p.tell(p.visible(t.span), "the document ends before this: remove it, or quote the whole value", nil)
	p.recover(p.behindLine(t.span.Start))
	if p.peek().kind == yamlDocEnd {
		p.next()
	}
}

// directives reads the lines before a document that begin with a percent sign.
func (p *yamlParser) directives() {
	version := false
	for p.peek().kind == yamlDirective {
		t := p.next()
		switch t.handle {
		case "YAML":
			if version {
				p.tell(t.span, "the version of YAML is given twice: remove this line", nil)
			}
			version = true
			if major, _, _ := strings.Cut(t.text.Value, "."); strings.TrimLeft(major, "0") != "1" {
				p.tell(t.span, "the runtime reads YAML 1: remove this line", nil)
			}
		case "TAG":
			handle, prefix, _ := cutBlanks(t.text.Value)
			_, known := p.handles[handle]
			if known && p.given[handle] {
				p.tell(t.span, "this handle has been defined already: remove the line", nil)
			}
			p.define(handle, prefix)
		}
	}
	clear(p.given)
}

func (p *yamlParser) define(handle, prefix string) {
	if p.given == nil {
		p.given = map[string]bool{}
	}
	p.given[handle] = true
	p.handles[handle], _ = unescapeTag(prefix)
}

// withRefused adds the problems with single characters to the documents that hold them.
func withRefused(docs []Document, refused []Problem) []Document {
	for i := range docs {
		d := &docs[i]
		n := 0
		for n < len(refused) && (i == len(docs)-1 || refused[n].Span.Start < docs[i+1].Root.Span.Start) {
			n++
		}
		d.Problems = append(d.Problems, refused[:n]...)
		refused = refused[n:]
		slices.SortStableFunc(d.Problems, func(a, b Problem) int { return a.Span.Start - b.Span.Start })
	}
	return docs
}
