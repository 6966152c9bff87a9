package scenario

import (
	"errors"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// Expectation is what a case may expect that came to this: what people look at first.
func (res *Result) Expectation() *syntax.Node {
	last := res.Runs[len(res.Runs)-1]
	pairs := make([]syntax.Pair, 0, 4)
	for _, key := range []string{"status", "error", "final_output"} {
		if v, _ := last.Get(key); !v.IsNone() {
			pairs = append(pairs, syntax.NewPair(key, NodeOf(v)))
		}
	}
	pairs = append(pairs, syntax.NewPair("path", NodeOf(texts(res.Path))))
	if res.Calls.Truth() {
		pairs = append(pairs, syntax.NewPair("calls", NodeOf(res.Calls)))
	}
	return syntax.NewMap(pairs...)
}

// What keeps an expectation from being written where it belongs.
var (
	errNoPlace = errors.New("the expectation stands in a construct that cannot be edited, or comments would be lost: write it anew")
	errShared  = errors.New("the expectation is that of another case, too: write it out for each of them")
	errRefused = errors.New("construction refuses the program: mend it, or expect that it is rejected")
)

// Edits are the changes of the file after which the case expects what came of it: as few as possible, so that comments stay
// where they are. A case that expects nothing gets expectations.
func (c *Case) Edits(s *Suite, res *Result, differences []Difference) ([]source.Edit, error) {
	r := rewriter{syntax.Editor{File: s.File, Lang: s.Lang}}
	if c.Expect == nil && res != nil {
		var edits []source.Edit
		var ok bool
		if p := c.Node.Pair("expect"); p != nil && !p.Merged {
			edits, ok = r.ReplaceValue(p.Value, res.Expectation())
		} else {
			edits, ok = r.InsertPair(c.Node, len(c.Node.Pairs)-1, "expect", res.Expectation())
		}
		if !ok {
			return nil, errNoPlace
		}
		return edits, nil
	}
	var edits []source.Edit
	for _, d := range differences {
		if d.Node == nil {
			return nil, errRefused
		}
		if !r.ownedBy(c.Node, d.Node) {
			return nil, errShared
		}
		rewrite := r.rewrite
		if d.Path == "steps" || strings.HasSuffix(d.Path, ".steps") {
			rewrite = r.records
		}
		made, ok := rewrite(d.Node, d.Actual)
		if !ok {
			return nil, errNoPlace
		}
		edits = append(edits, made...)
	}
	return edits, nil
}

// NodeOf is a value as a file would hold it.
func NodeOf(v value.Value) *syntax.Node {
	switch v.Kind() {
	case value.None:
		return syntax.NewNull()
	case value.Bool:
		return syntax.NewBool(v.Bool())
	case value.Int:
		n := syntax.NewInt(0)
		n.Text.Value = value.Repr(v)
		return n
	case value.Float:
		return syntax.NewFloat(v.Float())
	case value.String:
		return syntax.NewString(v.Text())
	case value.List:
		var items []*syntax.Node
		for _, item := range v.Items() {
			items = append(items, NodeOf(item))
		}
		return syntax.NewList(items...)
	}
	var pairs []syntax.Pair
	for _, p := range v.Pairs() {
		pairs = append(pairs, syntax.NewPair(p.Key, NodeOf(p.Value)))
	}
	return syntax.NewMap(pairs...)
}
