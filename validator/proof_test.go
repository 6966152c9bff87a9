package validator_test

import (
	"testing"

	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator/rules"
)

// The mistake of every rule that has a proof shows when the bad program is run, and does not when the good one is: the
// executor, which knows nothing of rules, must agree with them.
func TestRuleIsProved(t *testing.T) {
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		if r.Proof == "" {
			return
		}
		for _, c := range []struct {
			program, expect string
			meets           bool
		}{{r.Bad, "bad", true}, {r.Good, "good", true}, {r.Good, "bad", false}, {r.Bad, "good", false}} {
			differences := prove(t, r, c.expect, c.program)
			if meets := len(differences) == 0; meets != c.meets {
				t.Errorf("what is expected under %q is met: %v, want %v by\n%s%+v", c.expect, meets, c.meets, c.program, differences)
			}
		}
	})
}

// Whatever a safe fix makes of the bad program does what the good one does.
func TestSafeFixesAreProved(t *testing.T) {
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		if r.Proof == "" {
			return
		}
		a := analyzeFor(t, r, r.Declared, r.Bad, langOf(r))
		for _, d := range of(a, r.ID) {
			for _, f := range d.Fixes {
				if !f.Safe {
					continue
				}
				text, err := source.Apply(r.Bad, f.Edits)
				if err != nil {
					t.Fatal(err)
				}
				if differences := prove(t, r, "good", text); len(differences) > 0 {
					t.Errorf("%q does not do what it should:\n%s%+v", f.Title, text, differences)
				}
			}
		}
	})
}

func prove(t *testing.T, r *rules.Rule, expect, text string) []scenario.Difference {
	t.Helper()
	c, notes := report.ProofCase(r, expect, text)
	if len(notes) > 0 {
		t.Fatalf("the proof cannot be read: %v", notes)
	}
	if c.Expect == nil {
		t.Fatalf("the proof expects nothing under %q", expect)
	}
	_, differences := c.Check()
	return differences
}
