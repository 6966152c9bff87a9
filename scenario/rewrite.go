package scenario

import (
	"cmp"
	"slices"

	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// rewriter changes values of a file into others.
type rewriter struct{ syntax.Editor }

// ownedBy reports whether target stands in n, and nothing on the way to it is shared with other places.
func (r rewriter) ownedBy(n, target *syntax.Node) bool {
	if n == target {
		return true // whether it can be edited is seen when it is
	}
	if !n.Span.Contains(target.Span) || !r.Owns(n) {
		return false
	}
	return slices.ContainsFunc(n.Items, func(item *syntax.Node) bool { return r.ownedBy(item, target) }) ||
		slices.ContainsFunc(n.Pairs, func(p syntax.Pair) bool { return !p.Merged && r.ownedBy(p.Value, target) })
}

// rewrite makes a value of n. Of a list or mapping only what differs is changed, if it can be.
func (r rewriter) rewrite(n *syntax.Node, v value.Value) ([]source.Edit, bool) {
	if same(runtime.ValueOf(n), v) {
		return nil, true
	}
	var edits []source.Edit
	ok := false
	switch {
	case n.Kind == syntax.List && v.Kind() == value.List:
		edits, ok = r.list(n, v.Items(), func(n *syntax.Node, v value.Value) bool { return same(runtime.ValueOf(n), v) }, r.rewrite)
	case n.Kind == syntax.Map && v.Kind() == value.Dict:
		edits, ok = r.mapping(n, v)
	}
	if ok {
		return edits, true
	}
	return r.ReplaceValue(n, NodeOf(v))
}

// records makes records of a trace of n, an expectation that need not name all of their keys.
func (r rewriter) records(n *syntax.Node, v value.Value) ([]source.Edit, bool) {
	equal := func(n *syntax.Node, v value.Value) bool {
		return !slices.ContainsFunc(n.Pairs, func(p syntax.Pair) bool {
			got, found := v.Get(p.Key.Text.Value)
			return !found || !same(runtime.ValueOf(p.Value), got)
		})
	}
	replace := func(n *syntax.Node, v value.Value) ([]source.Edit, bool) {
		var edits []source.Edit
		for _, p := range n.Pairs {
			got, _ := v.Get(p.Key.Text.Value)
			made, ok := r.rewrite(p.Value, got)
			if !ok || p.Merged {
				return nil, false
			}
			edits = append(edits, made...)
		}
		return edits, r.Owns(n)
	}
	if edits, ok := r.list(n, v.Items(), equal, replace); ok {
		return edits, true
	}
	return r.ReplaceValue(n, NodeOf(v))
}

// mapping changes, removes and adds pairs.
func (r rewriter) mapping(n *syntax.Node, v value.Value) ([]source.Edit, bool) {
	if !r.Owns(n) {
		return nil, false
	}
	var edits []source.Edit
	last := -1
	for i := range n.Pairs {
		p := &n.Pairs[i]
		got, kept := v.Get(p.Key.Text.Value)
		made, ok := []source.Edit(nil), false
		switch {
		case p.Merged || n.Pair(p.Key.Text.Value) != p:
		case kept:
			last = i
			made, ok = r.rewrite(p.Value, got)
		default:
			made, ok = r.RemovePair(n, i)
		}
		if !ok {
			return nil, false
		}
		edits = append(edits, made...)
	}
	if last < 0 {
		return nil, false
	}
	for _, p := range v.Pairs() {
		if n.Get(p.Key) == nil {
			made, ok := r.InsertPair(n, last, p.Key, NodeOf(p.Value))
			if !ok {
				return nil, false
			}
			edits = append(edits, made...)
		}
	}
	return together(edits)
}

// most is how many pairs of items are compared at most.
const most = 1 << 20

// list changes, removes and adds items. What is equal stays; what stands between is changed in order.
func (r rewriter) list(n *syntax.Node, to []value.Value, equal func(*syntax.Node, value.Value) bool,
	replace func(*syntax.Node, value.Value) ([]source.Edit, bool),
) ([]source.Edit, bool) {
	from := n.Items
	if !r.Owns(n) || len(from) == 0 || len(to) == 0 || len(from) > most/len(to) {
		return nil, false
	}
	// longest[i][j] is how many items at most from[i:] and to[j:] have in common, in order.
	longest := make([][]int, len(from)+1)
	for i := range longest {
		longest[i] = make([]int, len(to)+1)
	}
	for i := len(from) - 1; i >= 0; i-- {
		for j := len(to) - 1; j >= 0; j-- {
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if equal(from[i], to[j]) {
				longest[i][j] = longest[i+1][j+1] + 1
			}
		}
	}
	var edits []source.Edit
	add := func(made []source.Edit, ok bool) bool {
		edits = append(edits, made...)
		return ok
	}
	for i, j := 0, 0; i < len(from) || j < len(to); {
		ei, ej := i, j // the next equal items
		for ei < len(from) && ej < len(to) && !equal(from[ei], to[ej]) {
			if longest[ei+1][ej] >= longest[ei][ej+1] {
				ei++
			} else {
				ej++
			}
		}
		if ei == len(from) || ej == len(to) {
			ei, ej = len(from), len(to)
		}
		for ; i < ei && j < ej; i, j = i+1, j+1 {
			if !add(replace(from[i], to[j])) {
				return nil, false
			}
		}
		for ; i < ei; i++ {
			if !add(r.RemoveItem(n, i)) {
				return nil, false
			}
		}
		for ; j < ej; j++ {
			if !add(r.InsertItem(n, i-1, NodeOf(to[j]))) {
				return nil, false
			}
		}
		i, j = min(i+1, len(from)), min(j+1, len(to))
	}
	return together(edits)
}

// together makes one of the insertions at one place, and reports whether no edits overlap.
func together(edits []source.Edit) ([]source.Edit, bool) {
	slices.SortStableFunc(edits, func(a, b source.Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	var all []source.Edit
	for _, e := range edits {
		switch k := len(all) - 1; {
		case k >= 0 && e.Span == all[k].Span && e.Span.Len() == 0:
			all[k].New += e.New
		case k >= 0 && e.Span.Start < all[k].Span.End:
			return nil, false
		default:
			all = append(all, e)
		}
	}
	return all, true
}
