package rules

import (
	"cmp"
	"slices"
	"sync"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// The fields that there are, and how a value stands to one.

var programFields = sync.OnceValue(func() map[string]*schema.Field { return byName(schema.ProgramFields()) })

var stepFields = sync.OnceValue(func() map[string]*schema.Field { return byName(schema.StepFields()) })

func byName(fields []schema.Field) map[string]*schema.Field {
	m := make(map[string]*schema.Field, len(fields))
	for i := range fields {
		m[fields[i].Name] = &fields[i]
	}
	return m
}

// hasType reports whether a value is what the field wants, without any conversion.
func hasType(f *schema.Field, n *syntax.Node) bool {
	switch f.Type {
	case schema.String:
		return n.Kind == syntax.String
	case schema.Word:
		return n.Kind == syntax.String && hasWord(f, n.Text.Value)
	case schema.Integer:
		return n.Kind == syntax.Int
	case schema.Number:
		return n.Kind == syntax.Int || n.Kind == syntax.Float
	case schema.Boolean:
		return n.Kind == syntax.Bool
	case schema.Texts:
		return n.Kind == syntax.List && len(n.Items) > 0 && areStrings(n.Items)
	case schema.Object:
		return n.Kind == syntax.Map
	case schema.Steps:
		return n.Kind == syntax.List && len(n.Items) > 0
	}
	return false
}

func hasWord(f *schema.Field, word string) bool {
	for _, v := range f.Values {
		if v.Name == word {
			return true
		}
	}
	return false
}

func areStrings(items []*syntax.Node) bool {
	for _, n := range items {
		if n.Kind != syntax.String {
			return false
		}
	}
	return true
}

// isDefault reports whether a value says no more than the absence of the field.
func isDefault(f *schema.Field, n *syntax.Node) bool {
	switch n.Kind {
	case syntax.Null, syntax.Opaque: // which may be the default
		return true
	case syntax.String:
		return n.Text.Value == "" || `"`+n.Text.Value+`"` == f.Default
	case syntax.Int, syntax.Bool:
		return n.Text.Value == f.Default
	case syntax.List:
		return len(n.Items) == 0
	case syntax.Map:
		return len(n.Pairs) == 0
	}
	return false
}

// isRead reports whether a step reads a field at all. A step of an unknown type may read every field.
func isRead(f *schema.Field, s *program.Step) bool {
	if s.Parent != nil && !f.InBlock {
		return false
	}
	return s.Kind == program.Unknown || f.ReadBy(s.Kind.String())
}

// renameField gives pair i of a mapping another key.
func renameField(m *syntax.Node, i int, name string) change {
	return func(e syntax.Editor) ([]source.Edit, bool) { return e.RenameKey(m, i, name) }
}

// removeFields takes fields out of a mapping. It is no change if one of them is merged in, or written twice: the
// runtime would then see the other one.
func removeFields(m *syntax.Node, names ...string) change {
	return func(e syntax.Editor) ([]source.Edit, bool) {
		var edits []source.Edit
		for _, name := range names {
			some, ok := removeField(m, name)(e)
			if !ok || countField(m, name) > 1 {
				return nil, false
			}
			edits = append(edits, some...)
		}
		slices.SortFunc(edits, func(a, b source.Edit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
		for i := range edits[1:] {
			if edits[i+1].Span.Start < edits[i].Span.End {
				return cutTail(m, names)
			}
		}
		return edits, true
	}
}

func countField(m *syntax.Node, name string) int {
	n := 0
	for i := range m.Pairs {
		if m.Pairs[i].Key.IsString(name) {
			n++
		}
	}
	return n
}

// cutTail takes the last pairs out of a mapping in brackets, all at once: taken out one by one, each would
// take the comma between them. It is no change if others stand among them.
func cutTail(m *syntax.Node, names []string) ([]source.Edit, bool) {
	keep := len(m.Pairs)
	for keep > 0 && !m.Pairs[keep-1].Merged && slices.Contains(names, m.Pairs[keep-1].Key.Text.Value) {
		keep--
	}
	if m.Style == syntax.Block || keep == 0 || len(m.Pairs)-keep != len(names) {
		return nil, false
	}
	return []source.Edit{{Span: source.Span{Start: m.Pairs[keep-1].Span().End, End: m.Pairs[len(m.Pairs)-1].Span().End}}}, true
}
