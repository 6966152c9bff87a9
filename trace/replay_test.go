package trace_test

import (
	"os"
	"slices"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/trace"
	"github.com/nanolint/nanolint/value"
)

// run is a run of a recorded case here.
type run struct {
	name    string
	machine *runtime.Machine
	trace   *trace.Trace
	steps   []*program.Step // of the records
	seen    []bool          // by record: whether something else in the trace holds its output
}

// watch notes which outputs are held by something else: a step in sequence makes a snapshot of the last outputs of all ids,
// and the output of a block holds those of its sub-steps, of equal ids the last.
func (r *run) watch(last map[string]int) func(runtime.Event) {
	return func(e runtime.Event) {
		own := r.machine.Program.Steps[e.State.Step]
		for i, rec := range e.Records {
			step, inBlock := own, false
			if subs := e.Records[:len(e.Records)-1]; i < len(subs) {
				step = own.Subs[i]
				inBlock = !slices.ContainsFunc(subs[i+1:], func(later runtime.Record) bool { return later.ID == rec.ID })
			}
			last[rec.ID] = len(r.steps)
			r.steps, r.seen = append(r.steps, step), append(r.seen, inBlock)
		}
		if e.State.Entry == program.Sequential {
			for _, i := range last {
				r.seen[i] = true
			}
		}
	}
}

// runs are runs of all recorded cases, each at every point where it waited or ended.
func runs(t *testing.T) []run {
	t.Helper()
	var all []run
	for _, name := range []string{"flow", "guard"} {
		text, err := os.ReadFile("../testdata/conformance/" + name + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range scenario.Read(source.NewFile(name, string(text)), syntax.JSONL, program.Newest, nil).Cases {
			now := run{name: c.Name, machine: c.Subject.Machine}
			r := c.Subject.Machine.Start(c.World(), c.Inputs(), runtime.Options{MaxSteps: 60, Observe: now.watch(make(map[string]int))})
			add := func() {
				then := now
				then.trace, then.seen = trace.Of(r), slices.Clone(now.seen)
				all = append(all, then)
			}
			add()
			for _, payload := range c.Resumes() {
				if r.Trace().Status != runtime.Suspended {
					break
				}
				r.Resume(payload)
				add()
			}
		}
	}
	if len(all) < 800 {
		t.Fatalf("only %d runs", len(all))
	}
	return all
}

func TestRunsReplay(t *testing.T) {
	for _, r := range runs(t) {
		if found, doubts := trace.Replay(r.trace, r.machine); len(found)+len(doubts) > 0 {
			t.Errorf("%s: %v %v", r.name, found, doubts)
		}
	}
}

// mutation is a change of a trace: of record i, or of an entry of another list of that length.
type mutation struct {
	name string
	n    func(*trace.Trace) int
	make func(t *trace.Trace, i int) bool // false if there is nothing to change
	// free reports whether the machine could have made the changed trace after all.
	free func(r *run, i int) bool
	// outputs says that outputs or their hashes are changed: where JSON may be to blame, that is only a doubt.
	outputs bool
}

func steps(t *trace.Trace) int     { return len(t.Steps) }
func snapshots(t *trace.Trace) int { return len(t.Snapshots) }
func once(*trace.Trace) int        { return 1 }

func status(s runtime.StepStatus) mutation {
	return mutation{name: "status " + string(s), n: steps, make: func(t *trace.Trace, i int) bool {
		changed := t.Steps[i].Status != s
		t.Steps[i].Status = s
		return changed
	}}
}

func ends(s runtime.Status) mutation {
	return mutation{name: "ends with " + string(s), n: once, make: func(t *trace.Trace, _ int) bool {
		changed := t.Status != s
		t.Status = s
		return changed
	}, free: func(r *run, _ int) bool {
		// When the last step of the list has suspended, all that a resume does is to end the run in success.
		last := len(r.steps) - 1
		suspended := last >= 0 && r.trace.Steps[last].Status == runtime.StepPending && r.trace.FinalOutput.IsNone() && r.trace.Error == ""
		isEnd := suspended && r.machine.Program.Next(program.State{Step: r.steps[last].Index}, program.Pending).To == program.Nowhere
		return isEnd && (s == runtime.Success && !hasOutput(r.trace) || s == runtime.Suspended)
	}}
}

// hasOutput reports whether a run that ends in success would end with an output.
func hasOutput(t *trace.Trace) bool {
	return slices.ContainsFunc(t.Steps, func(r runtime.Record) bool { return r.Status == runtime.StepSuccess && !r.Output.IsNone() })
}

// Which step is taken next, and how many snapshots there are, follows from what was recorded before: so no record can go,
// come or change its place or id. What a tool or a model puts out is free as long as nothing else holds it and the run does
// not end with it; but another output would have put off a stall.
var mutations = []mutation{
	{name: "record removed", n: steps, make: func(t *trace.Trace, i int) bool {
		t.Steps, t.StepTimes = slices.Delete(t.Steps, i, i+1), t.StepTimes[1:]
		return true
	}},
	{name: "record doubled", n: steps, make: func(t *trace.Trace, i int) bool {
		t.Steps, t.StepTimes = slices.Insert(t.Steps, i, t.Steps[i]), append(t.StepTimes, trace.Times{})
		return true
	}},
	{name: "records swapped", outputs: true, n: func(t *trace.Trace) int { return len(t.Steps) - 1 }, make: func(t *trace.Trace, i int) bool {
		a, b := &t.Steps[i], &t.Steps[i+1]
		changed := a.ID != b.ID || a.Status != b.Status || value.Repr(a.Output) != value.Repr(b.Output)
		*a, *b = *b, *a
		return changed
	}},
	{name: "another id", n: steps, make: func(t *trace.Trace, i int) bool {
		t.Steps[i].ID += "0"
		return true
	}},
	{name: "id of the first step", n: steps, make: func(t *trace.Trace, i int) bool {
		changed := t.Steps[i].ID != t.Steps[0].ID
		t.Steps[i].ID = t.Steps[0].ID
		return changed
	}},
	status(runtime.StepSuccess), status(runtime.StepFailed), status(runtime.StepSkipped), status(runtime.StepPending), status("running"),
	{name: "output", outputs: true, n: steps, make: func(t *trace.Trace, i int) bool {
		t.Steps[i].Output = value.FromString(value.Str(t.Steps[i].Output) + "!")
		return true
	}, free: func(r *run, i int) bool {
		s := r.steps[i]
		isFree := s.Kind == program.Tool || s.Kind == program.LLM && s.AllowedOutputs == nil
		isEnd := r.trace.Status == runtime.Success && i == len(r.steps)-1
		return isFree && !isEnd && !r.seen[i] && r.trace.Status != runtime.Stalled && r.trace.Steps[i].Status == runtime.StepSuccess
	}},
	{name: "error", n: steps, make: func(t *trace.Trace, i int) bool {
		t.Steps[i].Error += "!"
		return true
	}, free: func(r *run, i int) bool { return r.trace.Steps[i].Status == runtime.StepSkipped }},
	{name: "error gone", n: steps, make: func(t *trace.Trace, i int) bool {
		changed := t.Steps[i].Error != ""
		t.Steps[i].Error = ""
		return changed
	}},
	{name: "retries", n: steps, make: func(t *trace.Trace, i int) bool {
		t.Steps[i].Retries++
		return true
	}},
	ends(runtime.Success), ends(runtime.Failed), ends(runtime.BudgetExceeded), ends(runtime.Stalled), ends(runtime.Suspended),
	{name: "error of the run", n: once, make: func(t *trace.Trace, _ int) bool {
		t.Error += "!"
		return true
	}},
	{name: "final output", n: once, make: func(t *trace.Trace, _ int) bool {
		t.FinalOutput = value.FromString(value.Str(t.FinalOutput) + "!")
		return true
	}},
	{name: "suspended step", n: once, make: func(t *trace.Trace, _ int) bool {
		t.SuspendedAt, t.HasSuspended = t.SuspendedAt+"0", true
		return true
	}},
	{name: "snapshot removed", n: snapshots, make: func(t *trace.Trace, i int) bool {
		t.Snapshots = slices.Delete(t.Snapshots, i, i+1)
		return true
	}},
	{name: "snapshot doubled", n: snapshots, make: func(t *trace.Trace, i int) bool {
		t.Snapshots = slices.Insert(t.Snapshots, i, t.Snapshots[i])
		return true
	}},
	{name: "index", n: snapshots, make: func(t *trace.Trace, i int) bool {
		t.Snapshots[i].Index++
		return true
	}},
	{name: "hash", outputs: true, n: snapshots, make: func(t *trace.Trace, i int) bool {
		t.Snapshots[i].Hash[7] ^= 1
		return true
	}},
	{name: "metrics", n: once, make: func(t *trace.Trace, _ int) bool {
		t.Metrics.Conditions++
		return true
	}},
}

func clone(t *trace.Trace) *trace.Trace {
	c := *t
	c.Steps, c.StepTimes, c.Snapshots = slices.Clone(t.Steps), slices.Clone(t.StepTimes), slices.Clone(t.Snapshots)
	return &c
}

// Every change that the machine could not have made is found, and every
// change that it could have made is let pass.
func TestChangedTracesAreFound(t *testing.T) {
	made := make(map[string]int)
	freed := 0
	for _, r := range runs(t) {
		if !slices.Contains([]runtime.Status{runtime.Success, runtime.Failed, runtime.BudgetExceeded, runtime.Stalled, runtime.Suspended}, r.trace.Status) {
			continue // the trace of a run that was cut may end anywhere
		}
		for _, m := range mutations {
			for i := range m.n(r.trace) {
				changed := clone(r.trace)
				if !m.make(changed, i) {
					continue
				}
				found, doubts := trace.Replay(changed, r.machine)
				free := m.free != nil && m.free(&r, i)
				switch isFound := len(found) > 0 || m.outputs && len(doubts) > 0; {
				case free && isFound:
					t.Errorf("%s: %s at %d is found, but the machine could have made it: %v %v", r.name, m.name, i, found, doubts)
				case free:
					freed++
				case !isFound:
					t.Errorf("%s: %s at %d is not found\n%s", r.name, m.name, i, changed.AppendJSON(nil))
				default:
					made[m.name]++
				}
			}
		}
	}
	for _, m := range mutations {
		if made[m.name] < 5 {
			t.Errorf("%s was tried %d times only", m.name, made[m.name])
		}
	}
	if freed < 5 {
		t.Errorf("only %d changes were free", freed)
	}
	t.Logf("%v found, %d free", made, freed)
}
