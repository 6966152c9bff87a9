package validator_test

import (
	"fmt"
	"path"
	"slices"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// Where a value is not known, nothing may be said that would not be said of every value: each part of each example is
// hidden in turn, and the findings must be among those of the whole.
func TestNothingIsGuessed(t *testing.T) {
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		if r.Only != rules.AnyLanguage {
			return
		}
		examples := append([]rules.Example{{Program: r.Bad, Declare: r.Declare}, {Program: r.Good, Declare: r.Declare}}, r.More...)
		for _, e := range examples {
			root := syntax.Parse(source.NewFile("", e.Program), langOf(r))[0].Root
			whole := judged(analyzeFor(t, r, e.Declared(), printed(root, syntax.Python), syntax.Python))
			hidden(root, func(partial *syntax.Node) {
				text := printed(partial, syntax.Python)
				a := analyzeFor(t, r, e.Declared(), text, syntax.Python)
				for i, j := range judged(a) {
					if !slices.Contains(whole, j) && a.Diagnostics[i].Rule != rules.PartlyDynamic.ID {
						t.Errorf("%s is said of a partly unknown program: %s\n%s", j, a.Diagnostics[i].Message, text)
					}
				}
			})
		}
	})
}

// judged is which rule says something of which step, or of what else. It may tell several fields of a step at the
// first of them.
func judged(a *validator.Analysis) []string {
	var all []string
	for _, d := range a.Diagnostics {
		all = append(all, fmt.Sprintf("%s %s %s", d.Rule, d.Severity, path.Dir(d.Pointer)))
	}
	return all
}

// hidden calls f with the tree in which a value, an item or a pair is not known, for each of them.
func hidden(n *syntax.Node, f func(*syntax.Node)) {
	for i := range n.Items {
		with := func(item *syntax.Node) {
			c := *n
			c.Items = slices.Clone(n.Items)
			c.Items[i] = item
			f(&c)
		}
		with(&syntax.Node{})
		hidden(n.Items[i], with)
	}
	for i, p := range n.Pairs {
		with := func(p syntax.Pair) {
			c := *n
			c.Pairs = slices.Clone(n.Pairs)
			c.Pairs[i] = p
			f(&c)
		}
		with(syntax.Pair{Key: p.Key, Value: &syntax.Node{}, Merged: p.Merged})
		with(syntax.Pair{Key: &syntax.Node{}, Value: &syntax.Node{}})
		hidden(p.Value, func(v *syntax.Node) { with(syntax.Pair{Key: p.Key, Value: v, Merged: p.Merged}) })
	}
}
