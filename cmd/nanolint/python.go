package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// pythonScript prints what an attribute of a module holds.
//
//go:embed python.py
var pythonScript string

// dynamic is where a program comes from that Python code makes.
type dynamic struct {
	module *source.File // its source; nil if there is none
}

// runPython has the user's interpreter make the programs of package.module:ATTR.
func (a *app) runPython(ctx context.Context, bin, spec string) ([]input, error) {
	if module, attr, ok := strings.Cut(spec, ":"); !ok || module == "" || attr == "" {
		return nil, fmt.Errorf("--python %q names no attribute: write package.module:ATTR, as in flows.refund:PROGRAM", spec)
	}
	var trouble bytes.Buffer
	c := exec.CommandContext(ctx, bin, "-c", pythonScript, spec)
	c.Stderr = &trouble
	text, err := printed(ctx, c, bin)
	if err != nil {
		a.quote(trouble.String())
		return nil, fmt.Errorf("--python %s: %w", spec, err)
	}
	var found struct {
		File     *string
		Programs []string
	}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		return nil, fmt.Errorf("--python %s: what %s printed is no JSON: %w", spec, bin, err)
	}
	from := &dynamic{}
	if found.File != nil {
		from.module = moduleSource(*found.File)
	}
	var inputs []input
	for i := range found.Programs {
		path := spec
		if len(found.Programs) > 1 {
			path = fmt.Sprintf("%s[%d]", spec, i)
		}
		inputs = append(inputs, input{path: path, named: true, inside: &found.Programs[i], dynamic: from})
	}
	return inputs, nil
}

// moduleSource is the source of a module, called by its path from here if it lies below. It is nil if it cannot be
// read, as that of a compiled module.
func moduleSource(path string) *source.File {
	text, err := readFile(path)
	if err != nil || ext(path) != ".py" {
		return nil
	}
	if here, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
			path = rel
		}
	}
	return source.NewFile(path, text)
}

// place carries the findings about a program that code has made to the module's source, where the text that they are
// about stands there once. What remains names its step and field. No fix can be made where the text
// only was printed.
func (d *dynamic) place(a *validator.Analysis) (remaining, placed *validator.Analysis) {
	r := *a
	r.Diagnostics = nil
	remaining, placed = &r, &validator.Analysis{File: d.module, Programs: a.Programs}
	for _, x := range a.Diagnostics {
		root := a.Programs[x.Program].Root
		x.Fixes = nil
		if at, ok := d.find(root, x.Span); ok {
			var related []source.Note
			for _, n := range x.Related {
				if n.Span, ok = d.find(root, n.Span); ok {
					related = append(related, n)
				}
			}
			x.Span, x.Related = at, related
			placed.Diagnostics = append(placed.Diagnostics, x)
			continue
		}
		x.Message += stepAndField(x)
		remaining.Diagnostics = append(remaining.Diagnostics, x)
	}
	return remaining, placed
}

// find is the place in the module's source of the string that holds a place of the printed program.
func (d *dynamic) find(root *syntax.Node, at source.Span) (found source.Span, ok bool) {
	n := root.At(syntax.PointerOf(root, at))
	if d.module == nil || n == nil || n.Kind != syntax.String || !n.Span.Contains(at) || n.Text.Value == "" {
		return found, false
	}
	value := n.Text.Value
	start, count := -1, 0
	for _, quote := range [...]string{`"`, `'`} {
		literal := quote + value + quote
		count += strings.Count(d.module.Text, literal)
		if k := strings.Index(d.module.Text, literal); k >= 0 {
			start = k + 1
		}
	}
	if count != 1 {
		return found, false
	}
	found = source.Span{Start: start, End: start + len(value)}
	if content := n.Text.Content(); content.Len() == len(value) && content.Contains(at) {
		found = source.Span{Start: start + at.Start - content.Start, End: start + at.End - content.Start}
	}
	return found, true
}

// stepAndField names the place of a finding in words.
func stepAndField(d source.Diagnostic) string {
	field := ""
	for part := range strings.SplitSeq(d.Pointer, "/") {
		if part != "" && strings.Trim(part, "0123456789") != "" && part != "steps" && part != "parallel_steps" {
			field = part
		}
	}
	switch {
	case d.Step != "" && field != "":
		return fmt.Sprintf(" (step %q, field %s)", d.Step, field)
	case d.Step != "":
		return fmt.Sprintf(" (step %q)", d.Step)
	case field != "":
		return fmt.Sprintf(" (field %s)", field)
	}
	return ""
}
