package syntax

import "github.com/nanolint/nanolint/source"

// embedded reads the documents in a text that stands in a Python string. Their places are those of the Python file.
func (r *pythonReader) embedded(c *candidate, text source.Text) []Document {
	docs := Parse(source.NewFile(r.file.Name, text.Value), c.lang)
	t := translation{text: text, seen: make(map[*Node]bool)}
	for i := range docs {
		d := &docs[i]
		d.Embedded, d.Sure = true, c.sure
		t.node(d.Root)
		for k := range d.Problems {
			t.problem(&d.Problems[k])
		}
	}
	return docs
}

// translation carries a tree from the text of a string into the file that holds the string.
type translation struct {
	text source.Text
	seen map[*Node]bool
}

func (t *translation) span(s source.Span) source.Span { return t.text.Sub(s.Start, s.End) }

func (t *translation) node(n *Node) {
	if t.seen[n] {
		return
	}
	t.seen[n] = true
	if n.Text.Value != "" || n.Text.Span != (source.Span{}) {
		n.Text = n.Text.Within(t.text)
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

func (t *translation) problem(p *Problem) {
	p.Span = t.span(p.Span)
	for i := range p.Related {
		p.Related[i].Span = t.span(p.Related[i].Span)
	}
	p.Fix = nil // what mends the text need not fit into the string
}
