package schema

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/nanolint/nanolint/syntax"
)

// TestYAMLConstruction replays documents that use what only YAML can write.
func TestYAMLConstruction(t *testing.T) {
	agree := 0
	lines(t, "../testdata/conformance/construct-yaml.jsonl", func(n int, line []byte) {
		var c struct {
			Text   string      `json:"y"`
			Errors [][2]string `json:"e"`
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		want := []string{}
		for _, e := range c.Errors {
			want = append(want, e[0])
		}
		got := Check(parse(syntax.YAML, c.Text))
		if !slices.Equal(pointers(got), want) {
			t.Errorf("line %d: %q\n got %q\nwant %q", n, c.Text, pointers(got), want)
			return
		}
		wellFormed(t, len(c.Text), got)
		agree++
	})
	t.Logf("%d documents agree", agree)
}
