package syntax

import (
	"slices"
	"sort"
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
	docs, starts := p.documents(f.BodyStart())
	// The tokens of a document are looked at before the one before it ends, so problems are sorted out last.
	problems := append(p.problems.list, refused...)
	slices.SortStableFunc(problems, func(a, b Problem) int { return a.Span.Start - b.Span.Start })
	for i := range docs {
		n := len(problems)
		if i+1 < len(docs) {
			n = sort.Search(n, func(k int) bool { return problems[k].Span.Start >= starts[i+1] })
		}
		docs[i].Problems, problems = problems[:n:n], problems[n:]
	}
	return docs
}

// maxDocuments bounds a file of nothing but document markers.
const maxDocuments = 1000

// documents reads them all, although the runtime refuses the second.
func (p *yamlParser) documents(start int) (docs []Document, starts []int) {
	for len(docs) < maxDocuments {
		for len(docs) > 0 && p.peek().kind == yamlDocEnd {
			p.next()
		}
		t := *p.peek()
		if t.kind == yamlEnd {
			break
		}
		p.expanded, p.bombTold, p.depthTold, p.root = 0, false, false, nil
		clear(p.anchors)
		p.oneDocument(t, len(docs) == 0)
		if p.root == nil {
			p.absent(t.span.Start, Opaque)
		}
		docs = append(docs, Document{Root: p.root})
		starts = append(starts, t.span.Start)
	}
	if len(docs) == 0 {
		p.absent(start, Null)
		docs, starts = []Document{{Root: p.root}}, []int{start}
	}
	return docs, starts
}

// oneDocument reads a document with its directives and markers.
func (p *yamlParser) oneDocument(t yamlToken, first bool) {
	p.handles = map[string]string{"!": "!", "!!": yamlTagPrefix}
	explicit := t.kind == yamlDirective || t.kind == yamlDocStart
	begin := t.span
	if t.kind == yamlDirective {
		p.directives()
		t = *p.peek()
	}
	switch {
	case t.kind == yamlDocStart:
		p.next()
		if !first {
			p.problems.list = append(p.problems.list,
				yamlProblem(SecondDocument, t.span, "the runtime reads one document: move this one into a file of its own"))
		}
	case t.kind == yamlEnd:
		p.tell(begin, "a document must follow the directives: write '---' and then the document", nil)
		return
	case explicit || !first:
		p.tell(p.visible(t.span), "a document must begin with '---' here: write that on a line before it", nil)
	}
	place := t.span.End
	for {
		switch t = *p.peek(); t.kind {
		case yamlDirective, yamlDocStart, yamlDocEnd, yamlEnd:
			if t.kind == yamlDocEnd && !explicit && first {
				p.next()
				p.tell(t.span, "this ends a document that has not begun: remove the line", nil)
				continue
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
