package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/report"
	machine "github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/trace"
	"github.com/nanolint/nanolint/value"
)

// runFlags are the flags of run.
type runFlags struct {
	format                    *choice
	inputs, scenario, oneCase string
	input, llm, tool, resume  []string
	interactive, quiet        bool
	maxSteps                  int
	target, output            string
	settings                  settings
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "run PROGRAM",
		Short: "Run a program without side effects",
		Long: `Run a program as the machine would, with the models and tools that you script or answer for. Nothing is called.

PROGRAM is a file, FILE#NAME if it holds several programs, or - for standard input.

Exit status: 0 the run succeeded or is suspended, 1 it ended in any other way, 2 it could not be run, or not on.`,
		Example: `  nanolint run refund.yaml --input order=7 --llm decide=refund --tool pay='{"id": 1}'
  nanolint run refund.yaml --scenario refund.test.yaml --case approved
  nanolint run approval.yaml --tool ask=PENDING --resume '{"approved": true}' --format json`,
		Args: cobra.MatchAll(needs("a program, as in nanolint run refund.yaml"), cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runProgram(&f, c.Flags().Changed("interactive"), args[0])
		},
	}
	f.format = addChoice(c, "format", "print steps as they happen, or the trace as the machine dumps it", "text", "json")
	fs := c.Flags()
	fs.StringArrayVar(&f.input, "input", nil, "an initial variable, `NAME=VALUE`; VALUE is JSON, or else text")
	fs.StringVar(&f.inputs, "inputs", "", "initial variables: a JSON or YAML `FILE` that holds a mapping")
	fs.StringVar(&f.scenario, "scenario", "", "take variables, answers and resumes from a case of a scenario `FILE`")
	fs.StringVar(&f.oneCase, "case", "", "the `NAME` of the case, if it is not the first")
	fs.StringArrayVar(&f.llm, "llm", nil, "what the model of a step answers, `STEP=TEXT`; several in order, the last repeats")
	fs.StringArrayVar(&f.tool, "tool", nil, "what a tool returns, `NAME=VALUE`; VALUE is JSON, or else text; several in order, the last repeats")
	fs.StringArrayVar(&f.resume, "resume", nil, "a payload for the run when it is suspended, `JSON`; several in order")
	fs.BoolVarP(&f.interactive, "interactive", "i", false, "ask for answers that are missing (default: if standard input is a terminal)")
	fs.IntVar(&f.maxSteps, "max-steps", machine.DefaultMaxSteps, "stop a run after `N` steps, status runaway")
	fs.StringVarP(&f.output, "output", "o", "", "write what is printed to `FILE`, whole or not at all")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "do not print what nanolint check finds")
	addTarget(c, &f.target)
	addConfigFlags(c, &f.settings.finder)
	return c
}

// runProgram is the command.
func (a *app) runProgram(f *runFlags, asked bool, arg string) error {
	if err := a.configure(&f.settings, f.target); err != nil {
		return err
	}
	if f.maxSteps <= 0 {
		return fmt.Errorf("--max-steps %d: want a positive number", f.maxSteps)
	}
	loaded := newPrograms(&f.settings)
	subject, err := a.subject(loaded, arg)
	if bad, ok := errors.AsType[badConfig](err); ok {
		a.complainOfConfig(bad.Config)
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", arg, reason(err))
	}
	if !f.quiet {
		a.warn(loaded, subject)
	}
	if err := a.refused(loaded, subject, arg); err != nil {
		return err
	}
	script, err := a.script(loaded, f, subject)
	if err != nil {
		return err
	}
	if !asked && arg != "-" {
		f.interactive = isTerminal(a.stdin)
	}
	if f.interactive {
		script.ask = newAsker(a)
	}
	return a.play(f, subject, script)
}

// refused says why the machine refuses to construct a program, if it does.
func (a *app) refused(loaded *programs, s *scenario.Subject, arg string) error {
	for _, c := range s.Rejected {
		a.complainAt(loaded.files[s], c.Span, errors.New(c.Message))
	}
	if len(s.Rejected) > 0 {
		return fmt.Errorf("%s: the machine refuses to construct this program", arg)
	}
	return nil
}

func (a *app) subject(loaded *programs, arg string) (*scenario.Subject, error) {
	if arg == "-" {
		return loaded.read(input{path: stdinName, stdin: a.stdin}, "", false)
	}
	return loaded.open(arg)
}

// complainAt complains with a place.
func (a *app) complainAt(f *source.File, at source.Span, err error) {
	line, col := f.LineCol(at.Start)
	a.complain(statusUnusable, fmt.Sprintf("%s:%d:%d", f.Name, line, col), err)
}

// warn prints what check finds in the program, as warnings.
func (a *app) warn(loaded *programs, s *scenario.Subject) {
	f, analysis := loaded.files[s], loaded.judges[s]()
	for _, d := range analysis.Diagnostics {
		if !d.IsMuted() && d.Severity > source.Info && analysis.Programs[d.Program] == s.Program {
			line, col := f.LineCol(d.Span.Start)
			fmt.Fprintf(a.stderr, "%s:%d:%d: warning[%s]: %s\n", report.Visible(f.Name), line, col, d.Rule, report.Visible(d.Message))
		}
	}
}

// play runs the program and prints.
func (a *app) play(f *runFlags, s *scenario.Subject, w *world) error {
	out, err := a.openOutput(f.output)
	if err != nil {
		return err
	}
	defer out.discard()
	steps := report.NewRun(out, s.Program)
	options := machine.Options{MaxSteps: f.maxSteps}
	if f.format.value == "text" {
		options.Observe = steps.Step
	}
	run := s.Machine.Start(w, w.inputs, options)
	for run.Trace().Status == machine.Suspended {
		payload, given := w.nextResume(run)
		if !given {
			break
		}
		if options.Observe != nil {
			steps.Resume(payload)
		}
		run.Resume(payload)
	}
	if f.format.value == "json" {
		_, err = fmt.Fprintf(out, "%s\n", trace.Of(run).AppendJSON(nil))
	} else {
		err = steps.Close(run)
	}
	if err == nil {
		err = out.commit()
	}
	if err != nil && !isClosedPipe(err) {
		return fmt.Errorf("cannot write the run: %w", reason(err))
	}
	switch run.Trace().Status {
	case machine.Success, machine.Suspended:
	case machine.Stopped:
		a.complain(statusUnusable, "", errors.New(run.Trace().Error))
	default:
		a.status = max(a.status, statusFound)
	}
	return nil
}

// world answers from a script and from the flags, then asks if it may; else the run stops, and the user learns
// what to pass.
type world struct {
	machine.Script
	inputs  value.Value
	resumes []value.Value
	ask     *asker
}

// Tool answers for a tool.
func (w *world) Tool(c machine.ToolCall) machine.Answer {
	switch {
	case w.Unregistered[c.Tool] || w.Tools[c.Tool] != nil || w.Tools["*"] != nil:
		return w.Script.Tool(c)
	case w.ask != nil:
		return w.ask.tool(c)
	}
	return machine.Answer{Stop: fmt.Sprintf("tool %q of step %q has no answer: pass --tool %s=JSON, a --scenario, or --interactive",
		c.Tool, c.Step.ID(), c.Tool)}
}

// Model answers for the model of a step.
func (w *world) Model(c machine.ModelCall) machine.Answer {
	id := c.Step.ID()
	switch {
	case w.Models[id] != nil || w.Models["*"] != nil:
		return w.Script.Model(c)
	case w.ask != nil:
		return w.ask.model(c)
	}
	return machine.Answer{Stop: fmt.Sprintf("the model of step %q has no answer: pass --llm %s=TEXT, a --scenario, or --interactive", id, id)}
}

func (w *world) nextResume(run *machine.Run) (value.Value, bool) {
	if len(w.resumes) > 0 {
		payload := w.resumes[0]
		w.resumes = w.resumes[1:]
		return payload, true
	}
	if w.ask != nil {
		return w.ask.payload(run.Trace().SuspendedAt)
	}
	return value.Value{}, false
}

// script is the world of the flags.
func (a *app) script(loaded *programs, f *runFlags, s *scenario.Subject) (*world, error) {
	w := &world{}
	var inputs []value.Pair
	if f.scenario != "" {
		c, err := a.oneCase(loaded, f)
		if err != nil {
			return nil, err
		}
		w.Script = *c.World()
		inputs, w.resumes = pairsOf(c.Inputs()), c.Resumes()
	} else if f.oneCase != "" {
		return nil, errors.New("--case names a case of a scenario file: pass --scenario FILE too")
	}
	if w.Models == nil {
		w.Models = make(map[string][]machine.Answer)
	}
	if w.Tools == nil {
		w.Tools = make(map[string][]machine.Answer)
	}
	if f.inputs != "" {
		more, err := readInputs(f.inputs)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, more...)
	}
	for _, arg := range f.input {
		name, text, found := strings.Cut(arg, "=")
		if !found || name == "" {
			return nil, fmt.Errorf("--input %s: want NAME=VALUE", arg)
		}
		inputs = append(inputs, value.Pair{Key: name, Value: literal(text)})
	}
	w.inputs = value.FromPairs(inputs)
	if err := w.addModels(f.llm, s.Program); err != nil {
		return nil, err
	}
	if err := w.addTools(f.tool, s.Program); err != nil {
		return nil, err
	}
	for _, arg := range f.resume {
		payload, err := value.Decode(arg)
		if err != nil {
			return nil, fmt.Errorf("--resume %s: it is not JSON: %w", arg, err)
		}
		w.resumes = append(w.resumes, payload)
	}
	return w, nil
}

func pairsOf(v value.Value) []value.Pair {
	if v.Kind() != value.Dict {
		return nil
	}
	return append([]value.Pair(nil), v.Pairs()...)
}

// literal is JSON, or else text.
func literal(text string) value.Value {
	if v, err := value.Decode(text); err == nil {
		return v
	}
	return value.FromString(text)
}

// addModels adds what the flags let models answer, instead of what a scenario does.
func (w *world) addModels(args []string, p *program.Program) error {
	var known []string
	for s := range p.All {
		if s.Kind == program.LLM {
			known = append(known, s.ID())
		}
	}
	return add(w.Models, args, "--llm", "STEP=TEXT", "llm step", known, func(text string) machine.Answer {
		return machine.Answer{Value: value.FromString(text)}
	})
}

func (w *world) addTools(args []string, p *program.Program) error {
	var known []string
	for _, c := range p.Tools() {
		known = append(known, c.Tool)
	}
	return add(w.Tools, args, "--tool", "NAME=JSON", "tool", known, func(text string) machine.Answer {
		return machine.Answer{Value: literal(text)}
	})
}

func add(table map[string][]machine.Answer, args []string, flag, form, what string, known []string, read func(string) machine.Answer) error {
	given := make(map[string]bool)
	for _, arg := range args {
		name, text, found := strings.Cut(arg, "=")
		if !found {
			return fmt.Errorf("%s %s: want %s", flag, arg, form)
		}
		if !slices.Contains(known, name) {
			return fmt.Errorf("%s %s: the program has no %s %q%s", flag, arg, what, name, spelling.DidYouMean(name, known))
		}
		if !given[name] {
			table[name] = nil
		}
		given[name] = true
		table[name] = append(table[name], read(text))
	}
	return nil
}
