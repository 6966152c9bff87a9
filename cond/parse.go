// Package cond is the condition language of workflow programs and the $variable templates of their
// prompts and arguments: lexer, parser, evaluator, and what analyses must know, over one table of
// operators.
//
// It promises the machine's answers, its oddities and the words of its errors included, and a place for
// every token, every character that the machine drops in silence, and every segment of a variable.
// However broken the text, there is a tree. The package does not judge: it says what is there and what
// the machine makes of it; which of that is a mistake is for the rules. It evaluates without arithmetic,
// clock or state, and knows nothing of steps.
package cond

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

// Expr is a condition.
type Expr struct {
	Text     source.Text
	Root     Node // what the machine evaluates or, if Err is set, what was probably meant
	Tokens   []Token
	Problems []Problem // what stands against the grammar, in the order of the text
	Err      string    // what the machine raises instead of evaluating anything; empty if it evaluates
}

// Problem is a place that the grammar does not allow.
type Problem struct {
	source.Note
	Code Code
}

// Code sorts problems.
type Code uint8

// The codes.
const (
	Empty           Code = iota // there is no token at all
	MissingOperand              // an operator lacks one of its sides
	MissingOperator             // two operands stand side by side
	Chained                     // a second comparison of the same operand, as in 1 < $x < 5
	StrayNot                    // not stands elsewhere than at the start
	MethodCall                  // $name.method(
	HugeNumber                  // an int of more digits than Python reads
)

// Parse reads a condition.
//
//	expression := [NOT] comparison { LOGIC comparison }
//	comparison := operand [ (OP | IN | NOT_IN | CONTAINS) operand ]
//	operand    := VAR | STR | NUM | BOOL
//
// The machine splits all of the text first, giving up at a method call, then parses until the first
// token that does not fit, then evaluates. Its error is therefore the first of these, whatever the
// values. The parser goes on behind it: a missing operand becomes [Missing], two terms side by side are
// joined by [NoOp], a chain is what it is in Python, and a not negates what follows it.
func Parse(t source.Text) *Expr {
	e := &Expr{Text: t, Tokens: lex(t)}
	p := parser{e: e}
	for i := range e.Tokens {
		if token := &e.Tokens[i]; token.Kind == Call {
			p.fail("Method calls are not supported in condition expressions: '"+token.Text+
				"'. Remove the method call and control output format via prompt instead "+
				"(e.g. 'Reply ONLY with: yes or no').",
				MethodCall, token.Span, "conditions cannot call methods")
		}
	}
	p.skipDropped()
	if p.peek() == nil {
		p.fail("Empty condition expression", Empty, t.Span, "the condition is empty")
		e.Root = &Missing{t.Span}
		return e
	}
	e.Root = p.expression()
	slices.SortStableFunc(e.Problems, func(a, b Problem) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return e
}

type parser struct {
	e  *Expr
	at int // the token reached, never a dropped one
	n  int // how many tokens were read, dropped ones not counted
}

// fail notes a problem. The machine raises the first one.
func (p *parser) fail(raises string, code Code, span source.Span, message string) {
	if p.e.Err == "" {
		p.e.Err = raises
	}
	p.e.Problems = append(p.e.Problems, Problem{source.Note{Span: span, Message: message}, code})
}

func (p *parser) skipDropped() {
	for p.at < len(p.e.Tokens) && p.e.Tokens[p.at].Kind == Dropped {
		p.at++
	}
}

// peek is the token reached, nil at the end.
func (p *parser) peek() *Token {
	if p.at < len(p.e.Tokens) {
		return &p.e.Tokens[p.at]
	}
	return nil
}

func (p *parser) next() {
	p.at++
	p.n++
	p.skipDropped()
}

// unexpected is what the machine raises at a token behind a complete comparison.
func (p *parser) unexpected(token *Token) string {
	return "Unexpected token at position " + strconv.Itoa(p.n) + ": ('" + token.Kind.String() + "', " +
		value.Repr(value.FromString(token.Text)) + ")"
}

// expected is what the machine raises at a token that is no operand.
func (p *parser) expected(token *Token) string {
	return "Expected operand, got " + token.Kind.String() + "=" + value.Repr(value.FromString(token.Text)) +
		" at position " + strconv.Itoa(p.n)
}

func (p *parser) expression() Node {
	root, last := p.term(true)
	for {
		token := p.peek()
		if token == nil {
			return root
		}
		switch {
		case token.Kind == LogicWord:
			p.next()
			var right Node
			right, last = p.term(false)
			root = &Binary{token.Op, token.Span, root, right}
		case token.Op.IsComparison():
			p.fail(p.unexpected(token), Chained, token.Span, "comparisons cannot be chained")
			p.next()
			right := p.operand()
			root = &Binary{And, token.Span, root, &Binary{token.Op, token.Span, last, right}}
			last = right
		default:
			code, message := MissingOperator, "an operator is missing in front of this"
			if token.Kind == NotWord {
				code, message = StrayNot, "not may stand at the start of a condition only"
			}
			p.fail(p.unexpected(token), code, token.Span, message)
			at := source.Span{Start: token.Span.Start, End: token.Span.Start}
			var right Node
			right, last = p.term(true)
			root = &Binary{NoOp, at, root, right}
		}
	}
}

// term reads a comparison or a lone operand with the nots in front of it, of which one is allowed if
// the caller says so. It also returns the operand that it ends with.
func (p *parser) term(mayNegate bool) (_, last Node) {
	nots := p.nots(mayNegate)
	left := p.operand()
	last = left
	if token := p.peek(); token != nil && token.Op.IsComparison() {
		p.next()
		last = p.operand()
		left = &Binary{token.Op, token.Span, left, last}
	}
	return negate(nots, left), last
}

func (p *parser) nots(mayNegate bool) (nots []source.Span) {
	for token := p.peek(); token != nil && token.Kind == NotWord; token = p.peek() {
		if !mayNegate {
			p.fail(p.expected(token), StrayNot, token.Span, "not may stand at the start of a condition only")
		}
		mayNegate = false
		nots = append(nots, token.Span)
		p.next()
	}
	return nots
}

func negate(nots []source.Span, n Node) Node {
	for i := len(nots) - 1; i >= 0; i-- {
		n = &Not{nots[i], n}
	}
	return n
}

func (p *parser) operand() Node {
	nots := p.nots(false)
	token := p.peek()
	if token == nil {
		end := p.e.Tokens[len(p.e.Tokens)-1].Span.End
		p.fail("Unexpected end of expression", MissingOperand, source.Span{Start: end, End: end},
			"an operand is missing at the end")
		return negate(nots, &Missing{source.Span{Start: end, End: end}})
	}
	var n Node
	switch token.Kind {
	case Variable:
		n = &Var{pathAt(p.e.Text, token.At+1, token.End()), token.Span}
	case Call:
		n = p.called(token)
	case String:
		n = &Literal{value.FromString(token.Text[1 : len(token.Text)-1]), token.Span}
	case Constant:
		n = &Literal{constants[token.Text], token.Span}
	case Number:
		n = p.number(token)
	default:
		p.fail(p.expected(token), MissingOperand, token.Span, "an operand is missing in front of this")
		return negate(nots, &Missing{source.Span{Start: token.Span.Start, End: token.Span.Start}})
	}
	p.next()
	return negate(nots, n)
}

var constants = map[string]value.Value{"True": value.FromBool(true), "False": value.FromBool(false), "None": {}}

// called is the variable whose method a call names. $len( has no variable.
func (p *parser) called(token *Token) Node {
	dot := strings.LastIndexByte(token.Text, '.')
	if dot <= 1 {
		return &Missing{token.Span}
	}
	return &Var{pathAt(p.e.Text, token.At+1, token.At+dot), p.e.Text.Sub(token.At, token.At+dot)}
}

// number reads digits of any script, as int() and float() do.
func (p *parser) number(token *Token) Node {
	text, digits := token.Text, 0
	ascii := make([]byte, 0, 24)
	for at := 0; at < len(text); {
		r, size := value.DecodeRune(text[at:])
		if d, is := value.Digit(r); is {
			digits++
			r = '0' + rune(d)
		}
		ascii = append(ascii, byte(r))
		at += size
	}
	if strings.Contains(text, ".") {
		f, _ := strconv.ParseFloat(string(ascii), 64) // beyond the range it is infinite, in Python too
		return &Literal{value.FromFloat(f), token.Span}
	}
	if digits > value.MaxDigits {
		p.fail(value.DigitsError(digits), HugeNumber, token.Span, "Python reads no int with so many digits")
		return &Missing{token.Span}
	}
	if i, err := strconv.ParseInt(string(ascii), 10, 64); err == nil {
		return &Literal{value.FromInt(i), token.Span}
	}
	i, _ := new(big.Int).SetString(string(ascii), 10)
	return &Literal{value.FromBig(i), token.Span}
}
