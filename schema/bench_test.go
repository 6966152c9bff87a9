package schema

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/syntax"
)

// tenMegabytes is a program whose steps are made by step.
func tenMegabytes(step func(i int) string) string {
	var b strings.Builder
	b.WriteString(`{"name": "big", "steps": [`)
	for i := 0; b.Len() < 10<<20; i++ {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString(step(i))
	}
	b.WriteString(`], "max_steps": 100}`)
	return b.String()
}

func plainStep(i int) string {
	switch i % 3 {
	case 0:
		return fmt.Sprintf(`{"id": "s%d", "type": "tool", "tool": "t", "args": {"a": "$x", "b": [1, 2]}, "next_step": "s%d"}`, i, i+1)
	case 1:
		return fmt.Sprintf(`{"id": "s%d", "type": "llm", "prompt": "Say yes or no to $x.", "allowed_outputs": ["yes", "no"], "timeout_seconds": 3}`, i)
	}
	return fmt.Sprintf(`{"id": "s%d", "type": "condition", "condition": "$s%d.output == 'yes'", "then": "s1", "otherwise": "s2"}`, i, i-1)
}

func BenchmarkCheck(b *testing.B) {
	for _, c := range []struct {
		name string
		step func(int) string
	}{
		{"plain", plainStep},
		{"converted", func(i int) string {
			return fmt.Sprintf(`{"id": "s%d", "type": "tool", "tool": "t", "on_error": "retry", "max_retries": "3", "args": {"a": "%060d"}}`, i, i)
		}},
		{"wrong", func(i int) string {
			return fmt.Sprintf(`{"id": "s%d", "type": "tool", "tool": 1, "on_error": "retry", "max_retries": "x", "args": {"a": "%060d"}}`, i, i)
		}},
		{"incomplete", func(i int) string {
			return fmt.Sprintf(`{"id": "s%d", "type": "tool", "on_error": "retry", "args": {"a": "%060d"}}`, i, i)
		}},
	} {
		root := parse(syntax.JSON, tenMegabytes(c.step))
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Check(root)
			}
		})
	}
}

// BenchmarkUnmarshal is the measure: a whole check of nanolint may take three times as long.
func BenchmarkUnmarshal(b *testing.B) {
	text := []byte(tenMegabytes(plainStep))
	for b.Loop() {
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCompile is what the first value that is not plain costs.
func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		compile()
	}
}
