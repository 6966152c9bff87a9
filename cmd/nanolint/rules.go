package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain RULE…",
		Short: "Explain rules: what happens at run time, and what to write instead",
		Args:  needs("the id or name of a rule, as in nanolint explain NL101"),
		ValidArgsFunction: func(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			var words []string
			for _, r := range a.rules {
				words = append(words, r.ID, r.Name)
			}
			return words, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			for i, arg := range args {
				r := rules.Find(arg)
				if r == nil {
					return fmt.Errorf("there is no rule %q%s: run nanolint rules for all of them", arg, didYouMean(arg, rules.Words(a.rules)))
				}
				if i > 0 {
					fmt.Fprintln(a.stdout)
				}
				if _, err := io.WriteString(a.stdout, report.Page(r)); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func (a *app) rulesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "rules",
		Short: "List all rules",
		Args:  takesNone,
	}
	format := addChoice(c, "format", "how to print them", "text", "json")
	c.RunE = func(*cobra.Command, []string) error {
		if format.value == "json" {
			return listJSON(a.stdout, a.rules)
		}
		return listText(a.stdout, a.rules)
	}
	return c
}

func listText(w io.Writer, all []*rules.Rule) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range all {
		summary := r.Summary()
		if r.Optional {
			summary += " Runs only when it is selected."
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", r.ID, r.Name, r.Severity, summary)
	}
	return t.Flush()
}

func listJSON(w io.Writer, all []*rules.Rule) error {
	type ruleJSON struct {
		ID       string `json:"id"`
		Name     string `json:"name"`
		Family   string `json:"family"`
		Severity string `json:"severity"`
		Fixable  bool   `json:"fixable"`
		Optional bool   `json:"optional,omitempty"` // runs only when it is selected
		Summary  string `json:"summary"`
		URL      string `json:"url"`
	}
	list := make([]ruleJSON, len(all))
	for i, r := range all {
		list[i] = ruleJSON{r.ID, r.Name, r.Family(), r.Severity.String(), isFixable(r), r.Optional, r.Summary(), r.URL()}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(map[string]any{"rules": list})
}

// isFixable reports whether the rule offers a fix for one of its own examples: nobody has to say so
// beside the rule, and nobody can be wrong.
func isFixable(r *rules.Rule) bool {
	o := validator.Options{Lang: r.Lang(), Target: program.Newest, Rules: []*rules.Rule{r}}
	for _, e := range r.Examples() {
		if !e.Reported {
			continue
		}
		o.Declared = e.Declared()
		for _, d := range validator.Analyze(source.NewFile(r.Name, e.Program), o).Diagnostics {
			if len(d.Fixes) > 0 {
				return true
			}
		}
	}
	return false
}

// needs is the check of arguments of a command that cannot do without.
func needs(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return fmt.Errorf("%s needs %s", c.CommandPath(), what)
		}
		return nil
	}
}

// takesNone is the check of arguments of a command that has no use for any.
func takesNone(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no arguments: leave out %q", c.CommandPath(), args[0])
	}
	return nil
}
