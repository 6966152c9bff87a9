package scenario_test

import (
	"fmt"
	"os"
	goruntime "runtime"
	"runtime/debug"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// BenchmarkRun runs the programs that docs/reference.py times on the Python machine: from the start to the hash of all
// snapshots, and collects garbage as often as the command does.
func BenchmarkRun(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(200))
	ballast := make([]byte, 16<<20)
	defer goruntime.KeepAlive(ballast)
	text, err := os.ReadFile("testdata/bench.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	suite := scenario.Read(source.NewFile("bench.jsonl", string(text)), syntax.JSONL, program.Newest, nil)
	if len(suite.Notes) > 0 {
		b.Fatal(suite.Notes[0].Message)
	}
	once := func(c *scenario.Case) string {
		run := c.Subject.Machine.Start(c.World(), c.Inputs(), runtime.Options{})
		return runtime.CanonicalHash(run.Trace().Snapshots)
	}
	for range 20_000 { // so that the heap has its pages: where new ones are slow, they would be half of what is measured
		once(suite.Cases[0])
	}
	for _, c := range suite.Cases {
		b.Run(c.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				once(c)
			}
		})
	}
}

// BenchmarkHash is the part of a run that no machine can do without: the hash over the snapshots of so many steps.
func BenchmarkHash(b *testing.B) {
	for _, steps := range []int{4, 20, 50, 1000} {
		snapshots := make([]runtime.Snapshot, steps)
		for i := range snapshots {
			snapshots[i].Index = i
		}
		b.Run(fmt.Sprintf("steps=%d", steps), func(b *testing.B) {
			for b.Loop() {
				runtime.CanonicalHash(snapshots)
			}
		})
	}
}
