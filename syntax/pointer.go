package syntax

import (
	"sort"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/source"
)

var (
	escapePointer   = strings.NewReplacer("~", "~0", "/", "~1")
	unescapePointer = strings.NewReplacer("~1", "/", "~0", "~")
)

// PointerOf is the JSON pointer (RFC 6901) of the innermost value under root that holds span; a pair counts as its
// value from its key on. What an alias or a merge key brings is written elsewhere and found only
// there. The pointer of root, and of what lies outside, is empty.
func PointerOf(root *Node, span source.Span) string {
	var pointer strings.Builder
	for n := root; n != nil; {
		var step string
		if n.Kind == List {
			step, n = n.itemHolding(span)
		} else {
			step, n = n.pairHolding(span)
		}
		if n != nil {
			pointer.WriteString("/" + step)
		}
	}
	return pointer.String()
}

// itemHolding is the item that holds a span. The items of an alias begin outside of its own span: in them,
// nothing that lies inside it is found.
func (n *Node) itemHolding(span source.Span) (index string, item *Node) {
	k := sort.Search(len(n.Items), func(k int) bool { return n.Items[k].Span.End >= span.End })
	if k < len(n.Items) && n.Span.Contains(n.Items[k].Span) && n.Items[k].Span.Contains(span) {
		return strconv.Itoa(k), n.Items[k]
	}
	return "", nil
}

// pairHolding is the value of the pair that holds a span.
func (n *Node) pairHolding(span source.Span) (key string, value *Node) {
	own := sort.Search(len(n.Pairs), func(k int) bool { return n.Pairs[k].Merged })
	k := sort.Search(own, func(k int) bool { return n.Pairs[k].Span().End >= span.End })
	if k < own && n.Span.Contains(n.Pairs[k].Span()) && n.Pairs[k].Span().Contains(span) {
		return escapePointer.Replace(n.Pairs[k].Key.name()), n.Pairs[k].Value
	}
	return "", nil
}

// name is a key as a part of a pointer: a key that is no string as JSON would write it.
func (n *Node) name() string {
	switch n.Kind {
	case List, Map, Set:
		return Inline(n, JSON)
	case Null, Opaque:
		return "null"
	}
	return n.Text.Value
}

// At is the value that a JSON pointer names, or nil if there is none. Of equal keys it takes the last, as
// the runtime does.
func (n *Node) At(pointer string) *Node {
	if pointer == "" {
		return n
	}
	if pointer[0] != '/' {
		return nil
	}
	for step := range strings.SplitSeq(pointer[1:], "/") {
		if n == nil {
			return nil
		}
		n = n.child(unescapePointer.Replace(step))
	}
	return n
}

func (n *Node) child(step string) *Node {
	if n.Kind == List {
		if k, err := strconv.Atoi(step); err == nil && k >= 0 && k < len(n.Items) && strconv.Itoa(k) == step {
			return n.Items[k]
		}
		return nil
	}
	if v := n.Get(step); v != nil {
		return v
	}
	for k := len(n.Pairs) - 1; k >= 0; k-- {
		if p := n.Pairs[k]; p.Key.Kind != String && p.Key.name() == step {
			return p.Value
		}
	}
	return nil
}

// Innermost is the innermost value under root that holds span, as [PointerOf] has it. It is nil if root does not.
func Innermost(root *Node, span source.Span) *Node {
	if root == nil || !root.Span.Contains(span) {
		return nil
	}
	for n := root; ; {
		var inner *Node
		if n.Kind == List {
			_, inner = n.itemHolding(span)
		} else {
			_, inner = n.pairHolding(span)
		}
		if inner == nil {
			return n
		}
		n = inner
	}
}
