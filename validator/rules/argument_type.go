package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL803", Name: "argument-type", Severity: source.Error,
	Doc: `
An argument has a value that the schema of its tool does not allow.

The machine passes it on as it is: a text stays a text, and a tool that reckons with a number fails on it, or does something else. The
rule looks at the type and the listed values in the ` + "`inputSchema`" + ` of the tool, from a manifest under ` + "`tools`" + ` of the
configuration. Of a variable it knows what a model can answer: a text, and under ` + "`allowed_outputs`" + ` one of those.

Write a value of the type that the schema names.
`,
	Bad: `
steps:
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: five, currency: EUR}, is_terminal: true}
`,
	Good: `
steps:
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: 5, currency: EUR}, is_terminal: true}
`,
	Proof: `
tools: {pay: paid}
bad: {calls: [[pay, {amount: five, currency: EUR}]]}
good: {calls: [[pay, {amount: 5, currency: EUR}]]}
`,
	Declare: func() Declared { return DeclareTools(payManifest) },
	More: []Example{
		{Name: "A value that is not listed", Reported: true, Declare: func() Declared { return DeclareTools(payManifest) }, Program: `
steps:
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: 5, currency: EURO}, is_terminal: true}
`},
		{Name: "A model answers text", Reported: true, Declare: func() Declared { return DeclareTools(payManifest) }, Program: `
steps:
  - {id: sum, type: llm, prompt: "How much is $order? Only the number."}
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: $sum.output}, is_terminal: true}
`},
		{Name: "An answer that is not listed", Reported: true, Declare: func() Declared { return DeclareTools(payManifest) }, Program: `
steps:
  - {id: money, type: llm, prompt: "EUR or GBP? $order", allowed_outputs: [EUR, GBP]}
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: 5, currency: $money.output}, is_terminal: true}
`},
		{Name: "An input may be anything", Declare: func() Declared { return DeclareTools(payManifest) }, Program: `
steps:
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: $amount, currency: $currency, note: For $order}, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		spell := spelling.New()
		for c := range p.calls {
			for _, arg := range pairsOf(c.Args) {
				if want := c.tool.Input.Get("properties").Get(arg.Key.Text.Value); want != nil {
					p.checkArgument(spell, c, arg.Key.Text.Value, arg.Value, want)
				}
			}
		}
	},
})

// checkArgument compares the value of an argument with the schema that it has.
func (p *Pass) checkArgument(spell *spelling.Speller, c call, arg string, n, want *syntax.Node) {
	if n.Kind == syntax.String && strings.Contains(n.Text.Value, "$") {
		for i := range c.Uses {
			if u := &c.Uses[i]; u.Node == n && u.Whole && u.Site == program.InArgument {
				p.checkAnswer(c, u, want)
			}
		}
		return
	}
	var message, instead string
	allowed := scalarsOf(want.Get("enum"))
	switch types := textsOf(want.Get("type")); {
	case types != nil && !isOfType(n, types):
		message = fmt.Sprintf("the argument %s of %s must be %s, not %s", quote(arg), quote(c.name), typeWords(types), nodeWords(n))
		instead = typeWords(types)
	case allowed != nil && isScalar(n) && !slices.Contains(allowed, scalar(n)):
		message = fmt.Sprintf("the argument %s of %s must be %s, not %s", quote(arg), quote(c.name), oneOf(textsOfScalars(allowed)), nodeWords(n))
		instead = "one of those"
	default:
		return
	}
	d := source.Diagnostic{Note: source.Note{Span: n.Span, Message: message + ": write " + instead}}
	if n.Kind == syntax.String && allowed != nil {
		if meant, ok := spell.Nearest(n.Text.Value, slices.Values(textsOf(want.Get("enum")))); ok {
			d.Message = message + ": did you mean " + quote(meant) + "?"
			d.Fixes = p.fix("replace with "+quote(meant), false, replaceString(n, meant))
		}
	}
	p.Report(d)
}

// checkAnswer compares what a model can answer with the schema of the argument that takes the answer.
func (p *Pass) checkAnswer(c call, u *program.Use, want *syntax.Node) {
	of := p.readings().writer(u.Path, false)
	if of == nil || of.Kind != program.LLM || of.OnError == program.Skip || of.OnError == program.UnknownPolicy {
		return
	}
	d := source.Diagnostic{Severity: source.Warning, Related: []source.Note{{Span: of.Place(), Message: "the model that answers"}}}
	d.Span = u.Span
	types, allowed := textsOf(want.Get("type")), scalarsOf(want.Get("enum"))
	if types != nil && !slices.Contains(types, "string") {
		d.Message = fmt.Sprintf("the argument %s of %s must be %s, and %s answers a text: let a tool convert it", quote(u.Arg), quote(c.name), typeWords(types), quote(of.ID()))
		p.Report(d)
		return
	}
	answers, guarded := guardOf(of)
	if allowed == nil || !guarded || isFallback(of) {
		return
	}
	for _, a := range answers {
		if !slices.Contains(allowed, strconv.Quote(a)) {
			d.Message = fmt.Sprintf("%s may answer %s, and the argument %s of %s must be %s: allow only those",
				quote(of.ID()), quote(a), quote(u.Arg), quote(c.name), oneOf(textsOfScalars(allowed)))
			p.Report(d)
			return
		}
	}
}

func isScalar(n *syntax.Node) bool { return n.Kind >= syntax.Null && n.Kind <= syntax.String }

// scalar is a value as it can be compared: texts are quoted, so that they equal no numbers.
func scalar(n *syntax.Node) string {
	switch n.Kind {
	case syntax.String:
		return strconv.Quote(n.Text.Value)
	case syntax.Null:
		return "null"
	case syntax.Float:
		if v, err := strconv.ParseFloat(n.Text.Value, 64); err == nil {
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	}
	return n.Text.Value
}

// scalarsOf are the values that a schema lists, nil if it lists none or others than scalars.
func scalarsOf(enum *syntax.Node) []string {
	if enum == nil {
		return nil
	}
	var all []string
	for _, n := range enum.Items {
		if !isScalar(n) {
			return nil
		}
		all = append(all, scalar(n))
	}
	return all
}

// textsOfScalars are values as they are told.
func textsOfScalars(scalars []string) []string {
	var all []string
	for _, s := range scalars {
		if text, err := strconv.Unquote(s); err == nil {
			s = text
		}
		all = append(all, s)
	}
	return all
}

// isOfType reports whether a value is of one of the types, or may be: of what cannot be read nobody knows.
func isOfType(n *syntax.Node, types []string) bool {
	return slices.ContainsFunc(types, func(t string) bool {
		switch t {
		case "string":
			return n.Kind == syntax.String || n.Kind == syntax.Date
		case "number":
			return n.Kind == syntax.Int || n.Kind == syntax.Float
		case "integer":
			v, err := strconv.ParseFloat(n.Text.Value, 64)
			return n.Kind == syntax.Int || n.Kind == syntax.Float && err == nil && v == float64(int64(v))
		case "boolean":
			return n.Kind == syntax.Bool
		case "null":
			return n.Kind == syntax.Null
		case "array":
			return n.Kind == syntax.List || n.Kind == syntax.Set
		case "object":
			return n.Kind == syntax.Map
		}
		return true
	}) || n.Kind == syntax.Opaque || n.Kind == syntax.Bytes
}

var jsonTypes = map[string]string{
	"string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false", "null": "null",
	"array": "a list", "object": "an object",
}

func typeWords(types []string) string {
	words := make([]string, len(types))
	for i, t := range types {
		words[i] = jsonTypes[t]
		if words[i] == "" {
			words[i] = t
		}
	}
	return strings.Join(words, " or ")
}

func nodeWords(n *syntax.Node) string {
	switch n.Kind {
	case syntax.String:
		return "the text " + quote(n.Text.Value)
	case syntax.List, syntax.Set:
		return "a list"
	case syntax.Map:
		return "an object"
	case syntax.Null:
		return "null"
	}
	return n.Text.Value
}
