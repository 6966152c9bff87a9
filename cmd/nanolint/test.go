package main

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/report"
	machine "github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// testFlags are the flags of test.
type testFlags struct {
	format                  *choice
	output, target, pattern string
	settings                settings
	coverage, update, quiet bool
	minCoverage             float64
}

func (a *app) testCommand() *cobra.Command {
	var f testFlags
	c := &cobra.Command{
		Use:   "test [FILE|DIR…]",
		Short: "Run workflow tests",
		Long: `Run the cases of scenario files: programs with scripted models and tools, and what is to come of them.

In a directory these are the files *.test.yaml, *.test.yml, *.test.json and *.test.jsonl. A file that is named is
always run. Without a path, the current directory is searched.

Exit status: 0 all cases pass, 1 a case fails or too little is covered, 2 a file that cannot be used.`,
		Example: `  nanolint test
  nanolint test --coverage --min-coverage 90 flows/
  nanolint test --run refund refund.test.yaml
  nanolint test --update refund.test.yaml`,
		RunE: func(c *cobra.Command, args []string) error { return a.test(&f, args) },
	}
	f.format = addChoice(c, "format", "how to print", "text", "json", "junit")
	fs := c.Flags()
	fs.StringVarP(&f.output, "output", "o", "", "write the report to `FILE`, whole or not at all")
	fs.StringVar(&f.pattern, "run", "", "run only the cases whose name matches this regular expression `PATTERN`")
	fs.BoolVar(&f.coverage, "coverage", false, "print which states, branches and outcomes of each program no case has covered")
	fs.Float64Var(&f.minCoverage, "min-coverage", 0, "fail if fewer than `N` percent of the states and branches of a program are covered")
	fs.BoolVar(&f.update, "update", false, "write into the scenario files what really comes of their cases")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "print failures only")
	addTarget(c, &f.target)
	addConfigFlags(c, &f.settings.finder)
	return c
}

// testRun is one run of the command.
type testRun struct {
	*app
	flags    *testFlags
	pattern  *regexp.Regexp
	programs *programs

	report  report.Tests
	covered []*scenario.Subject // in the order of the cases
	events  map[*scenario.Subject][]machine.Event
}

func (a *app) test(f *testFlags, args []string) error {
	if err := a.configure(&f.settings, f.target); err != nil {
		return err
	}
	pattern, err := regexp.Compile(f.pattern)
	if err != nil {
		return fmt.Errorf("--run: %w", err)
	}
	if f.update && slices.Contains(args, "-") {
		return errors.New("--update writes into files, and standard input is none: name the file")
	}
	if f.minCoverage < 0 || f.minCoverage > 100 {
		return fmt.Errorf("--min-coverage %v: want a percentage from 0 to 100", f.minCoverage)
	}
	out, err := a.openOutput(f.output)
	if err != nil {
		return err
	}
	defer out.discard()
	t := &testRun{app: a, flags: f, pattern: pattern, programs: newPrograms(&f.settings),
		events: make(map[*scenario.Subject][]machine.Event)}
	find := &finder{args: args, stdin: a.stdin, wants: isScenario}
	files := 0
	for in := range find.all {
		if t.file(in) {
			files++
		}
	}
	if files == 0 && a.status == 0 {
		return errors.New("no scenario files found: they are called *.test.yaml, *.test.json or *.test.jsonl")
	}
	if len(t.report.Cases) == 0 && f.pattern != "" && a.status == 0 {
		return fmt.Errorf("--run %s: no case has a name like that", f.pattern)
	}
	t.cover()
	if err := t.print(out, files); err != nil {
		return fmt.Errorf("cannot write the report: %w", reason(err))
	}
	if t.report.Failed() > 0 {
		a.status = max(a.status, statusFound)
	}
	return nil
}

// goStyle spells -run, as people know it from go test, with the two dashes of all other flags.
func goStyle(args []string) []string {
	if len(args) == 0 || args[0] != "test" {
		return args
	}
	args = slices.Clone(args)
	for i, arg := range args {
		if arg == "-run" || strings.HasPrefix(arg, "-run=") {
			args[i] = "-" + arg
		}
	}
	return args
}

func (t *testRun) print(out *output, files int) error {
	var err error
	switch t.flags.format.value {
	case "json":
		err = t.report.JSON(out)
	case "junit":
		err = t.report.JUnit(out)
	default:
		err = t.report.Text(out, files, t.flags.quiet)
	}
	if err == nil {
		err = out.commit()
	}
	if isClosedPipe(err) {
		return nil
	}
	return err
}

// isScenario reports whether a search takes a file for a scenario file.
func isScenario(name string) bool {
	extension := ext(name)
	return extensions[extension] && ext(strings.TrimSuffix(strings.ToLower(name), extension)) == ".test"
}

// file runs the cases of a file and reports whether it could be read.
func (t *testRun) file(in input) bool {
	f, lang, err := load(in)
	if err != nil {
		t.complain(statusUnusable, in.path, err)
		return false
	}
	setting, err := t.programs.of(in.path)
	if err != nil {
		t.complainOf(result{path: in.path, err: err})
		return false
	}
	suite := t.read(f, lang, setting)
	for _, n := range suite.Notes {
		line, col := f.LineCol(n.Span.Start)
		t.complain(statusUnusable, fmt.Sprintf("%s:%d:%d", f.Name, line, col), errors.New(n.Message))
	}
	results := t.runAll(suite)
	if t.flags.update {
		if updated, checked := t.updated(suite, results, func(f *source.File) *scenario.Suite { return t.read(f, lang, setting) }); updated != suite {
			if err := replaceFile(in.path, f.Text, updated.File.Text); err != nil {
				t.complain(statusUnusable, in.path, fmt.Errorf("not updated: %w", err))
			} else {
				f, suite, results = updated.File, updated, checked
			}
		}
	}
	for i, c := range suite.Cases {
		if !t.pattern.MatchString(c.Name) {
			continue
		}
		t.report.Cases = append(t.report.Cases,
			report.Test{Name: c.Name, File: f, Program: cmp.Or(t.programs.files[c.Subject], f), Span: c.Node.Span, Differences: results[i].differences})
		if c.Expect == nil {
			t.report.Unchecked++
		}
		if results[i].result != nil {
			t.note(c.Subject, f, results[i].result)
		}
	}
	return true
}

func (t *testRun) read(f *source.File, lang syntax.Lang, s *setting) *scenario.Suite {
	return scenario.Read(f, lang, s.options.Target, t.programs.beside(f.Name))
}

// outcome is what came of a case.
type outcome struct {
	result      *scenario.Result
	differences []scenario.Difference
}

// runAll runs the cases on all processors.
func (t *testRun) runAll(suite *scenario.Suite) []outcome {
	results := make([]outcome, len(suite.Cases))
	next := make(chan int)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				results[i].result, results[i].differences = suite.Cases[i].Check()
			}
		})
	}
	for i, c := range suite.Cases {
		if t.pattern.MatchString(c.Name) {
			next <- i
		}
	}
	close(next)
	wait.Wait()
	return results
}

// updated is a file in which the cases expect what came of them, with what comes of them then; the suite itself if nothing
// changes. What has been written is read again: a case that is not what it should be then is left as it was.
func (t *testRun) updated(suite *scenario.Suite, results []outcome, read func(*source.File) *scenario.Suite) (*scenario.Suite, []outcome) {
	edits := make([][]source.Edit, len(suite.Cases))
	give := func(i int, err error) {
		edits[i] = nil
		line, col := suite.File.LineCol(suite.Cases[i].Node.Span.Start)
		t.complain(statusUnusable, fmt.Sprintf("%s:%d:%d", suite.File.Name, line, col), fmt.Errorf("%s: not updated: %w", suite.Cases[i].Name, err))
	}
	for i, c := range suite.Cases {
		if t.pattern.MatchString(c.Name) {
			var err error
			if edits[i], err = c.Edits(suite, results[i].result, results[i].differences); err != nil {
				give(i, err)
			}
		}
	}
	for {
		text, err := source.Apply(suite.File.Text, slices.Concat(edits...))
		if err != nil {
			t.complain(statusUnusable, suite.File.Name, fmt.Errorf("not updated: %w", err))
			return suite, results
		}
		if text == suite.File.Text {
			return suite, results
		}
		after := read(source.NewFile(suite.File.Name, text))
		if len(after.Cases) != len(suite.Cases) || len(after.Notes) != len(suite.Notes) {
			t.complain(statusUnusable, suite.File.Name, errors.New("not updated: what would be written cannot be read again: write the expectations anew"))
			return suite, results
		}
		checked, good := t.runAll(after), true
		for i := range edits {
			if len(edits[i]) > 0 && len(checked[i].differences) > 0 {
				give(i, errors.New("what came of it cannot be written here as it is: write the expectation anew"))
				good = false
			}
		}
		if good {
			return after, checked
		}
	}
}

// note keeps what a case has covered.
func (t *testRun) note(s *scenario.Subject, f *source.File, r *scenario.Result) {
	if !t.flags.coverage && t.flags.minCoverage == 0 {
		return
	}
	if _, known := t.events[s]; !known {
		t.covered = append(t.covered, s)
	}
	t.events[s] = append(t.events[s], r.Events...)
	if t.programs.files[s] == nil {
		t.programs.files[s] = f
	}
}

// cover works out what the cases have covered.
func (t *testRun) cover() {
	for _, s := range t.covered {
		c := report.ProgramCoverage{Path: t.programs.files[s].Name, File: t.programs.files[s], Coverage: scenario.Cover(s.Program, t.events[s])}
		if t.flags.coverage {
			t.report.Coverage = append(t.report.Coverage, c)
		}
		if c.Percent() < t.flags.minCoverage {
			t.complain(statusFound, c.Path, fmt.Errorf("%.1f%% covered, less than --min-coverage %v", c.Percent(), t.flags.minCoverage))
		}
	}
}
