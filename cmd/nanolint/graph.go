package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/report"
)

func (a *app) graphCommand() *cobra.Command {
	var target, stdinFilename string
	var s settings
	c := &cobra.Command{
		Use:   "graph FILE…",
		Short: "Print the machine states of programs and the moves between them",
		Args:  needs("a file, as in nanolint graph refund.yaml"),
	}
	format := addChoice(c, "format", "for Graphviz, Mermaid or programs", "dot", "mermaid", "json")
	c.Flags().StringVar(&stdinFilename, "stdin-filename", "", "call standard input `NAME`, and take its extension for the language")
	addTarget(c, &target)
	addConfigFlags(c, &s.finder)
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := a.configure(&s, target); err != nil {
			return err
		}
		find := &finder{args: args, stdin: a.stdin, stdinName: stdinFilename}
		for r := range analyses(c.Context(), find.all, task{settings: &s, noRules: true}) {
			if r.err != nil {
				a.complainOf(r)
				continue
			}
			if err := a.drawAll(r, format.value); err != nil {
				if isClosedPipe(err) {
					return nil
				}
				return fmt.Errorf("cannot write the graph: %w", reason(err))
			}
		}
		return nil
	}
	return c
}

// drawAll prints the graphs of a file's programs.
func (a *app) drawAll(r result, format string) error {
	if len(r.analysis.Programs) == 0 && r.named {
		a.complain(statusUnusable, r.path, errors.New("there is no program in this file"))
	}
	for _, p := range r.analysis.Programs {
		g := graphcheck.Build(p)
		if len(g.Program.Steps) == 0 {
			a.complain(statusUnusable, r.path, errors.New("there are no steps to draw: run nanolint check to see why"))
			continue
		}
		if err := drawOne(a.stdout, r.path, g, format); err != nil {
			return err
		}
	}
	return nil
}

func drawOne(w io.Writer, path string, g *graphcheck.Graph, format string) error {
	switch format {
	case "json":
		return report.Graph(w, path, g)
	case "mermaid":
		return g.Mermaid(w)
	}
	return g.DOT(w)
}
