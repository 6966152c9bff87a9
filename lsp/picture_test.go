package lsp

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// The picture in docs/editors.md is what nanolint.graph draws of an example.
func TestPicture(t *testing.T) {
	text, err := os.ReadFile(filepath.FromSlash("../examples/broken/credit.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	found := validator.Read(source.NewFile("credit.yaml", string(text)), validator.Options{Target: program.Newest, Lang: syntax.YAML})
	var got bytes.Buffer
	if err := graphcheck.Build(found[0].Program).SVG(&got, graphcheck.Marks{}); err != nil {
		t.Fatal(err)
	}
	path := filepath.FromSlash("../docs/credit.svg")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got.Bytes(), want) {
		t.Errorf("docs/credit.svg is another graph: run go test ./lsp -run Picture -update, and look at it (%v)", err)
	}
}
