package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/validator"
)

// checkFlags are the flags of check.
type checkFlags struct {
	format                formats
	failOn, color         *choice
	output, template      string
	selected, ignored     []string
	maxWarnings           int
	statistics, quiet     bool
	timing, watch         bool
	showSource            bool
	fix, fixUnsafe, diff  bool
	unsafeFlag            string // how messages call fixUnsafe; empty for --fix-unsafe
	repaired              bool   // print the repaired text instead of writing it
	target, stdinFilename string
	toolsCommand          string
	stdinFormat           *choice
	since, id             string // of a database's programs; since may be a revision of git
	changed               bool
	python                []string
	pythonBin             string
	forceExclude          bool
	programsOnly          bool

	baseline                      string
	updateBaseline, pruneBaseline bool
	suppress                      string

	settings settings
}

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "Report what is wrong with programs",
		Long: `Report what is wrong with the programs in files, directories and globs; "-" is standard input.

In a directory, the documents in .json, .jsonl, .yaml and .yml files that look like programs are checked, the values
in .py files, those in fenced blocks of .md and .mdx files, and those in the gateway's database (.db), except in
what .gitignore excludes, in hidden directories and in node_modules. A file that is named is always checked; .txt is
what a model answered. Without a path, the current directory is.`,
		Example: `  nanolint check
  nanolint check flows/ refund.yaml
  nanolint check --fix flows/
  nanolint check --python flows.refund:PROGRAM
  nanolint check nano_vm_mcp.db --since 2026-11-01
  planner | nanolint check - --stdin-filename plan.json --format json`,
		RunE: func(c *cobra.Command, args []string) error { return a.check(c.Context(), &f, args) },
	}
	addFormats(c, &f.format)
	a.addCommonFlags(c, &f)
	f.addElsewhere(c)
	fs := c.Flags()
	fs.StringVarP(&f.output, "output", "o", "", "write findings to `FILE`, whole or not at all")
	fs.StringVar(&f.template, "template", "", "the Go template of --format template: a `FILE`, or the text itself")
	fs.IntVar(&f.maxWarnings, "max-warnings", -1, "exit with status 1 if there are more than `N` warnings")
	fs.BoolVar(&f.statistics, "statistics", false, "print how often each rule reports, instead of its findings")
	fs.BoolVar(&f.watch, "watch", false, "check again whenever something changes, until interrupted")
	fs.BoolVar(&f.timing, "timing", false, "print on standard error how long each rule took, and everything around them")
	fs.BoolVar(&f.fix, "fix", false, "make the fixes that are safe, and report what remains")
	fs.BoolVar(&f.fixUnsafe, "fix-unsafe", false, "make all fixes, and report what remains")
	fs.BoolVar(&f.diff, "diff", false, "print what the fixes would change, and write nothing")
	fs.StringVar(&f.baseline, "baseline", "", "report only what is not in the baseline `FILE`")
	fs.BoolVar(&f.updateBaseline, "update-baseline", false, "write all that is found into the baseline")
	fs.BoolVar(&f.pruneBaseline, "prune-baseline", false, "take out of the baseline what is not found any more")
	fs.Func("add-suppressions", "suppress all findings where they stand, for the `REASON`", f.setReason)
	return c
}

// addCommonFlags adds what check shares with fix.
func (a *app) addCommonFlags(c *cobra.Command, f *checkFlags) {
	fs := c.Flags()
	f.failOn = addChoice(c, "fail-on", "the least severity that makes the exit status 1", "error", "warning", "never")
	f.color = addChoice(c, "color", "whether to colour; auto: on a terminal, unless NO_COLOR is set", "auto", "always", "never")
	f.stdinFormat = addChoice(c, "stdin-format", "the language of standard input; auto: by --stdin-filename, else by the text",
		"auto", "json", "yaml", "python", "markdown", "llm")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "print no summary")
	fs.BoolVar(&f.showSource, "show-source", true, "print the lines of findings (text)")
	fs.BoolVar(&f.programsOnly, "programs-only", false, "leave out what does not look like a program even if it is named")
	a.addSelection(c, f)
}

// addSelection adds what says which rules run, for which machine, and what standard input is.
func (a *app) addSelection(c *cobra.Command, f *checkFlags) {
	fs := c.Flags()
	fs.StringSliceVar(&f.selected, "select", nil, "run only these `RULES`: ids, names or families")
	fs.StringSliceVar(&f.ignored, "ignore", nil, "leave out these `RULES`: ids, names or families")
	fs.StringVar(&f.stdinFilename, "stdin-filename", "", "call standard input `NAME`, and take its extension for the language")
	fs.BoolVar(&f.forceExclude, "force-exclude", false, "leave out what the configuration excludes even if it is named")
	addTarget(c, &f.target)
	fs.StringVar(&f.toolsCommand, "tools-command", "", "run `COMMAND`, and take what it prints as a manifest of the tools that there are")
	addConfigFlags(c, &f.settings.finder)
	for _, name := range []string{"select", "ignore"} {
		// Only a flag that does not exist or is registered twice is an error.
		_ = c.RegisterFlagCompletionFunc(name, a.completeRules)
	}
}

// addTarget adds the flag that says which machine is to run the programs.
func addTarget(c *cobra.Command, target *string) {
	const name = "target-version"
	c.Flags().StringVar(target, name, "", "the `VERSION` of llm-nano-vm that is to run the programs (default: as configured, else "+program.Newest.String()+")")
	var words []string
	for _, v := range program.Versions() {
		words = append(words, v.String())
	}
	_ = c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// check is the command: it prints findings and sets the exit status. An error is one of usage or output.
func (a *app) check(ctx context.Context, f *checkFlags, args []string) error {
	if err := a.prepare(ctx, f); err != nil {
		return err
	}
	if other, ok := f.format.unlike("text", "concise"); ok && f.statistics {
		return fmt.Errorf("--statistics is printed as text: leave out --format %s", other.name)
	}
	if err := cmp.Or(f.refuseWithDiff(), f.refuseAloneBaseline(), f.refuseWithSuppressions(), f.refuseWithChanges(), f.refuseWithWatch(args)); err != nil {
		return err
	}
	work := task{settings: &f.settings, fix: f.fixes(), reason: f.suppress}
	if f.watch {
		return a.watch(ctx, f, args, work)
	}
	if f.timing {
		work.timing = new(timing)
	}
	var err error
	if work.known, err = openBaseline(f, args); err != nil {
		return err
	}
	out, err := a.openSink(f, args)
	if err != nil {
		return err
	}
	defer out.discard()
	defer a.showProgress(out.outputs, f.quiet)()
	if out.writesFiles() || f.writesFixes() || f.baseline != "" {
		var stop context.CancelFunc
		ctx, stop = interruptible(ctx)
		defer stop()
	}
	find, err := a.finder(ctx, f, args)
	if err != nil {
		return err
	}
	var totals report.Totals
	switch {
	case f.diff:
		err = a.diffAll(ctx, find, f, out.outputs[0], work)
	case f.repaired:
		totals, err = a.printRepaired(ctx, find, f, out.outputs[0], work)
	default:
		totals, err = a.analyzeAll(ctx, analyses(ctx, find.all, work), f, out, work)
	}
	if err == nil {
		err = out.commit()
	}
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case isClosedPipe(err):
		return nil
	case err != nil:
		return fmt.Errorf("cannot write the findings: %w", reason(err))
	}
	if find.databases == 0 && (f.since != "" && !f.sinceRevision() || f.id != "") {
		a.complain(statusUnusable, "", errors.New("--since and --program choose among the programs of a gateway's database: name one, as in nano_vm_mcp.db"))
	}
	if work.timing != nil {
		work.timing.print(a.stderr)
	}
	if f.diff {
		return nil
	}
	a.judge(f, totals)
	return a.closeBaseline(work.known, f)
}

// prepare refuses flags that say nothing sensible, and puts the others above the configurations.
func (a *app) prepare(ctx context.Context, f *checkFlags) (err error) {
	if err := a.refuseUnknown("--select", f.selected); err != nil {
		return err
	}
	if err := a.refuseUnknown("--ignore", f.ignored); err != nil {
		return err
	}
	if err := a.configure(&f.settings, f.target); err != nil {
		return err
	}
	f.settings.flags.Select, f.settings.flags.Ignore = f.selected, f.ignored
	if f.failOn.given {
		f.settings.flags.FailOn = f.failOn.value
	}
	if f.toolsCommand != "" {
		f.settings.flags.Tools, err = a.toolsFrom(ctx, f.toolsCommand)
	}
	return err
}

// analyzeAll prints what is found in files, after fixes if there are to be any.
func (a *app) analyzeAll(ctx context.Context, results iter.Seq[result], f *checkFlags, p report.Printer, t task) (report.Totals, error) {
	var totals report.Totals
	if f.fixes() != noFixes {
		totals.Fixing = f.fixing()
	}
	var config accepted
	err := a.eachAnalysis(ctx, results, t, func(r result) error {
		if r.fixed != nil {
			a.putFixed(&r)
		}
		t.known.mark(r, f.updateBaseline)
		if len(r.analysis.Programs) == 0 {
			if r.named && !f.quiet {
				fmt.Fprintf(a.stderr, "nanolint: %s: there is no program in this file\n", report.Visible(r.path))
			}
			return nil
		}
		config.add(r)
		totals.Add(r.analysis)
		a.judgeFile(r.setting, r.analysis)
		if r.fixed != nil {
			totals.Fixing.Add(r.fixed)
		}
		if r.placed != nil && len(r.placed.Diagnostics) > 0 {
			totals.AddFindings(r.placed)
			a.judgeFile(r.setting, r.placed)
			if err := p.File(r.placed); err != nil {
				return err
			}
		}
		return p.File(r.analysis)
	})
	if err == nil {
		err = a.printAccepted(&config, p, &totals)
	}
	if err != nil {
		return totals, err
	}
	return totals, p.Close(totals)
}

// eachAnalysis calls do with what is to be said about each file, and says itself what went wrong.
func (a *app) eachAnalysis(ctx context.Context, results iter.Seq[result], t task, do func(result) error) error {
	for r := range results {
		if r.err != nil {
			a.complainOf(r)
			continue
		}
		a.complainOfCrashes(r)
		var err error
		if t.timing.around("output", func() { err = do(r) }); err != nil {
			return err
		}
		a.progress.add()
	}
	return ctx.Err()
}

// complainOfCrashes says which rules panicked, each once, however many programs the file holds.
func (a *app) complainOfCrashes(r result) {
	said := make(map[string]bool)
	for _, crash := range r.analysis.Crashes {
		if !said[crash.Rule] {
			said[crash.Rule] = true
			a.complain(statusInternal, r.path, internalError{crash})
		}
	}
}

// judgeFile makes the exit status of what was found in a file.
func (a *app) judgeFile(s *setting, found *validator.Analysis) {
	if s.fails(found) {
		a.status = max(a.status, statusFound)
	}
}

// judge makes the exit status of what was found in all files.
func (a *app) judge(f *checkFlags, t report.Totals) {
	if f.maxWarnings >= 0 && t.Warnings > f.maxWarnings {
		a.complain(statusFound, "", fmt.Errorf("found %d warnings, more than --max-warnings %d allows", t.Warnings, f.maxWarnings))
	}
}
