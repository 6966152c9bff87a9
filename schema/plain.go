package schema

import "github.com/nanolint/nanolint/syntax"

// maxFields bounds the number of fields of a program or step, for arrays that need no allocation.
const maxFields = 24

// reading is one pass over a mapping: its known fields, and whether a look was enough.
type reading struct {
	table   *table
	node    *syntax.Node
	values  [maxFields]*syntax.Node // by index of field: what the runtime sees
	plain   bool                    // every known field holds an ordinary value of its type
	blurred bool                    // a key is not known, so no field can be called missing
}

// read does not allocate: it runs for every step of every program.
func (t *table) read(n *syntax.Node) reading {
	r := reading{table: t, node: n, plain: true}
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
			r.values[k] = n.Get(p.Key.Text.Value)
			r.plain = false
		default:
			r.values[k] = p.Value
			r.plain = r.plain && t.fields[k].plain(p.Value)
		}
	}
	return r
}

// get is the value of a field, nil if the field is not there.
func (r *reading) get(field string) *syntax.Node { return r.values[r.table.index[field]] }

// satisfied reports whether the mapping has at a glance what its type asks for. blocked says that a
// sub-step is wrong or of a type that a parallel block cannot hold.
func (r *reading) satisfied(blocked bool) bool {
	typ := r.get("type")
	if typ == nil || r.get("id") == nil {
		return false
	}
	if a := r.get("allowed_outputs"); a != nil && a.Kind != syntax.Null &&
		(typ.Text.Value != "llm" || len(a.Items) == 0) {
		return false
	}
	switch typ.Text.Value {
	case "llm":
		return written(r.get("prompt"))
	case "tool":
		return written(r.get("tool"))
	case "condition":
		return written(r.get("condition")) && (written(r.get("then")) || written(r.get("otherwise")))
	}
	subs := r.get("parallel_steps")
	return subs != nil && len(subs.Items) > 0 && !blocked
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
