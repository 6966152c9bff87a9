package paths

import (
	"fmt"
	"maps"
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/value"
)

// Witness is with what a run goes a path: the inputs, what models and tools answer, in the order of their calls, and what
// resumes bring.
type Witness struct {
	Inputs value.Value // a dict
	Models []Answers   // by the id of the step
	Tools  []Answers   // by the name of the tool
	Resume []value.Value
}

// Answers are what one model or tool answers, in the order of the calls. The last repeats.
type Answers struct {
	Name string
	All  []runtime.Answer
}

// guide is a world that leads a run along a path, and writes down what it answers.
type guide struct {
	walker  *walker
	values  values
	events  []runtime.Event
	calls   int // since the last event
	witness *Witness
}

// mostCalls is how often one step may ask, with all its retries.
const mostCalls = 1000

// prove looks for a witness of a path: it runs the machine with values for the places of the path. The status is then
// that of the run.
func (w *walker) prove(path *Path, found values) {
	g := &guide{walker: w, values: found, witness: &Witness{Inputs: w.inputsOf(path, found)}}
	run := w.scope.machine.Start(g, g.witness.Inputs, runtime.Options{
		MaxSteps: len(path.Moves) + 1,
		Observe:  func(e runtime.Event) { g.events, g.calls = append(g.events, e), 0 },
	})
	for run.Trace().Status == runtime.Suspended {
		payload := g.payload()
		g.witness.Resume = append(g.witness.Resume, payload)
		run.Resume(payload)
	}
	t := run.Trace()
	for i, e := range g.events {
		if i == len(path.Moves) || e.State != path.Moves[i].From || e.Outcome != path.Moves[i].On {
			path.Undecided = fmt.Sprintf("with the values that were found, the run leaves the path at step %q", t.Steps[len(t.Steps)-1].ID)
			return
		}
	}
	switch {
	case len(g.events) == len(path.Moves) && t.Status == path.Status:
	case t.Status == runtime.BudgetExceeded || t.Status == runtime.RecursionError:
		// That is so whatever the values: steps are counted, nobody says what models use, and conditions behind
		// conditions are as deep.
		path.Moves, path.Waits, path.Status = path.Moves[:len(g.events)], nil, t.Status
		w.closed = len(path.Moves)
	default:
		path.Undecided = fmt.Sprintf("with the values that were found, the run ends before with status %s", t.Status)
		return
	}
	path.Error, path.Witness, path.Undecided = t.Error, g.witness, ""
}

// inputsOf are the inputs of a path: those with a value other than None, and a placeholder for each that texts on the
// path read.
func (w *walker) inputsOf(path *Path, found values) value.Value {
	onPath := make(map[*program.Step]bool)
	for _, e := range path.Moves {
		step := w.scope.program.Steps[e.From.Step]
		onPath[step] = true
		for _, sub := range step.Subs {
			onPath[sub] = true
		}
	}
	chosen := make(map[string]value.Value)
	for p, v := range found {
		if p.parent == nil && p.origin.kind == fromInput {
			chosen[p.origin.input] = v
		}
	}
	var pairs []value.Pair
	for _, in := range w.scope.inputs {
		v, is := chosen[in.Name]
		switch {
		case !is && slices.ContainsFunc(in.Uses, func(u program.Use) bool { return u.Site != program.InCondition && onPath[u.Step] }):
			v = value.FromString(in.Name)
		case v.IsNone():
			continue
		}
		pairs = append(pairs, value.Pair{Key: in.Name, Value: v})
		delete(chosen, in.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(chosen)) {
		if !chosen[name].IsNone() {
			pairs = append(pairs, value.Pair{Key: name, Value: chosen[name]})
		}
	}
	return value.FromPairs(pairs)
}

// move is the move that is to be made next.
func (g *guide) move(step *program.Step) (e graphcheck.Edge, v visit, ok bool) {
	i := len(g.events)
	if i >= len(g.walker.moves) {
		return e, v, false
	}
	if step.Parent != nil {
		step = step.Parent
	}
	e, v = g.walker.moves[i], g.walker.visits[i]
	return e, v, g.walker.scope.program.Steps[e.From.Step] == step
}

// answer is what the model or tool of a step answers.
func (g *guide) answer(step *program.Step, otherwise string) runtime.Answer {
	e, v, ok := g.move(step)
	g.calls++
	switch {
	case !ok || g.calls > mostCalls:
		return runtime.Answer{Stop: "the run has left its path"}
	case e.On == program.Pending:
		return runtime.Answer{Value: value.FromString(runtime.PendingAnswer)}
	case e.On == program.Done:
		return g.done(step, v, otherwise)
	case step.Parent != nil && step.Index > 0: // one sub-step is enough for its block to fail
		return runtime.Answer{Value: value.FromString(otherwise)}
	}
	return unavailable
}

// unavailable is the answer of a model or tool that fails.
var unavailable = runtime.Answer{Error: "RuntimeError: unavailable"}

// done is the answer of a step that succeeds.
func (g *guide) done(step *program.Step, v visit, otherwise string) runtime.Answer {
	p := v.answer
	if step.Parent != nil {
		p = v.subs[step.Index]
	}
	found, has := g.values[p]
	if !has {
		found = value.FromString(otherwise)
		if !p.domain.has(found) {
			if c := p.domain.candidates(nil); len(c) > 0 {
				found = c[0]
			}
		}
	}
	if found.IsNone() && step.Kind == program.LLM {
		return unavailable
	}
	return runtime.Answer{Value: found}
}

// What models and tools answer if it does not matter.
const (
	anyText   = "text"
	anyResult = "ok"
)

// Tool answers for a tool.
func (g *guide) Tool(c runtime.ToolCall) runtime.Answer {
	return note(&g.witness.Tools, c.Tool, g.answer(c.Step, anyResult))
}

// Model answers for the model of a step.
func (g *guide) Model(c runtime.ModelCall) runtime.Answer {
	return note(&g.witness.Models, c.Step.ID(), g.answer(c.Step, anyText))
}

// note writes an answer down.
func note(all *[]Answers, name string, a runtime.Answer) runtime.Answer {
	for i := range *all {
		if (*all)[i].Name == name {
			(*all)[i].All = append((*all)[i].All, a)
			return a
		}
	}
	*all = append(*all, Answers{name, []runtime.Answer{a}})
	return a
}

// payload is what the resume behind the last event brings.
func (g *guide) payload() value.Value {
	p := g.walker.visits[len(g.events)-1].payload
	if p == nil {
		return value.Value{}
	}
	if v, has := g.values[p]; has {
		return v
	}
	return value.FromPairs(nil)
}
