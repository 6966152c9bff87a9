package main

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
)

func (a *app) schemaCommand() *cobra.Command {
	var ofConfig bool
	c := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of programs, or of configurations",
		Args:  takesNone,
		RunE: func(*cobra.Command, []string) error {
			text := schema.Text()
			if ofConfig {
				text = config.SchemaText()
			}
			_, err := io.WriteString(a.stdout, text)
			return err
		},
	}
	c.Flags().BoolVar(&ofConfig, "config", false, "the schema of configurations")
	return c
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, and the versions of llm-nano-vm that are known",
		Args:  takesNone,
		RunE: func(*cobra.Command, []string) error {
			return printVersion(a.stdout)
		},
	}
}

// buildVersion is the version of nanolint, empty for one that has none because it was built from a checkout.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return ""
	}
	return info.Main.Version
}

func printVersion(w io.Writer) error {
	version, revision, built := moduleVersion(), "", "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		built = info.GoVersion
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " (" + s.Value + ")"
			}
		}
	}
	_, err := fmt.Fprintf(w, "nanolint %s%s\nbuilt with %s\nchecks programs for llm-nano-vm %s to %s\n",
		version, revision, built, program.V080, program.Newest)
	return err
}

// moduleVersion is the version of nanolint that was built.
func moduleVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "unknown"
}
