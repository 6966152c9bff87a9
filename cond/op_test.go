package cond_test

import (
	"errors"
	"maps"
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/value"
)

func decoded(t *testing.T, texts ...string) (vs []value.Value) {
	t.Helper()
	for _, text := range texts {
		v, err := value.Decode(text)
		if err != nil {
			t.Fatal(err)
		}
		vs = append(vs, v)
	}
	return vs
}

// outcome is the set that holds one answer.
func outcome(yes bool, err error) cond.Outcomes {
	switch {
	case err != nil:
		return cond.CanFail
	case yes:
		return cond.CanBeTrue
	}
	return cond.CanBeFalse
}

// What an operator may answer for two kinds is exactly what it answers for values of them.
func TestKindsAgreeWithValues(t *testing.T) {
	values := decoded(t, `null`, `true`, `false`, `0`, `1`, `2`, `0.5`, `1.0`, `3.5`, `0.0`, `"a"`, `"ab"`, `""`, `[]`, `["a"]`,
		`["b"]`, `[1]`, `[true]`, `[0.5]`, `[null]`, `[[1]]`, `[{}]`, `[{"a":1}]`, `[[]]`, `{}`, `{"a":1}`, `{"ab":1}`)
	for op := cond.Equal; op.IsComparison(); op++ {
		var seen [value.Kinds][value.Kinds]cond.Outcomes
		for _, a := range values {
			for _, b := range values {
				seen[a.Kind()][b.Kind()] |= outcome(op.Apply(a, b))
			}
		}
		for a := range seen {
			for b, want := range seen[a] {
				if got := op.OnKinds(value.Kind(a), value.Kind(b)); got != want {
					t.Errorf("%s %s %s: %03b, values answer %03b", value.Kind(a), op, value.Kind(b), got, want)
				}
			}
		}
	}
	var truths [value.Kinds]cond.Outcomes
	for _, v := range values {
		truths[v.Kind()] |= outcome(v.Truth(), nil)
	}
	for k, want := range truths {
		if got := cond.Truth(value.Kind(k)); got != want {
			t.Errorf("truth of %s: %03b, values answer %03b", value.Kind(k), got, want)
		}
	}
}

func TestErrorsArePythons(t *testing.T) {
	v := decoded(t, `1`, `"a"`)
	_, err := cond.Less.Apply(v[1], v[0])
	var python value.TypeError
	if !errors.As(err, &python) || python != "'<' not supported between instances of 'str' and 'int'" ||
		err.Error() != "Type error evaluating '<': "+string(python) {
		t.Error(err)
	}
}

func TestOperatorClasses(t *testing.T) {
	for op, want := range map[cond.Op]cond.Class{
		cond.NoOp: cond.NoClass, cond.NotEqual: cond.Equality, cond.Less: cond.Order, cond.Contains: cond.Membership, cond.Or: cond.Logic,
	} {
		if op.Class() != want {
			t.Errorf("%s is of class %d", op, op.Class())
		}
	}
}

// Deciding over sets of outcomes covers every way to choose from them, and no more.
func TestDecideIsExactForIndependentTerms(t *testing.T) {
	for _, condition := range []string{"$a", "not $a", "$a and $b", "$a or $b", "not $a or $b and $c", "$a and $b or $c",
		"$a or $b or $c", "not $a and $b and $c", "$a or $b and $c or $d"} {
		root := cond.Parse(text(condition)).Root
		var names []string
		for v := range cond.Vars(root) {
			names = append(names, v.Path.Root().Name)
		}
		for assigned := range 1 << (3 * len(names)) {
			sets := map[string]cond.Outcomes{}
			for i, name := range names {
				sets[name] = cond.Outcomes(assigned >> (3 * i) & 7)
			}
			if got, want := cond.Decide(root, setOf(sets)), possible(root, names, sets, map[string]cond.Outcomes{}); got != want {
				t.Fatalf("%s with %v: %03b, possible are %03b", condition, sets, got, want)
			}
		}
	}
}

func setOf(sets map[string]cond.Outcomes) func(cond.Node) cond.Outcomes {
	return func(n cond.Node) cond.Outcomes { return sets[n.(*cond.Var).Path.Root().Name] }
}

// possible is what comes of each choice of one outcome per name. An empty set is a term that is never
// evaluated to the end; what needs it has no outcome.
func possible(root cond.Node, names []string, sets, chosen map[string]cond.Outcomes) (all cond.Outcomes) {
	if len(names) == 0 {
		return cond.Decide(root, setOf(chosen))
	}
	if sets[names[0]] == 0 {
		chosen[names[0]] = 0
		return possible(root, names[1:], sets, chosen)
	}
	for _, one := range []cond.Outcomes{cond.CanBeTrue, cond.CanBeFalse, cond.CanFail} {
		if sets[names[0]]&one != 0 {
			chosen[names[0]] = one
			all |= possible(root, names[1:], sets, chosen)
		}
	}
	return all
}

// For single values, deciding is evaluating: a term that fails is a comparison of None by order.
func TestDecideAgreesWithEval(t *testing.T) {
	for _, condition := range []string{"$a == 1", "not $a == 1 and $b < 1 or $c", "$a == 1 or $b < 1 and $c", "not $c or $b < 1"} {
		e := cond.Parse(text(condition))
		for i := range 8 {
			s := state{nil, map[string]value.Value{}}
			for bit, name := range []string{"a", "b", "c"} {
				if i>>bit&1 == 1 {
					s.data[name] = value.FromInt(1)
				}
			}
			got := cond.Decide(e.Root, func(term cond.Node) cond.Outcomes {
				return outcome(cond.Eval(term, s))
			})
			if want := outcome(e.Eval(s)); got != want {
				t.Errorf("%s with %v: %03b, evaluates to %03b", condition, s.data, got, want)
			}
		}
	}
}

// What is implied holds in every state in which the whole is true, or false, and nothing else does.
func TestImpliedIsExact(t *testing.T) {
	for _, condition := range []string{"$a", "not $a", "$a and $b", "$a or $b", "not $a or $b and $c", "$a and $b or $c",
		"$a or $b or $c", "not $a and $b and $c", "$a or $b and $c and $d", "$a and $b or $c or $d"} {
		root := cond.Parse(text(condition)).Root
		for _, truth := range []bool{true, false} {
			always := map[string]cond.Outcomes{} // the values of each name where the whole has that truth
			for i := range 16 {
				s := newState(value.Value{})
				for bit, name := range []string{"a", "b", "c", "d"} {
					s.data[name] = value.FromBool(i>>bit&1 == 1)
				}
				if yes, _ := cond.Eval(root, s); yes == truth {
					for name, v := range s.data {
						always[name] |= outcome(v.Truth(), nil)
					}
				}
			}
			implied := map[string]cond.Outcomes{"a": cond.Undecided, "b": cond.Undecided, "c": cond.Undecided, "d": cond.Undecided}
			for term, yes := range cond.Implied(root, truth) {
				implied[term.(*cond.Var).Path.Root().Name] = outcome(yes, nil)
			}
			if !maps.Equal(implied, always) {
				t.Errorf("%s, if %t: %v, but possible are %v", condition, truth, implied, always)
			}
		}
	}
}
