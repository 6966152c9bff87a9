package config

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// someValues are of every type, right and wrong in every place.
var someValues = []string{
	`null`, `true`, `false`, `3`, `0.5`, `""`, `"x"`, `"error"`, `"off"`, `"0.8.6"`, `"strict"`, `"never"`, `[]`, `["x"]`, `[3]`, `[null]`, `[["x"]]`,
	`[{}]`, `{}`, `{"x": null}`, `{"x": "y"}`, `{"x": 3}`, `{"x": []}`, `{"x": ["y"]}`, `{"x": {}}`, `{"x": "error"}`, `{"x": {"type": "string"}}`,
	`{"x": {"type": "text"}}`, `[{"name": "x"}]`, `[{"name": 3}]`, `[{"name": "x", "suspends": "yes"}]`, `[{"name": "x", "inputSchema": {"a": 1}}]`,
	`[{"manifest": "x"}]`, `[{"nme": "x"}]`, `{"tool_capabilities": {"x": ["y"]}}`, `{"tool_capabilities": ["x"]}`, `{"policy_id": "x"}`,
	`[{"files": ["x"], "ignore": ["y"]}]`, `[{"files": "x"}]`, `[{"ignore": ["y"]}]`, `[{"files": ["x"], "preset": "strict"}]`,
	`[{"path": "x", "rules": ["y"], "reason": "z"}]`, `[{"path": "x"}]`, `[{"path": "x", "rules": "y"}]`, `[{"path": "x", "rules": [], "line": 3}]`,
}

// Texts are judged by the part of JSON Schema that the package knows as by a validator that knows all of it.
func TestShapeIsTheSchema(t *testing.T) {
	whole, err := jsonschema.CompileString("config.schema.json", schemaText)
	if err != nil {
		t.Fatal(err)
	}
	accepted := 0
	judge := func(text string) {
		t.Helper()
		var v any
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		f := source.NewFile("x.json", text)
		var said []string
		s := shape{file: f, complain: func(at source.Span, m string) {
			if at.Start < 0 || at.End > len(text) || at.Len() == 0 {
				t.Errorf("%s: %q is at %v", text, m, at)
			}
			said = append(said, m)
		}}
		s.check(syntax.Parse(f, syntax.JSON)[0].Root, schema())
		if want := whole.Validate(v); (want == nil) != (said == nil) {
			t.Errorf("%s: said %q, the validator %v", text, said, want)
		}
		if said == nil {
			accepted++
		}
	}
	keys := keysOf(schema().Get("properties"))
	for _, key := range append(keys, "preste") {
		for _, v := range someValues {
			judge(fmt.Sprintf(`{%q: %s}`, key, v))
			judge(fmt.Sprintf(`{"overrides": [{"files": ["x"], %q: %s}]}`, key, v))
		}
	}
	for _, v := range someValues {
		judge(v)
	}
	if accepted < 2*len(keys) {
		t.Errorf("only %d texts were accepted", accepted)
	}
}

// What the schema knows of the rest of nanolint is right.
func TestSchemaKnowsTheVersions(t *testing.T) {
	var want []string
	for _, v := range program.Versions() {
		want = append(want, v.String())
	}
	var got []string
	for _, n := range schema().At("/properties/target-version/enum").Items {
		got = append(got, n.Text.Value)
	}
	if !slices.Equal(got, want) {
		t.Errorf("versions %q, want %q", got, want)
	}
	if d := schema().At("/properties/target-version/default").Text.Value; d != program.Newest.String() {
		t.Errorf("default version %q", d)
	}
}

// Every key and every value is explained, and the examples are right.
func TestSchemaIsDocumented(t *testing.T) {
	for _, p := range schema().Get("properties").Pairs {
		key := p.Key.Text.Value
		if !strings.HasSuffix(p.Value.Get("description").StringValue(), ".") {
			t.Errorf("%s has no description", key)
		}
		for _, n := range itemsOf(p.Value.Get("examples")) {
			text := fmt.Sprintf("{%q: %s}", key, syntax.Inline(n, syntax.JSON))
			f := source.NewFile("x.json", text)
			s := shape{file: f, complain: func(_ source.Span, m string) { t.Errorf("%s: %s", text, m) }}
			s.check(syntax.Parse(f, syntax.JSON)[0].Root, schema())
		}
	}
	for _, d := range schema().Get("$defs").Pairs {
		for _, p := range pairsOf(d.Value.Get("properties")) {
			if !strings.HasSuffix(p.Value.Get("description").StringValue(), ".") {
				t.Errorf("%s of %s has no description", p.Key.Text.Value, d.Key.Text.Value)
			}
		}
	}
}

func pairsOf(n *syntax.Node) []syntax.Pair {
	if n == nil {
		return nil
	}
	return n.Pairs
}
