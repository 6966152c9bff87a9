package cond

import (
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

// Template is a text with $variables in it: a prompt, a system text, a string argument of a tool.
//
// A variable is a dollar sign and word characters, then as many fields, each a dot and word characters,
// as follow. Everything else is text: ${x}, $$ and a dollar sign alone; there is no escape.
type Template struct {
	Text source.Text
	Uses []Use // in order
}

// Use is a variable in a template.
type Use struct {
	Path Path
	Span source.Span
	At   int // the offset of its dollar sign in the text
	End  int // the offset behind it
}

// ParseTemplate finds the variables of a text.
func ParseTemplate(t source.Text) Template {
	template := Template{Text: t}
	for at := 0; ; {
		dollar := strings.IndexByte(t.Value[at:], '$')
		if dollar < 0 {
			return template
		}
		start := at + dollar
		at = start + 1
		end := skipWord(t.Value, at)
		if end == at {
			continue
		}
		for strings.HasPrefix(t.Value[end:], ".") {
			field := skipWord(t.Value, end+1)
			if field == end+1 {
				break
			}
			end = field
		}
		template.Uses = append(template.Uses, Use{pathAt(t, at, end), t.Sub(start, end), start, end})
		at = end
	}
}

func skipWord(s string, at int) int {
	for at < len(s) {
		r, size := value.DecodeRune(s[at:])
		if !value.IsWord(r) {
			break
		}
		at += size
	}
	return at
}

// IsVariable reports whether the whole text is one variable, which keeps its type.
func (t Template) IsVariable() bool {
	return len(t.Uses) == 1 && t.Uses[0].At == 0 && t.Uses[0].End == len(t.Text.Value)
}

// Literal is the text between the use before i and use i; for i = len(t.Uses) it is the rest.
func (t Template) Literal(i int) string {
	from, to := 0, len(t.Text.Value)
	if i > 0 {
		from = t.Uses[i-1].End
	}
	if i < len(t.Uses) {
		to = t.Uses[i].At
	}
	return t.Text.Value[from:to]
}

// Render puts values in the place of variables, in Python's spelling. What is not found stays as it is
// written; what is put in is not looked through again.
func (t Template) Render(s State) value.Value {
	if t.IsVariable() {
		if v, found := t.Uses[0].Path.InTemplate(s); found {
			return v
		}
	}
	var rendered []byte // nil as long as nothing was replaced
	copied := 0
	for _, use := range t.Uses {
		if v, found := use.Path.InTemplate(s); found {
			if rendered == nil {
				rendered = make([]byte, 0, 2*len(t.Text.Value))
			}
			rendered = value.AppendStr(append(rendered, t.Text.Value[copied:use.At]...), v)
			copied = use.End
		}
	}
	if rendered == nil {
		return value.FromString(t.Text.Value)
	}
	return value.FromBytes(append(rendered, t.Text.Value[copied:]...))
}
