package scenario_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// differs names the recorded cases in which nanolint means to differ, and why.
var differs = map[string]string{}

// What the machine did in the recorded runs is what happens here: status, error, output, every step, snapshots, hash,
// tokens and calls.
func TestRecordedRuns(t *testing.T) {
	for file, want := range map[string]int{
		"flow.jsonl": 400, "guard.jsonl": 400, "interp.jsonl": 400, "expr.jsonl": 400, "doc.jsonl": 400, "reach.jsonl": 351,
		"more.jsonl": 400, "hang.jsonl": 59, "flow-0.8.6.jsonl": 200,
	} {
		target := program.Newest
		if strings.Contains(file, "0.8.6") {
			target = program.V087 - 1
		}
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			name := filepath.Join("../testdata/conformance", file)
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			suite := scenario.Read(source.NewFile(name, string(text)), syntax.JSONL, target, nil)
			for _, n := range suite.Notes {
				line, _ := suite.File.LineCol(n.Span.Start)
				t.Errorf("line %d: %s", line, n.Message)
			}
			if len(suite.Cases) != want {
				t.Errorf("%d cases, want %d", len(suite.Cases), want)
			}
			for _, c := range suite.Cases {
				_, differences := c.Check()
				for _, d := range differences {
					if differs[c.Name] == "" {
						t.Errorf("%s: %s\n  recorded %s\n  here     %s", c.Name, d.Path, show(d.Expected), show(d.Actual))
					}
				}
			}
		})
	}
}

func show(v value.Value) string { return fmt.Sprintf("%.300s", value.AppendJSON(nil, v)) }
