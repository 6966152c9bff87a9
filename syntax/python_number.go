package syntax

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/syntax/python"
)

// number is the value of a number, with a minus sign before it if it is negative.
func (r *pythonReader) number(e *python.Expr, negative bool) *Node {
	digits := e
	if negative {
		digits = e.X
	}
	spelled := strings.ReplaceAll(strings.ToLower(digits.Name), "_", "")
	sign := ""
	if negative {
		sign = "-"
	}
	if len(spelled) > maxDigits {
		return r.opaque(e)
	}
	decimal := strings.Trim(spelled, "0123456789") == ""
	switch prefixed := len(spelled) > 1 && spelled[0] == '0' && strings.IndexByte("xob", spelled[1]) >= 0; {
	case decimal && spelled[0] == '0' && strings.Trim(spelled, "0") != "": // Python refuses 010
		return r.opaque(e)
	case decimal || prefixed:
		v, ok := new(big.Int).SetString(sign+spelled, 0)
		if !ok {
			return r.opaque(e)
		}
		return r.scalar(Int, e, v.String())
	}
	if _, err := strconv.ParseFloat(spelled, 64); err != nil && !isRange(err) {
		return r.opaque(e) // an imaginary one, too
	}
	return r.scalar(Float, e, sign+spelled)
}

// isRange reports whether a number is only too large: it is infinite then, as in Python.
func isRange(err error) bool {
	e, ok := err.(*strconv.NumError)
	return ok && e.Err == strconv.ErrRange
}

// unary is a number with a sign before it.
func (r *pythonReader) unary(e *python.Expr) *Node {
	if e.X.Kind != python.Number {
		return r.opaque(e)
	}
	if e.Name == "-" {
		return r.number(e, true)
	}
	n := r.number(e.X, false)
	n.Span, n.Style = e.Span, Computed
	return n
}

// specialFloat is the value of float("nan") and its like.
func (r *pythonReader) specialFloat(e *python.Expr, text string) *Node {
	switch name := strings.ToLower(strings.TrimSpace(text)); strings.TrimLeft(name, "+-") {
	case "nan", "inf", "infinity":
		return r.scalar(Float, e, name)
	}
	return r.opaque(e)
}
