package rules

import (
	"slices"

	"github.com/nanolint/nanolint/program"
)

// What rules must know to be right. A test hides each part of each example in turn and shows which rule guesses.
var (
	// needSteps are the rules about documents and conditions that look at other steps than the one of which they
	// say something. The rules about control flow, data flow and the rest all do.
	needSteps = []string{"NL013", "NL023", "NL024", "NL026", "NL031", "NL208", "NL218", "NL221", "NL223", "NL224", "NL225"}

	// needConditions say something that any condition may refute.
	needConditions = []string{"NL026", "NL031", "NL225", "NL302", "NL309", "NL310", "NL311", "NL322", "NL403", "NL410", "NL414", "NL417", "NL418",
		"NL511", "NL601", "NL602", "NL603", "NL704", "NL806", "NL807", "NL808"}

	// needTexts say something that any prompt and argument may refute.
	needTexts = []string{"NL026", "NL031", "NL303", "NL309", "NL310", "NL311", "NL322", "NL417", "NL505", "NL511", "NL601", "NL602", "NL603",
		"NL703", "NL704", "NL802", "NL806", "NL807", "NL808"}
)

// Judges reports whether what the rule says holds whatever the parts are that cannot be known.
func (r *Rule) Judges(g program.Gaps) bool {
	switch {
	case g.Conditions && slices.Contains(needConditions, r.ID), g.Texts && slices.Contains(needTexts, r.ID):
		return false
	case g.Structure:
		return (r.Family() == DocumentFamily || r.Family() == "conditions") && !slices.Contains(needSteps, r.ID)
	}
	return true
}
