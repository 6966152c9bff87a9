package cond_test

import (
	"slices"
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

func lookupState(t *testing.T) state {
	v := decoded(t, `{"n":1,"in":{"x":"deep"},"output":"own"}`, `"text"`, `{"k":{"l":2}}`, `{"output":{"k":3}}`, `[1]`, `"data"`, `null`)
	return state{
		outputs: map[string]value.Value{"step": v[0], "word": v[1], "both": v[1], "list": v[4], "none": v[6]},
		data:    map[string]value.Value{"key": v[2], "wrapped": v[3], "both": v[5], "nil": v[6]},
	}
}

// One name, two rules: what it is in a condition, and in a prompt or argument ("-" where it stays text).
func TestLookup(t *testing.T) {
	s := lookupState(t)
	for _, c := range []struct{ path, condition, template string }{
		{"$word", "{'output': 'text'}", "'text'"},
		{"$word.output", "'text'", "'text'"},
		{"$word.output.output", "None", "'text'"},
		{"$step.n", "None", "1"},
		{"$step.output.n", "1", "1"},
		{"$step.output.in.x", "'deep'", "'deep'"},
		{"$step.in.output.x", "None", "'deep'"},
		{"$step.output.output", "'own'", "{'n': 1, 'in': {'x': 'deep'}, 'output': 'own'}"},
		{"$step.nope", "None", "-"},
		{"$list.output.0", "None", "-"},
		{"$none.output", "None", "None"},
		{"$key", "{'k': {'l': 2}}", "{'k': {'l': 2}}"},
		{"$key.output", "{'k': {'l': 2}}", "-"},
		{"$key.k.l", "2", "-"},
		{"$key.output.k.l", "2", "-"},
		{"$wrapped.output", "{'k': 3}", "-"},
		{"$wrapped.output.k", "3", "-"},
		{"$both", "'data'", "'text'"},
		{"$both.output", "'data'", "'text'"},
		{"$nil", "None", "None"},
		{"$nope", "None", "-"},
		{"$nope.output", "None", "-"},
	} {
		v, is := cond.Parse(text(c.path)).Root.(*cond.Var)
		if !is || v.Path.String() != c.path {
			t.Fatalf("%s is read as %v", c.path, v)
		}
		if got := value.Repr(v.Path.InCondition(s)); got != c.condition {
			t.Errorf("%s is %s in conditions, want %s", c.path, got, c.condition)
		}
		got := "-"
		if found, ok := cond.ParseTemplate(text(c.path)).Uses[0].Path.InTemplate(s); ok {
			got = value.Repr(found)
		}
		if got != c.template {
			t.Errorf("%s is %s in templates, want %s", c.path, got, c.template)
		}
	}
}

func TestTemplates(t *testing.T) {
	s := lookupState(t)
	for _, c := range []struct {
		text   string
		uses   []string
		result string // by repr
	}{
		{"", nil, "''"},
		{"no variable, ${x}, $ x, $-, $", nil, "'no variable, ${x}, $ x, $-, $'"},
		{"$step.n", []string{"$step.n"}, "1"},
		{"$step.n ", []string{"$step.n"}, "'1 '"},
		{"$nope", []string{"$nope"}, "'$nope'"},
		{"$$word", []string{"$word"}, "'$text'"},
		{"$word.", []string{"$word"}, "'text.'"},
		{"$word..n", []string{"$word"}, "'text..n'"},
		{"$word-$step.n$nil", []string{"$word", "$step.n", "$nil"}, "'text-1None'"},
		{"Dear $word.Please pay $5.00", []string{"$word.Please", "$5.00"}, "'Dear $word.Please pay $5.00'"},
		{"$key.k and $key", []string{"$key.k", "$key"}, `"$key.k and {'k': {'l': 2}}"`},
		{"é $wörd²! $word", []string{"$wörd²", "$word"}, "'é $wörd²! text'"},
	} {
		template := cond.ParseTemplate(text(c.text))
		var uses []string
		whole := ""
		for i, use := range template.Uses {
			uses = append(uses, use.Path.String())
			if c.text[use.Span.Start:use.Span.End] != use.Path.String() {
				t.Errorf("%q: %s is said to stand at %v", c.text, use.Path, use.Span)
			}
			whole += template.Literal(i) + use.Path.String()
		}
		if whole += template.Literal(len(uses)); whole != c.text {
			t.Errorf("%q in pieces is %q", c.text, whole)
		}
		if !slices.Equal(uses, c.uses) {
			t.Errorf("%q uses %q, want %q", c.text, uses, c.uses)
		}
		if got := value.Repr(template.Render(s)); got != c.result {
			t.Errorf("%q renders as %s, want %s", c.text, got, c.result)
		}
	}
}

func TestLooksLikeName(t *testing.T) {
	for path, want := range map[string]bool{"$x": true, "$_1.2": true, "$é": true, "$5": false, "$5.00": false, "$٣x": false, "$.a": false} {
		if got := cond.Parse(text(path)).Root.(*cond.Var).Path.LooksLikeName(); got != want {
			t.Errorf("%s: %t", path, got)
		}
	}
}

// In a file that spells quotes and dollar signs as escapes, places are still the bytes that spell them.
func TestPlacesThroughEscapes(t *testing.T) {
	const file = `"\u0027yes\u0027 in \u0024d.output !"`
	var b source.TextBuilder
	for _, piece := range []struct {
		at      int
		escaped bool
		s       string
	}{{1, true, "'"}, {7, false, "yes"}, {10, true, "'"}, {16, false, " in "}, {20, true, "$"}, {26, false, "d.output !"}} {
		if piece.escaped {
			b.Escape(source.Span{Start: piece.at, End: piece.at + 6}, piece.s)
		} else {
			b.Verbatim(piece.at, piece.s)
		}
	}
	t1 := b.Text(source.Span{End: len(file)})
	e := cond.Parse(t1)
	var got []string
	for _, token := range e.Tokens {
		got = append(got, file[token.Span.Start:token.Span.End])
	}
	if want := []string{`\u0027yes\u0027`, `in`, `\u0024d.output`, `!`}; !slices.Equal(got, want) {
		t.Errorf("tokens are spelled %q", got)
	}
	v := e.Root.(*cond.Binary).Right.(*cond.Var)
	if s := v.Path[1].Span; file[s.Start:s.End] != "output" || v.Path.Root().Name != "d" {
		t.Errorf("the field stands at %v", s)
	}
	if use := cond.ParseTemplate(t1).Uses[0]; file[use.Span.Start:use.Span.End] != `\u0024d.output` {
		t.Errorf("the use stands at %v", use.Span)
	}
}
