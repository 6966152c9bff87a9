package validator_test

import (
	"reflect"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// Whoever measures sees every rule once for each program, and what is found is the same.
func TestAround(t *testing.T) {
	f := source.NewFile("a.yaml", `steps: [{id: a, type: tool, tool: t, next_step: ghost}] # nanolint: ignore[undefined-target] later
---
steps: [{id: a, type: condition, condition: "$x = 1", then: b, otherwise: ghost}, {id: b, type: tool, tool: t}]
`)
	o := validator.Options{Lang: syntax.YAML}
	plain := validator.Analyze(f, o)
	if len(plain.Diagnostics) < 3 {
		t.Fatalf("only %d findings", len(plain.Diagnostics))
	}
	seen := make(map[string]int)
	o.Around = func(part string, run func()) {
		seen[part]++
		run()
	}
	if got := validator.Analyze(f, o); !reflect.DeepEqual(got.Diagnostics, plain.Diagnostics) {
		t.Errorf("measured, it finds\n%v\nand else\n%v", got.Diagnostics, plain.Diagnostics)
	}
	for _, r := range rules.Default() {
		if want := 2; !r.AboutSuppressions && seen[r.ID] != want {
			t.Errorf("%s is seen %d times, want %d", r.ID, seen[r.ID], want)
		}
	}
	for _, part := range []string{"syntax", "program", "schema", "graph", "data flow", "condition texts", "suppressions"} {
		if seen[part] == 0 {
			t.Errorf("%q is not seen", part)
		}
	}
}
