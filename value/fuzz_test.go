package value_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nanolint/nanolint/value"
)

// What is read can be written and read again; the printed forms are all made without a panic.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5e3,"x\u00e9\n"],"b":{"c":null}}`, `[NaN,-Infinity,1E400,-0.0]`,
		`"\ud83d\ude00\ud83d \ude00"`, `{"a":1,"a":[]}`, "\n[\n{}]", "12345678901234567890", `"\`, `{"a":1,}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := value.Decode(text)
		if err != nil {
			if v.Kind() != value.None {
				t.Error("a value beside an error")
			}
			return
		}
		again, err := value.Decode(string(value.AppendJSON(nil, v)))
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(text) {
			return // a byte that is no UTF-8 is written as the surrogate it is printed as
		}
		list := func(v value.Value) value.Value { return value.FromItems([]value.Value{v}) } // where nan is nan
		if !value.Equal(list(v), list(again)) || value.Repr(v) != value.Repr(again) {
			t.Errorf("%q: %s, then %s", text, value.Repr(v), value.Repr(again))
		}
		if repr := value.Repr(v); strings.ContainsAny(repr, "\n\x00") {
			t.Errorf("repr on two lines: %q", repr)
		}
	})
}

// The operations agree with each other, whatever the values.
func FuzzPairs(f *testing.F) {
	f.Add(`[1,"a",null]`, `[1.0,"a",[]]`)
	f.Add(`9007199254740993`, `9007199254740992.0`)
	f.Add(`{"a":NaN}`, `{"a":NaN}`)
	f.Add(`18446744073709551616`, `1.8446744073709552e19`)
	f.Fuzz(func(t *testing.T, x, y string) {
		a, err := value.Decode(x)
		if err != nil {
			return
		}
		b, err := value.Decode(y)
		if err != nil {
			return
		}
		if value.Equal(a, b) != value.Equal(b, a) {
			t.Errorf("%s == %s depends on the order", x, y)
		}
		less, err := value.Compare(value.Less, a, b)
		greater, errBack := value.Compare(value.Greater, b, a)
		if less != greater || (err == nil) != (errBack == nil) {
			t.Errorf("%s < %s is not %s > %s", x, y, y, x)
		}
		atMost, _ := value.Compare(value.LessEqual, a, b)
		if less && !atMost || less && value.Equal(a, b) {
			t.Errorf("%s < %s, but not <=, or equal", x, y)
		}
		in, err := value.Contains(value.FromItems([]value.Value{a}), b)
		if err != nil || value.Equal(a, b) && !in {
			t.Errorf("%s is not in [%s]", y, x)
		}
	})
}
