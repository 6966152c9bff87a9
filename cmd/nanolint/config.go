package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

func (a *app) configCommand() *cobra.Command {
	var s settings
	var target string
	c := &cobra.Command{
		Use:   "config [FILE]",
		Short: "Print the configuration of a file, and where each value comes from",
		Long: `Print what holds for a file, as a configuration in YAML, with the origin of each value.

The file need not exist. Without one, it is what holds for files in the current directory.`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("%s takes one file: leave out %q", c.CommandPath(), args[1])
			}
			return nil
		},
	}
	addTarget(c, &target)
	addConfigFlags(c, &s.finder)
	c.RunE = func(_ *cobra.Command, args []string) error {
		if err := a.configure(&s, target); err != nil {
			return err
		}
		path := "program.yaml"
		if len(args) == 1 {
			path = args[0]
		}
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			path = filepath.Join(path, "program.yaml")
		}
		found, err := s.of(path)
		var bad badConfig
		if errors.As(err, &bad) {
			a.complainOfConfig(bad.Config)
			return nil
		}
		if err != nil {
			return err
		}
		return found.Print(a.stdout)
	}
	return c
}
