package value_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/value"
)

// recorded calls f with each line of what Python answered: see testdata/value/record.py.
func recorded(t *testing.T, f func(line value.Value)) {
	t.Helper()
	data, err := os.ReadFile("../testdata/value/python.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		v, err := value.Decode(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		f(v)
	}
}

// field is the text of a field, and whether there is one.
func field(v value.Value, key string) (string, bool) {
	f, found := v.Get(key)
	if !found {
		return "", false
	}
	return f.Text(), true
}

func TestPairsAsPython(t *testing.T) {
	order := func(o value.Order) func(a, b value.Value) (bool, error) {
		return func(a, b value.Value) (bool, error) { return value.Compare(o, a, b) }
	}
	not := func(yes bool, err error) (bool, error) { return err == nil && !yes, err }
	ops := map[string]func(a, b value.Value) (bool, error){
		"==": func(a, b value.Value) (bool, error) { return value.Equal(a, b), nil },
		"!=": func(a, b value.Value) (bool, error) { return !value.Equal(a, b), nil },
		"<":  order(value.Less), "<=": order(value.LessEqual),
		">": order(value.Greater), ">=": order(value.GreaterEqual),
		"in":     func(a, b value.Value) (bool, error) { return value.Contains(b, a) },
		"not in": func(a, b value.Value) (bool, error) { return not(value.Contains(b, a)) },
	}
	var values []value.Value
	var legend value.Value
	pairs := 0
	recorded(t, func(line value.Value) {
		if list, found := line.Get("values"); found {
			for _, text := range list.Items() {
				v, err := value.Decode(text.Text())
				if err != nil {
					t.Fatalf("%s: %v", text.Text(), err)
				}
				values = append(values, v)
			}
		}
		if l, found := line.Get("legend"); found {
			legend = l
		}
		op, found := field(line, "op")
		if !found {
			return
		}
		rows, _ := line.Get("rows")
		for i, row := range rows.Items() {
			for j, letter := range []rune(row.Text()) {
				yes, err := ops[op](values[i], values[j])
				got := map[bool]string{true: "T", false: "F"}[yes]
				if err != nil {
					got = err.Error()
				}
				want := string(letter)
				if text, found := field(legend, want); found {
					want = text
				}
				pairs++
				if got != want {
					t.Errorf("%s %s %s: %s, in Python %s", value.Repr(values[i]), op, value.Repr(values[j]), got, want)
				}
			}
		}
	})
	if pairs < 100_000 {
		t.Errorf("only %d pairs", pairs)
	}
}

func TestPrintAsPython(t *testing.T) {
	n := 0
	recorded(t, func(line value.Value) {
		text, found := field(line, "json")
		if !found {
			return
		}
		v, err := value.Decode(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			return
		}
		n++
		if want, _ := field(line, "repr"); value.Repr(v) != want {
			t.Errorf("repr of %s: %q, in Python %q", text, value.Repr(v), want)
		}
		want, printed := field(line, "str")
		if !printed {
			return
		}
		if got := value.Str(v); got != want || string(value.AppendStr(nil, v)) != want {
			t.Errorf("str of %s: %q, in Python %q", text, got, want)
		}
		if truth, _ := line.Get("truth"); v.Truth() != truth.Bool() {
			t.Errorf("truth of %s: %t", text, v.Truth())
		}
		if want, _ := field(line, "dumps"); string(value.AppendJSON(nil, v)) != want {
			t.Errorf("JSON of %s: %s, in Python %s", text, value.AppendJSON(nil, v), want)
		}
	})
	if n < 2000 {
		t.Errorf("only %d values", n)
	}
}

func TestDecodeErrorsAsPython(t *testing.T) {
	n := 0
	recorded(t, func(line value.Value) {
		text, found := field(line, "bad")
		if !found {
			return
		}
		n++
		want, _ := field(line, "error")
		switch v, err := value.Decode(text); {
		case err == nil:
			t.Errorf("%q is read as %s, in Python %s", text, value.Repr(v), want)
		case err.Error() != want:
			t.Errorf("%q: %q, in Python %q", text, err, want)
		}
	})
	if n < 500 {
		t.Errorf("only %d texts", n)
	}
}

func TestCharactersAsPython(t *testing.T) {
	sets := map[string]func(rune) bool{
		"printable": value.IsPrintable, "word": value.IsWord, "space": value.IsSpace,
		"digit": func(r rune) bool { _, is := value.Digit(r); return is },
	}
	n := 0
	recorded(t, func(line value.Value) {
		if text, found := field(line, "strip"); found {
			if want, _ := field(line, "stripped"); value.Strip(text) != want {
				t.Errorf("%q stripped is %q, in Python %q", text, value.Strip(text), want)
			}
		}
		name, found := field(line, "set")
		if !found {
			return
		}
		n++
		members := make([]byte, 0x110000)
		for r := range members {
			members[r] = '0'
			if sets[name](rune(r)) {
				members[r] = '1'
			}
		}
		sum := sha256.Sum256(members)
		if want, _ := field(line, "sha256"); hex.EncodeToString(sum[:]) != want {
			t.Errorf("the set of %s characters is not Python's", name)
		}
	})
	if n != len(sets) {
		t.Errorf("%d sets", n)
	}
	for r, want := range map[rune]int{'7': 7, '٣': 3, '０': 0, '𝟗': 9, '𝟘': 0} {
		if got, is := value.Digit(r); !is || got != want {
			t.Errorf("digit %c: %d, %t", r, got, is)
		}
	}
}
