package cond

import (
	"fmt"

	"github.com/nanolint/nanolint/value"
)

// Op is an operator with two sides.
type Op uint8

// The operators. NoOp stands where the text lacks one.
const (
	NoOp Op = iota
	Equal
	NotEqual
	GreaterEqual
	LessEqual
	Greater
	Less
	In
	NotIn
	Contains
	And
	Or
)

// Class sorts operators by what they ask of their operands.
type Class uint8

// The classes.
const (
	NoClass    Class = iota
	Equality         // never fails
	Order            // numbers, strings and lists with their like
	Membership       // of a string, list or dict on the right
	Logic            // of two truths, the right one only if it matters
)

// operator is all that is known of one: its spelling and its meaning, for values and for kinds of
// values. The lexer, the parser, the evaluator and the analyses read it here.
type operator struct {
	text  string
	class Class
	apply func(a, b value.Value) (bool, error)
	kinds func(a, b value.Kind) Outcomes
}

var operators = [...]operator{
	NoOp:         {text: "?"},
	Equal:        {"==", Equality, equal, equalKinds},
	NotEqual:     {"!=", Equality, not(equal), notKinds(equalKinds)},
	GreaterEqual: {">=", Order, order(value.GreaterEqual), orderKinds},
	LessEqual:    {"<=", Order, order(value.LessEqual), orderKinds},
	Greater:      {">", Order, order(value.Greater), orderKinds},
	Less:         {"<", Order, order(value.Less), orderKinds},
	In:           {"in", Membership, in, inKinds},
	NotIn:        {"not in", Membership, not(in), notKinds(inKinds)},
	Contains:     {"contains", Membership, in, inKinds}, // it means in: the sides are not exchanged
	And:          {text: "and", class: Logic},
	Or:           {text: "or", class: Logic},
}

func (op Op) String() string { return operators[op].text }

// Class is the class of op.
func (op Op) Class() Class { return operators[op].class }

// IsComparison reports whether op compares two operands.
func (op Op) IsComparison() bool { return operators[op].apply != nil }

// Apply compares a and b. The error is in the machine's words, around a [value.TypeError] in Python's.
func (op Op) Apply(a, b value.Value) (bool, error) {
	yes, err := operators[op].apply(a, b)
	if err != nil {
		return false, fmt.Errorf("Type error evaluating '%s': %w", op, err)
	}
	return yes, nil
}

// OnKinds is all that [Op.Apply] may answer for values of which only the kinds are known.
func (op Op) OnKinds(a, b value.Kind) Outcomes { return operators[op].kinds(a, b) }

func equal(a, b value.Value) (bool, error) { return value.Equal(a, b), nil }

func in(a, b value.Value) (bool, error) { return value.Contains(b, a) }

func order(o value.Order) func(a, b value.Value) (bool, error) {
	return func(a, b value.Value) (bool, error) { return value.Compare(o, a, b) }
}

func not(apply func(a, b value.Value) (bool, error)) func(a, b value.Value) (bool, error) {
	return func(a, b value.Value) (bool, error) {
		yes, err := apply(a, b)
		return !yes && err == nil, err
	}
}

// Outcomes is a set of what evaluating may come to.
type Outcomes uint8

// The outcomes.
const (
	CanBeTrue Outcomes = 1 << iota
	CanBeFalse
	CanFail

	Undecided = CanBeTrue | CanBeFalse
	Anything  = Undecided | CanFail
)

// Came is what an evaluation came to, as a set of one.
func Came(truth bool, err error) Outcomes {
	switch {
	case err != nil:
		return CanFail
	case truth:
		return CanBeTrue
	}
	return CanBeFalse
}

// Not is what comes of negating o.
func (o Outcomes) Not() Outcomes {
	return o&CanFail | o&CanBeTrue<<1 | o&CanBeFalse>>1
}

// Truth is what the truth of a value of that kind may be.
func Truth(k value.Kind) Outcomes {
	if k == value.None {
		return CanBeFalse
	}
	return Undecided
}

func isNumber(k value.Kind) bool { return k == value.Bool || k == value.Int || k == value.Float }

func notKinds(kinds func(a, b value.Kind) Outcomes) func(a, b value.Kind) Outcomes {
	return func(a, b value.Kind) Outcomes { return kinds(a, b).Not() }
}

func equalKinds(a, b value.Kind) Outcomes {
	switch {
	case a == value.None && b == value.None:
		return CanBeTrue
	case a == b || isNumber(a) && isNumber(b):
		return Undecided
	}
	return CanBeFalse
}

func orderKinds(a, b value.Kind) Outcomes {
	switch {
	case isNumber(a) && isNumber(b) || a == value.String && b == value.String:
		return Undecided
	case a == value.List && b == value.List:
		return Anything // their elements decide
	}
	return CanFail
}

func inKinds(a, b value.Kind) Outcomes {
	switch {
	case b == value.List, a == value.String && (b == value.String || b == value.Dict):
		return Undecided
	case b != value.Dict || a == value.List || a == value.Dict:
		return CanFail
	}
	return CanBeFalse // no key of a dict is a number or None
}
