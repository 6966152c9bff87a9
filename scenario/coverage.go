package scenario

import (
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
)

// Coverage is how much of what can happen in a program has happened in runs of it.
//
// What can happen is what the graph says, without moves that no condition can choose. States are steps and how
// control came to them, branches are the ways out of conditions, outcomes are all ways out of all states.
type Coverage struct {
	Program                    *program.Program
	States, Branches, Outcomes Share

	// Missing is what has not happened, in the order of the steps: of a state that never ran only that.
	Missing []Missing
}

// Share is how many of how many.
type Share struct {
	Covered int `json:"covered"`
	Total   int `json:"total"`
}

// Missing is a state that was never entered, or an outcome that it never had.
type Missing struct {
	State   program.State
	Entered bool
	Outcome program.Outcome // if it was entered
}

// IsBranch reports whether a state or branch is missing: what counts for the percentage.
func (m Missing) IsBranch() bool {
	return !m.Entered || m.Outcome == program.True || m.Outcome == program.False
}

// Percent is the share of states and branches that are covered, 100 if there are none.
func (c *Coverage) Percent() float64 {
	total := c.States.Total + c.Branches.Total
	if total == 0 {
		return 100
	}
	return 100 * float64(c.States.Covered+c.Branches.Covered) / float64(total)
}

// Cover compares what happened with what can happen.
func Cover(p *program.Program, events []runtime.Event) *Coverage {
	type exit struct {
		state program.State
		o     program.Outcome
	}
	entered, left := make(map[program.State]bool), make(map[exit]bool)
	for _, e := range events {
		entered[e.State] = true
		left[exit{e.State, e.Outcome}] = true
	}
	c := &Coverage{Program: p}
	facts := dataflow.Analyze(p, graphcheck.BuildAs(p, graphcheck.Unsuspended))
	g := facts.Graph
	for i := range p.Steps {
		for _, entry := range []program.Entry{program.Sequential, program.Inline} {
			s := program.State{Step: i, Entry: entry}
			if !g.Reaches(s) {
				continue
			}
			c.States.count(entered[s])
			if !entered[s] {
				c.Missing = append(c.Missing, Missing{State: s})
			}
			for _, e := range g.From(s) {
				if !facts.Possible(e) {
					continue
				}
				done := left[exit{s, e.On}]
				c.Outcomes.count(done)
				if e.On == program.True || e.On == program.False {
					c.Branches.count(done)
				}
				if !done && entered[s] {
					c.Missing = append(c.Missing, Missing{State: s, Entered: true, Outcome: e.On})
				}
			}
		}
	}
	return c
}

func (s *Share) count(covered bool) {
	s.Total++
	if covered {
		s.Covered++
	}
}
