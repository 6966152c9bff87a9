package paths_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/paths"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

func subject(t testing.TB, text string) *scenario.Subject {
	t.Helper()
	doc := syntax.Parse(source.NewFile("p.yaml", text), syntax.YAML)[0]
	for _, p := range doc.Problems {
		t.Fatalf("%s: %s", p.Message, text)
	}
	s := scenario.NewSubject("p.yaml", program.Decode(doc.Root, program.Newest))
	if len(s.Rejected) > 0 {
		t.Fatalf("%s: %s", s.Rejected[0].Message, text)
	}
	return s
}

// step is a move as tests compare it.
type step struct {
	state   program.State
	outcome program.Outcome
}

func stepsOf(p *paths.Path) string {
	var all []step
	for _, m := range p.Moves {
		all = append(all, step{m.From, m.On})
	}
	return fmt.Sprint(all)
}

func eventsOf(events []runtime.Event) string {
	var all []step
	for _, e := range events {
		all = append(all, step{e.State, e.Outcome})
	}
	return fmt.Sprint(all)
}

// goesRound reports whether a run comes to a state more often than paths do.
func goesRound(events []runtime.Event) bool {
	entered := make(map[program.State]int)
	for _, e := range events {
		entered[e.State]++
		if entered[e.State] > 2 {
			return true
		}
	}
	return false
}

func pick(r *rand.Rand, words ...string) string { return words[r.IntN(len(words))] }

// randomProgram is a program of up to nine steps whose conditions look at inputs and at what the others write.
func randomProgram(r *rand.Rand) string {
	n := 2 + r.IntN(8)
	id := func() string { return fmt.Sprintf("s%d", r.IntN(n)) }
	i := 0
	target := func() string {
		if r.IntN(5) > 0 && i+1 < n { // most programs go on
			return fmt.Sprintf("s%d", i+1+r.IntN(n-i-1))
		}
		return id()
	}
	variable := func() string {
		return "$" + pick(r, id()+".output", id()+".output", id()+".output.a", id(), "k0", "k0", "k1", "k1.output", "in", "in", "in.a", "in.b.c", "sub", "sub.output")
	}
	constant := func() string {
		return pick(r, "'yes'", "'no'", "''", "1", "2.5", "0", "None", "True", "'yes no'", "'b'")
	}
	term := func() string {
		switch r.IntN(6) {
		case 0:
			return variable()
		case 1:
			return variable() + " " + pick(r, "==", "!=", "<", ">=", "in") + " " + variable()
		case 2:
			return constant() + " " + pick(r, "in", "not in", "contains", "<") + " " + variable()
		}
		return variable() + " " + pick(r, "==", "==", "!=", "<", ">", "<=", ">=", "in", "not in") + " " + constant()
	}
	condition := func() string {
		c := term()
		for r.IntN(3) == 0 {
			c += " " + pick(r, "and", "or") + " " + term()
		}
		return pick(r, "", "", "", "not ") + c
	}
	var steps []string
	for ; i < n; i++ {
		f := []string{fmt.Sprintf(`"id":"s%d"`, i)}
		switch r.IntN(6) {
		case 0, 1, 2:
			f = append(f, fmt.Sprintf(`"type":"condition","condition":%q,"then":%q,"otherwise":%q`, condition(), target(), target()))
		case 3:
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
			f = append(f, fmt.Sprintf(`"next_step":%q`, target()))
		}
		if r.IntN(5) == 0 {
			f = append(f, fmt.Sprintf(`"on_error":%q`, pick(r, "skip", "retry")))
		}
		steps = append(steps, "{"+strings.Join(f, ",")+"}")
	}
	return `{"steps":[` + strings.Join(steps, ",") + `]}`
}

// chance is a world of answers by chance.
type chance struct{ r *rand.Rand }

func (c chance) anything() value.Value {
	text := value.FromString
	return []value.Value{
		{}, value.FromBool(true), value.FromInt(1), value.FromFloat(2.5), value.FromInt(3), text("yes"), text("no"), text(""), text("b yes no"),
		value.FromItems([]value.Value{text("yes"), value.FromInt(1)}), text("PENDING"),
		value.FromPairs([]value.Pair{{Key: "a", Value: text("yes")}, {Key: "output", Value: value.FromInt(1)}}),
		value.FromPairs([]value.Pair{{Key: "a", Value: value.FromInt(1)}, {Key: "b", Value: value.FromPairs([]value.Pair{{Key: "c", Value: value.FromInt(2)}})}}),
	}[c.r.IntN(13)]
}

func (c chance) Tool(runtime.ToolCall) runtime.Answer {
	if c.r.IntN(12) == 0 {
		return runtime.Answer{Error: "ValueError: boom"}
	}
	return runtime.Answer{Value: c.anything()}
}

func (c chance) Model(runtime.ModelCall) runtime.Answer {
	if c.r.IntN(12) == 0 {
		return runtime.Answer{Error: "ValueError: boom"}
	}
	return runtime.Answer{Value: value.FromString(pick(c.r, "yes", "no", "maybe", "", " yes ", "b"))}
}

// Whatever inputs, models and tools bring, each run is one of the paths. And what is shown of a path is so: the run
// of its witness goes it.
func TestEveryRunIsAPath(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 5))
	runs, all, undecided := 0, 0, 0
	for range 400 {
		text := randomProgram(r)
		s := subject(t, text)
		res := paths.Enumerate(s.Program, paths.Options{Limit: 20_000, Failures: true})
		known := make(map[string]*paths.Path)
		for _, p := range res.Paths {
			known[stepsOf(p)] = p
			all++
			if p.Witness == nil {
				undecided++
			}
		}
		if res.Left > 0 || res.Uncounted {
			continue
		}
		for range 100 {
			events, status := randomRun(r, s)
			if goesRound(events) {
				continue
			}
			runs++
			p := known[eventsOf(events)]
			if p == nil || p.Status != status {
				t.Fatalf("%s: %s ends in %s\n%v", text, eventsOf(events), status, p)
			}
		}
	}
	if runs < 20_000 || undecided > all/20 {
		t.Errorf("%d runs were looked for; of %d paths %d are undecided", runs, all, undecided)
	}
}

func randomRun(r *rand.Rand, s *scenario.Subject) ([]runtime.Event, runtime.Status) {
	var inputs []value.Pair
	c := chance{r}
	for _, name := range []string{"in", "k0"} {
		if r.IntN(2) == 0 {
			inputs = append(inputs, value.Pair{Key: name, Value: c.anything()})
		}
	}
	var events []runtime.Event
	run := s.Machine.Start(c, value.FromPairs(inputs), runtime.Options{MaxSteps: 60, Observe: func(e runtime.Event) { events = append(events, e) }})
	for run.Trace().Status == runtime.Suspended {
		run.Resume(c.anything())
	}
	return slices.Clone(events), run.Trace().Status
}

// However few paths are kept: where a run succeeds without a step that it should pass, some path says so.
func TestNoMissedStepIsHiddenByTheLimit(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(21, 34))
	missed := 0
	for range 200 {
		text := randomProgram(r)
		s := subject(t, text)
		var ids []string
		for _, step := range s.Program.Steps {
			ids = append(ids, step.ID())
		}
		res := paths.Enumerate(s.Program, paths.Options{Limit: 1, MustPass: ids})
		for range 50 {
			events, status := randomRun(r, s)
			suspended := slices.ContainsFunc(events, func(e runtime.Event) bool { return e.Outcome == program.Pending })
			if status != runtime.Success || suspended || goesRound(events) {
				continue
			}
			for _, id := range ids {
				if passed(s.Program, events, id) {
					continue
				}
				missed++
				said := slices.ContainsFunc(res.Paths, func(p *paths.Path) bool { return slices.Contains(p.Missed, id) })
				if !said && !slices.Contains(res.Unsure, id) {
					t.Fatalf("%s: the run %s misses %s, and no path says so", text, eventsOf(events), id)
				}
			}
		}
	}
	if missed < 1000 {
		t.Errorf("runs missed only %d steps", missed)
	}
}

func passed(p *program.Program, events []runtime.Event, id string) bool {
	return slices.ContainsFunc(events, func(e runtime.Event) bool {
		step := p.Steps[e.State.Step]
		isSub := func(sub *program.Step) bool { return sub.ID() == id }
		return e.Outcome != program.Skipped && (step.ID() == id || step.Kind == program.Parallel && slices.ContainsFunc(step.Subs, isSub))
	})
}
