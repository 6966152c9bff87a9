package value

import (
	"math"
	"strings"
)

// AppendJSON appends v as json.dumps(v, ensure_ascii=False, separators=(",", ":")) writes it, but for
// lone surrogates, which are escaped so that the text is UTF-8. [Decode] reads an equal value from it.
func AppendJSON(dst []byte, v Value) []byte {
	switch v.kind {
	case None:
		return append(dst, "null"...)
	case Bool:
		if v.Bool() {
			return append(dst, "true"...)
		}
		return append(dst, "false"...)
	case Float:
		switch f := v.Float(); {
		case math.IsNaN(f):
			return append(dst, "NaN"...)
		case math.IsInf(f, 1):
			return append(dst, "Infinity"...)
		case math.IsInf(f, -1):
			return append(dst, "-Infinity"...)
		}
	case String:
		return appendJSONString(dst, v.Text())
	case List:
		dst = append(dst, '[')
		for i, item := range v.Items() {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = AppendJSON(dst, item)
		}
		return append(dst, ']')
	case Dict:
		dst = append(dst, '{')
		for i, p := range v.Pairs() {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendJSONString(dst, p.Key)
			dst = append(dst, ':')
			dst = AppendJSON(dst, p.Value)
		}
		return append(dst, '}')
	}
	return AppendRepr(dst, v)
}

// Finite is v with something else instead of each nan and infinity in it, for which JSON proper has no words.
func Finite(v Value, instead func(Value) Value) Value {
	switch v.kind {
	case Float:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return instead(v)
		}
	case List:
		items := make([]Value, len(v.Items()))
		for i, item := range v.Items() {
			items[i] = Finite(item, instead)
		}
		return FromItems(items)
	case Dict:
		pairs := make([]Pair, len(v.Pairs()))
		for i, p := range v.Pairs() {
			pairs[i] = Pair{Key: p.Key, Value: Finite(p.Value, instead)}
		}
		return FromPairs(pairs)
	}
	return v
}

func appendJSONString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for s != "" {
		plain := 0
		for plain < len(s) && s[plain] >= ' ' && s[plain] < 0x7f && s[plain] != '"' && s[plain] != '\\' {
			plain++
		}
		dst = append(dst, s[:plain]...)
		if s = s[plain:]; s == "" {
			break
		}
		r, n := DecodeRune(s)
		dst = appendJSONRune(dst, r, s[:n])
		s = s[n:]
	}
	return append(dst, '"')
}

// appendJSONRune appends the character r, spelled by s, as it stands in a JSON string.
func appendJSONRune(dst []byte, r rune, s string) []byte {
	const letters, meanings = `"\nrtfb`, "\"\\\n\r\t\f\b"
	if r < 0x7f {
		if i := strings.IndexByte(meanings, byte(r)); i >= 0 {
			return append(dst, '\\', letters[i])
		}
	}
	if r < ' ' || IsSurrogate(r) {
		return append(dst, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
	}
	return append(dst, s...)
}
