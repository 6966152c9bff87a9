package paths

import (
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
)

// scope is a program and which of its moves are followed.
type scope struct {
	program  *program.Program
	machine  *runtime.Machine
	facts    *dataflow.Facts
	graph    *graphcheck.Graph
	options  Options
	suspends map[int]bool // by index, the tools that suspend the run
	inputs   []program.Input
	end      distances // how far it is to the end of a run
}

func newScope(p *program.Program, o Options) *scope {
	s := &scope{program: p, machine: runtime.New(p), options: o, suspends: make(map[int]bool), inputs: p.Inputs(nil)}
	s.facts = dataflow.Analyze(p, graphcheck.BuildAs(p, graphcheck.Unsuspended))
	s.findSuspending()
	s.graph = s.facts.Graph
	if len(s.suspends) > 0 {
		s.graph = graphcheck.Build(p)
	}
	s.end = s.toEnd()
	return s
}

// follows are the moves from a state that are followed, in the order of outcomes, those of a failed step last.
func (s *scope) follows(from program.State) []graphcheck.Edge {
	var all, failed []graphcheck.Edge
	for _, e := range s.graph.From(from) {
		switch {
		case e.On == program.Pending && !s.suspends[from.Step]:
		case len(s.suspends) == 0 && !s.facts.Possible(e): // the facts are about runs that no tool suspends
		case e.On == program.Failed:
			failed = append(failed, e)
		default:
			all = append(all, e)
		}
	}
	return append(all, failed...)
}

// successes is how many moves from a state are followed on which its step does not fail.
func (s *scope) successes(from program.State) int {
	n := 0
	for _, e := range s.follows(from) {
		if e.On != program.Failed {
			n++
		}
	}
	return n
}

// findSuspending finds the tools that suspend the run: all if failures are followed, too, else those that are the last
// before a step that reads what a resume brings.
func (s *scope) findSuspending() {
	readers := make(map[int]bool)
	for step := range s.program.All {
		for _, u := range step.Uses {
			if name := u.Path[0].Name; name == program.Webhook || name == program.WebhookSource {
				if step.Parent != nil {
					step = step.Parent
				}
				readers[step.Index] = true
			}
		}
	}
	if len(readers) == 0 && !s.options.Failures {
		return
	}
	for _, step := range s.program.Steps {
		if step.Kind != program.Tool {
			continue
		}
		m := s.program.Next(program.State{Step: step.Index}, program.Pending)
		if s.options.Failures || m.To != program.Nowhere && s.reads(m.To, readers) {
			s.suspends[step.Index] = true
		}
	}
}

// reads reports whether control comes from a state to one of some steps without passing a tool in front of it.
func (s *scope) reads(from program.State, readers map[int]bool) bool {
	seen := map[program.State]bool{from: true}
	for queue := []program.State{from}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if readers[at.Step] {
			return true
		}
		if s.program.Steps[at.Step].Kind == program.Tool {
			continue
		}
		for _, o := range s.program.Outcomes(at) {
			if to := s.program.Next(at, o).To; to != program.Nowhere && !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	return false
}
