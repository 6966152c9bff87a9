package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// What the rules of control flow share: paths in words, and the program as its author may have meant it.

// maxWitness is how many moves of a path are told. Longer paths are told from behind.
const maxWitness = 32

// witness tells a shortest way to a state and, behind it, the moves that follow.
func (p *Pass) witness(s program.State, then ...graphcheck.Edge) []source.Note {
	return p.path(append(p.Graph.Witness(s, maxWitness), then...))
}

// path tells a way through the graph, a note for each move.
func (p *Pass) path(edges []graphcheck.Edge) []source.Note {
	var notes []source.Note
	for _, e := range edges {
		at := p.step(e.From).Place()
		if e.Via != nil && e.Via.Node != nil {
			at = e.Via.Node.Text.Content()
		}
		notes = append(notes, source.Note{Span: at, Message: p.tell(e)})
	}
	return notes
}

// tell is a move in words.
func (p *Pass) tell(e graphcheck.Edge) string {
	from := quote(p.step(e.From).ID())
	came := map[program.Outcome]string{
		program.Done: "is done", program.True: "is true", program.False: "is false",
		program.Skipped: "is skipped", program.Failed: "fails", program.Pending: "suspends",
	}[e.On]
	if e.To == program.Nowhere {
		return fmt.Sprintf("%s %s: the run ends", from, came)
	}
	to := quote(p.step(e.To).ID())
	switch e.Why {
	case program.Restart:
		return fmt.Sprintf("%s %s: the program starts again at %s", from, came, to)
	case program.AfterResume:
		return fmt.Sprintf("%s %s, and resumes at %s", from, came, to)
	}
	return fmt.Sprintf("%s %s: goes to %s", from, came, to)
}

func (p *Pass) step(s program.State) *program.Step { return p.Program.Steps[s.Step] }

// fieldSpan is the key of a field that a step has.
func fieldSpan(s *program.Step, field string) source.Span {
	if pair := s.Node.Pair(field); pair != nil {
		return pair.Key.Span
	}
	return s.Place()
}

// unreadable reports whether something that cannot be read may lead to any step: text that is no program
// yet, or a target that is no text.
func (p *Pass) unreadable() bool {
	for _, problem := range p.Problems {
		if problem.Code != syntax.Comment && problem.Code != syntax.TrailingComma && problem.Code != syntax.SecondDocument {
			return true
		}
	}
	return slices.ContainsFunc(p.Graph.Edges, func(e graphcheck.Edge) bool { return e.Why == program.UnknownTarget })
}

// flowsOn is where the author of a branch without next_step and is_terminal may have thought that it
// goes: to the next step of the list. The machine ends the program there.
func (p *Pass) flowsOn(e graphcheck.Edge) program.State {
	if e.Why != program.EndOfBranch || e.From.Step+1 == len(p.Program.Steps) {
		return program.Nowhere
	}
	return program.State{Step: e.From.Step + 1}
}

// isDead reports whether a step can never run, also not when a suspended run is resumed.
func (p *Pass) isDead(s *program.Step) bool {
	return !p.Graph.Reachable(s) && !p.suspended().graph.Reachable(s)
}

// deadSteps are the steps that can never run, as listed.
func (p *Pass) deadSteps() []*program.Step {
	var dead []*program.Step
	for _, s := range p.Program.Steps {
		if p.isDead(s) {
			dead = append(dead, s)
		}
	}
	return dead
}

// chosenBy are the conditions that choose a step as a branch, in order of discovery.
func (p *Pass) chosenBy(s *program.Step) []*program.Step {
	if p.choosers == nil {
		p.choosers = make([][]*program.Step, len(p.Program.Steps))
		for i := range p.Graph.Edges {
			e := &p.Graph.Edges[i]
			if e.Why != program.ByBranch {
				continue
			}
			of := &p.choosers[e.To.Step]
			if c := p.step(e.From); len(*of) == 0 || (*of)[len(*of)-1] != c {
				*of = append(*of, c)
			}
		}
	}
	return p.choosers[s.Index]
}

// failureWords are in the names of steps that are there for when things go wrong: those that the
// runtime's own validator looks for, and some that people use beside them.
var failureWords = []string{
	"FAIL", "ERROR", "REJECT", "INSUFFICIENT", "BLOCKED", "ESCALATE", "HELP",
	"DENY", "DENIED", "DECLINE", "REFUSE", "CANCEL", "ABORT", "INVALID", "ROLLBACK", "ROLL_BACK", "ALARM",
	"STOP", "HALT", "GIVE_UP", "EXIT", "END", "IGNORE", "SKIP", "DROP", "NOOP",
}

// namedForFailure reports whether a step is, by its id, an end that nothing need follow.
func namedForFailure(s *program.Step) bool {
	id := strings.ToUpper(s.ID())
	return slices.ContainsFunc(failureWords, func(w string) bool { return strings.Contains(id, w) })
}
