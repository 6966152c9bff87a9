package runtime

import (
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// ValueOf is a literal of a file as the machine sees it. What Python has beyond JSON is taken for its
// spelling: dates, bytes and keys that are no strings. A set is a dict of None.
func ValueOf(n *syntax.Node) value.Value {
	switch n.Kind {
	case syntax.Bool:
		return value.FromBool(n.Text.Value == "true")
	case syntax.Int:
		return value.FromBig(n.Int())
	case syntax.Float:
		return value.FromFloat(n.Float())
	case syntax.String, syntax.Date, syntax.Bytes:
		return value.FromString(n.Text.Value)
	case syntax.List:
		items := make([]value.Value, len(n.Items))
		for i, item := range n.Items {
			items[i] = ValueOf(item)
		}
		return value.FromItems(items)
	case syntax.Map, syntax.Set:
		pairs := make([]value.Pair, 0, len(n.Pairs))
		for i := range n.Pairs {
			p := &n.Pairs[i]
			if !p.Merged || n.Pair(p.Key.Text.Value) == p { // a mapping's own key hides a merged one
				pairs = append(pairs, value.Pair{Key: p.Key.Text.Value, Value: ValueOf(p.Value)})
			}
		}
		return value.FromPairs(pairs)
	}
	return value.Value{}
}
