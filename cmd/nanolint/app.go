package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/validator/rules"
)

// The exit statuses. If several apply, the highest wins.
const (
	statusFound    = 1 // findings
	statusUnusable = 2 // usage, or input that cannot be read
	statusInternal = 3 // a mistake of nanolint
)

const issuesURL = "https://github.com/nanolint/nanolint/issues"

// app is one run of the command: where it reads and writes, and how it will end.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	rules          []*rules.Rule // all that there are

	progress   *progress
	status     int
	badConfigs map[*config.Config]bool // that have been complained of
}

// run runs the command of a command line and returns the exit status.
func (a *app) run(args []string) int {
	root := a.command()
	root.SetArgs(goStyle(args))
	switch err := root.Execute(); {
	case errors.Is(err, context.Canceled):
		a.status = statusInterrupted
	case err != nil:
		a.complain(statusUnusable, "", err)
	}
	return a.status
}

// complain says on standard error why something did not work, and makes the exit status at least that.
func (a *app) complain(status int, path string, err error) {
	message := err.Error()
	if path != "" {
		message = path + ": " + message
	}
	a.say(message)
	a.status = max(a.status, status)
}

// say says something on standard error that does not change the exit status.
func (a *app) say(message string) { fmt.Fprintf(a.stderr, "nanolint: %s\n", report.Visible(message)) }

// reason is an error of the file system without the name of the call and the path, which the reader
// of "nanolint: path: reason" knows.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var s *os.SyscallError
	if errors.As(err, &s) {
		return s.Err
	}
	return err
}

func (a *app) command() *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:   "nanolint",
		Short: "Find what is wrong with llm-nano-vm workflow programs before they run",
		Long: `nanolint finds what is wrong with llm-nano-vm workflow programs before they run.

Exit status: 0 nothing found at or above --fail-on, 1 findings, 2 wrong usage or unreadable input,
3 an internal error of nanolint.`,
		Args: unknownCommand,
		RunE: func(c *cobra.Command, _ []string) error {
			if version {
				return printVersion(a.stdout)
			}
			c.SetOut(a.stderr)
			a.status = statusUnusable
			return c.Help()
		},
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.Flags().BoolVar(&version, "version", false, "print the version, as the command of that name does")
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(a.checkCommand(), a.explainCommand(), a.rulesCommand(), a.schemaCommand(),
		a.graphCommand(), a.inputsCommand(), a.lspCommand(), a.runCommand(), a.testCommand(), a.traceCommand(), a.versionCommand(), a.pathsCommand(),
		a.fixCommand(), a.repairCommand(), a.configCommand(), a.initCommand())
	return root
}

// unknownCommand refuses what is no command of the root.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if _, err := os.Stat(args[0]); err == nil {
		return fmt.Errorf("there is no command %q: to check it, run nanolint check %s", args[0], args[0])
	}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	return fmt.Errorf("there is no command %q%s: run nanolint --help for all commands", args[0], didYouMean(args[0], names))
}

// flagError adds the flag that was probably meant.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || len(unknown.GetSpecifiedName()) < 2 {
		return fmt.Errorf("%w: run %s --help for all flags", err, c.CommandPath())
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	name := "--" + unknown.GetSpecifiedName()
	return fmt.Errorf("there is no flag %s%s: run %s --help for all flags", name, didYouMean(name, names), c.CommandPath())
}

// didYouMean is " (did you mean x?)" for a sentence about our own words, or nothing. The measure of nearness is the one that
// the library has for its commands; for names of the user there is [spelling.DidYouMean].
func didYouMean(word string, names []string) string {
	var among cobra.Command
	for _, n := range names {
		among.AddCommand(&cobra.Command{Use: n, Run: func(*cobra.Command, []string) {}})
	}
	for _, among.SuggestionsMinimumDistance = range []int{1, 2, 3} {
		switch found := among.SuggestionsFor(word); {
		case len(found) == 1:
			return fmt.Sprintf(" (did you mean %s?)", found[0])
		case len(found) > 1:
			return fmt.Sprintf(" (did you mean one of %s?)", strings.Join(found[:min(len(found), 4)], ", "))
		}
	}
	return ""
}

// choice is the value of a flag that is one of a few words.
type choice struct {
	value string
	words []string
	given bool // by the user
}

func (c *choice) String() string { return c.value }
func (c *choice) Type() string   { return strings.Join(c.words, "|") }

func (c *choice) Set(s string) error {
	for _, w := range c.words {
		if s == w {
			c.value, c.given = s, true
			return nil
		}
	}
	return fmt.Errorf("want %s%s", strings.Join(c.words, ", "), didYouMean(s, c.words))
}

// addChoice adds a flag of a few words, the first of which is the default, and completes them.
func addChoice(c *cobra.Command, name, usage string, words ...string) *choice {
	v := &choice{value: words[0], words: words}
	c.Flags().Var(v, name, usage)
	// Only a flag that does not exist or is registered twice is an error.
	_ = c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	return v
}
