package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// repairFlags are the flags of repair.
type repairFlags struct {
	check    checkFlags // of it: which rules, which machine, how grave
	command  string
	attempts int
	dir      string
	timeout  time.Duration
}

func (a *app) repairCommand() *cobra.Command {
	var f repairFlags
	c := &cobra.Command{
		Use:   "repair --command COMMAND FILE|-",
		Short: "Have a model repair a program until nothing is found",
		Long: `Have a model repair a program until nothing is found at or above --fail-on.

The safe fixes are made first. Then COMMAND gets the errors and warnings (--format agent), an empty line and
the program on its standard input, and answers on its standard output with a new program: a JSON object, with
prose or a fence around it if need be. That is checked, and so on.

When nothing is found any more, the program replaces FILE. Otherwise FILE stays as it is and the exit status
is 1. All attempts, and the best one, are in the directory of --dir.`,
		Example: `  nanolint repair --command 'llm -m gpt-4o' refund.json
  planner | nanolint repair --command ./ask-model.sh --attempts 5 - > plan.json`,
		Args: cobra.MatchAll(needs("a file, or - for standard input"), cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return a.repair(c.Context(), &f, args[0]) },
	}
	fs := c.Flags()
	fs.StringVar(&f.command, "command", "", "what asks the model: a `COMMAND` of the shell")
	fs.IntVar(&f.attempts, "attempts", 3, "ask `N` times at most")
	fs.StringVar(&f.dir, "dir", ".nanolint-repair", "write all attempts to `DIR`")
	fs.DurationVar(&f.timeout, "timeout", 5*time.Minute, "stop a command that takes longer than this `DURATION`; 0: never")
	f.check.failOn = addChoice(c, "fail-on", "the least severity that is to be repaired", "error", "warning")
	a.addSelection(c, &f.check)
	return c
}

// repair is the command. An error is one of usage, input or output.
func (a *app) repair(ctx context.Context, f *repairFlags, arg string) error {
	switch {
	case f.command == "":
		return errors.New("nanolint repair needs --command: what asks the model, as in --command 'llm -m gpt-4o'")
	case f.attempts < 1:
		return errors.New("--attempts must be at least 1")
	}
	if err := a.prepare(ctx, &f.check); err != nil {
		return err
	}
	in := input{path: arg}
	if arg == "-" {
		in = input{path: f.check.stdinFilename, stdin: a.stdin}
		if in.path == "" {
			in.path = stdinName
		}
	}
	file, lang, err := load(in)
	if err != nil {
		return fmt.Errorf("%s: %w", in.path, err)
	}
	if lang == syntax.Markdown {
		return fmt.Errorf("%s: it is a text with programs in it, and a model answers with one program: repair it in a file of its own", in.path)
	}
	setting, err := f.check.settings.of(in.path)
	if err != nil {
		a.complainOf(result{path: in.path, err: err})
		return nil
	}
	if lang == syntax.Python {
		return fmt.Errorf("%s: a model answers with JSON, which is no Python: repair a program in JSON or YAML", in.path)
	}
	if docs := syntax.Parse(file, lang); len(docs) > 1 {
		return fmt.Errorf("%s: it holds %d documents, and a model answers with one program: repair one at a time", in.path, len(docs))
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	r := &repairer{
		app: a, flags: f, lang: lang,
		options: setting.options, failing: setting.failing(),
	}
	if err := r.prepareDir(); err != nil {
		return err
	}
	if err := r.run(ctx, file); err != nil {
		return err
	}
	return r.finish(in, file.Text)
}

// repairer is the loop.
type repairer struct {
	app     *app
	flags   *repairFlags
	lang    syntax.Lang
	options validator.Options
	failing source.Severity // the least severity that is to be repaired

	suppressed int // how many findings the program itself suppresses

	best     *attempt
	answered bool // the command has answered at all
}

// attempt is a program and what is found in it.
type attempt struct {
	number     int // 0: the program as it was, after safe fixes
	analysis   *validator.Analysis
	totals     report.Totals
	unreadable bool // the runtime reads no program in it, whatever the selected rules find
	suppresses bool // more than the program did: that mends nothing
}

// run asks until nothing is found, or often enough.
func (r *repairer) run(ctx context.Context, file *source.File) error {
	last := r.examine(0, file, r.lang)
	r.suppressed, last.suppresses = last.totals.Suppressed, false
	if err := r.keep(last); err != nil {
		return err
	}
	trouble := "" // with the answer before
	for n := 1; n <= r.flags.attempts && !r.isClean(r.best); n++ {
		answer, err := r.ask(ctx, n, r.prompt(last, trouble))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if failed, ok := errors.AsType[commandError](err); ok {
			r.say("attempt %d: %v", n, failed)
			continue // as often as was wished: networks fail
		}
		if err != nil {
			return err
		}
		r.answered = true
		at, ok := syntax.Answer(answer)
		if !ok {
			trouble = "The answer before held no JSON object.\n"
			r.say("attempt %d: the answer holds no JSON object", n)
			continue
		}
		trouble = ""
		last = r.read(n, file.Name, answer[at.Start:at.End])
		if last.suppresses {
			trouble = "The answer before suppressed findings: mend them instead.\n"
		}
		if err := r.keep(last); err != nil {
			return err
		}
	}
	return nil
}

// read makes an attempt of an answer: the object, in the language of the file if it can be read.
func (r *repairer) read(n int, name, text string) *attempt {
	t := r.examine(n, source.NewFile(name, text+"\n"), syntax.JSON)
	if r.lang != syntax.YAML || t.unreadable {
		return t
	}
	root := syntax.Parse(t.analysis.File, syntax.JSON)[0].Root
	return r.examine(n, source.NewFile(name, syntax.Print(root, syntax.YAML)), syntax.YAML)
}

// examine makes the safe fixes, which need no model, and looks at what remains.
func (r *repairer) examine(n int, file *source.File, lang syntax.Lang) *attempt {
	o := r.options
	o.Lang = lang
	t := &attempt{number: n, analysis: validator.Fix(file, o, false).After}
	t.totals.Add(t.analysis)
	t.suppresses = t.totals.Suppressed > r.suppressed
	doc := syntax.Parse(t.analysis.File, lang)[0]
	_, looks := program.Find(doc.Root)
	t.unreadable = !looks || len(doc.Problems) > 0
	return t
}

// keep writes an attempt down, and remembers it if it is the best so far.
func (r *repairer) keep(t *attempt) error {
	r.app.complainOfCrashes(result{path: t.analysis.File.Name, analysis: t.analysis})
	var found strings.Builder
	if err := r.print(&found, t); err != nil {
		return err
	}
	name := fmt.Sprintf("attempt-%d", t.number)
	if err := r.write(name+r.extension(), t.analysis.File.Text); err != nil {
		return err
	}
	if err := r.write(name+".findings.txt", found.String()); err != nil {
		return err
	}
	if t.number > 0 {
		r.say("attempt %d: %s", t.number, t.totals.Found())
	}
	if r.best == nil || t.isBetter(r.best) {
		r.best = t
	}
	return nil
}

// isBetter reports whether less is found. What cannot be read is never better than what can: there is little to be
// found in an empty object.
func (t *attempt) isBetter(than *attempt) bool {
	switch a, b := t.totals, than.totals; {
	case t.unreadable != than.unreadable:
		return than.unreadable
	case t.suppresses != than.suppresses:
		return than.suppresses
	case a.Errors != b.Errors:
		return a.Errors < b.Errors
	default:
		return a.Warnings < b.Warnings
	}
}

func (r *repairer) isClean(t *attempt) bool {
	return !t.unreadable && !t.suppresses && t.totals.Errors == 0 && (r.failing > source.Warning || t.totals.Warnings == 0)
}

// print prints the findings of an attempt as the model gets them.
func (r *repairer) print(w io.Writer, t *attempt) error {
	p := report.NewAgent(w, t.analysis.File.Name)
	if err := p.File(t.analysis); err != nil {
		return err
	}
	return p.Close(t.totals)
}

// prompt is what the command gets.
func (r *repairer) prompt(t *attempt, trouble string) string {
	var b strings.Builder
	b.WriteString(trouble)
	_ = r.print(&b, t) // a builder takes everything
	return b.String() + "\n" + t.analysis.File.Text
}

// finish puts the program where it belongs and says how it went.
func (r *repairer) finish(in input, before string) error {
	text := r.best.analysis.File.Text
	clean := r.isClean(r.best)
	if !clean {
		if err := r.write("best"+r.extension(), text); err != nil {
			return err
		}
	}
	if in.stdin != nil { // whatever it is, it is the best there is
		if _, err := io.WriteString(r.app.stdout, text); err != nil && !isClosedPipe(err) {
			return fmt.Errorf("cannot write the program: %w", reason(err))
		}
	} else if clean && text != before {
		if err := replaceFile(in.path, before, text); err != nil {
			return fmt.Errorf("%s: not repaired: %w", in.path, err)
		}
	}
	if clean {
		r.say("nothing is left to repair after %s", times(r.best.number))
		return nil
	}
	r.app.status = max(r.app.status, statusFound)
	if !r.answered {
		r.app.status = max(r.app.status, statusUnusable)
	}
	r.say("not repaired: the best is attempt %d with %s, in %s", r.best.number, r.best.totals.Found(), r.path("best"+r.extension()))
	return r.print(r.app.stderr, r.best)
}

func times(n int) string {
	if n == 1 {
		return "1 attempt"
	}
	return fmt.Sprintf("%d attempts", n)
}

func (r *repairer) say(format string, args ...any) {
	fmt.Fprintf(r.app.stderr, "nanolint: %s\n", report.Visible(fmt.Sprintf(format, args...)))
}

func (r *repairer) extension() string { return "." + r.lang.String() }

// prepareDir makes the directory and removes what an earlier run has left of attempts in it.
func (r *repairer) prepareDir() error {
	if err := os.MkdirAll(r.flags.dir, 0o777); err != nil {
		return fmt.Errorf("--dir %s: %w", r.flags.dir, reason(err))
	}
	return r.removeOld()
}
