package cond

import "testing"

func TestOperatorsAreDocumented(t *testing.T) {
	n := 0
	for op := range Operators {
		if n++; op.Doc() == "" {
			t.Errorf("%s has no documentation", op)
		}
	}
	if n != len(operators)-1 {
		t.Errorf("%d operators, want %d", n, len(operators)-1)
	}
}
