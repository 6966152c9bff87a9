package validator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/syntax"
)

// steps are a plain step of each type, without the closing brace.
var steps = map[string]string{
	"llm":       `{"id": "ask", "type": "llm", "prompt": "Ask."`,
	"tool":      `{"id": "ask", "type": "tool", "tool": "ask"`,
	"condition": `{"id": "ask", "type": "condition", "condition": "$x == 1", "then": "ask", "otherwise": "ask"`,
	"parallel":  `{"id": "ask", "type": "parallel", "parallel_steps": [{"id": "sub", "type": "tool", "tool": "ask"}]`,
}

// Every field of the schema that a type of step does not read is reported there, and no other.
func TestFieldsOfOtherTypes(t *testing.T) {
	values := map[schema.Type]string{
		schema.String: `"ask"`, schema.Integer: "7", schema.Number: "7", schema.Texts: `["yes"]`, schema.Object: `{"a": 1}`,
		schema.Boolean: "true", schema.Steps: `[{"id": "sub", "type": "tool", "tool": "ask"}]`,
	}
	for _, f := range schema.StepFields() {
		if f.Required || f.Type == schema.Word {
			continue
		}
		for stepType, step := range steps {
			if strings.Contains(step, fmt.Sprintf("%q:", f.Name)) {
				continue
			}
			text := fmt.Sprintf(`{"steps": [%s, %q: %s}]}`, step, f.Name, values[f.Type])
			a := analyze(t, text, syntax.JSON)
			rule := "NL021"
			if f.Name == "allowed_outputs" {
				rule = "NL015"
			}
			if reported := len(of(a, rule)) > 0; reported == f.ReadBy(stepType) {
				t.Errorf("%s: %s reports it: %v", text, rule, reported)
			}
		}
	}
}

// Every number and boolean of the schema that is written as text is reported.
func TestFieldsThatAreConverted(t *testing.T) {
	check := func(f schema.Field, format string) {
		value := map[schema.Type]string{schema.Integer: `"7"`, schema.Number: `"7"`, schema.Boolean: `"yes"`}[f.Type]
		if value == "" {
			return
		}
		text := fmt.Sprintf(format, f.Name, value)
		if got := of(analyze(t, text, syntax.JSON), "NL022"); len(got) != 1 || got[0].Pointer == "" {
			t.Errorf("%s: %d findings", text, len(got))
		}
		text = fmt.Sprintf(strings.Replace(format, "%q: %s", "%s: %s", 1), f.Name, "0b11")
		if got := of(analyze(t, text, syntax.YAML), "NL018"); f.Type != schema.Boolean && len(got) != 1 {
			t.Errorf("%s: %d findings", text, len(got))
		}
	}
	for _, f := range schema.ProgramFields() {
		check(f, `{%q: %s, "steps": [`+steps["llm"]+`}]}`)
	}
	for _, f := range schema.StepFields() {
		check(f, `{"steps": [`+steps["llm"]+`, %q: %s}]}`)
	}
}
