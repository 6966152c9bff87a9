package dataflow

import (
	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/value"
)

// Condition is all that the condition of a state may come to.
func (f *Facts) Condition(s program.State) cond.Outcomes {
	o := &f.outcomes[number(s)]
	if *o == 0 {
		*o = f.decide(s)
	}
	return *o
}

// Possible reports whether the step of a move may have its outcome. It is false only where a condition cannot come
// to what the move needs.
func (f *Facts) Possible(e graphcheck.Edge) bool {
	return f.Program.Steps[e.From.Step].Cond == nil || f.Condition(e.From)&OutcomeOf(e.On) != 0
}

// longCondition is how many terms a condition may have before Python's stack may overflow in it.
const longCondition = 400

func (f *Facts) decide(s program.State) cond.Outcomes {
	e := f.Program.Steps[s.Step].Cond
	if e.Err != "" {
		return cond.CanFail
	}
	terms := 0
	o := cond.Decide(e.Root, func(term cond.Node) cond.Outcomes {
		terms++
		return f.Term(s, term)
	})
	if terms > longCondition {
		o |= cond.CanFail
	}
	return o
}

// Term is all that a comparison or a lone operand may come to when control comes to s.
func (f *Facts) Term(s program.State, term cond.Node) cond.Outcomes {
	if b, ok := term.(*cond.Binary); ok {
		return apply(b.Op, f.Operand(s, b.Left), f.Operand(s, b.Right))
	}
	return truth(f.Operand(s, term))
}

// Operand is the values that one side of a comparison may have when control comes to s.
func (f *Facts) Operand(s program.State, n cond.Node) Domain {
	switch n := n.(type) {
	case *cond.Literal:
		return Known(n.Value)
	case *cond.Var:
		return f.InCondition(s, n.Path)
	}
	return Unknown
}

// InCondition is the values that a path may have in the condition of s. A condition looks a name up among the
// data first, which is inputs and output keys, then among the steps, each behind the word output.
func (f *Facts) InCondition(s program.State, path cond.Path) Domain {
	steps, data, isStep, isData := f.Named(path[0].Name)
	var found Domain
	if isData {
		r := f.Reaching(s, data)
		for _, e := range r.Writers {
			found = found.Join(inData(written(f.Program.Steps[e.From.Step], e.On, data), path[1:]))
		}
		switch {
		case r.Unknown || r.Unset && !isStep:
			return Unknown // an input may have that name too
		case !r.Unset:
			return found
		}
	}
	if !isStep {
		return Unknown // an input
	}
	r := f.Reaching(s, steps)
	if r.Unknown || r.Unset && len(path) == 1 {
		return Unknown // a name alone may as well be an input, which is looked up first
	}
	if r.Unset {
		found = found.Join(Known(value.Value{}))
	}
	for _, e := range r.Writers {
		found = found.Join(inOutput(written(f.Program.Steps[e.From.Step], e.On, steps), path[1:]))
	}
	return found
}

// inData is what the fields behind a name of the data lead to. A first field output is passed over where
// there is none.
func inData(d Domain, fields []cond.Segment) Domain {
	if len(fields) == 0 {
		return d
	}
	if fields[0].Name == "output" {
		if d.Has(value.Dict) {
			return Unknown
		}
		fields = fields[1:]
	}
	return inFields(d, fields)
}

// inOutput is what the fields behind the id of a step lead to. The id alone is an object that holds the
// output.
func inOutput(d Domain, fields []cond.Segment) Domain {
	switch {
	case len(fields) == 0:
		return Domain{Kinds: KindsOf(value.Dict)}
	case fields[0].Name != "output":
		return Known(value.Value{})
	}
	return inFields(d, fields[1:])
}

func inFields(d Domain, fields []cond.Segment) Domain {
	for _, s := range fields {
		d = d.field(s.Name)
	}
	return d
}
