package syntax

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// chainProgram is a program of at least size bytes: a chain of steps as people write them.
func chainProgram(size int) string {
	var b strings.Builder
	b.WriteString("{\n  \"name\": \"chain\",\n  \"steps\": [\n")
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteString(",\n")
		}
		switch i % 3 {
		case 0:
			fmt.Fprintf(&b, `    {
      "id": "ask_%d",
      "type": "llm",
      "prompt": "Classify the ticket $ticket_%d.\nAnswer \"yes\" or \"no\" only.",
      "output_key": "answer_%d",
      "allowed_outputs": ["yes", "no"],
      "timeout_seconds": 12.5,
      "next_step": "check_%d"
    }`, i, i, i, i+1)
		case 1:
			fmt.Fprintf(&b, `    {
      "id": "check_%d",
      "type": "condition",
      "condition": "'$answer_%d' == 'yes'",
      "then": "run_%d",
      "otherwise": "run_%d"
    }`, i, i-1, i+1, i+1)
		case 2:
			fmt.Fprintf(&b, `    {
      "id": "run_%d",
      "type": "tool",
      "tool": "send_mail",
      "args": {"to": "$customer", "subject": "Re: $subject", "retries": %d},
      "on_error": "retry",
      "max_retries": 5,
      "is_terminal": false
    }`, i, i)
		}
	}
	b.WriteString("\n  ]\n}\n")
	return b.String()
}

// parallelProgram has blocks of parallel steps with nested arguments, without any layout.
func parallelProgram(size int) string {
	var b strings.Builder
	b.WriteString(`{"name":"parallel","steps":[`)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"id":"block_%d","type":"parallel","max_concurrency":4,"output_key":"all_%d","parallel_steps":[`, i, i)
		for k := range 4 {
			if k > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(&b, `{"id":"part_%d_%d","type":"tool","tool":"fetch","args":{"url":"https://example.org/api/v1/items/%d","headers":{"accept":"application/json","x":[1,2,3.5,true,null]}}}`, i, k, i*4+k)
		}
		b.WriteString("]}")
	}
	b.WriteString("]}")
	return b.String()
}

var benchmarkPrograms = []struct {
	name string
	make func(int) string
}{{"chain", chainProgram}, {"parallel", parallelProgram}}

func BenchmarkParseJSON(b *testing.B) {
	for _, p := range benchmarkPrograms {
		text := p.make(10 << 20)
		b.Run(p.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if docs := Parse(source.NewFile("", text), JSON); len(docs[0].Problems) > 0 {
					b.Fatal(docs[0].Problems)
				}
			}
		})
	}
}

// BenchmarkUnmarshal is what BenchmarkParseJSON is measured against.
func BenchmarkUnmarshal(b *testing.B) {
	for _, p := range benchmarkPrograms {
		text := []byte(p.make(10 << 20))
		b.Run(p.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				var v any
				if err := json.Unmarshal(text, &v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
