package validator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/syntax"
)

// many repeats a piece of text with its number.
func many(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, strings.ReplaceAll(format, "%[2]d", fmt.Sprint(i+1)), i)
	}
	return b.String()
}

// manyMistakes is a file that holds a mistake many times.
type manyMistakes struct {
	name, rule string
	text       func(n int) string
	lang       syntax.Lang
}

// lastStep is the step that many programs end with.
const lastStep = `{"id": "rejected", "type": "tool", "tool": "refuse"}`

// checkMany tells of files that hold one mistake a hundred thousand times: what is quadratic anywhere does not come to
// an end here in the time that a test has.
func checkMany(t *testing.T, files []manyMistakes) {
	for _, c := range files {
		t.Run(c.name, func(t *testing.T) {
			if a := analyze(t, c.text(100_000), c.lang); len(of(a, c.rule)) == 0 {
				t.Errorf("%s reports nothing", c.rule)
			}
		})
	}
}

func TestManyMistakes(t *testing.T) {
	const step = lastStep
	checkMany(t, []manyMistakes{
		{"equal keys", "NL008", func(n int) string {
			return `{"steps": [{"id": "a", "type": "tool", "tool": "t", "args": {` + many(n, `"key": %d, `) + `"key": 0}}]}`
		}, syntax.JSON},
		{"pairs of equal keys", "NL008", func(n int) string {
			return `{"steps": [{"id": "a", "type": "tool", "tool": "t", "args": {` + many(n, `"k%d": 1, `) + many(n, `"k%d": 2, `) + `"key": 0}}]}`
		}, syntax.JSON},
		{"fields that do not exist, in one step", "NL020", func(n int) string {
			return `{"steps": [{"id": "a", "type": "tool", "tool": "t", ` + many(n, `"next%d": "a", `) + `"goto": "a"}]}`
		}, syntax.JSON},
		{"fields that do not exist, in one YAML step", "NL020", func(n int) string {
			return "steps:\n  - id: a\n    type: tool\n    tool: t\n" + many(n, "    nextstep%d: a\n")
		}, syntax.YAML},
		{"fields that do not exist, in many steps", "NL020", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "s%d", "type": "tool", "tool": "t", "retries": 3}, `) + step + `]}`
		}, syntax.JSON},
		{"a field many times in a step", "NL008", func(n int) string {
			return `{"steps": [{"id": "a", "type": "tool", "tool": "t", ` + many(n, `"next_step": "s%d", `) + `"output_key": "k"}]}`
		}, syntax.JSON},
		{"targets that do not exist", "NL101", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "s%[1]d", "type": "tool", "tool": "t", "next_step": "t%[1]d"}, `) + step + `]}`
		}, syntax.JSON},
		{"steps that never run", "NL104", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "s%d", "type": "tool", "tool": "t", "is_terminal": true}, `) + step + `]}`
		}, syntax.JSON},
		{"branches that end the program", "NL105", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "c%[1]d", "type": "condition", "condition": "$x", "then": "a%[1]d", "otherwise": "c%[2]d"}, {"id": "a%[1]d", "type": "llm", "prompt": "p"}, {"id": "b%[1]d", "type": "llm", "prompt": "p"}, `) + step + `]}`
		}, syntax.JSON},
		{"one step that all conditions choose", "NL108", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "c%d", "type": "condition", "condition": "$x", "then": "rejected", "on_error": "skip"}, `) + step + `]}`
		}, syntax.JSON},
		{"circles of two", "NL115", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "a%[1]d", "type": "tool", "tool": "t", "next_step": "c%[1]d"}, {"id": "c%[1]d", "type": "condition", "condition": "$x", "then": "a%[1]d", "otherwise": "b%[1]d"}, {"id": "b%[1]d", "type": "llm", "prompt": "p", "next_step": "a%[2]d"}, `) + step + `]}`
		}, syntax.JSON},
		{"one circle of all steps", "NL115", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "s%d", "type": "tool", "tool": "t"}, `) + `{"id": "c", "type": "condition", "condition": "$x", "then": "back", "otherwise": "rejected"}, {"id": "back", "type": "llm", "prompt": "p", "next_step": "s0"}, ` + step + `]}`
		}, syntax.JSON},
		{"equal ids", "NL023", func(n int) string {
			return `{"steps": [` + strings.Repeat(step+", ", n) + step + `]}`
		}, syntax.JSON},
		{"equal ids of sub-steps", "NL024", func(n int) string {
			return `{"steps": [{"id": "b", "type": "parallel", "parallel_steps": [` + strings.Repeat(step+", ", n) + step + `]}]}`
		}, syntax.JSON},
		{"equal ids of sub-steps in many blocks", "NL024", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "b%d", "type": "parallel", "parallel_steps": [`+step+`]}, `) +
				`{"id": "b", "type": "parallel", "parallel_steps": [` + step + `]}]}`
		}, syntax.JSON},
		{"steps without a type", "NL010", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "s%d", "tool": "t"}, `) + step + `]}`
		}, syntax.JSON},
		{"answers that are numbers", "NL011", func(n int) string {
			return `{"steps": [{"id": "a", "type": "llm", "prompt": "p", "allowed_outputs": [` + many(n, `%d, `) + `0]}]}`
		}, syntax.JSON},
		{"names that no variable can spell", "NL026", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "step-%[1]d", "type": "llm", "prompt": "$step-%[1]d"}, `) + step + `]}`
		}, syntax.JSON},
		{"one name that no variable can spell, used often", "NL026", func(n int) string {
			return `{"steps": [{"id": "step-0", "type": "llm", "prompt": "` + strings.Repeat("$step-0 ", n) + `"}]}`
		}, syntax.JSON},
		{"words that YAML takes for booleans", "NL019", func(n int) string {
			return "steps:\n  - id: a\n    type: tool\n    tool: t\n    args:\n" + many(n, "      k%d: no\n")
		}, syntax.YAML},
	})
}

func TestManyMistakesOfRuns(t *testing.T) {
	const step = lastStep
	checkMany(t, []manyMistakes{
		{"suspended steps whose next_step is not followed", "NL601", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "await%[1]d", "type": "tool", "tool": "await_answer", "next_step": "b%[1]d"}, {"id": "a%[1]d", "type": "llm", "prompt": "p"}, {"id": "b%[1]d", "type": "llm", "prompt": "$await%[1]d"}, `) +
				`{"id": "rejected", "type": "tool", "tool": "refuse", "args": {"answer": "$__webhook__"}}]}`
		}, syntax.JSON},
		{"outputs of steps that suspend", "NL602", func(n int) string {
			return `{"steps": [` + many(n, `{"id": "await%[1]d", "type": "tool", "tool": "await_answer"}, {"id": "b%[1]d", "type": "llm", "prompt": "$await%[1]d"}, `) +
				`{"id": "rejected", "type": "tool", "tool": "refuse", "args": {"answer": "$__webhook__"}}]}`
		}, syntax.JSON},
		{"outputs of one block that skips", "NL704", func(n int) string {
			return `{"steps": [{"id": "b", "type": "parallel", "on_error": "skip", "parallel_steps": [` +
				many(n, `{"id": "a%d", "type": "tool", "tool": "t"}, `) + step + `]}, ` + many(n, `{"id": "s%[1]d", "type": "llm", "prompt": "$b.a%[1]d and $a%[1]d"}, `) + step + `]}`
		}, syntax.JSON},
		{"a budget that is too small for many blocks", "NL509", func(n int) string {
			return `{"max_steps": 1, "steps": [` + many(n, `{"id": "b%[1]d", "type": "parallel", "parallel_steps": [{"id": "a%[1]d", "type": "tool", "tool": "t"}]}, `) + step + `]}`
		}, syntax.JSON},
		{"rows of steps that may be skipped", "NL511", func(n int) string {
			return `{"max_stalled_steps": 30, "steps": [` + many(n, `{"id": "s%d", "type": "tool", "tool": "t", "on_error": "skip"}, `) + step + `]}`
		}, syntax.JSON},
		{"circles under a small budget", "NL510", func(n int) string {
			return `{"max_steps": 4, "steps": [{"id": "p", "type": "tool", "tool": "t"}, {"id": "c", "type": "condition", "condition": "$x", "then": "rejected", "otherwise": "back"}, {"id": "back", "type": "llm", "prompt": "p", "next_step": "p"}, ` +
				many(n, `{"id": "a%[1]d", "type": "tool", "tool": "t"}, `) + step + `]}`
		}, syntax.JSON},
	})
}
