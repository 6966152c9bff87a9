package paths_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/nanolint/nanolint/paths"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// recorded are the cases of a file of recorded runs whose programs can be constructed.
func recorded(t *testing.T, file string) []*scenario.Case {
	t.Helper()
	name := filepath.Join("../testdata/conformance", file)
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var cases []*scenario.Case
	for _, c := range scenario.Read(source.NewFile(name, string(text)), syntax.JSONL, program.Newest, nil).Cases {
		if c.Subject.Machine != nil {
			cases = append(cases, c)
		}
	}
	return cases
}

// Each run of the machine that was recorded is one of the paths, budgets and suspensions included.
func TestRecordedRunsArePaths(t *testing.T) {
	t.Parallel()
	runs := 0
	for _, c := range recorded(t, "flow.jsonl") {
		res := c.Run()
		status, _ := res.Runs[len(res.Runs)-1].Get("status")
		switch runtime.Status(status.Text()) {
		case runtime.Success, runtime.Failed:
		case runtime.BudgetExceeded:
			if c.Subject.Program.MaxSteps == nil {
				continue // tokens: what models use is not known
			}
		default:
			continue // it does not end, or what stalls it is not known
		}
		all := paths.Enumerate(c.Subject.Program, paths.Options{Limit: 100_000, Failures: true})
		if all.Left > 0 || all.Uncounted || goesRound(res.Events) {
			continue
		}
		runs++
		if !slices.ContainsFunc(all.Paths, func(p *paths.Path) bool {
			return stepsOf(p) == eventsOf(res.Events) && (p.Status == runtime.Status(status.Text()) || p.Witness == nil)
		}) {
			t.Errorf("%s: the run %s is no path", c.Name, eventsOf(res.Events))
		}
	}
	if runs < 200 {
		t.Errorf("only %d runs were looked for", runs)
	}
}

// No path goes through a step that did not run when every outcome was free. The reverse is not so: nothing ends behind
// some of these steps, and no path leads there.
func TestStepsOnPathsRan(t *testing.T) {
	t.Parallel()
	on := 0
	for _, c := range recorded(t, "reach.jsonl") {
		ran := runtime.ValueOf(c.Expect.Get("executed")).Items()
		all := paths.Enumerate(c.Subject.Program, paths.Options{Failures: true})
		for _, s := range c.Subject.Program.Steps {
			if !slices.ContainsFunc(all.Paths, func(p *paths.Path) bool { return goesThrough(p, s) }) {
				continue
			}
			on++
			if !slices.ContainsFunc(ran, func(id value.Value) bool { return id.Text() == s.ID() }) {
				t.Errorf("%s: step %s is on a path and did not run", c.Name, s.ID())
			}
		}
	}
	if on < 500 {
		t.Errorf("only %d steps are on paths", on)
	}
}

func goesThrough(p *paths.Path, s *program.Step) bool {
	if p.Waits == s {
		return true
	}
	for _, m := range p.Moves {
		if m.From.Step == s.Index {
			return true
		}
	}
	return false
}
