package cond_test

import (
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/value"
)

// What the machine made of conditions that stress its grammar: see testdata/record.py.
func TestOddConditionsAsTheMachine(t *testing.T) {
	var s state
	n := cases(t, "../testdata/conformance/expr-more.jsonl", func(c value.Value) {
		line := c.Items()
		if !line[1].IsNone() {
			s = newState(line[2])
			for _, p := range line[1].Pairs() {
				s.outputs[p.Key] = p.Value
			}
		}
		yes, err := cond.Parse(text(line[0].Text())).Eval(s)
		got := value.FromBool(yes)
		if err != nil {
			got = value.FromString(err.Error())
		}
		if value.Repr(got) != value.Repr(line[3]) {
			t.Errorf("%q: %s; recorded %s", line[0].Text(), value.Repr(got), value.Repr(line[3]))
		}
	})
	if n != 1500 {
		t.Errorf("%d cases", n)
	}
}
