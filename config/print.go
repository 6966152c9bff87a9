package config

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/nanolint/nanolint/syntax"
)

// Print prints what holds as a configuration in YAML, with the origin of each value behind it. Values that nobody has
// given are left out, but for those that have a default.
func (e *Effective) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	p := printer{t}
	p.value(0, "preset", e.Preset)
	p.value(0, "target-version", e.TargetVersion)
	p.value(0, "fail-on", e.FailOn)
	if len(e.Select) == 0 {
		p.line(0, "select: []", "")
	}
	p.list(0, "select", e.Select)
	p.list(0, "ignore", e.Ignore)
	if len(e.Severity) > 0 {
		p.key(0, "severity")
		for _, s := range e.Severity {
			p.value(1, s.Rule.Name, s.Severity)
		}
	}
	p.inputs(e)
	p.tools(e)
	p.policy(e.Policy)
	p.list(0, "privileged-tools", e.PrivilegedTools)
	p.list(0, "models", e.Models)
	p.suppressions(e.Suppressions)
	return t.Flush()
}

// printer prints lines with origins in a column of their own.
type printer struct{ w io.Writer }

func (p printer) line(depth int, text, origin string) {
	text = strings.Repeat("  ", depth) + text
	if origin != "" {
		text += "\t# " + origin
	}
	fmt.Fprintln(p.w, text)
}

func (p printer) key(depth int, key string) { p.line(depth, quoted(key)+":", "") }

func (p printer) value(depth int, key string, v Word) {
	p.line(depth, quoted(key)+": "+quoted(v.Value), v.Origin)
}

func (p printer) list(depth int, key string, words []Word) {
	if len(words) == 0 {
		return
	}
	p.key(depth, key)
	for _, w := range words {
		p.line(depth+1, "- "+quoted(w.Value), w.Origin)
	}
}

func quoted(s string) string { return syntax.Quote(syntax.YAML, s) }

func (p printer) inputs(e *Effective) {
	if !e.AllInputs {
		return
	}
	if len(e.Inputs) == 0 {
		p.line(0, "inputs: []", "")
		return
	}
	p.key(0, "inputs")
	for _, in := range e.Inputs {
		var known []string
		if in.Type != "" {
			known = append(known, "type: "+quoted(in.Type))
		}
		if in.Description != "" {
			known = append(known, "description: "+quoted(in.Description))
		}
		p.line(1, quoted(in.Name.Value)+": {"+strings.Join(known, ", ")+"}", in.Name.Origin)
	}
}

func (p printer) tools(e *Effective) {
	if !e.AllTools {
		return
	}
	if len(e.Tools) == 0 {
		p.line(0, "tools: []", "")
		return
	}
	p.key(0, "tools")
	for _, t := range e.Tools {
		known := []string{"name: " + quoted(t.Name.Value)}
		if t.Description != "" {
			known = append(known, "description: "+quoted(t.Description))
		}
		for _, s := range [...]struct {
			key  string
			node *syntax.Node
		}{{"inputSchema", t.Input}, {"outputSchema", t.Output}} {
			if s.node != nil {
				known = append(known, s.key+": "+syntax.Inline(s.node, syntax.YAML))
			}
		}
		for _, a := range [...]struct {
			key  string
			said *bool
		}{{"suspends", t.Suspends}, {"idempotent", t.Idempotent}} {
			if a.said != nil {
				known = append(known, fmt.Sprintf("%s: %v", a.key, *a.said))
			}
		}
		p.line(1, "- {"+strings.Join(known, ", ")+"}", t.Name.Origin)
	}
}

func (p printer) policy(policy *Policy) {
	if policy == nil {
		return
	}
	p.line(0, "policy:", policy.Origin)
	if policy.ID != "" {
		p.line(1, "policy_id: "+quoted(policy.ID), "")
	}
	if policy.Version != "" {
		p.line(1, "version: "+quoted(policy.Version), "")
	}
	if len(policy.Capabilities) == 0 {
		p.line(1, "tool_capabilities: {}", "")
		return
	}
	p.key(1, "tool_capabilities")
	for _, c := range policy.Capabilities {
		p.line(2, quoted(c.Tool.Value)+": "+inlineList(c.May), c.Tool.Origin)
	}
}

func (p printer) suppressions(all []Suppression) {
	if len(all) == 0 {
		return
	}
	p.key(0, "suppressions")
	for _, s := range all {
		text := "- {path: " + quoted(s.Path)
		for _, x := range [...]struct{ key, value string }{{"step", s.Step}, {"pointer", s.Pointer}} {
			if x.value != "" {
				text += ", " + x.key + ": " + quoted(x.value)
			}
		}
		var names []string
		for _, r := range s.Rules {
			names = append(names, r.Value)
		}
		text += ", rules: " + inlineList(names)
		if s.Reason != "" {
			text += ", reason: " + quoted(s.Reason)
		}
		p.line(1, text+"}", place(s.File, s.Span))
	}
}

func inlineList(words []string) string {
	var all []string
	for _, w := range words {
		all = append(all, quoted(w))
	}
	return "[" + strings.Join(all, ", ") + "]"
}
