package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a configuration with what the programs of a directory use",
		Long: `Write .nanolint.yaml into a directory: the release of llm-nano-vm from a lock file or pyproject.toml, the
inputs that programs read and the tools that they call, with comments. A configuration that is there stays.`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("%s takes one directory: leave out %q", c.CommandPath(), args[1])
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return a.writeConfig(c, dir)
		},
	}
}

func (a *app) writeConfig(c *cobra.Command, dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("%s: it is no directory", dir)
	}
	if there := config.In(truePath(dir)); there != "" {
		return fmt.Errorf("%s: it is there already: edit it, or remove it first", filepath.Join(dir, there))
	}
	var draft config.Draft
	draft.Target, draft.TargetFrom = config.Release(truePath(dir))
	inputs, tools := make(names), make(names)
	programs := 0
	s := settings{finder: config.Finder{Off: true}}
	find := &finder{args: []string{dir}}
	for r := range analyses(c.Context(), find.all, task{settings: &s, noRules: true}) {
		if r.err != nil {
			a.complainOf(r)
			continue
		}
		for _, p := range r.analysis.Programs {
			programs++
			sig := p.Signature()
			for _, in := range sig.Inputs {
				inputs.add(in.Name, r.analysis.File, in.Uses[0].Span)
			}
			for _, call := range sig.Tools {
				tools.add(call.Tool, r.analysis.File, call.Steps[0].Tool.Span)
			}
		}
	}
	draft.Inputs, draft.Tools = inputs.sorted(), tools.sorted()
	path := filepath.Join(dir, ".nanolint.yaml")
	out, err := createBeside(path, 0o644)
	if err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	defer out.discard()
	if _, err := io.WriteString(out, draft.String()); err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	if err := out.commit(); err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	_, err = fmt.Fprintf(a.stdout, "wrote %s: %d inputs and %d tools of %d programs\n", report.Visible(path), len(draft.Inputs), len(draft.Tools), programs)
	if isClosedPipe(err) {
		return nil
	}
	return err
}

// names is where names were met first.
type names map[string]string

func (n names) add(name string, f *source.File, at source.Span) {
	if _, known := n[name]; !known {
		line, col := f.LineCol(at.Start)
		n[name] = fmt.Sprintf("%s:%d:%d", report.Visible(f.Name), line, col)
	}
}

func (n names) sorted() []config.Found {
	var all []config.Found
	for name, where := range n {
		all = append(all, config.Found{Name: name, Where: where})
	}
	slices.SortFunc(all, func(a, b config.Found) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
