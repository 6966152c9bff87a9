package cond

import (
	"math"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/value"
)

// Format is n as a condition is written, so that [Parse] reads the same tree from it. It is false if
// the language has no words for n: brackets would be needed, a not in the middle, a string with both
// kinds of quotes, a list, or something is missing.
func Format(n Node) (string, bool) {
	var few [8]*Binary
	joined, first := spine(n, few[:0])
	f := formatter{ok: true}
	if not, is := first.(*Not); is {
		f.b.WriteString("not ")
		first = not.Operand
	}
	f.term(first)
	for i := len(joined) - 1; i >= 0 && f.ok; i-- {
		f.ok = joined[i].Op != NoOp
		f.op(joined[i].Op)
		f.term(joined[i].Right)
	}
	return f.b.String(), f.ok
}

type formatter struct {
	b  strings.Builder
	ok bool
}

func (f *formatter) op(op Op) {
	f.b.WriteByte(' ')
	f.b.WriteString(op.String())
	f.b.WriteByte(' ')
}

func (f *formatter) term(n Node) {
	if b, is := n.(*Binary); is && b.Op.IsComparison() {
		f.operand(b.Left)
		f.op(b.Op)
		n = b.Right
	}
	f.operand(n)
}

func (f *formatter) operand(n Node) {
	switch n := n.(type) {
	case *Var:
		name := n.Path.String()
		f.ok = f.ok && len(name) > 1 && strings.Count(name, ".") == len(n.Path)-1 &&
			strings.IndexFunc(name[1:], func(r rune) bool { return !isPathRune(r) }) < 0
		f.b.WriteString(name)
	case *Literal:
		f.literal(n.Value)
	default:
		f.ok = false
	}
}

func (f *formatter) literal(v value.Value) {
	switch v.Kind() {
	case value.None, value.Bool, value.Int:
		f.b.WriteString(value.Repr(v))
	case value.Float:
		f.float(v.Float())
	case value.String:
		quote := "'"
		if strings.Contains(v.Text(), quote) {
			quote = `"`
			f.ok = f.ok && !strings.Contains(v.Text(), quote)
		}
		f.b.WriteString(quote + v.Text() + quote)
	default:
		f.ok = false
	}
}

// float writes f without an exponent, which numbers of conditions have not. An infinite one is a number
// beyond the range.
func (f *formatter) float(x float64) {
	switch {
	case math.IsNaN(x):
		f.ok = false
	case math.IsInf(x, 0):
		if x < 0 {
			f.b.WriteByte('-')
		}
		f.b.WriteString(strings.Repeat("9", 309) + ".0")
	default:
		text := strconv.FormatFloat(x, 'f', -1, 64)
		f.b.WriteString(text)
		if !strings.Contains(text, ".") {
			f.b.WriteString(".0")
		}
	}
}
