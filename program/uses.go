package program

import (
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Site is a kind of place at which a variable may be written. Each has its own rules of what a name means.
type Site uint8

// The sites.
const (
	InCondition Site = iota
	InPrompt
	InSystem
	InArgument // a string that is itself an argument of a tool
	InNested   // a string inside a list or an object of an argument: the machine leaves it as it is
)

var siteNames = [...]string{"condition", "prompt", "system", "argument", "nested argument"}

func (s Site) String() string { return siteNames[s] }

// Use is a variable where it is written.
type Use struct {
	Site  Site
	Step  *Step
	Path  cond.Path
	Span  source.Span  // with its dollar sign
	Node  *syntax.Node // the string that holds it
	Whole bool         // the string is this variable and nothing else, which keeps its type
	Arg   string       // the argument it stands in
}

// readTexts parses the condition of a step and finds its variables. Texts that steps of that type do not
// read are not looked at.
func (s *Step) readTexts() {
	switch s.Kind {
	case LLM:
		s.readTemplate(InPrompt, "", s.Prompt)
		s.readTemplate(InSystem, "", s.System)
	case Tool:
		if s.Args == nil {
			return
		}
		for i := range s.Args.Pairs {
			p := &s.Args.Pairs[i]
			s.readArgument(InArgument, p.Key.Text.Value, p.Value)
		}
	case Condition:
		text := ofKind(s.Condition, syntax.String)
		if text == nil {
			return
		}
		s.Cond = cond.Parse(text.Text)
		for v := range cond.Vars(s.Cond.Root) {
			s.Uses = append(s.Uses, Use{Step: s, Path: v.Path, Span: v.Place, Node: text})
		}
	}
}

func (s *Step) readArgument(site Site, arg string, n *syntax.Node) {
	s.readTemplate(site, arg, n)
	for _, item := range n.Items {
		s.readArgument(InNested, arg, item)
	}
	for i := range n.Pairs {
		s.readArgument(InNested, arg, n.Pairs[i].Value)
	}
}

func (s *Step) readTemplate(site Site, arg string, n *syntax.Node) {
	if n == nil || n.Kind != syntax.String || strings.IndexByte(n.Text.Value, '$') < 0 {
		return
	}
	t := cond.ParseTemplate(n.Text)
	for _, u := range t.Uses {
		s.Uses = append(s.Uses, Use{
			Site: site, Step: s, Path: u.Path, Span: u.Span, Node: n, Whole: t.IsVariable(), Arg: arg,
		})
	}
}

// Writes calls yield for every name under which a step of the list leaves something when it has succeeded, in the
// machine's order: its output key among the data, then its id and, of a parallel block, those of its
// sub-steps among the outputs. A sub-step itself writes nothing, its block does.
func (s *Step) Writes(yield func(name string, data bool) bool) {
	if s.Parent != nil {
		return
	}
	if key := s.OutputKey.StringValue(); key != "" && !yield(key, true) {
		return
	}
	if s.id != "" && !yield(s.id, false) {
		return
	}
	if s.Kind != Parallel {
		return
	}
	for _, sub := range s.Subs {
		if sub.id != "" && !yield(sub.id, false) {
			return
		}
	}
}
