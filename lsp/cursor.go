package lsp

import (
	"slices"
	"sort"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// cursor is what stands at a place of a document: the program, the step, the field of it, and what is
// written in the text of that field.
type cursor struct {
	offset  int
	found   *validator.Found // nil outside of programs
	program *program.Program

	path  []*syntax.Node // from the program's root to the innermost value or key
	step  *program.Step  // the innermost step or sub-step; nil outside of steps
	field string         // the field of the step, or of the program outside of steps; empty between fields
	args  []string       // the keys behind the field, as the name of an argument
	pair  *syntax.Pair   // the innermost pair
	onKey bool           // in the key of that pair

	use     *program.Use // the variable, in a condition or a template
	segment int          // of its path
	token   *cond.Token  // the word of the condition
}

// node is the innermost value, or key.
func (c *cursor) node() *syntax.Node {
	if len(c.path) == 0 {
		return nil
	}
	return c.path[len(c.path)-1]
}

// cursorAt finds what stands at an offset. A place behind the last byte of something belongs to it unless
// something else begins there.
func cursorAt(found []validator.Found, offset int) *cursor {
	c := &cursor{offset: offset}
	for i := range found {
		root := found[i].Program.Root
		if touches(root.Span, offset) && (c.found == nil || root.Span.Start <= offset && offset < root.Span.End) {
			c.found, c.program = &found[i], found[i].Program
		}
	}
	if c.found == nil && !c.findElsewhere(found) {
		return c
	}
	c.descend()
	c.findStep()
	if c.step != nil && !c.onKey {
		c.readText()
	}
	return c
}

func touches(s source.Span, offset int) bool { return s.Start <= offset && offset <= s.End }

// findElsewhere finds what a name in Python stands for: it is a part of a program, and written outside of it.
func (c *cursor) findElsewhere(found []validator.Found) bool {
	for i := range found {
		x := &found[i]
		if c.path = syntax.PathElsewhere(x.Program.Root, x.Elsewhere(), c.offset); c.path != nil {
			c.found, c.program = x, x.Program
			if n := len(c.path); n > 1 {
				c.pair = pairOf(c.path[n-2], c.path[n-1])
			}
			return true
		}
	}
	return false
}

// descend follows the tree down to the innermost value or key, from where the path has come to.
func (c *cursor) descend() {
	isElsewhere := c.path != nil
	if !isElsewhere {
		c.path = []*syntax.Node{c.program.Root}
	}
	for n := c.node(); n != nil; {
		var next *syntax.Node
		switch n.Kind {
		case syntax.List:
			next = c.item(n, isElsewhere)
		case syntax.Map, syntax.Set:
			next = c.entry(n, isElsewhere)
		}
		if n, isElsewhere = next, false; n != nil {
			c.path = append(c.path, n)
		}
	}
}

// item is the item of a list at the offset. What an alias brings is written elsewhere.
func (c *cursor) item(n *syntax.Node, isElsewhere bool) *syntax.Node {
	if isElsewhere || n.Style == syntax.Computed { // the items need not be in the order of the file
		k := slices.IndexFunc(n.Items, func(item *syntax.Node) bool { return touches(item.Span, c.offset) })
		if k >= 0 && (isElsewhere || n.Span.Contains(n.Items[k].Span)) {
			return n.Items[k]
		}
		return nil
	}
	k := sort.Search(len(n.Items), func(k int) bool { return n.Items[k].Span.Start > c.offset }) - 1
	if k >= 0 && touches(n.Items[k].Span, c.offset) && n.Span.Contains(n.Items[k].Span) {
		return n.Items[k]
	}
	return nil
}

// entry is the key or value of a mapping at the offset.
func (c *cursor) entry(n *syntax.Node, isElsewhere bool) *syntax.Node {
	var p *syntax.Pair
	if isElsewhere {
		k := slices.IndexFunc(n.Pairs, func(p syntax.Pair) bool { return touches(p.Span(), c.offset) })
		if k < 0 {
			return nil
		}
		p = &n.Pairs[k]
	} else {
		own := sort.Search(len(n.Pairs), func(k int) bool { return n.Pairs[k].Merged })
		k := sort.Search(own, func(k int) bool { return n.Pairs[k].Key.Span.Start > c.offset }) - 1
		if k < 0 || !n.Span.Contains(n.Pairs[k].Span()) {
			return nil
		}
		p = &n.Pairs[k]
	}
	switch {
	case touches(p.Key.Span, c.offset):
		c.pair, c.onKey = p, true
		return p.Key
	case touches(p.Value.Span, c.offset) || c.offset > p.Key.Span.End && c.offset < p.Value.Span.Start:
		c.pair, c.onKey = p, false
		return p.Value
	}
	return nil
}

// findStep finds the step that holds the innermost value, and the field of it.
func (c *cursor) findStep() {
	steps := c.program.Steps
	depth := 0 // of the step's node in the path
	for d, n := range c.path {
		for _, s := range steps {
			if s.Node == n {
				c.step, steps, depth = s, s.Subs, d
				break
			}
		}
	}
	for d := depth + 1; d < len(c.path); d++ {
		p := pairOf(c.path[d-1], c.path[d])
		switch {
		case p == nil:
		case c.field == "" && d == depth+1:
			c.field = p.Key.Text.Value
		default:
			c.args = append(c.args, p.Key.Text.Value)
		}
	}
}

// pairOf is the pair of a mapping that holds a value or key.
func pairOf(m, n *syntax.Node) *syntax.Pair {
	for i := range m.Pairs {
		if p := &m.Pairs[i]; p.Key == n || p.Value == n {
			return p
		}
	}
	return nil
}

// readText finds the variable and the word of the condition at the offset.
func (c *cursor) readText() {
	n := c.node()
	if n.Kind != syntax.String {
		return
	}
	for i := range c.step.Uses {
		if u := &c.step.Uses[i]; u.Node == n && touches(u.Span, c.offset) {
			c.use = u
		}
	}
	if c.use != nil {
		for i, s := range c.use.Path {
			if s.Span.Start <= c.offset {
				c.segment = i
			}
		}
	}
	if c.step.Cond == nil || c.step.Condition != n {
		return
	}
	for i := range c.step.Cond.Tokens {
		if t := &c.step.Cond.Tokens[i]; t.Span.Start <= c.offset && c.offset <= t.Span.End && (c.token == nil || c.offset < t.Span.End) {
			c.token = t
		}
	}
}

// isText reports whether the cursor is in a text in which the machine looks for variables.
func (c *cursor) isText() bool {
	if c.step == nil || c.onKey {
		return false
	}
	switch c.field {
	case "condition":
		return c.step.Kind == program.Condition
	case "prompt", "system":
		return c.step.Kind == program.LLM
	case "args":
		return c.step.Kind == program.Tool && len(c.args) == 1 && c.node() == c.pair.Value
	}
	return false
}

// isRef reports whether the cursor is in a field that names a step.
func (c *cursor) isRef() bool {
	return c.step != nil && !c.onKey && (c.field == "then" || c.field == "otherwise" || c.field == "next_step")
}

// isTool reports whether the cursor is in a field that names a tool.
func (c *cursor) isTool() bool {
	return c.step != nil && !c.onKey && c.field == "tool" && len(c.args) == 0
}

// topStep is the step of the cursor, or its block.
func (c *cursor) topStep() *program.Step {
	s := c.step
	for s != nil && s.Parent != nil {
		s = s.Parent
	}
	return s
}
