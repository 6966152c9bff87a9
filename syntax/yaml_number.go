package syntax

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"
)

// An integer in another base than ten may be as long as it likes for Python. Beyond these bounds, which keep
// the time to convert it small, its value is not known.
const (
	maxOtherDigits = 50_000
	maxSexagesimal = 2000
)

// intValue is the decimal spelling of an integer, empty if it is too long to convert.
func intValue(spelled string) (decimal string, ok bool) {
	s := strings.ReplaceAll(spelled, "_", "")
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	var v *big.Int
	switch {
	case s == "":
		return "", false
	case s == "0":
		return "0", true
	case len(s) > maxOtherDigits && s[0] == '0':
		return "", true
	case strings.HasPrefix(s, "0b"):
		v, ok = parsePythonInt(s[2:], 2)
	case strings.HasPrefix(s, "0x"):
		v, ok = parsePythonInt(s[2:], 16)
	case s[0] == '0':
		v, ok = parsePythonInt(s, 8)
	case strings.Contains(s, ":"):
		parts := strings.Split(s, ":")
		if len(parts) > maxSexagesimal {
			return "", true
		}
		v = new(big.Int)
		for _, part := range parts {
			digit, valid := parsePythonInt(part, 10)
			if !valid {
				return "", false
			}
			v.Add(v.Mul(v, big.NewInt(60)), digit)
		}
		ok = true
	default:
		v, ok = parsePythonInt(s, 10)
	}
	if !ok {
		return "", false
	}
	if negative {
		v.Neg(v)
	}
	return v.String(), true
}

// parsePythonInt is int(s, base): blanks around, a sign and the prefix of the base are allowed. (Underscores are gone.)
func parsePythonInt(s string, base int) (*big.Int, bool) {
	s = strings.TrimFunc(s, unicode.IsSpace)
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	prefix := map[int]string{2: "0b", 8: "0o", 16: "0x"}[base]
	if prefix != "" && len(s) > 2 && strings.EqualFold(s[:2], prefix) {
		s = s[2:]
	}
	s = strings.Map(asciiDigit, s)
	if s == "" || s[0] == '-' || s[0] == '+' || base == 10 && len(s) > maxDigits {
		return nil, false
	}
	v, ok := new(big.Int).SetString(s, base)
	if ok && negative {
		v.Neg(v)
	}
	return v, ok
}

// asciiDigit replaces a decimal digit of any script, which Python accepts, by the one of ours.
func asciiDigit(c rune) rune {
	if c < unicode.MaxASCII || !unicode.Is(unicode.Nd, c) {
		return c
	}
	zero := c
	for unicode.Is(unicode.Nd, zero-1) && c-zero < 9 {
		zero--
	}
	return '0' + c - zero
}

// floatValue is the value of a float.
func floatValue(spelled string) (float64, bool) {
	s := strings.ToLower(strings.ReplaceAll(spelled, "_", ""))
	sign := 1.0
	if strings.HasPrefix(s, "-") {
		sign = -1
	}
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	switch {
	case s == "":
		return 0, false
	case s == ".inf":
		return math.Inf(int(sign)), true
	case s == ".nan":
		return math.NaN(), true
	case strings.Contains(s, ":"):
		v, ok := sexagesimal(strings.Split(s, ":"))
		return sign * v, ok
	}
	v, ok := parsePythonFloat(s)
	return sign * v, ok
}

// sexagesimal adds up the digits of a float in base 60, in the order that PyYAML does.
func sexagesimal(parts []string) (v float64, ok bool) {
	const most = 174 // 60 to this power is no float
	if len(parts) > most {
		return 0, false
	}
	base := big.NewInt(1)
	for i := len(parts) - 1; i >= 0; i-- {
		digit, valid := parsePythonFloat(parts[i])
		weight, _ := new(big.Float).SetInt(base).Float64()
		if !valid || math.IsInf(weight, 0) {
			return 0, false
		}
		v += digit * weight
		base.Mul(base, big.NewInt(60))
	}
	return v, true
}

// parsePythonFloat is float(s) for a string in lower case.
func parsePythonFloat(s string) (float64, bool) {
	s = strings.Map(asciiDigit, strings.TrimFunc(s, unicode.IsSpace))
	if strings.ContainsAny(s, "xp_") {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil || math.IsInf(v, 0)
}
