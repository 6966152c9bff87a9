package report_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// TestPythonFiles compares what is said of programs in Python files of all shapes with the golden file, and of each file
// after all fixes: it must still be Python wherever it was.
func TestPythonFiles(t *testing.T) {
	files, err := filepath.Glob("../testdata/python/programs/*.py")
	if err != nil || len(files) < 40 {
		t.Fatal(len(files), err)
	}
	var out bytes.Buffer
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.Base(name)
		fixed := validator.Fix(source.NewFile(name, string(text)), validator.Options{Lang: syntax.Python, Target: program.Newest}, true)
		fmt.Fprintf(&out, "%s: %d programs\n", name, len(fixed.Before.Programs))
		for _, d := range fixed.Before.Diagnostics {
			line, col := fixed.Before.File.LineCol(d.Span.Start)
			fmt.Fprintf(&out, "  %d:%d %s %s %s %s\n", line, col, d.Severity, d.Rule, d.Pointer, d.Message)
		}
		if before, after := string(text), fixed.After.File.Text; before != after {
			if err := report.Diff(&out, name, before, after); err != nil {
				t.Fatal(err)
			}
		}
	}
	const golden = "../testdata/golden/python/programs.txt"
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v; run make golden", err)
	}
	if out.String() != string(want) {
		t.Errorf("differs from %s; run make golden and read the difference", golden)
	}
}
