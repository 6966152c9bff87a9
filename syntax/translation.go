package syntax

import "github.com/nanolint/nanolint/source"

// translation carries a tree from a text that was read by itself into the file that holds the text.
type translation struct {
	text source.Text // the text, with the places that spelled it
	seen map[*Node]bool
}

func newTranslation(text source.Text) *translation {
	return &translation{text: text, seen: make(map[*Node]bool)}
}

func (t *translation) span(s source.Span) source.Span { return t.text.Sub(s.Start, s.End) }

// node translates a tree, what aliases share once.
func (t *translation) node(n *Node) {
	if t.seen[n] {
		return
	}
	t.seen[n] = true
	switch {
	case n.Text.Value == "" && n.Text.Span == (source.Span{}):
	case n.Kind == String:
		n.Text = n.Text.Within(t.text)
	default: // true may be spelled yes
		n.Text = source.VerbatimText(n.Text.Value, t.span(n.Text.Span))
	}
	n.Span = t.span(n.Span)
	for _, item := range n.Items {
		t.node(item)
	}
	for _, p := range n.Pairs {
		t.node(p.Key)
		t.node(p.Value)
	}
}

// problem translates a problem, without its fix.
func (t *translation) problem(p *Problem) {
	p.Span = t.span(p.Span)
	for i := range p.Related {
		p.Related[i].Span = t.span(p.Related[i].Span)
	}
}
