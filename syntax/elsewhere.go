package syntax

import (
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// Elsewhere is a part of a tree that is written outside of the place where it belongs: what a name of Python stands for.
type Elsewhere struct {
	Span    source.Span // where it is written
	Pointer string      // where it belongs
	node    *Node
}

// ElsewhereIn finds the parts of a tree that are written elsewhere, each once, in the order of the tree.
func ElsewhereIn(root *Node) []Elsewhere {
	w := elsewhereWalk{seen: make(map[any]bool)}
	w.visit(root, "")
	return w.found
}

// SmallestElsewhere is the smallest of such parts that holds a place, and nil if none does.
func SmallestElsewhere(parts []Elsewhere, at source.Span) (found *Elsewhere) {
	for i := range parts {
		if e := &parts[i]; e.Span.Contains(at) && (found == nil || e.Span.Len() < found.Span.Len()) {
			found = e
		}
	}
	return found
}

// PointerTo is the JSON pointer of the innermost value that holds span.
func (e Elsewhere) PointerTo(span source.Span) string {
	n := *e.node
	n.Span = e.Span
	return e.Pointer + PointerOf(&n, span)
}

// PathElsewhere is the nodes from root down to the collection that holds what is written at an offset elsewhere, or to a
// scalar that is written there; parts are those of [ElsewhereIn]. It is nil if nothing of the tree is.
func PathElsewhere(root *Node, parts []Elsewhere, at int) (path []*Node) {
	found := SmallestElsewhere(parts, source.Span{Start: at, End: at})
	if found == nil {
		return nil
	}
	pointer := found.Pointer
	isScalar := found.node.Text.Span == found.Span && !found.node.Span.Contains(found.Span)
	if !isScalar {
		pointer = pointer[:strings.LastIndexByte(pointer, '/')]
	}
	path = []*Node{root}
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		n := path[len(path)-1].child(unescapePointer.Replace(step))
		if pointer == "" || n == nil {
			break
		}
		path = append(path, n)
	}
	return path
}

type elsewhereWalk struct {
	found []Elsewhere
	seen  map[any]bool
}

func (w *elsewhereWalk) visit(n *Node, pointer string) {
	var first any // what a collection shares with those that are the same
	switch {
	case len(n.Items) > 0:
		first = &n.Items[0]
	case len(n.Pairs) > 0:
		first = &n.Pairs[0]
	case n.Text.Span.Len() > 0 && !n.Span.Contains(n.Text.Span):
		w.found = append(w.found, Elsewhere{n.Text.Span, pointer, n})
	}
	if first == nil || w.seen[first] {
		return
	}
	w.seen[first] = true
	for i, item := range n.Items {
		w.child(n, item.Span, item, pointer+"/"+strconv.Itoa(i))
	}
	for _, p := range n.Pairs {
		w.child(n, p.Span(), p.Value, pointer+"/"+escapePointer.Replace(p.Key.name()))
	}
}

func (w *elsewhereWalk) child(parent *Node, at source.Span, n *Node, pointer string) {
	if !parent.Span.Contains(at) {
		w.found = append(w.found, Elsewhere{at, pointer, n})
	}
	w.visit(n, pointer)
}
