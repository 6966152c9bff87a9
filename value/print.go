package value

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// Repr is repr(v).
func Repr(v Value) string { return string(AppendRepr(nil, v)) }

// Str is str(v): a string as it is, everything else as [Repr] has it.
func Str(v Value) string {
	if v.kind == String {
		return v.Text()
	}
	return Repr(v)
}

// AppendStr appends str(v).
func AppendStr(dst []byte, v Value) []byte {
	if v.kind == String {
		return append(dst, v.Text()...)
	}
	return AppendRepr(dst, v)
}

// AppendRepr appends repr(v).
func AppendRepr(dst []byte, v Value) []byte {
	switch v.kind {
	case None:
		return append(dst, "None"...)
	case Bool:
		if v.Bool() {
			return append(dst, "True"...)
		}
		return append(dst, "False"...)
	case Int:
		if v.ptr != nil {
			return v.Big().Append(dst, 10)
		}
		return strconv.AppendInt(dst, int64(v.num), 10)
	case Float:
		return appendFloat(dst, v.Float())
	case String:
		return AppendQuoted(dst, v.Text())
	case List:
		dst = append(dst, '[')
		for i, item := range v.Items() {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			dst = AppendRepr(dst, item)
		}
		return append(dst, ']')
	}
	dst = append(dst, '{')
	for i, p := range v.Pairs() {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = AppendQuoted(dst, p.Key)
		dst = append(dst, ": "...)
		dst = AppendRepr(dst, p.Value)
	}
	return append(dst, '}')
}

// appendFloat writes the fewest digits that are read as f again: plain from 1e-4 up to 1e16, with at
// least one decimal, and with an exponent beyond.
func appendFloat(dst []byte, f float64) []byte {
	switch abs := math.Abs(f); {
	case math.IsNaN(f):
		return append(dst, "nan"...)
	case math.IsInf(f, 1):
		return append(dst, "inf"...)
	case math.IsInf(f, -1):
		return append(dst, "-inf"...)
	case abs != 0 && (abs < 1e-4 || abs >= 1e16):
		return strconv.AppendFloat(dst, f, 'e', -1, 64)
	}
	dst = strconv.AppendFloat(dst, f, 'f', -1, 64)
	if f == math.Trunc(f) {
		dst = append(dst, ".0"...)
	}
	return dst
}

const hex = "0123456789abcdef"

// AppendQuoted appends repr of the string s.
func AppendQuoted(dst []byte, s string) []byte {
	quote := byte('\'')
	plain, double := true, false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"':
			double = true
		case c == '\'':
			quote, plain = '"', false
		case c < ' ' || c == '\\' || c >= 0x7f:
			plain = false
		}
	}
	if double {
		quote = '\''
	}
	dst = append(dst, quote)
	if plain {
		return append(append(dst, s...), quote)
	}
	for i := 0; i < len(s); {
		r, n := DecodeRune(s[i:])
		dst = appendQuotedRune(dst, r, s[i:i+n], quote)
		i += n
	}
	return append(dst, quote)
}

// appendQuotedRune appends the character r, spelled by s, as it stands between quotes.
func appendQuotedRune(dst []byte, r rune, s string, quote byte) []byte {
	switch {
	case r == rune(quote) || r == '\\':
		return append(dst, '\\', byte(r))
	case r == '\n':
		return append(dst, `\n`...)
	case r == '\r':
		return append(dst, `\r`...)
	case r == '\t':
		return append(dst, `\t`...)
	case IsPrintable(r):
		return append(dst, s...)
	case r < 0x100:
		return append(dst, '\\', 'x', hex[r>>4], hex[r&15])
	case r < 0x10000:
		return append(dst, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
	}
	dst = append(dst, '\\', 'U')
	for shift := 28; shift >= 0; shift -= 4 {
		dst = append(dst, hex[r>>shift&15])
	}
	return dst
}

// IsSurrogate reports whether r is half of a surrogate pair, which UTF-8 cannot encode.
func IsSurrogate(r rune) bool { return 0xd800 <= r && r < 0xe000 }

// DecodeRune is the first character of s and its length in bytes, 0 if s is empty.
func DecodeRune(s string) (rune, int) {
	r, n := utf8.DecodeRuneInString(s)
	if r != utf8.RuneError || n != 1 {
		return r, n
	}
	if len(s) >= 3 && s[0] == 0xed && s[1]&0xe0 == 0xa0 && s[2]&0xc0 == 0x80 {
		return 0xd000 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), 3
	}
	return 0xdc00 | rune(s[0]), 1
}

// appendRune appends the spelling of r, also of a surrogate.
func appendRune(dst []byte, r rune) []byte {
	if IsSurrogate(r) {
		return append(dst, 0xed, 0x80|byte(r>>6&0x3f), 0x80|byte(r&0x3f))
	}
	return utf8.AppendRune(dst, r)
}
