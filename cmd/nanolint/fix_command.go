package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/report"
)

func (a *app) fixCommand() *cobra.Command {
	f := checkFlags{maxWarnings: -1, unsafeFlag: "--unsafe"}
	c := &cobra.Command{
		Use:   "fix [PATH…]",
		Short: "Make the fixes that are safe",
		Long: `Make the fixes that are safe, as check --fix does, and report what remains.

With --json, nothing is written: the repaired text, what was done to it and what remains are printed as JSON,
a file a line.`,
		Example: `  nanolint fix flows/
  planner | nanolint fix --json --stdin-filename plan.json -`,
		RunE: func(c *cobra.Command, args []string) error {
			f.fix = true
			if f.repaired && f.format.set {
				return fmt.Errorf("--json is a format of its own: leave out --format %s", &f.format)
			}
			return a.check(c.Context(), &f, args)
		},
	}
	addFormats(c, &f.format)
	a.addCommonFlags(c, &f)
	fs := c.Flags()
	fs.BoolVar(&f.fixUnsafe, "unsafe", false, "make all fixes, not only the safe ones")
	fs.BoolVar(&f.changed, "changed", false, "fix only files that differ from git's HEAD, and new ones")
	fs.StringVar(&f.since, "since", "", "fix only files changed since the branch left `REV`")
	fs.BoolVar(&f.repaired, "json", false, "write nothing: print the repaired text and what changed as JSON")
	return c
}

// printRepaired prints the fixed texts of files and what changed.
func (a *app) printRepaired(ctx context.Context, find *finder, f *checkFlags, w io.Writer, t task) (report.Totals, error) {
	var totals report.Totals
	err := a.eachAnalysis(ctx, analyses(ctx, find.all, t), t, func(r result) error {
		if len(r.analysis.Programs) == 0 {
			return nil
		}
		totals.Add(r.analysis)
		a.judgeFile(r.setting, r.analysis)
		return report.Repaired(w, r.fixed)
	})
	return totals, err
}
