package scenario_test

import (
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
	for _, c := range suite.Cases {
		b.Run(c.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run := c.Subject.Machine.Start(c.World(), c.Inputs(), runtime.Options{})
				runtime.CanonicalHash(run.Trace().Snapshots)
			}
		})
	}
}
