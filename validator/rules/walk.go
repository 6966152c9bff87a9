package rules

import (
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/syntax"
)

// A walker visits the values of a program, each place once: what YAML aliases share is one place, so the
// work is bounded by the size of the file however often they are used.
type walker struct {
	visit   func(n *syntax.Node)
	aliased bool // the file may have aliases; otherwise no place needs to be remembered
	seen    map[any]bool
}

func (p *Pass) newWalker(visit func(n *syntax.Node)) *walker {
	return &walker{visit: visit, aliased: p.Lang == syntax.YAML && strings.Contains(p.File.Text, "*")}
}

// isNew reports whether the place of n has not been visited. A collection is known by its first entry,
// which it shares with its aliases; two collections have none in common. What a merge key brings in is
// the same node everywhere.
func (w *walker) isNew(n *syntax.Node) bool {
	if !w.aliased {
		return true
	}
	var key any
	switch {
	case len(n.Items) > 0:
		key = &n.Items[0]
	case len(n.Pairs) > 0:
		key = &n.Pairs[0]
	default:
		key = n
	}
	if w.seen[key] {
		return false
	}
	if w.seen == nil {
		w.seen = map[any]bool{}
	}
	w.seen[key] = true
	return true
}

// walk visits n and all keys and values inside. Readers bound how deep they are nested.
func (w *walker) walk(n *syntax.Node) {
	if !w.isNew(n) {
		return
	}
	w.visit(n)
	for _, item := range n.Items {
		w.walk(item)
	}
	for i := range n.Pairs {
		if n.Kind == syntax.Map {
			w.walk(n.Pairs[i].Value)
		}
	}
}

// steps visits the mappings of all steps in which a key may stand twice.
func (w *walker) steps(p *program.Program) {
	for s := range p.All {
		if (s.Repeated || s.Extra) && w.isNew(s.Node) {
			w.visit(s.Node)
		}
	}
}

// args visits the arguments of all steps, at any depth.
func (w *walker) args(p *program.Program) {
	for s := range p.All {
		if s.Args != nil {
			w.walk(s.Args)
		}
	}
}
