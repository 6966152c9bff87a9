// Package scenario is tests of workflow programs: cases that script what tools and models answer and say what
// is to come of it.
//
// It reads the files in which people write them and in which runs of the Python machine are recorded (the same
// form), runs them with package runtime, and compares. Every complaint and every difference has its place in the
// file. What the author left out is not compared.
package scenario

import (
	"slices"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// Suite is the cases of one file.
type Suite struct {
	File  *source.File
	Lang  syntax.Lang
	Cases []*Case
	Notes []source.Note // what is wrong with the file; such cases are not among Cases
}

// Case is one test.
type Case struct {
	Name    string
	Node    *syntax.Node // the mapping of the case itself
	Subject *Subject
	Expect  *syntax.Node // a mapping; nil if nothing is expected

	context value.Value
	models  map[string][]runtime.Answer
	tools   map[string][]runtime.Answer
	missing map[string]bool // tools that are not registered
	resume  []value.Value
	limit   int
}

// Subject is the program that cases are about. Cases of the same program share it.
type Subject struct {
	Path    string // of its file; empty for a program that stands in a case
	Program *program.Program
	Machine *runtime.Machine

	Rejected []schema.Complaint // why construction refuses it; then there is no Machine
}

// NewSubject makes the program of a document ready.
func NewSubject(path string, p *program.Program) *Subject {
	s := &Subject{Path: path, Program: p, Rejected: schema.Check(p.Root)}
	if len(s.Rejected) == 0 {
		s.Machine = runtime.New(s.Program)
	}
	return s
}

// World is a fresh world that answers as the case says.
func (c *Case) World() *runtime.Script {
	w := &runtime.Script{Models: c.models, Tools: c.tools, Unregistered: c.missing}
	if len(c.missing) == 0 {
		return w
	}
	for s := range c.Subject.Program.All {
		if name := s.Tool.StringValue(); name != "" && !c.missing[name] && !slices.Contains(w.Registered, name) {
			w.Registered = append(w.Registered, name)
		}
	}
	return w
}

// Inputs are the initial variables.
func (c *Case) Inputs() value.Value { return c.context }

// Resumes are the payloads that are delivered, one by one, while the run is suspended.
func (c *Case) Resumes() []value.Value { return c.resume }

// Result is what came of a case.
type Result struct {
	Runs    []value.Value // the trace after the first run, and after each resume
	Path    []string      // the ids of the steps that were taken, sub-steps aside
	Calls   value.Value   // of tools: [[tool, arguments], …]
	Prompts value.Value   // what models were asked: [[step, prompt], …], or [step, prompt, system] where there is one
	Events  []runtime.Event
}

// recordedLimit is after how many steps the recorder of runs of the Python machine takes a run for endless.
const recordedLimit = 400

// Run runs the case. The subject must not be rejected.
func (c *Case) Run() *Result {
	res, world := &Result{}, c.World()
	run := c.Subject.Machine.Start(world, c.context, runtime.Options{
		MaxSteps: c.limit,
		Observe: func(e runtime.Event) {
			res.Events = append(res.Events, e)
			res.Path = append(res.Path, e.Records[len(e.Records)-1].ID)
		},
	})
	res.Runs = append(res.Runs, TraceValue(run.Trace()))
	for _, payload := range c.resume {
		if run.Trace().Status != runtime.Suspended {
			break
		}
		run.Resume(payload)
		res.Runs = append(res.Runs, TraceValue(run.Trace()))
	}
	calls := make([]value.Value, len(world.Calls))
	for i, call := range world.Calls {
		calls[i] = value.FromItems([]value.Value{value.FromString(call.Tool), value.FromPairs(slices.Clone(call.Args))})
	}
	res.Calls = value.FromItems(calls)
	prompts := make([]value.Value, len(world.Asked))
	for i, asked := range world.Asked {
		prompt := []value.Value{value.FromString(asked.Step.ID()), asked.Prompt}
		if asked.HasSystem {
			prompt = append(prompt, asked.System)
		}
		prompts[i] = value.FromItems(prompt)
	}
	res.Prompts = value.FromItems(prompts)
	return res
}
