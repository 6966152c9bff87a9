package program

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"github.com/nanolint/nanolint/syntax"
)

// What the runtime's construction makes of values that are not of a field's type. The schema says the
// same in its own way; a test compares the two.

// maxDigits is how long a number in a string may be, a minus sign included.
const maxDigits = 4300

// IntOf is the integer that an integer field takes n for.
func IntOf(n *syntax.Node) (*big.Int, bool) {
	if n == nil {
		return nil, false
	}
	switch n.Kind {
	case syntax.Int:
		return n.Int(), true
	case syntax.Bool:
		if n.Text.Value == "true" {
			return big.NewInt(1), true
		}
		return new(big.Int), true
	case syntax.Float:
		v := n.Float()
		if v != math.Trunc(v) || math.Abs(v) >= 1<<63 {
			return nil, false
		}
		return big.NewInt(int64(v)), true
	case syntax.String:
		return intOfString(n.Text.Value)
	}
	return nil, false
}

// intOfString reads digits with single underscores between them, a sign before and zeros behind a dot. The
// construction drops leading zeros before it looks at the rest, so "0__1" is 1 and "0-1" is -1.
func intOfString(s string) (*big.Int, bool) {
	s = strings.TrimFunc(s, isWhiteSpace)
	if whole, zeros, dotted := strings.Cut(s, "."); dotted {
		if zeros == "" || strings.Trim(zeros, "0") != "" {
			return nil, false
		}
		s = whole
	}
	digits := strings.TrimPrefix(s, "-")
	negative := len(digits) < len(s)
	if !negative {
		digits = strings.TrimPrefix(digits, "+")
	}
	if strings.HasPrefix(digits, "0") {
		rest := strings.TrimLeft(digits, "0_")
		if rest == "" {
			return new(big.Int), strings.HasSuffix(digits, "0")
		}
		if !negative && strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "-0") {
			negative, rest = true, strings.TrimPrefix(rest[1:], "_")
		}
		digits = rest
	}
	plain := strings.ReplaceAll(digits, "_", "")
	length := len(plain)
	if negative {
		length++
	}
	if plain == "" || length > maxDigits || strings.Trim(plain, "0123456789") != "" ||
		digits[0] == '_' || digits[len(digits)-1] == '_' || strings.Contains(digits, "__") {
		return nil, false
	}
	v, _ := new(big.Int).SetString(plain, 10)
	if negative {
		v.Neg(v)
	}
	return v, true
}

// isWhiteSpace is Unicode's White_Space, which is what the construction trims.
func isWhiteSpace(r rune) bool { return unicode.Is(unicode.White_Space, r) }

// FloatOf is the number that timeout_seconds takes n for.
func FloatOf(n *syntax.Node) (float64, bool) {
	if n == nil {
		return 0, false
	}
	switch n.Kind {
	case syntax.Int:
		v := n.Float()
		return v, !math.IsInf(v, 0)
	case syntax.Float:
		return n.Float(), true
	case syntax.Bool:
		if n.Text.Value == "true" {
			return 1, true
		}
		return 0, true
	case syntax.String:
		return floatOfString(n.Text.Value)
	}
	return 0, false
}

// floatOfString reads what Python's float does, but for underscores: they may stand anywhere but at the ends
// and side by side, as long as there are no blanks around.
func floatOfString(text string) (float64, bool) {
	s := strings.TrimFunc(text, isWhiteSpace)
	if strings.HasPrefix(s, "_") || strings.HasSuffix(s, "_") || strings.Contains(s, "__") ||
		strings.Contains(s, "_") && s != text || strings.ContainsAny(s, "xXpP") {
		return 0, false
	}
	s = strings.ReplaceAll(s, "_", "")
	if unsigned := strings.TrimLeft(s, "+-"); len(s)-len(unsigned) == 1 && strings.EqualFold(unsigned, "nan") {
		s = unsigned
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(v, 0) {
		return 0, false
	}
	return v, true
}

// BoolOf is the truth that is_terminal takes n for.
func BoolOf(n *syntax.Node) (value, ok bool) {
	if n == nil {
		return false, false
	}
	switch n.Kind {
	case syntax.Bool:
		return n.Text.Value == "true", true
	case syntax.Int, syntax.Float:
		switch n.Float() {
		case 0:
			return false, true
		case 1:
			return true, true
		}
	case syntax.String:
		switch strings.ToLower(n.Text.Value) {
		case "true", "t", "yes", "y", "on", "1":
			return true, true
		case "false", "f", "no", "n", "off", "0":
			return false, true
		}
	}
	return false, false
}
