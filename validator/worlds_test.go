package validator_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// mostWorlds is in how many worlds two programs are compared: in all that there are, or in so many by chance.
const mostWorlds = 500

// choice is something that programs do not decide: an input, or how a model or a tool answers.
type choice struct {
	table   map[string][]runtime.Answer // where the answers belong; nil for an input
	name    string
	values  []value.Value // of an input, None for an absent one
	answers [][]runtime.Answer
}

func (c *choice) options() int { return max(len(c.values), len(c.answers)) }

// worlds are all ways in which the choices may fall.
type worlds struct {
	choices       []choice
	models, tools map[string][]runtime.Answer // of the present world
	inputs        []value.Pair
}

// worldsOf are the worlds of which programs can tell one from another: values are those that their conditions compare
// with, their neighbours, and some of each type; models and tools may also fail, be late, fail once, or suspend.
func worldsOf(programs ...*program.Program) *worlds {
	w := &worlds{models: map[string][]runtime.Answer{}, tools: map[string][]runtime.Answer{}}
	values := valuesIn(programs)
	failure := runtime.Answer{Error: "ValueError: it failed"}
	known := map[string]bool{}
	add := func(c choice) {
		key := fmt.Sprintf("%p %s", c.table, c.name)
		if !known[key] && c.options() > 0 {
			known[key] = true
			w.choices = append(w.choices, c)
		}
	}
	for _, p := range programs {
		for _, in := range p.Signature().Inputs {
			add(choice{name: in.Name, values: values})
		}
		for s := range p.All {
			answers := [][]runtime.Answer{{failure}}
			once := []runtime.Answer{failure, {Value: value.FromString("text")}}
			switch s.Kind {
			case program.LLM:
				if s.AllowedOutputs != nil {
					for _, n := range s.AllowedOutputs.Items {
						answers = append(answers, []runtime.Answer{{Value: runtime.ValueOf(n)}})
						once[1].Value = runtime.ValueOf(n)
					}
				}
				for _, v := range values {
					if v.Kind() == value.String {
						answers = append(answers, []runtime.Answer{{Value: v}})
					}
				}
				add(choice{table: w.models, name: s.ID(), answers: append(answers, once, []runtime.Answer{{Hangs: true}})})
			case program.Tool:
				for _, v := range values {
					answers = append(answers, []runtime.Answer{{Value: v}})
				}
				pending := []runtime.Answer{{Value: value.FromString("PENDING")}}
				add(choice{table: w.tools, name: s.Tool.Text.Value, answers: append(answers, once, pending)})
			}
		}
	}
	return w
}

// valuesIn are values that matter to conditions.
func valuesIn(programs []*program.Program) []value.Value {
	all := []value.Value{{}, value.FromInt(0), value.FromInt(1), value.FromString("text"), value.FromString("")}
	var fields []string
	add := func(v value.Value) {
		if !slices.ContainsFunc(all, func(other value.Value) bool { return value.Repr(v) == value.Repr(other) }) {
			all = append(all, v)
		}
	}
	for _, p := range programs {
		for s := range p.All {
			if s.Cond != nil {
				for _, token := range s.Cond.Tokens {
					switch token.Kind {
					case cond.String:
						add(value.FromString(token.Text[1 : len(token.Text)-1]))
					case cond.Number:
						n, _ := strconv.ParseFloat(token.Text, 64)
						for _, near := range []int64{-1, 0, 1} {
							add(value.FromInt(int64(n) + near))
						}
					}
				}
			}
			for _, u := range s.Uses {
				for _, segment := range u.Path[1:] {
					fields = append(fields, segment.Name)
				}
			}
		}
	}
	scalars := slices.Clone(all)
	add(value.FromItems(nil))
	add(value.FromItems([]value.Value{value.FromString("text")}))
	slices.Sort(fields)
	if fields = slices.Compact(fields); len(fields) > 0 {
		for _, v := range scalars {
			var pairs []value.Pair
			for _, f := range fields {
				pairs = append(pairs, value.Pair{Key: f, Value: v})
			}
			add(value.FromPairs(pairs))
		}
	}
	return all
}

// each makes one world after the other the present one and calls f, until f returns false.
func (w *worlds) each(f func() bool) {
	total := 1
	for i := range w.choices {
		total = min(total*w.choices[i].options(), mostWorlds+1)
	}
	chance := rand.New(rand.NewPCG(1, 2)) // always the same
	for n := range min(total, mostWorlds) {
		w.inputs = nil
		for i := range w.choices {
			c := &w.choices[i]
			k := n % c.options()
			n /= c.options()
			if total > mostWorlds {
				k = chance.IntN(c.options())
			}
			switch {
			case c.table != nil:
				c.table[c.name] = c.answers[k]
			case !c.values[k].IsNone():
				w.inputs = append(w.inputs, value.Pair{Key: c.name, Value: c.values[k]})
			}
		}
		if !f() {
			return
		}
	}
}

func (w *worlds) String() string {
	return fmt.Sprintf("inputs %s, models %v, tools %v", value.Repr(value.FromPairs(w.inputs)), shownAnswers(w.models), shownAnswers(w.tools))
}

func shownAnswers(table map[string][]runtime.Answer) map[string]string {
	all := map[string]string{}
	for name, answers := range table {
		for _, a := range answers {
			all[name] += fmt.Sprintf(" %s%s hangs=%v", value.Repr(a.Value), a.Error, a.Hangs)
		}
	}
	return all
}

// behaviour is all that can be seen of a run in the present world, but for the words of its error.
func (w *worlds) behaviour(m *runtime.Machine) string {
	var b strings.Builder
	script := &runtime.Script{Models: w.models, Tools: w.tools}
	run := m.Start(script, value.FromPairs(slices.Clone(w.inputs)), runtime.Options{MaxSteps: 60, Observe: func(e runtime.Event) {
		fmt.Fprintf(&b, "%s %s\n", e.Records[len(e.Records)-1].ID, e.Outcome)
	}})
	for range 3 {
		if run.Trace().Status == runtime.Suspended {
			run.Resume(value.FromPairs([]value.Pair{{Key: "approved", Value: value.FromInt(1)}}))
		}
	}
	for _, c := range script.Calls {
		fmt.Fprintf(&b, "%s(%s)\n", c.Tool, value.Repr(value.FromPairs(slices.Clone(c.Args))))
	}
	for _, asked := range script.Asked {
		fmt.Fprintf(&b, "%s asked %s %s\n", asked.Step.ID(), value.Repr(asked.System), value.Repr(asked.Prompt))
	}
	fmt.Fprintf(&b, "%s %s\n", run.Trace().Status, value.Repr(run.Trace().FinalOutput))
	return b.String()
}

// readProgram is the program of a text; whether the text is of its language is for the caller to know.
func readProgram(text string, l syntax.Lang) *program.Program {
	return program.Decode(syntax.Parse(source.NewFile("", text), l)[0].Root, program.Newest)
}

// checkSameRuns compares two programs in all worlds.
func checkSameRuns(t *testing.T, what string, got, want *program.Program) {
	t.Helper()
	a, b := runtime.New(got), runtime.New(want)
	w := worldsOf(got, want)
	w.each(func() bool {
		x, y := w.behaviour(a), w.behaviour(b)
		if x != y {
			t.Errorf("%s: with %v\n got %s\nwant %s", what, w, x, y)
		}
		return x == y
	})
}
