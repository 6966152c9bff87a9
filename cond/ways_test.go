package cond_test

import (
	"strings"
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/value"
)

func TestWays(t *testing.T) {
	for _, c := range []struct {
		condition string
		outcome   cond.Outcomes
		want      string
	}{
		{"$a", cond.CanBeTrue, "a"},
		{"not $a", cond.CanBeTrue, "-a"},
		{"$a and $b", cond.CanBeTrue, "a b"},
		{"$a and $b", cond.CanBeFalse, "a -b|-a"},
		{"not $a or $b", cond.CanBeTrue, "-a|a b"},
		{"$a or $b and $c", cond.CanBeTrue, "a c|-a b c"},
		{"$a < 1 and $b", cond.CanFail, "a<1 !b|!a<1"},
		{"'x' == 'y'", cond.CanBeTrue, "x==y"}, // whether a term can come to that is not asked
	} {
		ways, all := cond.Ways(cond.Parse(text(c.condition)).Root, c.outcome, 10)
		var got []string
		for _, way := range ways {
			var terms []string
			for _, j := range way {
				term, _ := cond.Format(j.Term)
				term = strings.NewReplacer("$", "", " ", "", "'", "").Replace(term)
				terms = append(terms, map[cond.Outcomes]string{cond.CanBeTrue: "", cond.CanBeFalse: "-", cond.CanFail: "!"}[j.Outcome]+term)
			}
			got = append(got, strings.Join(terms, " "))
		}
		if joined := strings.Join(got, "|"); joined != c.want || !all {
			t.Errorf("%s: %s, %t; want %s", c.condition, joined, all, c.want)
		}
	}
}

func TestWaysAreBounded(t *testing.T) {
	long := "$a" + strings.Repeat(" and $b or $c", 100)
	for outcome, want := range map[cond.Outcomes]int{cond.CanBeTrue: 64, cond.CanFail: 64} {
		if ways, all := cond.Ways(cond.Parse(text(long)).Root, outcome, 64); len(ways) != want || all {
			t.Errorf("%d ways, all: %t", len(ways), all)
		}
	}
	if ways, all := cond.Ways(cond.Parse(text("$a"+strings.Repeat(" and $b", 1000))).Root, cond.CanBeTrue, 64); len(ways) != 0 || all {
		t.Errorf("%d ways of a thousand terms, all: %t", len(ways), all)
	}
}

// Of all ways to all outcomes exactly one is the one that evaluation goes.
func TestOneWayIsGone(t *testing.T) {
	values := []value.Value{{}, value.FromBool(true), value.FromInt(1), value.FromString("x")}
	for _, condition := range []string{
		"$a and $b or $c", "not $a or $b and $c > 0", "$a > 0 and $b", "$a or $b or $c < 2", "$a and $b and $c", "not $a in $b",
	} {
		root := cond.Parse(text(condition)).Root
		for n := range len(values) * len(values) * len(values) {
			s := newState(value.Value{})
			for i, name := range []string{"a", "b", "c"} {
				s.data[name] = values[n/[]int{1, 4, 16}[i]%4]
			}
			gone := 0
			for _, outcome := range []cond.Outcomes{cond.CanBeTrue, cond.CanBeFalse, cond.CanFail} {
				ways, _ := cond.Ways(root, outcome, 64)
				for _, way := range ways {
					if !holds(way, s) {
						continue
					}
					gone++
					if yes, err := cond.Eval(root, s); outcomeOf(yes, err) != outcome {
						t.Fatalf("%s came to %t, %v on a way to %b", condition, yes, err, outcome)
					}
				}
			}
			if gone != 1 {
				t.Fatalf("%s goes %d ways at once on values %d", condition, gone, n)
			}
		}
	}
}

func holds(way []cond.Judged, s state) bool {
	for _, j := range way {
		if outcomeOf(cond.Eval(j.Term, s)) != j.Outcome {
			return false
		}
	}
	return true
}

func outcomeOf(yes bool, err error) cond.Outcomes {
	switch {
	case err != nil:
		return cond.CanFail
	case yes:
		return cond.CanBeTrue
	}
	return cond.CanBeFalse
}
