// Package program is what a workflow program means: its steps, the steps that they name, and the
// transition function of the machine, [Program.Next].
//
// Nothing else in nanolint knows which step follows which. The package reads any tree: where the
// runtime would refuse to construct the program, the steps that can be understood still are. It
// judges nothing.
package program

import (
	"slices"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Program is a workflow program as the machine sees it.
type Program struct {
	Root   *syntax.Node
	Name   string
	Steps  []*Step // as listed
	Target Version // the machine that is to run it

	MaxSteps        *syntax.Node // nil if not set
	MaxStalledSteps *syntax.Node
	MaxTokens       *syntax.Node

	// SameIDs says that several steps have the same id, or that one has none.
	SameIDs bool

	last  map[string]int // the index of the last step with that id: jumps and resumes go there
	names index

	base *Program // from which it differs in step anew alone; nil if it was read as a whole
	anew int
}

// Kind is the type of a step.
type Kind uint8

// The kinds of steps. Unknown is a step whose type is missing, misspelt or not readable.
const (
	Unknown Kind = iota
	LLM
	Tool
	Condition
	Parallel
)

var kindNames = [...]string{"unknown", "llm", "tool", "condition", "parallel"}

func (k Kind) String() string { return kindNames[k] }

// OnError is what a step does when it has failed for good.
type OnError uint8

// The policies. UnknownPolicy is a text that the runtime refuses, or one that cannot be read.
const (
	Fail OnError = iota
	Skip
	Retry
	UnknownPolicy
)

func (o OnError) String() string { return [...]string{"fail", "skip", "retry", "unknown"}[o] }

// Step is a step of a program, or a sub-step of a parallel block. Optional fields are nil when they
// are absent or null.
type Step struct {
	Index  int   // in the list that holds it
	Parent *Step // the parallel block of a sub-step
	Node   *syntax.Node
	Kind   Kind

	IDNode *syntax.Node // nil if the id is missing or no string
	id     string
	Type   *syntax.Node

	Then, Otherwise, NextStep Ref

	Condition, Prompt, System *syntax.Node
	Tool, Args, OutputKey     *syntax.Node
	AllowedOutputs            *syntax.Node
	Timeout, OnTimeout        *syntax.Node
	MaxRetries                *syntax.Node
	MaxConcurrency            *syntax.Node

	Cond *cond.Expr // the condition of a condition step
	Uses []Use      // the variables in the texts that the step reads

	OnError    OnError
	Terminal   bool
	IsTerminal *syntax.Node

	// Extra says that the step has keys that are no fields, Repeated that it has a field more than once or one
	// that is merged in. Nearly all steps have neither, and need no second look.
	Extra, Repeated bool

	Subs []*Step // of a parallel block; also read where the runtime ignores them
}

// Ref is a field that names a step.
type Ref struct {
	Field  string       // then, otherwise or next_step
	Node   *syntax.Node // a String; nil if the field is absent or null
	To     *Step        // nil if there is no such step
	Opaque bool         // the field has a value that is no string, or cannot be read
}

// Named reports whether the field holds a name. The empty string is none.
func (r Ref) Named() bool { return r.Node != nil && r.Node.Text.Value != "" }

// Name is the name that the field holds.
func (r Ref) Name() string {
	if r.Node == nil {
		return ""
	}
	return r.Node.Text.Value
}

// ID is the step's id, empty if it has none.
func (s *Step) ID() string { return s.id }

// Refs are the fields of a step that may name others, in the order of the schema.
func (s *Step) Refs() [3]*Ref { return [...]*Ref{&s.Then, &s.Otherwise, &s.NextStep} }

// Place is the narrowest place that stands for the whole step: its id, else its first key.
func (s *Step) Place() source.Span {
	switch {
	case s.IDNode != nil:
		return s.IDNode.Span
	case s.Type != nil:
		return s.Type.Span
	case len(s.Node.Pairs) > 0:
		return s.Node.Pairs[0].Key.Span
	}
	return source.Span{Start: s.Node.Span.Start, End: min(s.Node.Span.Start+1, s.Node.Span.End)}
}

// WithStep is the program with another step in the place of step i, decoded from root. It is false if that would change what
// the other steps name: they are the same ones as before.
func (p *Program) WithStep(i int, s *Step, root *syntax.Node) (*Program, bool) {
	old := p.Steps[i]
	if s.ID() != old.ID() || (s.IDNode == nil) != (old.IDNode == nil) {
		return nil, false
	}
	with := &Program{
		Root: root, Name: p.Name, Steps: slices.Clone(p.Steps), Target: p.Target, MaxSteps: p.MaxSteps,
		MaxStalledSteps: p.MaxStalledSteps, MaxTokens: p.MaxTokens, SameIDs: p.SameIDs, last: p.last,
	}
	if p.base == nil {
		with.base, with.anew = p, i
	}
	with.Steps[i], s.Index = s, i
	s.all(with.resolve)
	return with, true
}

// resolve finds the steps that a step names.
func (p *Program) resolve(s *Step) bool {
	for _, r := range s.Refs() {
		if r.Node != nil {
			r.To = p.Lookup(r.Name())
		}
	}
	return true
}

// Lookup is the step that a jump to id reaches: of equal ids the last one. It is nil if there is none.
func (p *Program) Lookup(id string) *Step {
	if i, ok := p.last[id]; ok {
		return p.Steps[i]
	}
	return nil
}

// All calls yield for every step and sub-step in the order of the file.
func (p *Program) All(yield func(*Step) bool) {
	for _, s := range p.Steps {
		if !s.all(yield) {
			return
		}
	}
}

func (s *Step) all(yield func(*Step) bool) bool {
	if !yield(s) {
		return false
	}
	for _, sub := range s.Subs {
		if !sub.all(yield) {
			return false
		}
	}
	return true
}

// IDs calls yield for the id of every step that can be jumped to, in the order of the list.
func (p *Program) IDs(yield func(string) bool) {
	for _, s := range p.Steps {
		if s.ID() != "" && !yield(s.ID()) {
			return
		}
	}
}
