package graphcheck_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// recorded calls f for every case of a file of recorded runs, and wants at least so many.
func recorded(t *testing.T, file string, atLeast int, f func(name string, g *graphcheck.Graph, line []byte)) {
	t.Helper()
	in, err := os.Open("../testdata/conformance/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<24)
	n := 0
	for ; lines.Scan(); n++ {
		doc := syntax.Parse(source.NewFile(file, lines.Text()), syntax.JSON)[0]
		root, ok := program.Find(doc.Root)
		if !ok || len(doc.Problems) > 0 {
			t.Fatalf("line %d of %s holds no program", n+1, file)
		}
		f(doc.Root.Get("name").Text.Value, graphcheck.Build(program.Decode(root, program.Newest)), lines.Bytes())
	}
	if n < atLeast {
		t.Errorf("%s has %d cases, want at least %d", file, n, atLeast)
	}
}

// The machine was run with every outcome free: what ran is what the graph reaches, no more and no less.
func TestReachableStepsAreThoseThatRan(t *testing.T) {
	recorded(t, "reach.jsonl", 351, func(name string, g *graphcheck.Graph, line []byte) {
		var c struct {
			Expect struct{ Executed []string }
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		if got := reached(g); !slices.Equal(got, c.Expect.Executed) {
			t.Errorf("%s: the graph reaches %v, the machine ran %v", name, got, c.Expect.Executed)
		}
	})
}

// Before 0.8.7 the machine followed next_step only on the branch of a condition. The same programs were
// explored on 0.8.6.
func TestReachableStepsOfAnOlderMachine(t *testing.T) {
	text, err := os.ReadFile("../testdata/conformance/reach-0.8.6.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	executed := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		var c struct {
			Name     string
			Executed []string
		}
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		executed[c.Name] = c.Executed
	}
	older, err := program.ParseVersion("0.8.6")
	if err != nil {
		t.Fatal(err)
	}
	different := 0
	recorded(t, "reach.jsonl", 351, func(name string, newest *graphcheck.Graph, _ []byte) {
		old := graphcheck.Build(program.Decode(newest.Program.Root, older))
		if got := reached(old); !slices.Equal(got, executed[name]) {
			t.Errorf("%s: the graph of 0.8.6 reaches %v, the machine ran %v", name, got, executed[name])
		}
		if !slices.Equal(reached(newest), executed[name]) {
			different++
		}
	})
	if different < 30 {
		t.Errorf("only %d programs tell the two machines apart", different)
	}
}

// reached is the ids of the steps that can run, sorted.
func reached(g *graphcheck.Graph) []string {
	var ids []string
	for _, s := range g.Program.Steps {
		if g.Reachable(s) {
			ids = append(ids, s.ID())
		}
	}
	slices.Sort(ids)
	return ids
}

type record struct{ ID, Status string }

type run struct {
	Status string
	Steps  []record
}

// Every recorded run is a path in the graph that ends as the run did, or is cut short by a budget.
func TestRecordedRunsArePaths(t *testing.T) {
	recorded(t, "flow.jsonl", 400, func(name string, g *graphcheck.Graph, line []byte) {
		var c struct {
			Expect struct{ Runs []run }
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		for _, r := range c.Expect.Runs {
			if r.Steps == nil && r.Status != "budget_exceeded" && r.Status != "stalled" {
				continue // stopped by the recorder: it kept no steps
			}
			if !isPath(g, g.Program, r) {
				t.Errorf("%s: a run that %s is no path in the graph: %v", name, r.Status, r.Steps)
			}
		}
	})
}

// isPath follows all ways in the graph that agree with the records. The records of a condition do not say
// how it came out, and those of sub-steps stand before their block.
func isPath(g *graphcheck.Graph, p *program.Program, r run) bool {
	subs := make(map[string]bool)
	for s := range p.All {
		if s.Parent != nil {
			subs[s.ID()] = true
		}
	}
	at := map[program.State]bool{program.Start: true}
	ended := map[program.Halt]bool{}
	for _, rec := range r.Steps {
		next := make(map[program.State]bool)
		halts := make(map[program.Halt]bool)
		for s := range at {
			if subs[rec.ID] {
				next[s] = true // perhaps a sub-step: then control stays where it is
			}
			if p.Steps[s.Step].ID() != rec.ID {
				continue
			}
			for _, e := range g.From(s) {
				if !agrees(e.On, rec.Status) {
					continue
				}
				if e.Halt != program.Running {
					halts[e.Halt] = true
				}
				if e.To != program.Nowhere {
					next[e.To] = true
				}
				if e.Halt == program.Suspended && e.To == program.Nowhere {
					halts[program.Success] = true // resumed behind the last step
				}
			}
		}
		at, ended = next, halts
		if len(at) == 0 && len(ended) == 0 {
			return false
		}
	}
	switch r.Status {
	case "success":
		return ended[program.Success]
	case "suspended":
		return ended[program.Suspended]
	case "failed":
		return ended[program.Failure]
	}
	return true
}

func agrees(o program.Outcome, status string) bool {
	switch o {
	case program.Skipped:
		return status == "skipped"
	case program.Failed:
		return status == "failed"
	case program.Pending:
		return status == "pending"
	}
	return status == "success"
}
