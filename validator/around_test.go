package validator_test

import (
	"fmt"
	"reflect"
	"strings"
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

// In a long program, rules run beside others. What is found is the same, in the same order, as when one runs behind the other.
func TestBeside(t *testing.T) {
	var text strings.Builder
	text.WriteString("steps:\n")
	for i := range 700 {
		fmt.Fprintf(&text, "  - {id: ask_%d, type: llm, prompt: Go on?, allowed_outputs: [yes, no], output_key: said_%d}\n", i, i)
		fmt.Fprintf(&text, "  - {id: decide_%d, type: condition, condition: \"$said_%d == 'maybe' && $sad_%d\", then: ghost_%d, otherwise: ask_%d}\n", i, i, i, i, i+2)
	}
	f := source.NewFile("a.yaml", text.String())
	o := validator.Options{Lang: syntax.YAML}
	beside := validator.Analyze(f, o)
	families := make(map[string]bool)
	for _, d := range beside.Diagnostics {
		families[d.Rule[:3]] = true
	}
	if len(families) < 4 {
		t.Errorf("findings of %v only", families)
	}
	o.Around = func(_ string, run func()) { run() }
	if behind := validator.Analyze(f, o); !reflect.DeepEqual(beside.Diagnostics, behind.Diagnostics) {
		t.Errorf("%d findings beside each other, %d behind each other, or others", len(beside.Diagnostics), len(behind.Diagnostics))
	}
}
