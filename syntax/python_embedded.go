package syntax

import "github.com/nanolint/nanolint/source"

// embedded reads the documents in a text that stands in a Python string. Their places are those of the Python file.
func (r *pythonReader) embedded(c *candidate, text source.Text) []Document {
	docs := Parse(source.NewFile(r.file.Name, text.Value), c.lang)
	t := newTranslation(text)
	for i := range docs {
		d := &docs[i]
		d.Embedded, d.String, d.Sure = true, c.expr.Span, c.sure
		t.node(d.Root)
		for k := range d.Problems {
			t.problem(&d.Problems[k])
			d.Problems[k].Fix = nil // what mends the text need not fit into the string
		}
	}
	return docs
}
