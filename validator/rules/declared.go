package rules

import (
	"fmt"
	"maps"
	"slices"
)

// Declared is what somebody has said about the world around a program that its text cannot tell. The zero
// value says nothing: rules then go by the text alone. Facts that nobody declared are unknown, not false.
type Declared struct {
	Tools map[string]Tool // by name; of a tool that is not there nothing is known
}

// Tool is what is declared of a tool.
type Tool struct {
	Suspends   Answer // it may answer PENDING, which suspends the run
	Idempotent Answer // calling it again with the same arguments changes nothing more
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
