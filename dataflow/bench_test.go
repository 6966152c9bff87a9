package dataflow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
)

// flowProgram is a program of n steps, every fourth a condition on what the step before it wrote under one of
// a thousand names. If far, each condition asks for a name of its own instead, which is written at the end only.
func flowProgram(n int, far bool) string {
	var steps []string
	for i := range n {
		key := i / 4 % 1000
		switch i % 4 {
		case 0:
			steps = append(steps, fmt.Sprintf(`{"id":"s%d","type":"llm","prompt":"p","allowed_outputs":["yes","no"],"output_key":"k%d"}`, i, key))
		case 1:
			read := fmt.Sprintf("$k%d", key)
			if far {
				read = fmt.Sprintf("$end%d.output", i/4)
			}
			steps = append(steps, fmt.Sprintf(`{"id":"s%d","type":"condition","condition":"%s == 'yes'","then":"s%d","otherwise":"s%d"}`, i, read, i+1, i+2))
		case 2:
			steps = append(steps, fmt.Sprintf(`{"id":"s%d","type":"tool","tool":"t","next_step":"s%d"}`, i, i+2))
		default:
			steps = append(steps, fmt.Sprintf(`{"id":"s%d","type":"tool","tool":"t","next_step":"s%d"}`, i, i+1))
		}
	}
	steps = append(steps, fmt.Sprintf(`{"id":"s%d","type":"tool","tool":"t"}`, n))
	for i := range n/4 + 1 {
		steps = append(steps, fmt.Sprintf(`{"id":"end%d","type":"tool","tool":"t"}`, i))
	}
	return `{"steps":[` + strings.Join(steps, ",") + `]}`
}

func benchmarkFacts(b *testing.B, n int, far bool) {
	p := decode(b, flowProgram(n, far))
	var uses []program.Use
	for s := range p.All {
		uses = append(uses, s.Uses...)
	}
	b.ResetTimer()
	for b.Loop() {
		f := analyze(p)
		unknown := 0
		for _, u := range uses {
			v, ok := f.Data(u.Path[0].Name)
			if far {
				v, ok = f.Output(u.Path[0].Name)
			}
			if !ok {
				b.Fatalf("nothing writes %v", u.Path)
			}
			if f.Reaching(program.State{Step: u.Step.Index}, v).Unknown {
				unknown++
			}
		}
		b.ReportMetric(float64(unknown)/float64(len(uses)), "unknown/use")
	}
}

func BenchmarkFacts(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("steps=%d", n), func(b *testing.B) { benchmarkFacts(b, n, false) })
	}
}

// The worst case: every condition asks for another name that is written nowhere before it, so every walk goes
// back to the start, until the bound is reached and the rest is unknown.
func BenchmarkFactsFar(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("steps=%d", n), func(b *testing.B) { benchmarkFacts(b, n, true) })
	}
}
