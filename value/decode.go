package value

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// MaxDepth is how deep lists and dicts may be nested in JSON. Python gives up at about a thousand,
// depending on who calls.
const MaxDepth = 990

// MaxDigits is how many digits an int may have that Python reads from text.
const MaxDigits = 4300

// DigitsError is what Python says of n digits, too many for an int.
func DigitsError(n int) string {
	return fmt.Sprintf("Exceeds the limit (%d digits) for integer string conversion: value has %d digits; "+
		"use sys.set_int_max_str_digits() to increase the limit", MaxDigits, n)
}

// DecodeError is why a text is not JSON, in the words of json.loads.
type DecodeError struct {
	Message string
	Offset  int // in bytes
}

func (e *DecodeError) Error() string { return e.Message }

// errorAt is a message with its place, as Python words it.
func errorAt(message, text string, at int) *DecodeError {
	before := text[:at]
	line := 1 + strings.Count(before, "\n")
	column := 1 + countRunes(before[strings.LastIndexByte(before, '\n')+1:])
	return &DecodeError{fmt.Sprintf("%s: line %d column %d (char %d)", message, line, column, countRunes(before)), at}
}

func countRunes(s string) (n int) {
	for s != "" {
		_, size := DecodeRune(s)
		s = s[size:]
		n++
	}
	return n
}

// Decode is json.loads(text): NaN, Infinity and -Infinity are numbers, ints have any size, half of a
// surrogate pair may stand alone. The error is a [*DecodeError].
func Decode(text string) (Value, error) {
	d := decoder{text: text}
	if strings.HasPrefix(text, "\ufeff") {
		return Value{}, errorAt("Unexpected UTF-8 BOM (decode using utf-8-sig)", text, 0)
	}
	d.blank()
	v := d.value(0)
	d.blank()
	if d.err == nil && d.at < len(text) {
		d.fail("Extra data", d.at)
	}
	if d.err != nil {
		return Value{}, d.err
	}
	return v, nil
}

// decoder reads on from at. After the first error nothing that it returns counts.
type decoder struct {
	text string
	at   int
	err  *DecodeError
}

func (d *decoder) fail(message string, at int) {
	if d.err == nil {
		d.err = errorAt(message, d.text, at)
	}
}

// failNowhere fails with a message that has no place.
func (d *decoder) failNowhere(message string, at int) {
	if d.err == nil {
		d.err = &DecodeError{message, at}
	}
}

func (d *decoder) blank() {
	for d.at < len(d.text) {
		switch d.text[d.at] {
		case ' ', '\t', '\n', '\r':
			d.at++
		default:
			return
		}
	}
}

// next is the byte at the place reached, 0 at the end: no JSON begins with 0.
func (d *decoder) next() byte {
	if d.at < len(d.text) {
		return d.text[d.at]
	}
	return 0
}

var words = []struct {
	word  string
	value Value
}{
	{"null", Value{}},
	{"true", FromBool(true)},
	{"false", FromBool(false)},
}

var floatWords = []string{"NaN", "Infinity", "-Infinity"} // strconv reads them too

func (d *decoder) value(depth int) Value {
	switch c := d.next(); {
	case c == '"':
		return FromString(d.str())
	case c == '[' || c == '{':
		if depth == MaxDepth {
			what := map[byte]string{'[': "array", '{': "object"}[c]
			d.failNowhere("maximum recursion depth exceeded while decoding a JSON "+what+" from a unicode string", d.at)
			return Value{}
		}
		d.at++
		d.blank()
		if c == '[' {
			return d.list(depth + 1)
		}
		return d.dict(depth + 1)
	}
	rest := d.text[d.at:]
	for _, w := range words {
		if strings.HasPrefix(rest, w.word) {
			d.at += len(w.word)
			return w.value
		}
	}
	for _, w := range floatWords {
		if strings.HasPrefix(rest, w) {
			d.at += len(w)
			f, _ := strconv.ParseFloat(w, 64)
			return FromFloat(f)
		}
	}
	return d.number()
}

func (d *decoder) list(depth int) Value {
	var items []Value
	if d.next() == ']' {
		d.at++
		return FromItems(nil)
	}
	for d.err == nil {
		items = append(items, d.value(depth))
		d.blank()
		c := d.next()
		if c == ']' {
			d.at++
			break
		}
		if c != ',' {
			d.fail("Expecting ',' delimiter", d.at)
		}
		d.at++
		d.blank()
	}
	return FromItems(items)
}

func (d *decoder) dict(depth int) Value {
	var pairs []Pair
	if d.next() == '}' {
		d.at++
		return FromPairs(nil)
	}
	for d.err == nil {
		if d.next() != '"' {
			d.fail("Expecting property name enclosed in double quotes", d.at)
			break
		}
		key := d.str()
		d.blank()
		if d.next() != ':' {
			d.fail("Expecting ':' delimiter", d.at)
			break
		}
		d.at++
		d.blank()
		pairs = append(pairs, Pair{key, d.value(depth)})
		d.blank()
		c := d.next()
		if c == '}' {
			d.at++
			break
		}
		if c != ',' {
			d.fail("Expecting ',' delimiter", d.at)
		}
		d.at++
		d.blank()
	}
	return FromPairs(pairs)
}

// digits is where the ASCII digits from at on end.
func (d *decoder) digits(at int) int {
	for at < len(d.text) && '0' <= d.text[at] && d.text[at] <= '9' {
		at++
	}
	return at
}

// number reads -?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)? as far as it goes.
func (d *decoder) number() Value {
	start, at := d.at, d.at
	if d.next() == '-' {
		at++
	}
	first := at
	at = d.digits(at)
	if at == first {
		d.fail("Expecting value", start)
		return Value{}
	}
	if d.text[first] == '0' {
		at = first + 1
	}
	whole := at
	if strings.HasPrefix(d.text[at:], ".") {
		if end := d.digits(at + 1); end > at+1 {
			at = end
		}
	}
	if at < len(d.text) && (d.text[at] == 'e' || d.text[at] == 'E') {
		exponent := at + 1
		if exponent < len(d.text) && (d.text[exponent] == '+' || d.text[exponent] == '-') {
			exponent++
		}
		if end := d.digits(exponent); end > exponent {
			at = end
		}
	}
	d.at = at
	text := d.text[start:at]
	if at > whole {
		f, _ := strconv.ParseFloat(text, 64) // beyond the range it is infinite, in Python too
		return FromFloat(f)
	}
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return FromInt(i)
	}
	if whole-first > MaxDigits {
		d.failNowhere(DigitsError(whole-first), start)
		return Value{}
	}
	i, _ := new(big.Int).SetString(text, 10)
	return FromBig(i)
}

// str reads a string from its opening quote on.
func (d *decoder) str() string {
	start := d.at
	d.at++
	var built []byte // nil as long as the text is verbatim
	copied := d.at
	for d.at < len(d.text) {
		switch c := d.text[d.at]; {
		case c == '"':
			rest := d.text[copied:d.at]
			d.at++
			if built == nil {
				return rest
			}
			return string(append(built, rest...))
		case c < ' ':
			d.fail("Invalid control character at", d.at)
			return ""
		case c == '\\':
			built = append(built, d.text[copied:d.at]...)
			d.at++
			if d.at == len(d.text) {
				continue
			}
			r, ok := d.escape()
			if !ok {
				return ""
			}
			built = appendRune(built, r)
			copied = d.at
		default:
			d.at++
		}
	}
	d.fail("Unterminated string starting at", start)
	return ""
}

// escape reads what stands behind a backslash.
func (d *decoder) escape() (rune, bool) {
	const letters, meanings = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	c := d.text[d.at]
	if i := strings.IndexByte(letters, c); i >= 0 {
		d.at++
		return rune(meanings[i]), true
	}
	if c != 'u' {
		d.fail(`Invalid \escape`, d.at-1)
		return 0, false
	}
	r, ok := d.hex4(d.at + 1)
	if !ok || d.at+5 == len(d.text) { // Python wants to see one character more
		d.fail(`Invalid \uXXXX escape`, d.at)
		return 0, false
	}
	d.at += 5
	if 0xd800 <= r && r < 0xdc00 && strings.HasPrefix(d.text[d.at:], `\u`) {
		if low, ok := d.hex4(d.at + 2); ok && 0xdc00 <= low && low < 0xe000 {
			d.at += 6
			return 0x10000 + (r-0xd800)<<10 + (low - 0xdc00), true
		}
	}
	return r, true
}

func (d *decoder) hex4(at int) (rune, bool) {
	if at+4 > len(d.text) {
		return 0, false
	}
	u, err := strconv.ParseUint(d.text[at:at+4], 16, 16)
	return rune(u), err == nil
}
