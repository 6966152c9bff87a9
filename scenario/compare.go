package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// Difference is an expectation that was not met.
type Difference struct {
	Path             string // below expect: runs[0].steps[2].output
	Expected, Actual value.Value
	Node             *syntax.Node // the expectation; nil if nothing was expected but a program that can be run
	Span             source.Span
	Refused          []source.Note // why that program cannot be run, at places in its file
}

type differ struct{ found []Difference }

func (d *differ) add(path string, n *syntax.Node, actual value.Value) {
	d.found = append(d.found, Difference{Path: path, Expected: runtime.ValueOf(n), Actual: actual, Node: n, Span: n.Span})
}

// exact compares whole values: 1 is not 1.0, and the order of keys matters as little as to Python.
func (d *differ) exact(path string, n *syntax.Node, actual value.Value) {
	if !same(runtime.ValueOf(n), actual) {
		d.add(path, n, actual)
	}
}

// same reports whether two values are equal and of one kind, all through.
func same(a, b value.Value) bool {
	if a.Kind() != b.Kind() {
		return false
	}
	switch a.Kind() {
	case value.List:
		return slices.EqualFunc(a.Items(), b.Items(), same)
	case value.Dict:
		if len(a.Pairs()) != len(b.Pairs()) {
			return false
		}
		for _, p := range a.Pairs() {
			if other, found := b.Get(p.Key); !found || !same(p.Value, other) {
				return false
			}
		}
		return true
	case value.Float:
		return value.Repr(a) == value.Repr(b) // nan is itself, -0.0 is not 0.0
	}
	return value.Equal(a, b)
}

func (d *differ) runs(n *syntax.Node, actual []value.Value) {
	if len(n.Items) != len(actual) {
		d.add("runs", n, value.FromItems(slices.Clone(actual)))
		return
	}
	for i, run := range n.Items {
		for j := range run.Pairs {
			p := &run.Pairs[j]
			got, _ := actual[i].Get(p.Key.Text.Value)
			d.field(fmt.Sprintf("runs[%d].%s", i, p.Key.Text.Value), p.Key.Text.Value, p.Value, got)
		}
	}
}

// field compares a key of a run.
func (d *differ) field(path, key string, n *syntax.Node, actual value.Value) {
	switch {
	case key == "steps":
		d.steps(path, n, actual)
	case key == "error" && sameError(runtime.ValueOf(n), actual):
	default:
		d.exact(path, n, actual)
	}
}

// steps compares of each step the keys that are given.
func (d *differ) steps(path string, n *syntax.Node, actual value.Value) {
	if len(n.Items) != len(actual.Items()) {
		d.add(path, n, onlyNamed(n, actual))
		return
	}
	for i, s := range n.Items {
		for j := range s.Pairs {
			p := &s.Pairs[j]
			got, _ := actual.Items()[i].Get(p.Key.Text.Value)
			d.field(fmt.Sprintf("%s[%d].%s", path, i, p.Key.Text.Value), p.Key.Text.Value, p.Value, got)
		}
	}
}

// onlyNamed is records with the keys that some of the expected ones name; with all if none does.
func onlyNamed(expected *syntax.Node, records value.Value) value.Value {
	named := make(map[string]bool)
	for _, s := range expected.Items {
		for _, p := range s.Pairs {
			named[p.Key.Text.Value] = true
		}
	}
	if len(named) == 0 {
		return records
	}
	var all []value.Value
	for _, record := range records.Items() {
		var pairs []value.Pair
		for _, p := range record.Pairs() {
			if named[p.Key] {
				pairs = append(pairs, p)
			}
		}
		all = append(all, value.FromPairs(pairs))
	}
	return value.FromItems(all)
}

// sameError compares errors. Of a type error only that there is one counts, for the words behind it are those of a
// version of Python; of a tool that is not registered not which others are, and in which order.
func sameError(expected, actual value.Value) bool {
	if expected.Kind() != value.String || actual.Kind() != value.String {
		return same(expected, actual)
	}
	return withoutAccidents(expected.Text()) == withoutAccidents(actual.Text())
}

func withoutAccidents(text string) string {
	text, _, _ = strings.Cut(text, " not registered. Available: ")
	const lead = "Type error evaluating '"
	at := strings.Index(text, lead)
	if at < 0 {
		return text
	}
	op, _, found := strings.Cut(text[at+len(lead):], "': ")
	if !found {
		return text
	}
	return text[:at+len(lead)] + op
}

// rejected compares the places at which construction refuses the program. Its words are Python's and pydantic's own.
func (d *differ) rejected(c *Case, n *syntax.Node) {
	var actual []value.Value
	var notes []source.Note
	for _, complaint := range c.Subject.Rejected {
		notes = append(notes, complaint.Note)
		var loc []string
		if complaint.Pointer != "" {
			loc = strings.Split(complaint.Pointer[1:], "/")
			for i, token := range loc {
				loc[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
			}
		}
		actual = append(actual, value.FromPairs([]value.Pair{pair("loc", texts(loc)), pair("msg", value.FromString(complaint.Message))}))
	}
	if n == nil {
		d.found = append(d.found, Difference{Path: "rejected", Actual: value.FromItems(actual), Span: firstKey(c.Node), Refused: notes})
		return
	}
	var want []value.Value
	for _, item := range n.Items {
		want = append(want, runtime.ValueOf(item))
	}
	if !slices.Equal(places(want), places(actual)) {
		d.add("rejected", n, value.FromItems(actual))
	}
}

// places is where complaints are, sorted.
func places(complaints []value.Value) []string {
	var all []string
	for _, c := range complaints {
		loc, _ := c.Get("loc")
		all = append(all, value.Repr(loc))
	}
	slices.Sort(all)
	return all
}
