package schema

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/syntax"
)

// Values for the validator, which knows the types of JSON and nothing else. What has no such type is
// replaced by a value that the schema treats as construction treats the original.
var (
	noObject = []any{}          // refused where an object should be
	noScalar = map[string]any{} // refused where anything but an object should be
)

// object is the known fields of a mapping for the validator. members stands for the steps of its list
// of steps, which are judged one by one.
func (r *reading) object(members []any) map[string]any {
	m := make(map[string]any, len(r.table.fields))
	for i := range r.table.fields {
		f, n := &r.table.fields[i], r.values[i]
		switch {
		case n == nil:
		case n.Kind == syntax.Opaque:
			if f.Type == String {
				m[f.Name] = "?"
			} else if f.Type == Steps {
				m[f.Name] = []any{standIn("llm")}
			}
		case f.Type == Steps && isSequence(n):
			m[f.Name] = members
		default:
			m[f.Name] = f.convert(n)
		}
	}
	return m
}

// standIn is a valid step of that type.
func standIn(stepType string) map[string]any {
	return map[string]any{
		"id": "?", "type": stepType, "prompt": "?", "tool": "?", "condition": "?", "then": "?",
		"parallel_steps": []any{map[string]any{"id": "?", "type": "llm", "prompt": "?"}},
	}
}

func (f *Field) convert(n *syntax.Node) any {
	switch n.Kind {
	case syntax.Null:
		return nil
	case syntax.Bool:
		return n.Text.Value == "true"
	case syntax.Int:
		return convertInt(n)
	case syntax.Float:
		return convertFloat(n)
	case syntax.String:
		return f.convertString(n.Text.Value)
	case syntax.Bytes:
		if b, ok := decode(n); ok {
			return f.convertString(b)
		}
	case syntax.List, syntax.Set:
		if f.Type == Texts {
			return convertTexts(n)
		}
		return noObject
	case syntax.Map:
		return noScalar // an empty object says as much as a full one: nobody looks inside args
	}
	if f.Type == Object {
		return noObject
	}
	return noScalar
}

// isSequence reports whether construction takes n as a list. Python's sets count.
func isSequence(n *syntax.Node) bool { return n.Kind == syntax.List || n.Kind == syntax.Set }

// members is the entries of a sequence.
func members(n *syntax.Node) []*syntax.Node {
	if n.Kind != syntax.Set {
		return n.Items
	}
	keys := make([]*syntax.Node, len(n.Pairs))
	for i, p := range n.Pairs {
		keys[i] = p.Key
	}
	return keys
}

func convertTexts(n *syntax.Node) []any {
	entry := Field{Type: String}
	var list []any
	for _, m := range members(n) {
		if m.Kind == syntax.Opaque {
			list = append(list, "?")
		} else {
			list = append(list, entry.convert(m))
		}
	}
	if list == nil {
		return noObject
	}
	return list
}

// The validator computes with fractions of big integers: a number must not be longer than this.
const safeDigits = 300

func convertInt(n *syntax.Node) json.Number {
	digits := n.Text.Value
	switch {
	case len(digits) <= safeDigits:
		return json.Number(digits)
	case math.IsInf(n.Float(), 0):
		return "1e400" // too large for a float, as n is
	}
	return "1e300"
}

// convertFloat keeps what integer fields ask of a float: to have no fraction and to be less than 2^63.
// Float fields take every float, infinities and not-a-number too.
func convertFloat(n *syntax.Node) json.Number {
	v := n.Float()
	if v == math.Trunc(v) && math.Abs(v) < 1<<63 {
		return json.Number(strconv.FormatInt(int64(v), 10))
	}
	return "0.5"
}

// maxDigits is how long a text may be that construction converts to an integer, once it is trimmed.
const maxDigits = 4300

// convertString takes from a text that is too long for an integer what construction does not count:
// blanks, a plus sign, leading zeros, zeros behind the point, underscores.
func (f *Field) convertString(s string) string {
	if f.Type != Integer || len(s) <= maxDigits {
		return s
	}
	s = strings.TrimSpace(s)
	digits := strings.TrimLeft(s, "+-")
	sign := s[:len(s)-len(digits)]
	if whole, zeros, ok := strings.Cut(digits, "."); ok && zeros != "" && strings.Trim(zeros, "0") == "" {
		digits = whole
	}
	if strings.HasPrefix(digits, "0") {
		digits = cmp.Or(strings.TrimLeft(digits, "0_"), digits[len(digits)-1:])
	}
	if !strings.Contains(digits, "__") && !strings.HasPrefix(digits, "_") && !strings.HasSuffix(digits, "_") {
		digits = strings.ReplaceAll(digits, "_", "")
	}
	if sign == "+" {
		return digits
	}
	return sign + digits
}

// decode is the text that a !!binary value holds; construction takes bytes that are UTF-8 as a string.
func decode(n *syntax.Node) (string, bool) {
	clean := strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, n.Text.Value)
	b, err := base64.StdEncoding.DecodeString(clean)
	return string(b), err == nil && utf8.Valid(b)
}
