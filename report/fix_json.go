package report

import (
	"io"
	"strings"

	"github.com/nanolint/nanolint/validator"
)

type fixedJSON struct {
	Version     int              `json:"version"`
	Path        string           `json:"path"`
	Changed     bool             `json:"changed"`
	Text        string           `json:"text"`
	Fixes       []appliedJSON    `json:"fixes"`
	Diff        string           `json:"diff"`
	Diagnostics []diagnosticJSON `json:"diagnostics"`
}

type appliedJSON struct {
	Rule  string `json:"rule"`
	Name  string `json:"name"`
	Step  string `json:"step"`
	Title string `json:"title"`
	Safe  bool   `json:"safe"`
}

// Repaired prints what became of a file as one line of JSON: the text, what was done to it, and what remains.
func Repaired(w io.Writer, x *validator.Fixed) error {
	before, after := x.Before.File, x.After.File
	var diff strings.Builder
	if err := Diff(&diff, before.Name, before.Text, after.Text); err != nil {
		return err
	}
	out := fixedJSON{
		Version: Version, Path: after.Name, Changed: before.Text != after.Text, Text: after.Text, Diff: diff.String(),
		Fixes: make([]appliedJSON, len(x.Applied)), Diagnostics: []diagnosticJSON{},
	}
	for i, f := range x.Applied {
		out.Fixes[i] = appliedJSON{f.Rule, nameOf(f.Rule), f.Step, f.Fix.Title, f.Fix.Safe}
	}
	for _, d := range told(x.After) {
		out.Diagnostics = append(out.Diagnostics, toDiagnostic(after, d))
	}
	return writeJSON(w, "", out, "\n")
}
