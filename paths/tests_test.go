package paths_test

import (
	"math/rand/v2"
	"testing"

	"github.com/nanolint/nanolint/paths"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// move is a way out of a state.
type move struct {
	state program.State
	on    program.Outcome
}

// checkTests emits tests of a program and wants each to pass, and every branch to be taken by one of them or named as
// missing.
func checkTests(t *testing.T, s *scenario.Subject, o paths.Options, lang syntax.Lang) (branches, missing int) {
	t.Helper()
	cover := paths.FindCover(s.Program, o)
	said := make(map[move]bool)
	for _, m := range cover.Missing {
		said[move{program.State{Step: m.Step.Index, Entry: m.Entry}, m.Outcome}] = true
		if m.Why == "" {
			t.Errorf("no reason is given for %s of %s", m.Outcome, m.Step.ID())
		}
	}
	var events []runtime.Event
	if len(cover.Paths) > 0 {
		text, err := paths.Tests(s, "p.yaml", cover.Paths, lang)
		if err != nil {
			t.Fatal(err)
		}
		open := func(string) (*scenario.Subject, error) { return s, nil }
		suite := scenario.Read(source.NewFile("p.test", text), lang, program.Newest, open)
		if len(suite.Notes) > 0 || len(suite.Cases) != len(cover.Paths) {
			t.Fatalf("%d cases, %v: %s", len(suite.Cases), suite.Notes, text)
		}
		for _, c := range suite.Cases {
			res, differences := c.Check()
			if len(differences) > 0 || c.Expect == nil {
				t.Errorf("%s: %v", c.Name, differences)
			}
			events = append(events, res.Events...)
		}
	}
	taken := make(map[move]bool)
	for _, e := range events {
		taken[move{e.State, e.Outcome}] = true
	}
	for _, m := range scenario.Cover(s.Program, events).Missing {
		if m.Entered && m.IsBranch() && !said[move{m.State, m.Outcome}] {
			t.Errorf("%s of %s is neither taken nor named", m.Outcome, s.Program.Steps[m.State.Step].ID())
		}
	}
	for m := range taken {
		if said[m] {
			t.Errorf("%s of %s is taken and named as missing", m.on, s.Program.Steps[m.state.Step].ID())
		}
	}
	return len(taken), len(said)
}

func TestTestsOfRandomProgramsPass(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 13))
	taken, missing := 0, 0
	for i := range 300 {
		s := subject(t, randomProgram(r))
		b, m := checkTests(t, s, paths.Options{Failures: i%3 == 0}, syntax.Lang(i%2))
		taken, missing = taken+b, missing+m
		if t.Failed() {
			t.Fatal(syntax.Print(s.Program.Root, syntax.JSONL))
		}
	}
	if taken < 1200 || missing > taken {
		t.Errorf("%d moves are tested, of %d more it is said why not", taken, missing)
	}
}

func TestTestsOfRecordedProgramsPass(t *testing.T) {
	t.Parallel()
	for i, c := range recorded(t, "reach.jsonl") {
		checkTests(t, c.Subject, paths.Options{Failures: i%4 == 0}, syntax.Lang(i%2))
		if t.Failed() {
			t.Fatal(c.Name)
		}
	}
}
