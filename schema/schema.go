// Package schema is the JSON Schema of programs: embedded, checked, and read for help texts.
//
// The schema accepts exactly the documents that the runtime's construction accepts, its coercions
// included. Complaints of the validator become places in the text and sentences of our own.
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
}

// Kind sorts complaints.
type Kind uint8

// The kinds of complaint.
const (
	NotAProgram       Kind = iota // the document is no mapping
	MissingField                  // id, type or steps is not there
	MissingForType                // prompt, tool, condition, a branch, parallel_steps: what the step type needs
	WrongType                     // a value that construction does not convert
	UnknownValue                  // type or on_error is none of its words
	NoSteps                       // steps is empty
	NestedBlock                   // a condition or parallel block inside a parallel block
	GuardOnOther                  // allowed_outputs on a step that is no llm step
	EmptyGuard                    // allowed_outputs is empty
	NonStringArgument             // a key of args that is no string
)

// Check returns what construction would refuse, in the order in which it would say so.
func Check(root *syntax.Node) []Complaint { return nil }
