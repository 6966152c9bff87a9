package lsp

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// words is what a cursor knows, in short.
func (c *cursor) words() string {
	if c.found == nil {
		return "outside"
	}
	var b strings.Builder
	if c.step != nil {
		fmt.Fprintf(&b, "step %s ", c.step.ID())
	}
	fmt.Fprintf(&b, "%s", c.field)
	for _, a := range c.args {
		fmt.Fprintf(&b, ".%s", a)
	}
	switch {
	case c.onKey:
		b.WriteString(" key")
	case c.use != nil:
		fmt.Fprintf(&b, " %v[%d]", c.use.Path, c.segment)
	case c.token != nil:
		fmt.Fprintf(&b, " %s", c.token.Text)
	}
	if c.isText() {
		b.WriteString(" text")
	}
	if c.isRef() {
		b.WriteString(" ref")
	}
	return strings.TrimSpace(b.String())
}

// TestCursor finds out what stands at the bar. What is broken behind it, or before it, changes nothing.
func TestCursor(t *testing.T) {
	for _, c := range []struct {
		lang       syntax.Lang
		text, want string
	}{
		{syntax.YAML, "na|me: x\nsteps: []\n", "name key"},
		{syntax.YAML, "name: |x\nsteps: []\n", "name"},
		{syntax.YAML, "steps:\n  - id: |a\n", "step a id"},
		{syntax.YAML, "steps:\n  - id: a|\n", "step a id"},
		{syntax.YAML, "steps:\n  - i|d: a\n", "step a id key"},
		{syntax.YAML, "steps:\n  - {id: a, then: b|}\n", "step a then ref"},
		{syntax.YAML, "steps:\n  - {id: a, then: | }\n", "step a"},
		{syntax.YAML, "steps:\n  - {id: a, next_step|: b}\n", "step a next_step key"},
		{syntax.YAML, "steps:\n  - {id: a, type: llm, prompt: hi $b.output.c|.d}\n", "step a prompt $b.output.c.d[2] text"},
		{syntax.YAML, "steps:\n  - {id: a, type: llm, prompt: hi $|b}\n", "step a prompt $b[0] text"},
		{syntax.YAML, "steps:\n  - {id: a, type: llm, prompt: h|i $b}\n", "step a prompt text"},
		{syntax.YAML, "steps:\n  - {id: a, type: tool, prompt: $|b}\n", "step a prompt"},
		{syntax.YAML, "steps:\n  - {id: a, type: condition, condition: $b =|= 'x'}\n", "step a condition == text"},
		{syntax.YAML, "steps:\n  - {id: a, type: condition, condition: $b == 'x|'}\n", "step a condition 'x' text"},
		{syntax.YAML, "steps:\n  - {id: a, type: tool, tool: t, args: {k: $|b}}\n", "step a args.k $b[0] text"},
		{syntax.YAML, "steps:\n  - {id: a, type: tool, tool: t, args: {k|: $b}}\n", "step a args.k key"},
		{syntax.YAML, "steps:\n  - {id: a, type: tool, tool: t, args: {k: {l: $|b}}}\n", "step a args.k.l $b[0]"},
		{syntax.YAML, "steps:\n  - id: p\n    parallel_steps:\n      - {id: |q}\n", "step q id"},
		{syntax.YAML, "steps:\n  - id: p\n    parallel_|steps:\n      - {id: q}\n", "step p parallel_steps key"},
		{syntax.YAML, "steps:\n  - &a {id: a, type: tool}\n  - *|a\n", "step a"},
		{syntax.YAML, "steps: []\n---\nna|me: b\n", "name key"},
		{syntax.JSON, `{"steps": [{"id": "a", "type": "condition", "condition": "\u0024b.out|put == '`, "step a condition $b.output[1] text"},
		{syntax.JSON, `{"steps": [{"id": "a", "next_step": "|`, "step a next_step ref"},
		{syntax.JSON, `{"steps": [{"id": "a" "next_step": "b|" {}`, "step a next_step ref"},
		{syntax.JSON, `{"program": {"steps": [{"id": "a|"}]}}`, "step a id"},
		{syntax.JSON, `{"program": {"steps": [{"id": "a"}]}, "x": "|y"}`, "outside"},
		{syntax.JSON, `{"steps": |5}`, "steps"},
		{syntax.JSON, `|`, ""},
	} {
		before, behind, _ := strings.Cut(c.text, "|")
		f := source.NewFile("", before+behind)
		found := validator.Read(f, validator.Options{Lang: c.lang})
		if got := cursorAt(found, len(before)).words(); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}
