package nanolint_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// What the README says that nanolint prints is what it prints.
func TestReadmeShowsRealOutput(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```console\n$ nanolint check ")
	block, _, found := strings.Cut(rest, "```\n")
	name, want, _ := strings.Cut(block, "\n")
	if !found {
		t.Fatal("the README shows no run of nanolint check")
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	a := validator.Analyze(source.NewFile(name, string(text)), validator.Options{Lang: syntax.YAML, Target: program.Newest})
	var got bytes.Buffer
	p, totals := report.NewText(&got, report.Style{}), report.Totals{}
	totals.Add(a)
	if err := p.File(a); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(totals); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("README.md shows\n%s\nbut nanolint prints\n%s", want, &got)
	}
}
