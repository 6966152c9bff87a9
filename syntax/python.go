package syntax

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax/python"
)

// parsePython finds the values in a Python file that may be programs: the dictionaries that have the key steps,
// wherever they stand; what is made by calls of the runtime's classes; and the JSON and YAML in strings
// that are given to those.
//
// Nothing is run. What is not a literal is known if it follows from literals: names that are bound once, joined
// and formatted strings, unpacked lists and dictionaries. Everything else is Opaque.
func parsePython(f *source.File) []Document {
	if !mayHoldProgram(f.Text) {
		return nil
	}
	r := newPythonReader(f)
	defer r.module.Release()
	r.search()
	var docs []Document
	for _, c := range r.found {
		docs = append(docs, r.documents(c)...)
	}
	return docs
}

// mayHoldProgram is a look at a file that costs little: most Python files hold no program.
func mayHoldProgram(text string) bool {
	if strings.Contains(text, "nano_vm") {
		return true
	}
	if !strings.Contains(text, "steps") {
		return false
	}
	for _, word := range [...]string{"Program", "StepType", "prompt", "tool", "condition", "llm", "parallel"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// pythonReader evaluates expressions of a module.
type pythonReader struct {
	file   *source.File
	module *python.Module
	slab   slab
	str    source.TextBuilder

	found []*candidate
	byRef map[*python.Expr]*candidate
	known map[*python.Variable]*definition

	depth  int // of the collections around the expression that is being read
	budget int // how many nodes may still be shared, and bytes of strings be joined
}

// definition is the value of a name.
type definition struct {
	node   *Node
	height int // of collections in it
	size   int // of its tree, in nodes
	frozen bool
}

// maxShared bounds what names that are used again and again expand to.
const maxShared = 1 << 20

func (r *pythonReader) opaque(e *python.Expr) *Node { return r.slab.node(Opaque, e.Span) }

func newPythonReader(f *source.File) *pythonReader {
	return &pythonReader{
		file: f, module: python.Parse(f.Text), budget: maxShared,
		byRef: make(map[*python.Expr]*candidate), known: make(map[*python.Variable]*definition),
	}
}

// documents reads a value that was found. Only a text in a string may hold several.
func (r *pythonReader) documents(c *candidate) []Document {
	if c.lang != Python {
		text, _ := r.text(c.expr, c.scope)
		return r.embedded(c, text)
	}
	d := Document{Lang: Python, Sure: c.sure}
	d.Root, _ = r.eval(c.expr, c.scope)
	if v := r.module.Owner(c.expr); v != nil {
		r.applyChanges(d.Root, v)
	}
	if r.module.Opaque {
		freeze(d.Root) // what is written in UTF-8 would mean something else
	}
	for _, e := range r.module.Errors {
		if c.expr.Span.Contains(e.Span) {
			p := Problem{Note: e.Note, Code: Malformed}
			if e.Depth {
				p.Code = TooDeep
			}
			d.Problems = append(d.Problems, p)
		}
	}
	if r.module.Encoding == "" && r.module.Opaque {
		d.Problems = append(d.Problems, badBytes(r.file.Text[:c.expr.Span.End], c.expr.Span.Start)...)
		slices.SortStableFunc(d.Problems, func(a, b Problem) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	}
	return []Document{d}
}

// eval is the value of an expression, and how high its tree is.
func (r *pythonReader) eval(e *python.Expr, s *python.Scope) (n *Node, height int) {
	switch e.Kind {
	case python.Constant:
		return r.constant(e), 0
	case python.Number:
		return r.number(e, false), 0
	case python.Unary:
		return r.unary(e), 0
	case python.String:
		return r.string(e, s), 0
	case python.Name:
		return r.name(e, s)
	case python.Attribute:
		return r.member(e, s), 0
	case python.Subscript:
		return r.subscript(e, s)
	case python.Binary:
		return r.binary(e, s)
	case python.Call:
		return r.call(e, s)
	case python.List, python.Tuple:
		return r.list(e, s)
	case python.Dict:
		return r.nested(e, func(n *Node) int { return r.entries(n, e.Items, s) })
	}
	return r.opaque(e), 0
}

// nested reads a collection: fill gives it its entries and returns the height of the highest.
func (r *pythonReader) nested(e *python.Expr, fill func(*Node) int) (n *Node, height int) {
	if r.depth++; r.depth > MaxDepth {
		r.depth--
		return r.opaque(e), 0
	}
	n = r.slab.node(Map, e.Span)
	n.Style = Flow
	height = fill(n) + 1
	r.depth--
	return n, height
}

func (r *pythonReader) constant(e *python.Expr) *Node {
	switch e.Name {
	case "True":
		return r.scalar(Bool, e, "true")
	case "False":
		return r.scalar(Bool, e, "false")
	case "None":
		return r.scalar(Null, e, "None")
	}
	return r.opaque(e)
}

// scalar is a value that an expression spells, byte by byte if it is as long.
func (r *pythonReader) scalar(k Kind, e *python.Expr, value string) *Node {
	n := r.slab.node(k, e.Span)
	if e.Span.Len() == len(value) {
		n.Text = source.VerbatimText(value, e.Span)
	} else {
		n.Text = source.CoarseText(value, e.Span)
	}
	return n
}

func (r *pythonReader) list(e *python.Expr, s *python.Scope) (*Node, int) {
	return r.nested(e, func(n *Node) int {
		n.Kind = List
		items, height := make([]*Node, 0, len(e.Items)), 0
		for _, i := range e.Items {
			v, h := r.eval(i.Value, s)
			height = max(height, h)
			switch {
			case i.Stars == 0:
				items = append(items, v)
			case v.Kind == List && r.spend(len(v.Items)):
				items = append(items, v.Items...)
			default:
				items = append(items, r.slab.node(Opaque, whole(i)))
			}
			if i.Stars > 0 {
				n.Style = Computed
			}
		}
		n.Items = r.slab.keepItems(items)
		return height
	})
}

// whole is an item with its stars or its key.
func whole(i python.Item) source.Span {
	return source.Span{Start: i.Start, End: max(i.Start, i.Value.Span.End)}
}

// spend takes from what may be shared, and reports whether there was enough.
func (r *pythonReader) spend(n int) bool {
	r.budget -= n
	return r.budget >= 0
}

// entries gives a mapping the entries of a dictionary, or the arguments of a call. What two stars bring counts as
// merged: it is written elsewhere. Of equal keys the last one wins, whatever brought it.
func (r *pythonReader) entries(n *Node, items []python.Item, s *python.Scope) (height int) {
	own, merged := make([]Pair, 0, len(items)), []Pair(nil)
	for _, i := range items {
		var key *Node
		switch {
		case i.Keyword.Len() > 0 && r.module.Opaque && !isIdentifier(r.file.Slice(i.Keyword)):
			key = r.slab.node(Opaque, i.Keyword)
		case i.Keyword.Len() > 0:
			key = r.slab.scalar(String, r.file.Slice(i.Keyword), i.Keyword)
		case i.Key != nil:
			key, _ = r.eval(i.Key, s)
			if key.Kind == List || key.Kind == Map {
				key = r.opaque(i.Key) // no key that Python takes, or a tuple
			}
		case i.Stars == 2:
			v, h := r.eval(i.Value, s)
			height = max(height, h)
			if v.Kind == Map && r.spend(len(v.Pairs)) {
				own, merged = overridden(own, v), append(merged, v.Pairs...)
				continue
			}
		}
		at := whole(i)
		if key == nil || key.Kind == Opaque {
			own = append(own, Pair{Key: r.slab.node(Opaque, at), Value: r.slab.node(Opaque, source.Span{Start: at.End, End: at.End})})
			continue
		}
		v, h := r.eval(i.Value, s)
		height = max(height, h)
		own = append(own, Pair{Key: key, Value: v})
	}
	n.Pairs = own
	for _, p := range merged {
		p.Merged = true
		n.Pairs = append(n.Pairs, p)
	}
	return height
}

// overridden is the pairs that those of a mapping do not replace.
func overridden(pairs []Pair, by *Node) []Pair {
	return slices.DeleteFunc(pairs, func(p Pair) bool {
		return p.Key.Kind == String && by.Get(p.Key.Text.Value) != nil
	})
}

// name is the value of a name that is bound once, to what never changes.
func (r *pythonReader) name(e *python.Expr, s *python.Scope) (*Node, int) {
	v := s.Lookup(e.Name)
	if v == nil || v.Value == nil || len(v.Changes) > 0 {
		return r.opaque(e), 0
	}
	d := r.known[v]
	if d == nil {
		d = &definition{node: r.opaque(e)} // until it is known: it may be made of itself
		r.known[v] = d
		before, depth := r.budget, r.depth
		r.depth = 0
		d.node, d.height = r.eval(v.Value, v.Within)
		r.depth = depth
		d.size = before - r.budget + sizeOf(d.node)
	}
	return r.reference(e, d, v.Uses > 1)
}

// reference is the value of a name where it is used: its contents are written elsewhere.
func (r *pythonReader) reference(e *python.Expr, d *definition, shared bool) (*Node, int) {
	if r.depth+d.height > MaxDepth || !r.spend(d.size) {
		return r.opaque(e), 0
	}
	if shared && !d.frozen {
		d.frozen = true
		freeze(d.node)
	}
	n := r.slab.node(d.node.Kind, e.Span)
	*n = *d.node
	n.Span, n.Style = e.Span, Computed
	return n, d.height
}

// sizeOf is the number of values in a tree, without what others share with it: that has been counted.
func sizeOf(n *Node) int {
	size := 1
	for _, item := range n.Items {
		if n.Span.Contains(item.Span) && item.Style != Computed {
			size += sizeOf(item)
		}
	}
	for _, p := range n.Pairs {
		if !p.Merged && p.Value.Style != Computed {
			size += 1 + sizeOf(p.Value)
		}
	}
	return size
}

// freeze forbids edits of what several places share.
func freeze(n *Node) {
	if n.Style == Computed && len(n.Items)+len(n.Pairs) > 0 {
		return // and so is all inside
	}
	n.Style = Computed
	for _, item := range n.Items {
		freeze(item)
	}
	for _, p := range n.Pairs {
		p.Key.Style = Computed
		freeze(p.Value)
	}
}

// subscript is a value of a known dictionary.
func (r *pythonReader) subscript(e *python.Expr, s *python.Scope) (*Node, int) {
	x, height := r.eval(e.X, s)
	key, ok := r.text(e.Y, s)
	if !ok || x.Kind != Map {
		return r.opaque(e), 0
	}
	for _, p := range x.Pairs {
		if p.Key.Kind == Opaque {
			return r.opaque(e), 0
		}
	}
	v := x.Get(key.Value)
	if v == nil {
		return r.opaque(e), 0
	}
	return r.reference(e, &definition{node: v, height: height - 1, size: sizeOf(v)}, true)
}

// binary is the sum of strings or lists, the union of dictionaries, or a formatted string.
func (r *pythonReader) binary(e *python.Expr, s *python.Scope) (*Node, int) {
	switch e.Name {
	case "%":
		return r.formatted(e, s), 0
	case "|":
		items := make([]python.Item, 0, len(e.Items))
		for _, i := range e.Items {
			if v, _ := r.eval(i.Value, s); v.Kind != Map {
				return r.opaque(e), 0
			}
			items = append(items, python.Item{Start: i.Start, Stars: 2, Value: i.Value})
		}
		return r.nested(e, func(n *Node) int {
			n.Style = Computed
			return r.entries(n, items, s)
		})
	}
	first, _ := r.eval(e.Items[0].Value, s)
	if first.Kind != List {
		return r.sum(e, s), 0
	}
	return r.nested(e, func(n *Node) (height int) {
		n.Kind, n.Style = List, Computed
		for _, i := range e.Items {
			v, h := r.eval(i.Value, s)
			height = max(height, h)
			if v.Kind == List && r.spend(len(v.Items)) {
				n.Items = append(n.Items, v.Items...)
			} else {
				n.Items = append(n.Items, r.opaque(i.Value))
			}
		}
		return height
	})
}
