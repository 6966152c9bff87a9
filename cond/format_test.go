package cond_test

import (
	"math"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/value"
)

func TestFormat(t *testing.T) {
	for in, want := range map[string]string{
		"($a)":                                      "$a",
		"not $a.output=='yes'&":                     "not $a.output == 'yes'",
		"$a not\n in \"b\" or $c and $d":            "$a not in 'b' or $c and $d",
		`$a == "it's" and '"' != $b`:                `$a == "it's" and '"' != $b`,
		"$a contains ٣.٥ or - 7 >= 1.0":             "$a contains 3.5 or 7 >= 1.0",
		"None == True and -0.0 < -5":                "None == True and -0.0 < -5",
		"1000000000000000000000000.0":               "1000000000000000000000000.0",
		strings.Repeat("8", 400) + ".5":             strings.Repeat("9", 309) + ".0",
		"$x == -" + strings.Repeat("9", 400) + ".0": "$x == -" + strings.Repeat("9", 309) + ".0",
	} {
		e := cond.Parse(text(in))
		if got, ok := cond.Format(e.Root); !ok || got != want {
			t.Errorf("%s is written %s, %t; want %s", in, got, ok, want)
		}
	}
}

func TestFormatHasNoWords(t *testing.T) {
	v := func(path string) cond.Node { return cond.Parse(text(path)).Root }
	literal := func(v value.Value) cond.Node { return &cond.Literal{Value: v} }
	both := &cond.Binary{Op: cond.Or, Left: v("$a"), Right: v("$b")}
	for name, n := range map[string]cond.Node{
		"nothing":            &cond.Missing{},
		"both quotes":        literal(value.FromString(`'"`)),
		"a list":             literal(value.FromItems(nil)),
		"nan":                literal(value.FromFloat(math.NaN())),
		"no operator":        &cond.Binary{Left: v("$a"), Right: v("$b")},
		"brackets":           &cond.Binary{Op: cond.And, Left: v("$a"), Right: both},
		"not of or":          &cond.Not{Operand: both},
		"not in the middle":  &cond.Binary{Op: cond.And, Left: v("$a"), Right: &cond.Not{Operand: v("$b")}},
		"a chain":            &cond.Binary{Op: cond.Less, Left: &cond.Binary{Op: cond.Less, Left: v("$a"), Right: v("$b")}, Right: v("$c")},
		"a hyphen":           &cond.Var{Path: cond.Path{{Name: "a-b"}}},
		"a dot in a segment": &cond.Var{Path: cond.Path{{Name: "a.b"}}},
		"an empty name":      &cond.Var{Path: cond.Path{{Name: ""}}},
	} {
		if got, ok := cond.Format(n); ok {
			t.Errorf("%s is written %s", name, got)
		}
	}
}
