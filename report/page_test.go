package report_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/validator/rules"
)

var update = flag.Bool("update", false, "write the golden files anew")

const pages = "../testdata/golden/rules"

// The page of a rule is its documentation and its test: what nanolint prints today is what the page says.
func TestRulePages(t *testing.T) {
	written := map[string]bool{}
	for _, r := range rules.All() {
		t.Run(r.ID, func(t *testing.T) {
			file := filepath.Join(pages, r.ID+".md")
			written[filepath.Base(file)] = true
			got := report.Page(r)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v; run make golden", err)
			}
			if got != string(want) {
				t.Errorf("%s is not what nanolint prints today; run make golden and read the difference. It now is:\n%s", file, got)
			}
		})
	}
	files, err := os.ReadDir(pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !written[f.Name()] {
			t.Errorf("%s is the page of no rule", f.Name())
		}
	}
}
