package runtime

import (
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/value"
)

// World is everything that a program cannot decide by itself: what its tools and models answer.
type World interface {
	Tool(ToolCall) Answer
	Model(ModelCall) Answer
}

// PendingAnswer is what a tool answers to suspend the run.
const PendingAnswer = "PENDING"

// ToolCall is a call of a tool.
type ToolCall struct {
	Step *program.Step
	Tool string
	Args []value.Pair // in the order of the program, variables replaced
}

// ModelCall is a question to a model.
type ModelCall struct {
	Step      *program.Step
	System    value.Value // what variables make of it: mostly a text
	HasSystem bool
	Prompt    value.Value
}

// Answer is what a tool or model answers: a value, an exception, or nothing, ever.
type Answer struct {
	Value value.Value
	Usage value.Value // what a model says it used, a dict; None if it does not say
	Error string      // an exception: its class, ": ", and its text; empty if there is none
	Hangs bool        // it never answers
	Stop  string      // the world has no answer, and why: the run stops here; empty if it has one
}

// Missing is the answer of a machine to the call of a tool that is not registered.
func Missing(tool string, registered []string) Answer {
	return Answer{Error: "VMError: Tool '" + tool + "' not registered. Available: " + reprAll(registered)}
}

// raised is an exception as the machine words it: its class, and str() of it.
func raised(text string) string {
	class, message, found := strings.Cut(text, ": ")
	switch {
	case class == "KeyError":
		return class + ": " + value.Repr(value.FromString(message))
	case !found:
		return class + ": "
	}
	return text
}

// Script is a world that answers from lists, each in the order of the calls; the last answer repeats. A step
// or tool without a list has that of "*"; without that, a model answers "" and a tool None.
type Script struct {
	Models map[string][]Answer // by the id of the step
	Tools  map[string][]Answer // by the name of the tool

	// Unregistered are the tools that the machine does not have, Registered those that it has, for its message.
	Unregistered map[string]bool
	Registered   []string

	Calls []ToolCall  // what was called, in order
	Asked []ModelCall // what models were asked, in order

	used map[question]*int // how many answers, where there are several

	fewCalls [4]ToolCall
	fewAsked [4]ModelCall
}

// question is who is asked: the model of a step, or a tool.
type question struct {
	model bool
	key   string
}

// Tool answers for a tool.
func (s *Script) Tool(c ToolCall) Answer {
	if s.Unregistered[c.Tool] {
		return Missing(c.Tool, s.Registered)
	}
	if s.Calls == nil {
		s.Calls = s.fewCalls[:0]
	}
	s.Calls = append(roomy(s.Calls), c)
	return s.next(question{false, c.Tool}, s.Tools, Answer{})
}

// Model answers for the model of a step.
func (s *Script) Model(c ModelCall) Answer {
	if s.Asked == nil {
		s.Asked = s.fewAsked[:0]
	}
	s.Asked = append(roomy(s.Asked), c)
	return s.next(question{true, c.Step.ID()}, s.Models, Answer{Value: value.FromString("")})
}

func (s *Script) next(q question, table map[string][]Answer, otherwise Answer) Answer {
	answers, known := table[q.key]
	if !known {
		answers = table["*"]
	}
	switch len(answers) {
	case 0:
		return otherwise
	case 1:
		return answers[0]
	}
	used := s.used[q]
	if used == nil {
		if s.used == nil {
			s.used = make(map[question]*int)
		}
		used = new(int)
		s.used[q] = used
	}
	*used++
	return answers[min(*used, len(answers))-1]
}
