package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/gateway"
	"github.com/nanolint/nanolint/report"
)

func (a *app) inputsCommand() *cobra.Command {
	var stdinFilename string
	c := &cobra.Command{
		Use:   "inputs FILE…",
		Short: "Print what programs take and give: inputs, output keys, tools with their arguments",
		Args:  needs("a file, as in nanolint inputs refund.yaml"),
	}
	format := addChoice(c, "format", "for people or programs", "text", "json")
	c.Flags().StringVar(&stdinFilename, "stdin-filename", "", "call standard input `NAME`, and take its extension for the language")
	c.RunE = func(c *cobra.Command, args []string) error {
		find := &finder{args: args, stdin: a.stdin, stdinName: stdinFilename, rows: rowsOf(c.Context(), gateway.Query{})}
		s := settings{finder: config.Finder{Off: true}} // what a program reads does not depend on it
		for r := range analyses(c.Context(), find.all, task{settings: &s, noRules: true}) {
			if r.err != nil {
				a.complainOf(r)
				continue
			}
			if err := a.printSignatures(r, format.value); err != nil {
				if isClosedPipe(err) {
					return nil
				}
				return fmt.Errorf("cannot write the signature: %w", reason(err))
			}
		}
		return nil
	}
	return c
}

// printSignatures prints the signatures of a file's programs.
func (a *app) printSignatures(r result, format string) error {
	write := report.SignatureText
	if format == "json" {
		write = report.Signature
	}
	for _, p := range r.analysis.Programs {
		if err := write(a.stdout, r.analysis.File, p); err != nil {
			return err
		}
	}
	return nil
}
