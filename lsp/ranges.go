package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// FoldingRanges are the steps, lists and long texts of a document that take more than a line.
func (s *Server) FoldingRanges(ctx context.Context, p *protocol.FoldingRangeParams) ([]protocol.FoldingRange, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	all := []protocol.FoldingRange{}
	last := -1
	add := func(at source.Span) {
		first, end := st.position(at.Start).Line, st.position(st.endOf(at)).Line
		if end > first && int(first) != last { // of what begins in one line only the outermost is folded
			all = append(all, protocol.FoldingRange{StartLine: first, EndLine: end, Kind: protocol.FoldingRangeKindRegion})
			last = int(first)
		}
	}
	for _, x := range st.read() {
		root := x.Program.Root
		st.eachCollection(root, root.Span, add)
	}
	return all, nil
}

// eachCollection visits what is written inside a node and could be folded, in the order of the file. What an alias
// brings is written elsewhere.
func (st *state) eachCollection(n *syntax.Node, inside source.Span, visit func(source.Span)) {
	for _, item := range n.Items {
		if inside.Contains(item.Span) {
			visit(item.Span)
			st.eachCollection(item, item.Span, visit)
		}
	}
	for i := range n.Pairs {
		p := &n.Pairs[i]
		if p.Merged || !inside.Contains(p.Span()) {
			continue
		}
		visit(p.Span())
		st.eachCollection(p.Value, p.Value.Span, visit)
	}
}

// endOf is the end of a place without the blank lines behind its last word.
func (st *state) endOf(at source.Span) int {
	end := at.End
	for end > at.Start && (st.file.Text[end-1] == '\n' || st.file.Text[end-1] == '\r' || st.file.Text[end-1] == ' ') {
		end--
	}
	return end
}

// SelectionRange is what lies around each place, from the innermost out: the field of a variable, the variable, the
// text, the pair, the step, the list, the program, the file.
func (s *Server) SelectionRange(ctx context.Context, p *protocol.SelectionRangeParams) ([]protocol.SelectionRange, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	all := make([]protocol.SelectionRange, len(p.Positions))
	for i, at := range p.Positions {
		all[i] = *st.around(st.offset(at))
	}
	return all, nil
}

// mostAround is how many ranges an answer holds inside each other: some editors read no deeper JSON.
const mostAround = 100

func (st *state) around(offset int) *protocol.SelectionRange {
	c := cursorAt(st.read(), offset)
	if l := st.options.Lang; c.found == nil && (l == syntax.Python || l == syntax.Markdown) {
		at := st.position(offset)
		return &protocol.SelectionRange{Range: protocol.Range{Start: at, End: at}} // it is for others to say
	}
	spans := []source.Span{{End: len(st.file.Text)}}
	for i, n := range c.path {
		if i > 0 {
			if p := pairOf(c.path[i-1], n); p != nil {
				spans = append(spans, p.Span())
			}
		}
		spans = append(spans, n.Span)
	}
	if n := c.node(); n != nil && n.Kind == syntax.String {
		spans = append(spans, n.Text.Content())
	}
	switch {
	case c.use != nil:
		spans = append(spans, c.use.Span, c.use.Path[c.segment].Span)
	case c.token != nil:
		spans = append(spans, c.token.Span)
	}
	if n := len(spans); n > mostAround {
		spans = append(spans[:1], spans[n-mostAround+1:]...)
	}
	var all *protocol.SelectionRange
	last := source.Span{Start: -1}
	for _, s := range spans {
		outside := all == nil || last.Contains(s) && s != last
		if outside && touches(s, offset) {
			all, last = &protocol.SelectionRange{Range: st.toRange(s), Parent: all}, s
		}
	}
	return all
}
