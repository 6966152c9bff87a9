package schema

import "github.com/nanolint/nanolint/syntax"

// maxFields bounds the number of fields of a program or step, for arrays that need no allocation.
const maxFields = 24

// reading is one pass over a mapping: its known fields, and whether a look was enough.
type reading struct {
	table   *table
	node    *syntax.Node
	values  [maxFields]*syntax.Node // by index of field: what the runtime sees
	merged  [maxFields]bool         // whether it comes from a merge key
	plain   bool                    // every known field holds an ordinary value of its type
	blurred bool                    // a key is not known, so no field can be called missing
}

// read does not allocate: it runs for every step of every program.
func (t *table) read(n *syntax.Node) (r reading) {
	r.table, r.node, r.plain = t, n, true
	for i := range n.Pairs {
		p := &n.Pairs[i]
		if p.Key.Kind == syntax.Opaque {
			r.blurred, r.plain = true, false
		}
		if p.Key.Kind != syntax.String {
			continue
		}
		k, ok := t.index[p.Key.Text.Value]
		switch {
		case !ok:
			continue
		case r.values[k] != nil:
			r.plain = false
			if !p.Merged || r.merged[k] { // as syntax.Node.Get has it
				r.values[k], r.merged[k] = p.Value, p.Merged
			}
		default:
			r.values[k], r.merged[k] = p.Value, p.Merged
			r.plain = r.plain && t.fields[k].plain(p.Value)
		}
	}
	return r
}

// get is the value of a field, nil if the field is not there.
func (r *reading) get(field string) *syntax.Node { return r.values[r.table.index[field]] }

// satisfied reports whether a step of plain values has at a glance what its type asks for. blocked
// says that it holds a sub-step of a type that a parallel block cannot hold.
func (r *reading) satisfied(blocked bool) bool {
	v, t := &r.values, r.table
	if v[t.typ] == nil || v[t.id] == nil {
		return false
	}
	typ := v[t.typ].Text.Value
	if guard := v[t.guard]; guard != nil && guard.Kind != syntax.Null && (typ != "llm" || len(guard.Items) == 0) {
		return false
	}
	switch typ {
	case "llm":
		return written(v[t.prompt])
	case "tool":
		return written(v[t.tool])
	case "condition":
		return written(v[t.condition]) && (written(v[t.then]) || written(v[t.otherwise]))
	}
	return v[t.subs] != nil && len(v[t.subs].Items) > 0 && !blocked
}

// shape describes the fields of a mapping as far as the validator can tell them apart: mappings of one
// shape get one verdict. It says false of shapes that are too odd to be met twice.
func (r *reading) shape() (string, bool) {
	b := make([]byte, 0, 128)
	for i := range r.table.fields {
		f, n := &r.table.fields[i], r.values[i]
		if n == nil {
			continue
		}
		b = append(b, byte(i), byte(n.Kind))
		switch text := n.Text.Value; {
		case f.Type != Word && f.plain(n) && (text != "" || len(n.Items) > 0):
			b = append(b, 1)
		case f.Type != Word && f.plain(n):
			b = append(b, 0) // an empty value may break a rule
		case n.Kind > syntax.Opaque && n.Kind <= syntax.String && len(text) < 100:
			b = append(append(b, byte(len(text))), text...)
		default:
			return "", false
		}
	}
	return string(b), !r.blurred
}

func written(n *syntax.Node) bool {
	return n != nil && n.Kind == syntax.String && n.Text.Value != ""
}

// plain reports whether n is an ordinary value of the field, so that the schema certainly accepts it.
// It leaves conversions to the schema.
func (f *Field) plain(n *syntax.Node) bool {
	switch n.Kind {
	case syntax.Null:
		return f.Nullable
	case syntax.String:
		return f.Type == String || f.Type == Word && f.hasValue(n.Text.Value)
	case syntax.Int:
		return f.Type == Integer || f.Type == Number && len(n.Text.Value) <= safeDigits
	case syntax.Float:
		return f.Type == Number
	case syntax.Bool:
		return f.Type == Boolean
	case syntax.Map:
		return f.Type == Object && len(oddKeys(n)) == 0
	case syntax.List:
		return f.Type == Steps || f.Type == Texts && allStrings(n.Items)
	}
	return false
}

func (f *Field) hasValue(word string) bool {
	for i := range f.Values {
		if f.Values[i].Name == word {
			return true
		}
	}
	return false
}

func allStrings(items []*syntax.Node) bool {
	for _, n := range items {
		if n.Kind != syntax.String {
			return false
		}
	}
	return true
}
