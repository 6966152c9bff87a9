package cond

import (
	"errors"
	"iter"

	"github.com/nanolint/nanolint/value"
)

// Eval evaluates e as the machine does. The error is in its words, without those that the step puts
// around them; one of Python's is a [value.TypeError] inside.
//
// One thing is not as there: the machine evaluates by recursion and gives up, with "maximum recursion depth
// exceeded", at about 490 ands and ors. Where exactly depends on who calls, so it is left to a rule.
func (e *Expr) Eval(s State) (bool, error) {
	if e.Err != "" {
		return false, errors.New(e.Err)
	}
	return Eval(e.Root, s)
}

// Eval evaluates a node: terms from left to right, and and or alike, none that no longer matters.
func Eval(n Node, s State) (bool, error) {
	var few [8]*Binary
	joined, term := spine(n, few[:0])
	yes, err := evalTerm(term, s)
	for i := len(joined) - 1; i >= 0 && err == nil; i-- {
		if b := joined[i]; b.matters(yes) {
			yes, err = evalTerm(b.Right, s)
		}
	}
	return yes, err
}

func evalTerm(n Node, s State) (bool, error) {
	n, negated := positive(n)
	b, is := n.(*Binary)
	if !is {
		return Operand(n, s).Truth() != negated, nil
	}
	yes, err := b.Op.Apply(Operand(b.Left, s), Operand(b.Right, s))
	return yes != negated && err == nil, err
}

// Operand is the value of one side of a comparison, or of a lone operand. What is missing is None.
func Operand(n Node, s State) value.Value {
	switch n := n.(type) {
	case *Literal:
		return n.Value
	case *Var:
		return n.Path.InCondition(s)
	case *Not: // of a mended tree
		yes, _ := evalTerm(n, s)
		return value.FromBool(yes)
	}
	return value.Value{}
}

// Decide is all that evaluating n may come to, where of tells it for each of its [Terms]. Terms count
// as independent of each other: the answer may be too wide, never too narrow.
func Decide(n Node, of func(term Node) Outcomes) Outcomes {
	decide := func(n Node) Outcomes {
		n, negated := positive(n)
		if negated {
			return of(n).Not()
		}
		return of(n)
	}
	var few [8]*Binary
	joined, term := spine(n, few[:0])
	result := decide(term)
	for i := len(joined) - 1; i >= 0; i-- {
		goesOn := CanBeTrue // with what the left side must be for the right one to matter
		if joined[i].Op == Or {
			goesOn = CanBeFalse
		}
		if result&goesOn != 0 {
			result = result&^goesOn | decide(joined[i].Right)
		}
	}
	return result
}

// Implied are the terms whose truth follows from that of n, each with its truth: where $a and $b holds,
// both do; where $a or $b does not, neither does. Nothing follows about a term that need not have been
// evaluated.
func Implied(n Node, truth bool) iter.Seq2[Node, bool] {
	return func(yield func(Node, bool) bool) {
		for {
			b, is := n.(*Binary)
			if !is || b.Op.IsComparison() {
				term, negated := positive(n)
				yield(term, truth != negated)
				return
			}
			if truth == (b.Op == Or) {
				return // one of two sides decided, and it is not known which
			}
			if term, negated := positive(b.Right); !yield(term, truth != negated) {
				return
			}
			n = b.Left
		}
	}
}
