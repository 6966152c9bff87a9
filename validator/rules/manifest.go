package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// What the rules about tools and policies share: what is declared, in the words of a manifest.

// DeclareTools declares all tools that there are, as a manifest in YAML lists them: a mapping from names to what an MCP
// server says of them. It panics if the manifest cannot be read.
func DeclareTools(manifest string) Declared {
	doc := syntax.Parse(source.NewFile("manifest", manifest), syntax.YAML)[0]
	if len(doc.Problems) > 0 {
		panic("rules: a manifest cannot be read: " + doc.Problems[0].Message)
	}
	d := Declared{AllTools: true, Tools: make(map[string]Tool)}
	for _, p := range doc.Root.Pairs {
		d.Tools[p.Key.Text.Value] = Tool{Input: p.Value.Get("inputSchema"), Output: p.Value.Get("outputSchema")}
	}
	return d
}

// Privileged declares tools that must not be called on the word of a model alone.
func Privileged(tools ...string) Declared { return Declared{PrivilegedTools: tools} }

// sentencesOfTools are the declared facts about all tools together, in words.
func (d Declared) sentencesOfTools() []string {
	var all []string
	if d.AllTools {
		var tools []string
		for _, name := range slices.Sorted(maps.Keys(d.Tools)) {
			tools = append(tools, "`"+name+signature(d.Tools[name].Input)+"`"+results(d.Tools[name].Output))
		}
		all = append(all, "the tools are "+list(tools))
	}
	if d.Policy != nil {
		var allowed []string
		for _, name := range slices.Sorted(maps.Keys(d.Policy.Capabilities)) {
			may := "no capability"
			if c := d.Policy.Capabilities[name]; len(c) > 0 {
				may = strings.Join(c, ", ")
			}
			allowed = append(allowed, fmt.Sprintf("`%s` (%s)", name, may))
		}
		all = append(all, "the policy allows "+list(allowed))
	}
	if len(d.PrivilegedTools) > 0 {
		var names []string
		for _, name := range d.PrivilegedTools {
			names = append(names, "`"+name+"`")
		}
		all = append(all, "privileged: "+list(names))
	}
	return all
}

// signature is the arguments of a schema in words.
func signature(input *syntax.Node) string {
	if input == nil {
		return ""
	}
	var args []string
	for _, p := range pairsOf(input.Get("properties")) {
		arg := p.Key.Text.Value
		if !slices.Contains(textsOf(input.Get("required")), arg) {
			arg += "?"
		}
		if types := textsOf(p.Value.Get("type")); types != nil {
			arg += ": " + strings.Join(types, " or ")
		}
		args = append(args, arg)
	}
	return "(" + strings.Join(args, ", ") + ")"
}

// results is the fields of a schema of a result in words.
func results(output *syntax.Node) string {
	var fields []string
	for _, p := range pairsOf(output.Get("properties")) {
		fields = append(fields, p.Key.Text.Value)
	}
	if fields == nil {
		return ""
	}
	return " with " + list(fields)
}

func pairsOf(n *syntax.Node) []syntax.Pair {
	if n == nil {
		return nil
	}
	return n.Pairs
}

// textsOf is a string, or the strings of a list.
func textsOf(n *syntax.Node) []string {
	if n == nil {
		return nil
	}
	if n.Kind == syntax.String {
		return []string{n.Text.Value}
	}
	var all []string
	for _, item := range n.Items {
		if item.Kind == syntax.String {
			all = append(all, item.Text.Value)
		}
	}
	return all
}

// isClosed is whether an object of a schema may have other fields than it lists. Where the schema is put together of
// others, or says nothing of fields, nobody knows.
func isClosed(schema *syntax.Node) Answer {
	if schema == nil || schema.Get("properties") == nil {
		return NotDeclared
	}
	for _, key := range [...]string{"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "patternProperties", "dependentSchemas"} {
		if schema.Get(key) != nil {
			return NotDeclared
		}
	}
	more := schema.Get("additionalProperties")
	switch {
	case more == nil:
		return No
	case more.Kind == syntax.Bool && more.Text.Value == "false":
		return Yes
	}
	return NotDeclared
}

// call is a step that calls a tool by name, and what is declared of that.
type call struct {
	*program.Step
	name    string
	tool    Tool
	isKnown bool
}

// calls calls yield for all calls that can be made: a step that is no parallel block does not run its sub-steps.
func (p *Pass) calls(yield func(call) bool) {
	for s := range p.Program.All {
		name := toolOf(s)
		if name == "" || s.Parent != nil && s.Parent.Kind != program.Parallel {
			continue
		}
		tool, known := p.Declared.Tools[name]
		if !yield(call{s, name, tool, known}) {
			return
		}
	}
}
