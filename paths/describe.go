package paths

import (
	"iter"
	"slices"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/program"
)

// conditions are what must hold for the first n moves of the walker.
func (w *walker) conditions(n int) []Condition {
	var all []Condition
	for i, e := range w.moves[:n] {
		step := w.scope.program.Steps[e.From.Step]
		switch {
		case step.Kind == program.Condition:
			all = append(all, conditionsOf(step, e.On)...)
		case e.On != program.Done:
		case step.Kind == program.Parallel:
			for j, sub := range step.Subs {
				all = append(all, answersOf(sub, w.visits[i].subs[j])...)
			}
		default:
			all = append(all, answersOf(step, w.visits[i].answer)...)
		}
	}
	return all
}

// answersOf is what a model with allowed outputs answers, if that matters.
func answersOf(step *program.Step, p *place) []Condition {
	if step.Kind != program.LLM || step.AllowedOutputs == nil || !p.constrained || !p.domain.listed {
		return nil
	}
	return []Condition{{Step: step, Answers: p.domain.values}}
}

// conditionsOf are the terms that follow from what a condition came to, or the condition itself.
func conditionsOf(step *program.Step, o program.Outcome) []Condition {
	whole, formatted := cond.Format(step.Cond.Root)
	if !formatted || step.Cond.Err != "" {
		whole = step.Condition.Text.Value
	}
	want := dataflow.OutcomeOf(o)
	if want == cond.CanFail {
		return []Condition{{Step: step, Text: whole + " fails"}}
	}
	var all []Condition
	for term, truth := range cond.Implied(step.Cond.Root, want == cond.CanBeTrue) {
		if text, ok := spell(term, truth); ok {
			all = append(all, Condition{Step: step, Text: text})
		}
	}
	if len(all) > 0 {
		slices.Reverse(all) // as they are written
		return all
	}
	if want == cond.CanBeFalse {
		whole = "not (" + whole + ")"
	}
	return []Condition{{Step: step, Text: whole}}
}

// spell is a term that holds, or does not, as people write it.
func spell(term cond.Node, truth bool) (string, bool) {
	if b, is := term.(*cond.Binary); is && !truth {
		if op, has := opposite[b.Op]; has {
			term, truth = &cond.Binary{Op: op, Left: b.Left, Right: b.Right}, true
		}
	}
	if !truth {
		term = &cond.Not{Operand: term}
	}
	return cond.Format(term)
}

// opposite are the operators that hold where others do not.
var opposite = map[cond.Op]cond.Op{
	cond.Equal: cond.NotEqual, cond.NotEqual: cond.Equal, cond.In: cond.NotIn, cond.NotIn: cond.In,
	cond.Less: cond.GreaterEqual, cond.GreaterEqual: cond.Less, cond.Greater: cond.LessEqual, cond.LessEqual: cond.Greater,
}

// Route is the ids of the steps of a path, each with what came of it if it is not simply done.
func (path *Path) Route(p *program.Program) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, e := range path.Moves {
			id := p.Steps[e.From.Step].ID()
			switch e.On {
			case program.Skipped, program.Failed, program.Pending:
				id += " (" + e.On.String() + ")"
			}
			if !yield(i, id) {
				return
			}
		}
		if path.Waits != nil {
			yield(len(path.Moves), path.Waits.ID()+" (waits for ever)")
		}
	}
}

// End is the state that the moves lead to, Nowhere if the last ends the run.
func (path *Path) End() program.State {
	if n := len(path.Moves); n > 0 {
		return path.Moves[n-1].To
	}
	return program.Start
}
