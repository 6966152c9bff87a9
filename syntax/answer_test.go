package syntax_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/nanolint/nanolint/syntax"
)

// The object is where the planner of the reference machine finds it, in every recorded answer.
func TestAnswer(t *testing.T) {
	in, err := os.Open("../testdata/json/answers.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	n := 0
	for lines := bufio.NewScanner(in); lines.Scan(); n++ {
		var c struct {
			Text  string
			Found *string
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		at, ok := syntax.Answer(c.Text)
		switch {
		case ok != (c.Found != nil):
			t.Errorf("%q: found is %v, want %v", c.Text, ok, !ok)
		case ok && c.Text[at.Start:at.End] != *c.Found:
			t.Errorf("%q: found %q, want %q", c.Text, c.Text[at.Start:at.End], *c.Found)
		}
	}
	if n < 1000 {
		t.Errorf("only %d answers", n)
	}
}
