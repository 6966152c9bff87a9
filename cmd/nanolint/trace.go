package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/trace"
)

// traceFlags are the flags of trace.
type traceFlags struct {
	format, failOn        *choice
	program, against      string
	output, target, stdin string
	settings              settings
}

func (a *app) traceCommand() *cobra.Command {
	var f traceFlags
	c := &cobra.Command{
		Use:   "trace FILE…",
		Short: "Analyze recorded traces, and hold them to their program",
		Long: `Print hash, receipt and health of traces: what trace.model_dump_json() gives in Python, or nanolint run --format json
prints. A .jsonl file holds a trace on each line; "-" is standard input.

With --program, the recorded outcomes are walked through the program, and the first record that the program could not
have made is named.

Exit status: 0 nothing to complain about, 1 a trace that the program could not have made, 2 a file that cannot be used.`,
		Example: `  nanolint trace run.json
  nanolint trace runs.jsonl --program refund.yaml --format json
  nanolint trace today.json --against yesterday.json --fail-on alert`,
		Args: needs("a file, as in nanolint trace run.json"),
		RunE: func(_ *cobra.Command, args []string) error { return a.trace(&f, args) },
	}
	f.format = addChoice(c, "format", "for people or programs", "text", "json")
	f.failOn = addChoice(c, "fail-on", "what makes the exit status 1; alert: a difference or an alert", "difference", "alert", "never")
	fs := c.Flags()
	fs.StringVar(&f.program, "program", "", "hold the traces to the program in `FILE`, or FILE#NAME if it holds several")
	fs.StringVar(&f.against, "against", "", "compare with the trace in `FILE`: path_variance and transition_sequence_variance")
	fs.StringVarP(&f.output, "output", "o", "", "write what is printed to `FILE`, whole or not at all")
	fs.StringVar(&f.stdin, "stdin-filename", "", "call standard input `NAME`, and take its extension for the language")
	addTarget(c, &f.target)
	addConfigFlags(c, &f.settings.finder)
	return c
}

// trace is the command.
func (a *app) trace(f *traceFlags, args []string) error {
	if err := a.configure(&f.settings, f.target); err != nil {
		return err
	}
	var err error
	var subject *scenario.Subject
	var programFile *source.File
	if f.program != "" {
		if subject, programFile, err = a.traced(&f.settings, f.program); err != nil {
			return err
		}
	}
	var baseline *trace.Trace
	if f.against != "" {
		if baseline, err = a.baseline(f.against); err != nil {
			return err
		}
	}
	out, err := a.openOutput(f.output)
	if err != nil {
		return err
	}
	defer out.discard()
	find := &finder{args: args, stdin: a.stdin, stdinName: f.stdin, wants: func(string) bool { return false }}
	for _, arg := range args {
		if info, err := os.Stat(arg); err == nil && info.IsDir() {
			a.complain(statusUnusable, arg, errors.New("it is a directory: name the files with traces, as in "+arg+"/*.json"))
		}
	}
	printed := 0
	for in := range find.all {
		file, traces := a.readTraces(in)
		for _, t := range traces {
			r := &report.Trace{File: file, Trace: t, Receipt: trace.ReceiptOf(t, trace.HealthOf(t, baseline)), Program: programFile}
			if subject != nil {
				r.Found, r.Doubts = trace.Replay(t, subject.Machine)
			}
			if err := f.print(out, r, printed); err != nil {
				return notWritten(err)
			}
			printed++
			a.judgeTrace(f, r)
		}
	}
	return notWritten(out.commit())
}

// print prints what is said about a trace, behind that about others.
func (f *traceFlags) print(w io.Writer, t *report.Trace, others int) error {
	if f.format.value == "json" {
		return t.JSON(w)
	}
	if others > 0 {
		if _, err := io.WriteString(w, "\n"); err != nil {
			return err
		}
	}
	return t.Text(w)
}

// judgeTrace makes the exit status of what was found.
func (a *app) judgeTrace(f *traceFlags, t *report.Trace) {
	if f.failOn.value != "never" && len(t.Found) > 0 || f.failOn.value == "alert" && !t.Receipt.Health.IsHealthy() {
		a.status = max(a.status, statusFound)
	}
}

func notWritten(err error) error {
	if err == nil || isClosedPipe(err) {
		return nil
	}
	return fmt.Errorf("cannot write the analysis: %w", reason(err))
}

// traced is the program that traces are to be held to.
func (a *app) traced(s *settings, path string) (*scenario.Subject, *source.File, error) {
	loaded := newPrograms(s)
	subject, err := loaded.open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("--program %s: %w", path, reason(err))
	}
	file := loaded.files[subject]
	if len(subject.Rejected) > 0 {
		for _, c := range subject.Rejected {
			a.complainAt(file, c.Span, errors.New(c.Message))
		}
		return nil, nil, fmt.Errorf("--program %s: the machine refuses to construct this program, so no trace can be of it", path)
	}
	return subject, file, nil
}

// baseline is the one trace of a file.
func (a *app) baseline(path string) (*trace.Trace, error) {
	_, traces := a.readTraces(input{path: path})
	switch len(traces) {
	case 0:
		return nil, fmt.Errorf("--against %s: there is no trace to compare with", path)
	case 1:
		return traces[0], nil
	}
	return nil, fmt.Errorf("--against %s: it holds %d traces, and only one can be compared with", path, len(traces))
}

// readTraces reads the traces of a file, and complains of what it cannot read.
func (a *app) readTraces(in input) (*source.File, []*trace.Trace) {
	file, lang, err := load(in)
	if err != nil {
		a.complain(statusUnusable, in.path, err)
		return nil, nil
	}
	if lang != syntax.JSONL {
		lang = syntax.JSON
	}
	traces, notes := trace.Read(file, lang)
	for _, n := range notes {
		a.complainAt(file, n.Span, errors.New(n.Message))
	}
	return file, traces
}
