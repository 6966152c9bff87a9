package validator_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nanolint/nanolint/syntax"
)

// many repeats a piece of text with its number.
func many(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// Files that hold one mistake a hundred thousand times are answered in a time that grows with their size.
func TestManyMistakes(t *testing.T) {
	const n = 100_000
	const step = `{"id": "rejected", "type": "tool", "tool": "refuse"}`
	for _, c := range []struct {
		name, rule string
		text       func(n int) string
		lang       syntax.Lang
	}{
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
	} {
		t.Run(c.name, func(t *testing.T) {
			small := least(func() { analyze(t, c.text(n/10), c.lang) })
			text, start := c.text(n), time.Now()
			a := analyze(t, text, c.lang)
			big := time.Since(start)
			if len(of(a, c.rule)) == 0 {
				t.Errorf("%s reports nothing", c.rule)
			}
			if big > 40*small+time.Second {
				t.Errorf("%d bytes take %v, a tenth of them %v", len(text), big, small)
			}
		})
	}
}

// least is the shortest of three runs.
func least(f func()) time.Duration {
	best := time.Hour
	for range 3 {
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	return best
}
