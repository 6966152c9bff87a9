package lsp

import (
	"slices"
	"strings"

	"github.com/nanolint/nanolint/syntax"
)

// parameter is an argument of a tool, as a JSON Schema declares it; only the name if none does.
type parameter struct {
	name, kind, about string
	declared, needed  bool
}

// parametersOf is the arguments that a schema speaks of, in its order. It is nil without a schema, or for one that
// names none.
func parametersOf(schema *syntax.Node) []parameter {
	if schema == nil {
		return nil
	}
	properties := schema.Get("properties")
	if properties == nil {
		return nil
	}
	needed := schema.Get("required")
	var all []parameter
	for _, p := range properties.Pairs {
		a := parameter{name: p.Key.Text.Value, declared: true, kind: textAt(p.Value, "type"), about: textAt(p.Value, "description")}
		a.needed = needed != nil && slices.ContainsFunc(needed.Items, func(n *syntax.Node) bool {
			return n.Kind == syntax.String && n.Text.Value == a.name
		})
		all = append(all, a)
	}
	return all
}

// textAt is the text that a mapping has under a key, empty if there is none.
func textAt(n *syntax.Node, key string) string {
	if n = n.Get(key); n != nil && n.Kind == syntax.String {
		return n.Text.Value
	}
	return ""
}

// rank is higher for what should come first.
func (a parameter) rank() int {
	if a.needed {
		return 1
	}
	return 0
}

// label is the argument in a signature: name?: type.
func (a parameter) label() string {
	text := a.name
	if a.declared && !a.needed {
		text += "?"
	}
	if a.kind != "" {
		text += ": " + a.kind
	}
	return text
}

// detail is the argument beside its offer.
func (a parameter) detail(tool string) string {
	text := strings.TrimPrefix(a.kind+" argument of "+tool, " ")
	if a.needed {
		text += ", required"
	}
	return text
}

func labelsOf(all []parameter) []string {
	labels := make([]string, len(all))
	for i, a := range all {
		labels[i] = a.label()
	}
	return labels
}

// callText is a tool with its arguments.
func callText(tool string, schema *syntax.Node) string {
	return tool + "(" + strings.Join(labelsOf(parametersOf(schema)), ", ") + ")"
}
