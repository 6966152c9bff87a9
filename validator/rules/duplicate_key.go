package rules

import (
	"fmt"
	"math/big"
	"strconv"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL008", Name: "duplicate-key", Severity: source.Error,
	Doc: `
A key stands twice in one object, and the runtime keeps only the last value.

JSON and YAML readers in Python say nothing about it. Whoever reads the program sees the first value, the
machine runs the last: a step that seems to call the safe tool calls the dangerous one.

Remove one of the two.
`,
	Bad: `
steps:
  - id: erase
    type: tool
    tool: list_old_orders
    args: {older_than: 365}
    tool: delete_old_orders
`,
	Good: `
steps:
  - id: erase
    type: tool
    tool: list_old_orders
    args: {older_than: 365}
`,
	Proof: `
bad: {calls: [[delete_old_orders, {older_than: 365}]]}
good: {calls: [[list_old_orders, {older_than: 365}]]}
`,
	More: []Example{
		{Name: "Deep inside arguments", Reported: true, Program: `
steps:
  - {id: pay, type: tool, tool: pay, args: {order: {lines: [{sku: A7, count: 1, count: 10}]}}}
`},
		{Name: "The same value twice", Reported: true, Program: `
steps:
  - {id: pay, type: tool, type: tool, tool: pay}
`},
		{Name: "The same key in two objects", Program: `
steps:
  - {id: pay, type: tool, tool: pay, args: {from: {id: 17}, to: {id: 42}}}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram && p.Program.Root.Get("steps") == nil {
			return
		}
		w := p.newWalker(func(n *syntax.Node) {
			if n.Kind == syntax.Map && len(n.Pairs) > 1 {
				p.checkKeys(n)
			}
		})
		w.visit(p.Program.Root)
		w.steps(p.Program)
		w.args(p.Program)
	},
})

// fewKeys is up to how many keys are compared each with each: it takes no memory.
const fewKeys = 12

// checkKeys reports the keys of a mapping that lose against a later one. Pairs from merge keys lose by
// intention.
func (p *Pass) checkKeys(m *syntax.Node) {
	own := len(m.Pairs)
	for own > 0 && m.Pairs[own-1].Merged {
		own--
	}
	if own <= fewKeys && !hasEqualKeys(m.Pairs[:own]) {
		return
	}
	last := make(map[pythonKey]int, own)
	for i := range m.Pairs[:own] {
		if k, ok := pythonKeyOf(m.Pairs[i].Key); ok {
			last[k] = i
		}
	}
	if len(last) == own {
		return
	}
	for i := range m.Pairs[:own] {
		if k, ok := pythonKeyOf(m.Pairs[i].Key); ok && last[k] != i {
			p.reportLosingKey(m, i, last[k])
		}
	}
}

// hasEqualKeys reports whether two keys might be equal.
func hasEqualKeys(pairs []syntax.Pair) bool {
	for i := range pairs {
		a := pairs[i].Key
		if a.Kind != syntax.String {
			return true
		}
		for j := range pairs[:i] {
			if pairs[j].Key.Text.Value == a.Text.Value {
				return true
			}
		}
	}
	return false
}

// pythonKey is equal for keys that are equal in a Python dict: there 1, 1.0 and true are one.
type pythonKey struct {
	kind syntax.Kind
	text string
}

// pythonKeyOf is not ok for keys that equal none: values that are not known, and not-a-number.
func pythonKeyOf(n *syntax.Node) (k pythonKey, ok bool) {
	switch n.Kind {
	case syntax.Opaque, syntax.List, syntax.Map, syntax.Set:
		return k, false
	case syntax.Null:
		return pythonKey{kind: syntax.Null}, true
	case syntax.Bool:
		if n.Text.Value == "true" {
			return pythonKey{syntax.Int, "1"}, true
		}
		return pythonKey{syntax.Int, "0"}, true
	case syntax.Float:
		v := n.Float()
		if v != v {
			return k, false
		}
		if whole, exact := big.NewFloat(v).Int(nil); exact == big.Exact && whole != nil {
			return pythonKey{syntax.Int, whole.String()}, true
		}
		return pythonKey{syntax.Float, strconv.FormatFloat(v, 'g', -1, 64)}, true
	}
	return pythonKey{n.Kind, n.Text.Value}, true
}

func (p *Pass) reportLosingKey(m *syntax.Node, losing, winning int) {
	key, kept := m.Pairs[losing], m.Pairs[winning]
	d := source.Diagnostic{
		Note: source.Note{
			Span:    key.Key.Span,
			Message: fmt.Sprintf("%s is written again below, and the runtime keeps only the last: remove one of the two", p.keyName(key.Key)),
		},
		Related: []source.Note{{Span: kept.Key.Span, Message: "the runtime keeps this one"}},
	}
	same := sameValue(key.Value, kept.Value)
	if same {
		d.Message = fmt.Sprintf("%s is written again below with the same value: remove one of the two", p.keyName(key.Key))
	}
	d.Fixes = p.fix("remove this one, which the runtime ignores", same, func(e syntax.Editor) ([]source.Edit, bool) {
		return e.RemovePair(m, losing)
	})
	p.Report(d)
}

// keyName is a key as messages show it.
func (p *Pass) keyName(key *syntax.Node) string {
	if key.Kind == syntax.String {
		return "the key " + quote(key.Text.Value)
	}
	return "the key " + quote(p.spelled(key))
}

// sameValue reports whether two values are the same, as far as a short look can tell.
func sameValue(a, b *syntax.Node) bool {
	const most = 100
	left := most
	var same func(a, b *syntax.Node) bool
	same = func(a, b *syntax.Node) bool {
		if left--; left < 0 || a.Kind != b.Kind || a.Kind == syntax.Opaque || a.Text.Value != b.Text.Value ||
			len(a.Items) != len(b.Items) || len(a.Pairs) != len(b.Pairs) {
			return false
		}
		for i := range a.Items {
			if !same(a.Items[i], b.Items[i]) {
				return false
			}
		}
		for i := range a.Pairs {
			if !same(a.Pairs[i].Key, b.Pairs[i].Key) || !same(a.Pairs[i].Value, b.Pairs[i].Value) {
				return false
			}
		}
		return true
	}
	return same(a, b)
}
