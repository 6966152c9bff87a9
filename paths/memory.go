package paths

import (
	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/value"
)

// memory is what a run knows at a place of a path: as in the machine, data and the outputs of steps.
type memory struct {
	*store
	facts         *dataflow.Facts
	data, outputs map[string]symbol
	answers       map[*program.Step]domain // what they may be
}

func newMemory(f *dataflow.Facts) *memory {
	return &memory{newStore(), f, make(map[string]symbol), make(map[string]symbol), make(map[*program.Step]domain)}
}

func (m *memory) write(table map[string]symbol, name string, v symbol) {
	before, had := table[name]
	table[name] = v
	m.undo = append(m.undo, func() {
		if had {
			table[name] = before
		} else {
			delete(table, name)
		}
	})
}

// leave leaves what a step put out where others find it.
func (m *memory) leave(step *program.Step, v symbol) {
	if step.OutputKey != nil && step.OutputKey.Text.Value != "" {
		m.write(m.data, step.OutputKey.Text.Value, v)
	}
	m.write(m.outputs, step.ID(), v)
	if step.Kind == program.Parallel {
		for _, f := range v.dict {
			m.write(m.outputs, f.name, f.symbol)
		}
	}
}

// input is the input of a name.
func (m *memory) input(name string) symbol {
	p := m.inputs[name]
	if p == nil {
		p = &place{origin: origin{kind: fromInput, input: name}, domain: unknown}
		m.inputs[name] = p
	}
	return symbol{place: p}
}

// resolve is what a path means in a condition, as [cond.Path.InCondition] has it.
func (m *memory) resolve(path cond.Path) symbol {
	rest := path[1:]
	v, isData := m.data[path[0].Name]
	out, ran := m.outputs[path[0].Name]
	_, _, isStep, _ := m.facts.Named(path[0].Name)
	if !isData && !ran && mayBeInput(path[0].Name) && (!isStep || len(rest) == 0) {
		v, isData = m.input(path[0].Name), true
	}
	switch {
	case isData && len(rest) > 0 && rest[0].Name == "output":
		v, rest = v.output(), rest[1:]
	case isData:
	case !ran || len(rest) > 0 && rest[0].Name != "output":
		return symbol{}
	case len(rest) == 0:
		return out.wrapped()
	default:
		v, rest = out, rest[1:]
	}
	for _, segment := range rest {
		v = v.get(segment.Name)
	}
	return v
}

// mayBeInput reports whether somebody may pass an input of the name. What a resume brings is written by the machine alone.
func mayBeInput(name string) bool { return name != program.Webhook && name != program.WebhookSource }

func (m *memory) operand(n cond.Node) symbol {
	switch n := n.(type) {
	case *cond.Literal:
		return symbol{known: n.Value}
	case *cond.Var:
		return m.resolve(n.Path)
	}
	return symbol{}
}

// literal is a term of a condition with what it came to.
func (m *memory) literal(term cond.Node, want cond.Outcomes) *literal {
	if b, is := term.(*cond.Binary); is {
		return &literal{op: b.Op, left: m.operand(b.Left), right: m.operand(b.Right), want: want}
	}
	return &literal{left: m.operand(term), want: want}
}

// mostWays is how many ways of a condition are told apart.
const mostWays = 64

// judge says what a condition came to. It is false if it certainly does not.
func (m *memory) judge(e *cond.Expr, want cond.Outcomes) bool {
	if e.Err != "" {
		return want == cond.CanFail
	}
	found, all := cond.Ways(e.Root, want, mostWays)
	if !all && want != cond.CanFail {
		for term, truth := range cond.Implied(e.Root, want == cond.CanBeTrue) {
			if !m.assume(m.literal(term, cond.Came(truth, nil))) {
				return false
			}
		}
	}
	ways := make([][]*literal, len(found))
	for i, way := range found {
		for _, j := range way {
			ways[i] = append(ways[i], m.literal(j.Term, j.Outcome))
		}
	}
	return m.choose(ways, all)
}

// answer is what a step or sub-step puts out, as something that comes from outside.
func (m *memory) answer(step *program.Step, o origin) symbol {
	d, known := m.answers[step]
	if !known {
		d = answersTo(step)
		m.answers[step] = d
	}
	return symbol{place: &place{origin: o, domain: d}}
}

// answersTo is what a step or sub-step may put out.
func answersTo(step *program.Step) domain {
	all := dataflow.OutputOf(step, program.Done)
	switch {
	case step.Parent != nil && step.Parent.OnError == program.Skip:
		return domainOf(all.Join(dataflow.Known(value.Value{})))
	case step.Parent == nil && step.Kind == program.Tool:
		return domainOf(all).narrow(test{op: cond.Equal, with: value.FromString(runtime.PendingAnswer), want: cond.CanBeFalse})
	}
	return domainOf(all)
}
