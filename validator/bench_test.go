package validator_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// chainProgram is a program of n steps as people write them, one after the other.
func chainProgram(n int) string {
	var b strings.Builder
	b.WriteString("{\"name\":\"chain\",\"max_steps\":1000000,\"steps\":[\n")
	for i := range n {
		switch i % 4 {
		case 0:
			fmt.Fprintf(&b, `{"id":"step_%d","type":"tool","tool":"fetch_page","args":{"url":"https://example.com/items","page":%d,"retry":true},"output_key":"page_%d"}`, i, i, i)
		case 1:
			fmt.Fprintf(&b, `{"id":"step_%d","type":"llm","prompt":"Summarise this page in one sentence:\n$page_%d","allowed_outputs":["good","bad"],"timeout_seconds":20}`, i, i-1)
		case 2:
			fmt.Fprintf(&b, `{"id":"step_%d","type":"condition","condition":"$step_%d.output == 'good'","then":"step_%d","otherwise":"error"}`, i, i-1, i+1)
		case 3:
			fmt.Fprintf(&b, `{"id":"step_%d","type":"tool","tool":"store_page","args":{"text":"$step_%d"},"on_error":"retry","max_retries":3,"next_step":"step_%d"}`, i, i-2, i+1)
		}
		b.WriteString(",\n")
	}
	fmt.Fprintf(&b, `{"id":"step_%d","type":"tool","tool":"finish","is_terminal":true},`+"\n", n)
	b.WriteString(`{"id":"error","type":"tool","tool":"alarm","is_terminal":true}` + "\n]}\n")
	return b.String()
}

// tenMegabytes is how many steps of a chain take up 10 MB.
const tenMegabytes = 72_500

func benchmarkAnalyze(b *testing.B, text string, among ...*rules.Rule) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	repeat(b, func() {
		a := validator.Analyze(source.NewFile("chain.json", text), validator.Options{Lang: syntax.JSON, Target: program.Newest, Rules: among})
		if len(a.Diagnostics) > 0 {
			b.Fatal(a.Diagnostics[0].Message)
		}
	})
}

// repeat measures f from the second time on. The first is about new pages of memory as much as about f, and how much they cost differs
// ten times between machines.
func repeat(b *testing.B, f func()) {
	f()
	for b.Loop() {
		f()
	}
}

// The yardstick: what the standard library needs to read the same bytes.
func BenchmarkUnmarshal10MB(b *testing.B) {
	text := []byte(chainProgram(tenMegabytes))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	repeat(b, func() {
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkAnalyze10MB(b *testing.B) { benchmarkAnalyze(b, chainProgram(tenMegabytes)) }

// The rules about the document and the control flow alone.
func BenchmarkAnalyzeStructure10MB(b *testing.B) {
	var structure []*rules.Rule
	for _, r := range rules.Default() {
		if f := r.Family(); f == "document" || f == "control-flow" {
			structure = append(structure, r)
		}
	}
	benchmarkAnalyze(b, chainProgram(tenMegabytes), structure...)
}

func BenchmarkAnalyzeChain(b *testing.B) {
	for _, n := range []int{10, 100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("steps=%d", n), func(b *testing.B) { benchmarkAnalyze(b, chainProgram(n)) })
	}
}
