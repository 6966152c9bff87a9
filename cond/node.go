package cond

import (
	"iter"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

// Node is a part of an expression: [*Literal], [*Var], [*Not], [*Binary] or [*Missing].
//
// Of an expression that the machine accepts the tree is shallow: and and or lean to the left, under
// them stand comparisons and lone operands, the first of them perhaps under a Not. Only a mended tree
// has Missing, NoOp, or a Not elsewhere.
type Node interface {
	Span() source.Span
	sealed()
}

// Literal is a string, number, True, False or None.
type Literal struct {
	Value value.Value
	Place source.Span
}

// Var is a variable.
type Var struct {
	Path  Path
	Place source.Span
}

// Not negates.
type Not struct {
	OpSpan  source.Span
	Operand Node
}

// Binary is a comparison, or two truths joined by and or or.
type Binary struct {
	Op          Op
	OpSpan      source.Span
	Left, Right Node
}

// Missing is an operand that is not there, or that cannot be known.
type Missing struct{ Place source.Span }

// Span is where the literal is written, quotes and all.
func (n *Literal) Span() source.Span { return n.Place }

// Span is where the variable is written, with its dollar sign.
func (n *Var) Span() source.Span { return n.Place }

// Span reaches from the operator to the end of the operand.
func (n *Not) Span() source.Span { return join(n.OpSpan, n.Operand.Span()) }

// Span reaches from the left operand to the right one.
func (n *Binary) Span() source.Span {
	left := n.Left
	for {
		b, is := left.(*Binary)
		if !is {
			return join(left.Span(), n.Right.Span())
		}
		left = b.Left
	}
}

// Span is where something should stand.
func (n *Missing) Span() source.Span { return n.Place }

func join(a, b source.Span) source.Span {
	return source.Span{Start: min(a.Start, b.Start), End: max(a.End, b.End)}
}

func (*Literal) sealed() {}
func (*Var) sealed()     {}
func (*Not) sealed()     {}
func (*Binary) sealed()  {}
func (*Missing) sealed() {}

// spine is the chain of ands and ors that lean to the left, outermost first, and the node at its end.
// It is walked by a loop everywhere, because a condition may be a million terms long.
func spine(n Node, into []*Binary) ([]*Binary, Node) {
	for {
		b, is := n.(*Binary)
		if !is || b.Op.IsComparison() {
			return into, n
		}
		into = append(into, b)
		n = b.Left
	}
}

// Terms are the comparisons and lone operands of n in the order of evaluation, without their nots.
func Terms(n Node) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		var few [8]*Binary
		joined, term := spine(n, few[:0])
		term, _ = positive(term)
		for i := len(joined) - 1; yield(term) && i >= 0; i-- {
			term, _ = positive(joined[i].Right)
		}
	}
}

// positive is n without its nots, and whether they negate it.
func positive(n Node) (_ Node, negated bool) {
	for {
		not, is := n.(*Not)
		if !is {
			return n, negated
		}
		n, negated = not.Operand, !negated
	}
}

// Vars are the variables of n in the order of evaluation. A mended chain, 1 < $x < 5, has its middle
// twice.
func Vars(n Node) iter.Seq[*Var] {
	return func(yield func(*Var) bool) {
		for term := range Terms(n) {
			operands := [2]Node{term, nil}
			if b, is := term.(*Binary); is {
				operands = [2]Node{b.Left, b.Right}
			}
			for _, operand := range operands {
				operand, _ = positive(operand)
				if v, is := operand.(*Var); is && !yield(v) {
					return
				}
			}
		}
	}
}
