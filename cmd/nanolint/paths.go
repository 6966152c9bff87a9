package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/paths"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

// pathsFlags are the flags of paths.
type pathsFlags struct {
	settings                  settings
	format                    *choice
	limit                     int
	mustPass                  []string
	failures                  bool
	emitTests, output, target string
}

func (a *app) pathsCommand() *cobra.Command {
	var f pathsFlags
	c := &cobra.Command{
		Use:   "paths PROGRAM",
		Short: "List the paths through a program, and write tests that cover it",
		Long: `List the ways in which a run of a program may go: the steps, how it ends, and what inputs, models and tools must
bring for that. Each is tried by a run. Loops are gone round once.

PROGRAM is a file, FILE#NAME if it holds several programs, or - for standard input.

Exit status: 0 no path misses a step of --must-pass, 1 one does, 2 the program cannot be run or a file not be written.`,
		Example: `  nanolint paths refund.yaml
  nanolint paths refund.yaml --must-pass check_fraud
  nanolint paths refund.yaml --emit-tests refund.test.yaml && nanolint test refund.test.yaml`,
		Args: cobra.MatchAll(needs("a program, as in nanolint paths refund.yaml"), cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error { return a.paths(&f, args[0]) },
	}
	f.format = addChoice(c, "format", "for people or programs", "text", "json")
	fs := c.Flags()
	fs.IntVar(&f.limit, "limit", paths.DefaultLimit, "list at most `N` paths")
	fs.StringArrayVar(&f.mustPass, "must-pass", nil, "mark paths that end in success without passing this `STEP`; may be repeated")
	fs.BoolVar(&f.failures, "failures", false, "also list paths on which steps fail or tools suspend the run")
	fs.StringVar(&f.emitTests, "emit-tests", "", "write tests that take every branch to a scenario `FILE`, whole or not at all")
	fs.StringVarP(&f.output, "output", "o", "", "write the paths to `FILE`, whole or not at all")
	addTarget(c, &f.target)
	addConfigFlags(c, &f.settings.finder)
	return c
}

// paths is the command.
func (a *app) paths(f *pathsFlags, arg string) error {
	if err := a.configure(&f.settings, f.target); err != nil {
		return err
	}
	if f.limit <= 0 {
		return fmt.Errorf("--limit %d: want a positive number", f.limit)
	}
	loaded := newPrograms(&f.settings)
	subject, err := a.subject(loaded, arg)
	if err != nil {
		return fmt.Errorf("%s: %w", arg, reason(err))
	}
	if err := a.refused(loaded, subject, arg); err != nil {
		return err
	}
	if err := knowsSteps(subject.Program, f.mustPass); err != nil {
		return err
	}
	o := paths.Options{Limit: f.limit, Failures: f.failures, MustPass: f.mustPass}
	if f.emitTests != "" {
		if err := a.emitTests(loaded, subject, arg, f.emitTests, o); err != nil {
			return err
		}
	}
	result := paths.Enumerate(subject.Program, o)
	if err := a.printPaths(f, loaded.files[subject].Name, result); err != nil {
		return err
	}
	a.judgePaths(loaded.files[subject].Name, f.limit, result)
	return nil
}

// knowsSteps refuses what is no step.
func knowsSteps(p *program.Program, ids []string) error {
	var known []string
	for s := range p.All {
		known = append(known, s.ID())
	}
	for _, id := range ids {
		if slices.Contains(known, id) {
			continue
		}
		return fmt.Errorf("--must-pass %s: there is no such step%s", id, spelling.DidYouMean(id, known))
	}
	return nil
}

func (a *app) printPaths(f *pathsFlags, name string, r *paths.Result) error {
	out, err := a.openOutput(f.output)
	if err != nil {
		return err
	}
	defer out.discard()
	write := report.PathsText
	if f.format.value == "json" {
		write = report.Paths
	}
	if err = write(out, name, r); err == nil {
		err = out.commit()
	}
	if err != nil && !isClosedPipe(err) {
		return fmt.Errorf("cannot write the paths: %w", reason(err))
	}
	return nil
}

// judgePaths says what was left out, and makes the exit status.
func (a *app) judgePaths(name string, limit int, r *paths.Result) {
	say := func(format string, args ...any) {
		fmt.Fprintf(a.stderr, "nanolint: %s: %s\n", report.Visible(name), fmt.Sprintf(format, args...))
	}
	switch {
	case r.Uncounted && r.Left > 0:
		say("at least %d more paths are left out: counting all would take too long", r.Left)
	case r.Uncounted:
		say("there may be more paths: following all would take too long")
	case r.Left > 0 && len(r.Paths) < limit:
		say("%d more paths are left out: these are too long to keep more", r.Left)
	case r.Left > 0:
		say("%d more paths are left out: raise --limit to see them", r.Left)
	case len(r.Paths) == 0:
		say("no path ends: every way goes round a loop again and again")
	}
	for _, id := range r.Unsure {
		say("whether a path that is left out misses %q could not be found out", report.Visible(id))
	}
	for _, p := range r.Paths {
		if len(p.Missed) > 0 {
			a.status = max(a.status, statusFound)
		}
	}
	if len(r.Unsure) > 0 {
		a.status = max(a.status, statusFound) // a check must not pass because it gave up
	}
}

// emitTests writes a scenario file.
func (a *app) emitTests(loaded *programs, s *scenario.Subject, arg, file string, o paths.Options) error {
	const flag = "--emit-tests "
	lang, err := scenarioLang(file)
	if err != nil {
		return fmt.Errorf("%s%s: %w", flag, file, err)
	}
	path, err := programPath(arg, file)
	if err != nil {
		return fmt.Errorf("%s%s: %w", flag, file, err)
	}
	cover := paths.FindCover(s.Program, o)
	for _, m := range cover.Missing {
		in := loaded.files[s]
		line, col := in.LineCol(m.Step.Place().Start)
		fmt.Fprintf(a.stderr, "nanolint: %s:%d:%d: %s\n", report.Visible(in.Name), line, col, report.Visible(notTested(m)))
	}
	text, err := paths.Tests(s, path, cover.Paths, lang)
	if err != nil {
		return fmt.Errorf("%s%s: %w", flag, file, err)
	}
	out, err := a.openTarget(flag, file)
	if err != nil {
		return err
	}
	defer out.discard()
	if _, err = io.WriteString(out, text); err == nil {
		err = out.commit()
	}
	if err != nil {
		return fmt.Errorf("%s%s: %w", flag, file, reason(err))
	}
	fmt.Fprintf(a.stderr, "nanolint: %s: tests are written: %d\n", report.Visible(file), len(cover.Paths))
	return nil
}

// notTested says what no test does, and why.
func notTested(m paths.Missing) string {
	what := fmt.Sprintf("in which step %q is %s", m.Step.ID(), m.Outcome)
	if m.Outcome == program.True || m.Outcome == program.False {
		what = fmt.Sprintf("for the %s branch of step %q", m.Outcome, m.Step.ID())
	}
	if m.Entry == program.Inline {
		what += " as the branch of another condition"
	}
	return fmt.Sprintf("no test %s: %s", what, m.Why)
}

// scenarioLang is the language of a scenario file, by its name.
func scenarioLang(file string) (syntax.Lang, error) {
	switch ext(file) {
	case ".yaml", ".yml":
		return syntax.YAML, nil
	case ".json":
		return syntax.JSON, nil
	}
	return 0, errors.New("want a name that ends in .yaml, .yml or .json: nanolint test finds those that end in .test.yaml")
}

// programPath is the path of a program as a scenario file has it: relative to its directory.
func programPath(arg, file string) (string, error) {
	if arg == "-" {
		return "", errors.New("tests name the file of their program: pass it instead of standard input")
	}
	path, name, named := strings.Cut(arg, "#")
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return "", err
	}
	if relative, err := filepath.Rel(dir, path); err == nil {
		path = relative // there is none from one drive of Windows to another
	}
	path = filepath.ToSlash(path)
	if named {
		path += "#" + name
	}
	return path, nil
}
