package trace

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// object is a mapping whose fields are being read, with what the reference makes of values that are not of a field's
// type.
type object struct {
	*reader
	node *syntax.Node
	path string // of the mapping, with a dot behind it
}

// start is a narrow place that stands for a mapping.
func start(n *syntax.Node) source.Span {
	if len(n.Pairs) > 0 {
		return n.Pairs[0].Key.Span
	}
	return n.Span
}

// get is the value of a field, nil if it is absent or null.
func (o object) get(field string) *syntax.Node {
	if n := o.node.Get(field); n != nil && n.Kind != syntax.Null {
		return n
	}
	return nil
}

func (o object) complain(n *syntax.Node, field, format string, args ...any) {
	o.note(n.Span, "%s%s must be %s", o.path, field, fmt.Sprintf(format, args...))
}

// needs reports whether a field is there, and says so if it is not.
func (o object) needs(field string) bool {
	if o.node.Get(field) == nil {
		o.note(start(o.node), "%s has no %s", strings.TrimSuffix(o.path, "."), field)
		return false
	}
	return true
}

// text is a field that must be there and hold a string.
func (o object) text(field string) string {
	if !o.needs(field) {
		return ""
	}
	if n := o.node.Get(field); n.Kind != syntax.String {
		o.complain(n, field, "a string")
	}
	return o.node.Get(field).Text.Value
}

// optionalText is a string or null.
func (o object) optionalText(field string) string {
	if o.get(field) == nil {
		return ""
	}
	return o.text(field)
}

// word is a field that holds one of a few words.
func word[T ~string](o object, field string, absent T, words []T) T {
	n := o.node.Get(field)
	switch {
	case n == nil:
		return absent
	case n.Kind == syntax.String && slices.Contains(words, T(n.Text.Value)):
		return T(n.Text.Value)
	}
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	o.complain(n, field, "%s", "one of "+strings.Join(all, ", "))
	return absent
}

func (o object) value(field string) value.Value {
	if n := o.node.Get(field); n != nil {
		return runtime.ValueOf(n)
	}
	return value.Value{}
}

// list is a field that holds a list, empty if it is absent.
func (o object) list(field string) []*syntax.Node {
	n := o.node.Get(field)
	if n == nil {
		return nil
	}
	if n.Kind != syntax.List {
		o.complain(n, field, "a list")
	}
	return n.Items
}

// object is a field that holds an object, if it is there.
func (o object) object(field string) (object, bool) {
	n := o.get(field)
	if n == nil {
		return object{}, false
	}
	if n.Kind != syntax.Map {
		o.complain(n, field, "an object")
		return object{}, false
	}
	return object{o.reader, n, o.path + field + "."}, true
}

// integer is a field that holds a number of any size, 0 if it is absent.
func (o object) integer(field string) *big.Int {
	n := o.node.Get(field)
	if n == nil {
		return new(big.Int)
	}
	v, ok := program.IntOf(n)
	if !ok {
		o.complain(n, field, "a whole number")
		return new(big.Int)
	}
	return v
}

// count is a number of things that were counted.
func (o object) count(field string) int {
	v := o.integer(field)
	if !v.IsInt64() || v.Sign() < 0 || v.Int64() > math.MaxInt32 {
		o.complain(o.node.Get(field), field, "a count, from 0 to %d", math.MaxInt32)
		return 0
	}
	return int(v.Int64())
}

// float is a number or null.
func (o object) float(field string) *float64 {
	n := o.get(field)
	if n == nil {
		return nil
	}
	v, ok := program.FloatOf(n)
	if !ok {
		o.complain(n, field, "a number or null")
	}
	return &v
}

func (o object) times() Times {
	t := Times{Started: o.time("started_at"), Finished: o.time("finished_at")}
	if ms := o.float("duration_ms"); ms != nil {
		t.Duration = value.FromFloat(*ms)
	}
	return t
}

func (o object) time(field string) string {
	s := o.optionalText(field)
	if s == "" {
		return ""
	}
	if _, _, ok := parseTime(s); !ok {
		o.complain(o.node.Get(field), field, "a time as in 2026-01-31T12:00:00.123456Z, or null")
	}
	return s
}

// parseTime reads a time as pydantic or isoformat() of Python writes it: with an offset, with Z, or with neither.
func parseTime(s string) (at time.Time, hasOffset, ok bool) {
	s = strings.Replace(s, " ", "T", 1)
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at, true, true
	}
	at, err := time.Parse("2006-01-02T15:04:05", s)
	return at, false, err == nil
}

// isoformat is a time as isoformat() of Python writes it.
func isoformat(s string) string {
	at, hasOffset, ok := parseTime(s)
	if !ok {
		return ""
	}
	layout := "2006-01-02T15:04:05"
	if at.Nanosecond()/1000 != 0 {
		layout += ".000000"
	}
	if hasOffset {
		layout += "-07:00"
	}
	return at.Format(layout)
}
