package rules

import (
	"fmt"
	"maps"
	"slices"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Declared is what somebody has said about the world around a program that its text cannot tell. The zero
// value says nothing: rules then go by the text alone. Facts that nobody declared are unknown, not false.
type Declared struct {
	Tools map[string]Tool // by name; of a tool that is not there nothing is known

	// AllTools and AllInputs say that those declared are all that there are.
	AllTools, AllInputs bool

	Inputs          map[string]Input // what callers pass in the context, by name
	Policy          *Policy          // nil if there is none
	PrivilegedTools []string         // that must not be called on the word of a model alone
	Models          []string         // that a step may name; none if nobody has said

	TargetVersion string // of the machine, for examples of rules; empty for the newest
}

// Target is the machine that an example is checked for.
func (d Declared) Target() program.Version {
	if v, err := program.ParseVersion(d.TargetVersion); err == nil {
		return v
	}
	return program.Newest
}

// Input is what is declared of an input.
type Input struct {
	Type string // a type of JSON Schema; empty if nobody has said
}

// Policy is the capabilities of the tools that it allows, by name. It does not allow others.
type Policy struct{ Capabilities map[string][]string }

// Tool is what is declared of a tool.
type Tool struct {
	Suspends   Answer // it may answer PENDING, which suspends the run
	Idempotent Answer // calling it again with the same arguments changes nothing more

	Input, Output *syntax.Node // the JSON Schemas of its arguments and its result; nil if nobody has said

	File *source.File // that declares it last; nil if none is known
	Span source.Span  // of its name there
}

// Answer is yes or no, or that nobody has said.
type Answer uint8

// The answers.
const (
	NotDeclared Answer = iota
	Yes
	No
)

// Suspending declares that tools may answer PENDING.
func Suspending(tools ...string) Declared {
	d := Declared{Tools: make(map[string]Tool, len(tools))}
	for _, name := range tools {
		d.Tools[name] = Tool{Suspends: Yes}
	}
	return d
}

// Sentences are the declared facts in words, sorted by the names that they are about.
func (d Declared) Sentences() []string {
	var all []string
	if d.TargetVersion != "" {
		all = append(all, "the target version is "+d.TargetVersion)
	}
	if d.AllInputs {
		names := slices.Sorted(maps.Keys(d.Inputs))
		for i := range names {
			names[i] = "`" + names[i] + "`"
		}
		switch len(names) {
		case 0:
			all = append(all, "there are no inputs")
		case 1:
			all = append(all, "the only input is "+names[0])
		default:
			all = append(all, "the inputs are "+list(names))
		}
	}
	all = append(all, d.sentencesOfTools()...)
	for _, name := range slices.Sorted(maps.Keys(d.Tools)) {
		tool := d.Tools[name]
		for _, fact := range [...]struct {
			answer  Answer
			yes, no string
		}{
			{tool.Suspends, "may answer PENDING", "never answers PENDING"},
			{tool.Idempotent, "may be called again", "must not be called again"},
		} {
			switch fact.answer {
			case Yes:
				all = append(all, fmt.Sprintf("tool `%s` %s", name, fact.yes))
			case No:
				all = append(all, fmt.Sprintf("tool `%s` %s", name, fact.no))
			}
		}
	}
	return all
}

// DeclareInputs declares all inputs that there are.
func DeclareInputs(names ...string) Declared {
	d := Declared{AllInputs: true, Inputs: make(map[string]Input, len(names))}
	for _, name := range names {
		d.Inputs[name] = Input{}
	}
	return d
}
