package paths

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// Tests is the text of a scenario file with a case for each of some paths, all with a witness. The program is named by
// a path, as the file is to have it. What the cases expect is what came of running them, once more and from the text.
func Tests(s *scenario.Subject, path string, paths []*Path, lang syntax.Lang) (string, error) {
	if len(paths) == 0 {
		return "", errors.New("there is no path that could be tested")
	}
	cases := make([][]syntax.Pair, len(paths))
	names := make(map[string]int)
	shared := sharedInputs(paths)
	for i, p := range paths {
		name := nameOf(s.Program, p)
		if names[name]++; names[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, names[name])
		}
		cases[i] = append([]syntax.Pair{syntax.NewPair("name", syntax.NewString(name))}, p.Witness.pairs(!shared)...)
		if n := len(p.Moves); n >= runtime.DefaultMaxSteps {
			cases[i] = append(cases[i], syntax.NewPair("max_steps", syntax.NewInt(n+1)))
		}
	}
	top := []syntax.Pair{syntax.NewPair("program", syntax.NewString(path))}
	if shared {
		top = append(top, syntax.NewPair("context", scenario.NodeOf(paths[0].Witness.Inputs)))
	}
	suite, err := read(s, top, cases, lang)
	if err != nil {
		return "", err
	}
	for i, c := range suite.Cases {
		res := c.Run()
		if !goes(res.Events, paths[i]) {
			return "", fmt.Errorf("the run of %q from the text leaves its path", c.Name)
		}
		cases[i] = append(cases[i], syntax.NewPair("expect", res.Expectation()))
	}
	suite, err = read(s, top, cases, lang)
	if err != nil {
		return "", err
	}
	for _, c := range suite.Cases {
		if _, differences := c.Check(); len(differences) > 0 {
			return "", fmt.Errorf("the expectations of %q are not met", c.Name)
		}
	}
	return suite.File.Text, nil
}

// read writes cases as text and reads them back.
func read(s *scenario.Subject, top []syntax.Pair, cases [][]syntax.Pair, lang syntax.Lang) (*scenario.Suite, error) {
	nodes := make([]*syntax.Node, len(cases))
	for i, pairs := range cases {
		nodes[i] = syntax.NewMap(pairs...)
	}
	root := syntax.NewMap(append(slices.Clip(top), syntax.NewPair("cases", syntax.NewList(nodes...)))...)
	text := syntax.Print(root, lang)
	open := func(string) (*scenario.Subject, error) { return s, nil }
	suite := scenario.Read(source.NewFile("tests", text), lang, s.Program.Target, open)
	if len(suite.Notes) > 0 {
		return nil, errors.New(suite.Notes[0].Message)
	}
	return suite, nil
}

// goes reports whether a run goes a path.
func goes(events []runtime.Event, p *Path) bool {
	if len(events) != len(p.Moves) {
		return false
	}
	for i, e := range events {
		if e.State != p.Moves[i].From || e.Outcome != p.Moves[i].On {
			return false
		}
	}
	return true
}

// sharedInputs reports whether all paths have the same inputs, and some.
func sharedInputs(paths []*Path) bool {
	first := paths[0].Witness.Inputs
	if len(first.Pairs()) == 0 {
		return false
	}
	return !slices.ContainsFunc(paths, func(p *Path) bool { return value.Repr(p.Witness.Inputs) != value.Repr(first) })
}

// Node is what a case of a scenario file says of a witness: context, llm, tools and resume.
func (w *Witness) Node() *syntax.Node { return syntax.NewMap(w.pairs(true)...) }

func (w *Witness) pairs(withInputs bool) []syntax.Pair {
	var pairs []syntax.Pair
	if withInputs && len(w.Inputs.Pairs()) > 0 {
		pairs = append(pairs, syntax.NewPair("context", scenario.NodeOf(w.Inputs)))
	}
	for _, kind := range []struct {
		key string
		all []Answers
	}{{"llm", w.Models}, {"tools", w.Tools}} {
		var table []syntax.Pair
		for _, a := range kind.all {
			table = append(table, syntax.NewPair(a.Name, a.node()))
		}
		if table != nil {
			pairs = append(pairs, syntax.NewPair(kind.key, syntax.NewMap(table...)))
		}
	}
	if w.Resume != nil {
		pairs = append(pairs, syntax.NewPair("resume", scenario.NodeOf(value.FromItems(w.Resume))))
	}
	return pairs
}

// node is answers as a case scripts them: one alone, without what only repeats the one before at the end.
func (a Answers) node() *syntax.Node {
	all := a.All
	for n := len(all); n > 1 && equalAnswers(all[n-1], all[n-2]); n-- {
		all = all[:n-1]
	}
	nodes := make([]*syntax.Node, len(all))
	for i, answer := range all {
		nodes[i] = answerNode(answer)
	}
	if len(nodes) == 1 && nodes[0].Kind != syntax.List {
		return nodes[0]
	}
	return syntax.NewList(nodes...)
}

func answerNode(a runtime.Answer) *syntax.Node {
	if a.Error != "" {
		return syntax.NewMap(syntax.NewPair("error", syntax.NewString(a.Error)))
	}
	n := scenario.NodeOf(a.Value)
	if n.Kind == syntax.Map {
		return syntax.NewMap(syntax.NewPair("return", n))
	}
	return n
}

// longestName is how many characters the name of a case has at most, without its number.
const longestName = 100

// nameOf is the route of a path, shortened, and how it ends.
func nameOf(p *program.Program, path *Path) string {
	var name string
	for i, stop := range path.Route(p) {
		if i > 0 {
			name += " → "
		}
		if name += stop; utf8.RuneCountInString(name) > longestName {
			name = string([]rune(name)[:longestName-1]) + "…"
			break
		}
	}
	if path.Status != runtime.Success {
		name += ": " + string(path.Status)
	}
	return name
}

func equalAnswers(a, b runtime.Answer) bool {
	return a.Error == b.Error && value.Repr(a.Value) == value.Repr(b.Value)
}
