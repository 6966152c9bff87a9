package program_test

import (
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

func decode(t *testing.T, text string) *program.Program {
	t.Helper()
	doc := syntax.Parse(source.NewFile("test.yaml", text), syntax.YAML)[0]
	for _, p := range doc.Problems {
		t.Fatalf("%s: %s", text, p.Message)
	}
	return program.Decode(doc.Root, program.Newest)
}

// The fields that are read are those of the schema.
func TestDecodeKnowsTheFieldsOfTheSchema(t *testing.T) {
	for _, f := range schema.StepFields() {
		p := decode(t, "steps:\n  - {"+f.Name+": null}\n")
		if p.Steps[0].Extra {
			t.Errorf("%s is a field of the schema, and extra", f.Name)
		}
	}
	if !decode(t, "steps:\n  - {retries: 3}\n").Steps[0].Extra {
		t.Error("retries is no field of the schema, and not extra")
	}
}

// Of equal keys the last counts, what is merged counts less than what is written, and null is absent.
func TestDecodeTakesWhatTheRuntimeSees(t *testing.T) {
	p := decode(t, `
x-base: &base {tool: base, next_step: b, on_error: skip}
steps:
  - {id: a, type: tool, tool: first, tool: last, next_step: b}
  - {<<: *base, id: b, type: tool, next_step: null}
  - {id: a, type: condition, then: a, otherwise: ghost}
`)
	a, b, last := p.Steps[0], p.Steps[1], p.Steps[2]
	if got := a.Tool.Text.Value; got != "last" || !a.Repeated {
		t.Errorf("of two equal keys %q is taken", got)
	}
	if b.Tool.Text.Value != "base" || b.OnError != program.Skip || b.NextStep.Named() {
		t.Errorf("merged: tool %v, on_error %v, next_step %q", b.Tool, b.OnError, b.NextStep.Name())
	}
	if a.NextStep.To != b || last.Then.To != last || last.Otherwise.To != nil {
		t.Error("a name stands for the last step of that id, and for none if there is none")
	}
}
