package rules

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

// What the rules about values and their ways share.

// statesOf are the states in which control comes to a step, or to the block of a sub-step.
func (p *Pass) statesOf(s *program.Step) []program.State {
	for s.Parent != nil {
		s = s.Parent
	}
	var states []program.State
	for _, e := range [...]program.Entry{program.Sequential, program.Inline} {
		if at := (program.State{Step: s.Index, Entry: e}); p.Flow().Graph.Reaches(at) {
			states = append(states, at)
		}
	}
	return states
}

// evaluated is a condition and the states in which it is evaluated.
type evaluated struct {
	step   *program.Step
	states []program.State
}

// conditions calls f for every condition that is evaluated as it stands, with the states in which it is. Where
// the machine drops something or gives up, the text has another meaning, and other rules speak.
func (p *Pass) conditions(f func(s *program.Step, states []program.State)) {
	if p.knownConditions == nil {
		p.knownConditions = []evaluated{}
		for _, s := range p.Program.Steps {
			if s.Cond == nil || s.Cond.Err != "" || hasDropped(s.Cond) {
				continue
			}
			if states := p.statesOf(s); len(states) > 0 {
				p.knownConditions = append(p.knownConditions, evaluated{s, states})
			}
		}
	}
	for _, c := range p.knownConditions {
		f(c.step, c.states)
	}
}

func hasDropped(e *cond.Expr) bool {
	for _, t := range e.Tokens {
		if t.Kind == cond.Dropped {
			return true
		}
	}
	return false
}

// operand is all values that one side of a comparison may have, in any of the states.
func (p *Pass) operand(states []program.State, n cond.Node) dataflow.Domain {
	var d dataflow.Domain
	for _, s := range states {
		d = d.Join(p.Flow().Operand(s, n))
	}
	return d
}

// term is all that a term may come to, in any of the states.
func (p *Pass) term(states []program.State, n cond.Node) cond.Outcomes {
	var o cond.Outcomes
	for _, s := range states {
		o |= p.Flow().Term(s, n)
	}
	return o
}

// isText reports whether a variable holds text, whatever happens.
func (p *Pass) isText(states []program.State, n cond.Node) bool {
	_, isVar := n.(*cond.Var)
	return isVar && p.operand(states, n).Only(value.String)
}

// read is a variable that a step reads, as the machine resolves it, and how it stands there.
type read struct {
	*program.Use
	of    dataflow.Variable
	all   dataflow.Reaching // all states of the step taken together
	unset program.State     // one in which it may not be written; Nowhere if there is none
}

// reads calls f for every variable in a text that names something that a step writes. In prompts and arguments
// outputs win over data, in conditions data over outputs; a name that is both is another rule's business.
func (p *Pass) reads(f func(read)) {
	if p.knownReads == nil {
		p.knownReads = make([]read, 0, len(p.Program.Steps))
		for s := range p.Program.All {
			for i := range s.Uses {
				u := &s.Uses[i]
				if v, ok := p.written(u); ok {
					p.knownReads = append(p.knownReads, p.standing(u, v))
				}
			}
		}
	}
	for _, r := range p.knownReads {
		f(r)
	}
}

// written is the variable that a use reads, if a step writes it.
func (p *Pass) written(u *program.Use) (v dataflow.Variable, ok bool) {
	output, data, isOutput, isData := p.Flow().Named(u.Path[0].Name)
	switch {
	case u.Site == program.InNested || isOutput == isData:
		return v, false
	case isOutput:
		return output, true
	}
	return data, u.Site == program.InCondition || len(u.Path) == 1
}

// standing asks how a variable stands where it is read.
func (p *Pass) standing(u *program.Use, v dataflow.Variable) read {
	r := read{Use: u, of: v, unset: program.Nowhere}
	for i, s := range p.statesOf(u.Step) {
		at := p.Flow().Reaching(s, v)
		if i == 0 {
			r.all = at
		} else {
			r.all.Writers = append(slices.Clip(r.all.Writers), at.Writers...)
			r.all.Unknown = r.all.Unknown || at.Unknown
			r.all.Unset = r.all.Unset || at.Unset
		}
		if at.Unset && !at.Unknown {
			r.unset = s
		}
	}
	return r
}

// isOwnBlock reports whether a sub-step reads what its own block writes, which is only there afterwards:
// that has a rule of its own.
func isOwnBlock(r read) bool {
	block := r.Step.Parent
	if block == nil || r.of.Data {
		return false
	}
	if block.ID() == r.of.Name {
		return true
	}
	for _, sub := range block.Subs {
		if sub.ID() == r.of.Name {
			return true
		}
	}
	return false
}

// missing tells a way on which a variable is written nowhere. It tells none if a condition on that way looks at
// the variable: then it has been thought of.
func (p *Pass) missing(r read) (notes []source.Note, why string) {
	path := p.Flow().PathWithout(r.unset, r.of, maxWitness)
	writers := p.Flow().Writers(r.of)
	why = fmt.Sprintf("%s has not run", quote(writers[0].ID()))
	for _, e := range path {
		from := p.step(e.From)
		if from.Kind == program.Condition && readsName(from, r.of.Name) {
			return nil, ""
		}
		if e.On == program.Skipped && slices.Contains(writers, from) {
			why = fmt.Sprintf("%s is skipped", quote(from.ID()))
		}
	}
	return p.path(path), why
}

func readsName(s *program.Step, name string) bool {
	return slices.ContainsFunc(s.Uses, func(u program.Use) bool { return u.Path[0].Name == name })
}

// isOnCircleWith reports whether two steps are of the same circle.
func (p *Pass) isOnCircleWith(a, b *program.Step) bool {
	if p.circlesOf == nil {
		p.circlesOf = make(map[int][]int)
		for n, c := range p.circles() {
			for _, at := range c.States {
				p.circlesOf[at.Step] = append(p.circlesOf[at.Step], n)
			}
		}
	}
	for _, n := range p.circlesOf[a.Index] {
		if slices.Contains(p.circlesOf[b.Index], n) {
			return true
		}
	}
	return false
}
