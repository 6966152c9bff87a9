// Package config reads what a team has written down for nanolint: which rules run, what their findings count for, and
// what may be taken for granted about the machine that runs the programs.
//
// A configuration is .nanolint.yaml, .nanolint.json or [tool.nanolint] in pyproject.toml. For a file, the nearest one
// counts, in its directory or further up; those above it are read only if it extends them. What a key means is written
// once, in config.schema.json: the package checks texts against that, and docs/configuration.md is made of it.
//
// Every complaint has a place. A configuration with a mistake is of no use: nobody would know which part of it
// counts. The package decides nothing about programs; it turns a configuration into [validator.Options].
package config

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

//go:embed config.schema.json
var schemaText string

// SchemaText is the JSON Schema of configurations.
func SchemaText() string { return schemaText }

// Config is what one file says.
type Config struct {
	Path string // absolute
	Dir  string // that its globs and paths are relative to
	File *source.File

	// Problems are what is wrong with it. If there are any, nothing else in it may be used.
	Problems []Problem

	base      *Config // that it extends
	root      *syntax.Node
	overrides []override
	exclude   []glob
	documents map[string]*document // that it names, by absolute path; nil for one that is of no use
}

// Paths are the absolute paths of all files that it is made of, those that are missing included: its own, those of manifests and
// policies, and those of the configurations that it extends.
func (c *Config) Paths() []string {
	var all []string
	for ; c != nil; c = c.base {
		all = append(all, c.Path)
		all = slices.AppendSeq(all, maps.Keys(c.documents))
	}
	slices.Sort(all)
	return all
}

// Problem is a mistake in a configuration, or in a file that one names.
type Problem struct {
	File *source.File
	source.Note
}

func (p Problem) Error() string { return place(p.File, p.Span) + ": " + p.Message }

// place is a place in words: file:line:column.
func place(f *source.File, at source.Span) string {
	if f.Text == "" {
		return f.Name // it could not be read
	}
	line, col := f.LineCol(at.Start)
	return fmt.Sprintf("%s:%d:%d", f.Name, line, col)
}

// override is settings for some files.
type override struct {
	files []glob
	root  *syntax.Node
}
