package validator_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Programs were run on the machine with every answer of their conditions and every budget: with less steps than the
// shortest run needs the rule calls the budget an error, with less than the longest a warning, else nothing.
func TestBudgetsAreJudgedAsTheyTurnOut(t *testing.T) {
	in, err := os.Open("../testdata/conformance/budget.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	longer := 0
	for lines := bufio.NewScanner(in); lines.Scan(); {
		var c struct {
			ID      string
			Program json.RawMessage
			Expect  struct{ Shortest, Longest int }
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		check := func(budget int, want source.Severity) {
			text := strings.Replace(string(c.Program), "{", fmt.Sprintf(`{"max_steps": %d, `, budget), 1)
			var got source.Severity
			for _, d := range of(analyze(t, text, syntax.JSON), "NL509") {
				got = d.Severity
			}
			if got != want {
				t.Errorf("%s with max_steps %d: the severity is %q, want %q\n%s", c.ID, budget, got, want, c.Program)
			}
		}
		if c.Expect.Shortest > 1 { // a budget of 0 has a rule of its own
			check(c.Expect.Shortest-1, source.Error)
		}
		if c.Expect.Longest == 0 {
			continue // some runs never end
		}
		check(c.Expect.Longest, 0)
		if c.Expect.Longest > c.Expect.Shortest {
			longer++
			check(c.Expect.Longest-1, source.Warning)
		}
	}
	if longer < 10 {
		t.Errorf("only %d programs have runs of more than one length", longer)
	}
}
