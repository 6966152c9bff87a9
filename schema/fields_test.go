package schema

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestFieldsAreTheModels compares the schema with the recorded models of the runtime.
func TestFieldsAreTheModels(t *testing.T) {
	data, err := os.ReadFile("../testdata/schema/fields.json")
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid([]byte(Text())) || !strings.Contains(Text(), `"$id": "`+schemaURL+`"`) {
		t.Error("the schema file does not name itself")
	}
	var want map[string][][3]any
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	for model, fields := range map[string][]Field{"program": ProgramFields(), "step": StepFields()} {
		if len(fields) != len(want[model]) || len(fields) > maxFields {
			t.Errorf("%s: %d fields, want %d", model, len(fields), len(want[model]))
			continue
		}
		for i, f := range fields {
			w := want[model][i]
			standard, _ := json.Marshal(w[2])
			if f.Name != w[0] || f.Required != w[1] || !f.Required && f.Default != string(standard) || f.Required && f.Default != "" {
				t.Errorf("%s field %d: %s required %v default %s, want %v", model, i, f.Name, f.Required, f.Default, w)
			}
			helpful(t, f)
		}
	}
}

func helpful(t *testing.T, f Field) {
	if f.Title == "" || strings.HasSuffix(f.Title, ".") || len(f.Title) > 40 {
		t.Errorf("%s: title %q", f.Name, f.Title)
	}
	if n := strings.Count(f.Description, ". "); !strings.HasSuffix(f.Description, ".") || n > 3 {
		t.Errorf("%s: description %q", f.Name, f.Description)
	}
	if len(f.Examples) == 0 && f.Type != Word {
		t.Errorf("%s: no example", f.Name)
	}
	if f.Nullable != (f.Default == "null") {
		t.Errorf("%s: null accepted %v, default %s", f.Name, f.Nullable, f.Default)
	}
	for _, v := range f.Values {
		if v.Description == "" {
			t.Errorf("%s: nothing about %s", f.Name, v.Name)
		}
	}
}

func TestLookups(t *testing.T) {
	f, ok := StepField("timeout_seconds")
	if !ok || f.Type != Number || !f.Nullable || !f.InBlock || !f.ReadBy("llm") || f.ReadBy("tool") {
		t.Errorf("timeout_seconds: %+v, %v", f, ok)
	}
	if f, ok := StepField("parallel_steps"); !ok || f.Type != Steps || f.InBlock {
		t.Errorf("parallel_steps: %+v, %v", f, ok)
	}
	if _, ok := StepField("prompts"); ok {
		t.Error("prompts is no field")
	}
	if f, ok := ProgramField("max_tokens"); !ok || f.Type != Integer {
		t.Errorf("max_tokens: %+v, %v", f, ok)
	}
	var block []string
	for _, f := range StepFields() {
		if f.InBlock {
			block = append(block, f.Name)
		}
	}
	want := []string{"id", "type", "prompt", "system", "tool", "args", "on_error", "allowed_outputs", "timeout_seconds", "on_timeout"}
	if !slices.Equal(block, want) {
		t.Errorf("a sub-step reads %q, want %q", block, want)
	}
}

// TestExamplesAreValid puts every example and default of the schema into a step.
func TestExamplesAreValid(t *testing.T) {
	for _, f := range StepFields() {
		values := slices.Clone(f.Examples)
		if f.Default != "" {
			values = append(values, f.Default)
		}
		for _, v := range f.Values {
			values = append(values, `"`+v.Name+`"`)
		}
		for _, text := range values {
			fields := standIn("llm")
			var v any
			if err := json.Unmarshal([]byte(text), &v); err != nil {
				t.Fatalf("%s: %s: %v", f.Name, text, err)
			}
			fields[f.Name] = v
			if v := judge(compiled().step, fields); len(v.faults) > 0 || v.rule != noRule && v.rule > 4 {
				t.Errorf("%s: %s: %+v", f.Name, text, v)
			}
		}
	}
}

func BenchmarkReadTables(b *testing.B) {
	for b.Loop() {
		readTables()
	}
}
