// Package schema is the JSON Schema of programs: embedded, checked, and read for help texts.
//
// The schema accepts exactly the documents that the runtime's construction accepts, its coercions
// included. Complaints of the validator become places in the text and sentences of our own, one for
// each place that construction names, in its order.
//
// The library validates one step at a time, and only what the plain test of this package does not
// recognise at a glance; a program without oddities is checked without compiling the schema. What
// JSON Schema cannot say (a key that is no string, blocks nested too deep) is checked here.
package schema

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Complaint is one reason why construction refuses a document, at one place that it names.
type Complaint struct {
	source.Note
	Pointer string       // the JSON pointer of the place that construction names: "/steps/3/id"
	Kind    Kind         // what is wrong
	Field   string       // the field of the program or step: "max_retries"; empty for the whole
	Node    *syntax.Node // the value complained about; nil if it is missing
	Step    *syntax.Node // the step that the place is in; nil for the program's own fields
}

// Kind sorts complaints.
type Kind uint8

// The kinds of complaint.
const (
	NotAProgram       Kind = iota // the document is no mapping, or has no steps
	MissingField                  // a step has no id or no type
	MissingForType                // prompt, tool, condition, a branch, parallel_steps: what the step type needs
	WrongType                     // a value that construction does not convert
	UnknownValue                  // type or on_error is none of its words
	NoSteps                       // steps is empty
	NestedBlock                   // a condition or parallel block inside a parallel block
	GuardOnOther                  // allowed_outputs on a step that is no llm step
	EmptyGuard                    // allowed_outputs is empty
	NonStringArgument             // a key of args that is no string
	TooDeep                       // parallel_steps inside each other, deeper than construction goes
)

// Check returns what construction would refuse, in the order in which it would say so. About values
// that are not known (Opaque nodes) it says nothing.
func Check(root *syntax.Node) []Complaint {
	return check(root, false)
}

func check(root *syntax.Node, thorough bool) []Complaint {
	c := checker{thorough: thorough, verdicts: map[string]verdict{}}
	c.program(root)
	return c.out
}
