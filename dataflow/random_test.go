package dataflow_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

func decode(t testing.TB, text string) *program.Program {
	t.Helper()
	doc := syntax.Parse(source.NewFile("test.json", text), syntax.JSON)[0]
	for _, p := range doc.Problems {
		t.Fatalf("%s: %s", p.Message, text)
	}
	return program.Decode(doc.Root, program.Newest)
}

func analyze(p *program.Program) *dataflow.Facts {
	return dataflow.Analyze(p, graphcheck.BuildAs(p, graphcheck.Unsuspended))
}

// pick is one of the words.
func pick(r *rand.Rand, words ...string) string { return words[r.IntN(len(words))] }

// randomProgram is a program of up to ten steps whose conditions look at what the others write.
func randomProgram(r *rand.Rand) string {
	n := 2 + r.IntN(9)
	id := func() string { return fmt.Sprintf("s%d", r.IntN(n)) }
	variable := func() string {
		return "$" + pick(r, id(), id()+".output", id()+".output", id()+".output.sub", "k0", "k1", "k1.output", "input", "sub", "sub.output")
	}
	operand := func() string {
		return pick(r, variable(), variable(), "'yes'", "'no'", "''", "1", "None", "True", "'yes no'")
	}
	condition := func() string {
		c := operand() + " " + pick(r, "==", "==", "!=", "<", "in", "not in", "contains") + " " + operand()
		if r.IntN(4) == 0 {
			c += " " + pick(r, "and", "or") + " " + operand()
		}
		return pick(r, "", "", "", "not ") + c
	}
	var steps []string
	for i := range n {
		f := []string{fmt.Sprintf(`"id":"s%d"`, i)}
		switch r.IntN(6) {
		case 0, 1:
			f = append(f, fmt.Sprintf(`"type":"condition","condition":%q,"then":%q,"otherwise":%q`, condition(), id(), id()))
		case 2, 3:
			f = append(f, `"type":"llm","prompt":"p"`)
			if r.IntN(3) > 0 {
				f = append(f, `"allowed_outputs":[`+pick(r, `"yes","no"`, `"no"`, `" yes","no"`, `"yes","maybe",""`)+`]`)
			}
		case 4:
			f = append(f, `"type":"tool","tool":"t"`)
		default:
			f = append(f, `"type":"parallel","parallel_steps":[{"id":"sub","type":"llm","prompt":"p","allowed_outputs":["yes"]},{"id":"s1","type":"tool","tool":"t"}]`)
		}
		if r.IntN(3) == 0 {
			f = append(f, fmt.Sprintf(`"output_key":%q`, pick(r, "k0", "k1", "s1")))
		}
		if r.IntN(3) == 0 {
			f = append(f, fmt.Sprintf(`"next_step":%q`, id()))
		}
		if r.IntN(4) == 0 {
			f = append(f, fmt.Sprintf(`"on_error":%q`, pick(r, "skip", "retry")))
		}
		steps = append(steps, "{"+strings.Join(f, ",")+"}")
	}
	return `{"steps":[` + strings.Join(steps, ",") + `]}`
}

// world runs a program with outcomes by chance: what the facts say must hold in each of its runs.
type world struct {
	r       *rand.Rand
	outputs map[string]value.Value
	data    map[string]value.Value
	wrote   map[dataflow.Variable]bool
}

func (w *world) Output(id string) (value.Value, bool) { v, ok := w.outputs[id]; return v, ok }
func (w *world) Data(name string) (value.Value, bool) { v, ok := w.data[name]; return v, ok }

func (w *world) anything() value.Value {
	return []value.Value{
		{}, value.FromBool(true), value.FromInt(1), value.FromFloat(2.5), value.FromString("yes"), value.FromString("no"),
		value.FromString(""), value.FromItems([]value.Value{value.FromString("yes")}),
		value.FromPairs([]value.Pair{{Key: "sub", Value: value.FromString("yes")}, {Key: "output", Value: value.FromInt(1)}}),
	}[w.r.IntN(9)]
}

// run is what comes of a step; what it puts out is valid if it is done.
func (w *world) run(s *program.Step) (o program.Outcome, out value.Value) {
	failed := program.Failed
	if s.OnError == program.Skip {
		failed = program.Skipped
	}
	switch s.Kind {
	case program.Condition:
		truth, err := s.Cond.Eval(w)
		switch {
		case err != nil:
			return failed, out
		case truth:
			return program.True, value.FromString(s.Then.Name())
		}
		return program.False, value.FromString(s.Otherwise.Name())
	case program.Parallel:
		var pairs []value.Pair
		for _, sub := range s.Subs {
			o, v := w.run(sub)
			if o == program.Failed && s.OnError != program.Skip {
				return failed, out
			}
			if o == program.Failed {
				v = value.Value{}
			}
			pairs = append(pairs, value.Pair{Key: sub.ID(), Value: v})
		}
		return program.Done, value.FromPairs(pairs)
	}
	if w.r.IntN(8) == 0 {
		return failed, out
	}
	if s.Kind == program.Tool {
		return program.Done, w.anything()
	}
	answer := pick(w.r, "yes", "no", "maybe", "", " yes ", "something else")
	if s.AllowedOutputs == nil {
		return program.Done, value.FromString(answer)
	}
	for _, a := range s.AllowedOutputs.Items {
		if a.Text.Value == value.Strip(answer) {
			return program.Done, value.FromString(value.Strip(answer))
		}
	}
	if s.OnError == program.Skip {
		return program.Done, value.FromString(s.AllowedOutputs.Items[0].Text.Value)
	}
	return program.Failed, out
}

func (w *world) write(s *program.Step, out value.Value) {
	if s.OutputKey != nil {
		w.data[s.OutputKey.Text.Value] = out
		w.wrote[dataflow.Variable{Name: s.OutputKey.Text.Value, Data: true}] = true
	}
	w.outputs[s.ID()] = out
	w.wrote[dataflow.Variable{Name: s.ID()}] = true
	for _, sub := range s.Subs {
		v, _ := out.Get(sub.ID())
		w.outputs[sub.ID()] = v
		w.wrote[dataflow.Variable{Name: sub.ID()}] = true
	}
}

var variables = func() []dataflow.Variable {
	var all []dataflow.Variable
	for i := range 10 {
		all = append(all, dataflow.Variable{Name: fmt.Sprintf("s%d", i)})
	}
	return append(all, dataflow.Variable{Name: "sub"}, dataflow.Variable{Name: "k0", Data: true},
		dataflow.Variable{Name: "k1", Data: true}, dataflow.Variable{Name: "s1", Data: true})
}()

// check compares the facts about a state with a run that has come to it.
func (w *world) check(t *testing.T, f *dataflow.Facts, s program.State) {
	if !f.Graph.Reaches(s) {
		t.Fatalf("the run came to %v, which no move leads to", s)
	}
	for _, v := range variables {
		find := f.Output
		if v.Data {
			find = f.Data
		}
		slot, ok := find(v.Name)
		if !ok {
			continue
		}
		if r := f.Reaching(s, slot); w.wrote[v] && r.Never() || !w.wrote[v] && r.Always() {
			t.Fatalf("%v at %v: written is %v, the facts say %+v", v, s, w.wrote[v], r)
		}
	}
	step := f.Program.Steps[s.Step]
	if step.Cond == nil {
		return
	}
	for v := range cond.Vars(step.Cond.Root) {
		if d, got := f.InCondition(s, v.Path), v.Path.InCondition(w); !has(d, got) {
			t.Fatalf("%v at %v is %v, the facts say %+v", v.Path, s, value.Repr(got), d)
		}
	}
}

func has(d dataflow.Domain, v value.Value) bool {
	if d.Kinds.Has(v.Kind()) {
		return true
	}
	for _, w := range d.Values {
		if w.Kind() == v.Kind() && value.Equal(w, v) {
			return true
		}
	}
	return false
}

// Whatever the tools, the models and the inputs do: a condition does not come to what the facts exclude, a
// variable called unset is not set and one called set is, and no value is outside its domain.
func TestFactsHoldInEveryRun(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	decided, narrow := 0, 0
	for range 1500 {
		text := randomProgram(r)
		p := decode(t, text)
		f := analyze(p)
		for _, s := range f.Graph.States {
			if step := p.Steps[s.Step]; step.Cond != nil {
				if o := f.Condition(s); o == cond.CanBeTrue || o == cond.CanBeFalse {
					decided++
				}
				for v := range cond.Vars(step.Cond.Root) {
					if !f.InCondition(s, v.Path).IsUnknown() {
						narrow++
					}
				}
			}
		}
		for range 60 {
			w := &world{r: r, outputs: map[string]value.Value{}, data: map[string]value.Value{}, wrote: map[dataflow.Variable]bool{}}
			for _, name := range []string{"input", "k0"} {
				if r.IntN(2) == 0 {
					w.data[name] = w.anything()
				}
			}
			s := program.Start
			for range 40 {
				w.check(t, f, s)
				step := p.Steps[s.Step]
				o, out := w.run(step)
				if step.Cond != nil && f.Condition(s)&bit(o) == 0 {
					t.Fatalf("condition %v came to %v, the facts say %b: %s", s, o, f.Condition(s), text)
				}
				if o == program.Done || o == program.True || o == program.False {
					w.write(step, out)
				}
				m := p.Next(s, o)
				if m.To == program.Nowhere {
					break
				}
				s = m.To
			}
		}
	}
	if decided < 300 || narrow < 300 {
		t.Errorf("the facts decide only %d conditions and know only %d variables", decided, narrow)
	}
}

func bit(o program.Outcome) cond.Outcomes {
	switch o {
	case program.True:
		return cond.CanBeTrue
	case program.False:
		return cond.CanBeFalse
	}
	return cond.CanFail
}
