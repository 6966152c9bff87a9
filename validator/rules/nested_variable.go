package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL303", Name: "nested-variable", Severity: source.Error, Needs: Texts,
	Doc: `
A variable stands inside a list or an object of an argument, where the runtime replaces nothing.

Only a text that is itself an argument is looked through. Lists and objects are passed as they are written: the mail
goes out to the address ` + "`$email`" + `, and the call counts as a success.

Make each variable an argument of its own, or let a tool step build the object and pass its output.
`,
	Bad: `
steps:
  - {id: find, type: tool, tool: find_customer}
  - {id: send, type: tool, tool: send_mail, args: {mail: {to: $find.email, subject: Your order}}}
`,
	Good: `
steps:
  - {id: find, type: tool, tool: find_customer}
  - {id: send, type: tool, tool: send_mail, args: {to: $find.email, subject: Your order}}
`,
	Proof: `
tools: {find_customer: {return: {email: ann@example.com}}}
bad: {calls: [[find_customer, {}], [send_mail, {mail: {to: $find.email, subject: Your order}}]]}
good: {calls: [[find_customer, {}], [send_mail, {to: ann@example.com, subject: Your order}]]}
`,
	More: []Example{
		{Name: "Inputs in a list", Reported: true, Program: `
steps:
  - {id: send, type: tool, tool: send_mail, args: {to: ["$customer", "$manager"]}}
`},
		{Name: "Inside a longer text", Reported: true, Program: `
steps:
  - {id: send, type: tool, tool: send_mail, args: {to: $customer, body: {text: "Dear $customer, thank you."}}}
`},
		{Name: "A database language, a schema, prices and environment variables", Program: `
steps:
  - {id: sum, type: tool, tool: aggregate, args: {pipeline: [{$group: {_id: $status, total: {$sum: $amount}}}]}}
  - {id: check, type: tool, tool: validate, args: {schema: {type: object, from: $schema}, limits: {max: $5}}}
  - {id: run, type: tool, tool: run, args: {env: ["$HOME", "$PATH"], note: {text: "Costs $total in all"}}}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram {
			return
		}
		var group []*program.Use // of one argument of one step
		var args argsOf
		p.uses(func(u *program.Use) {
			if u.Site != program.InNested {
				return
			}
			if len(group) > 0 && (group[0].Step != u.Step || group[0].Arg != u.Arg) {
				p.reportNested(group, &args)
				group = group[:0]
			}
			group = append(group, u)
		})
		p.reportNested(group, &args)
	},
})

// reportNested reports the variables in one argument. They are one mistake.
func (p *Pass) reportNested(group []*program.Use, args *argsOf) {
	var found []*program.Use
	severity := source.Warning
	for _, u := range group {
		known := u.Path.LooksLikeName() && p.scope().isWritten(u.Path.Root().Name)
		if known {
			severity = source.Error
		}
		if known || p.scope().looksLikeInput(u.Path) && (u.Whole || p.scope().isRead(u.Path.Root().Name)) {
			found = append(found, u)
		}
	}
	if len(found) == 0 || hasDollarKey(args.get(found[0])) {
		return
	}
	d := source.Diagnostic{Severity: severity, Note: source.Note{
		Span: found[0].Span,
		Message: fmt.Sprintf("%s stays text inside %s, because nothing is replaced in lists and objects: make it an argument of its own",
			quote(found[0].Path.String()), siteWords(found[0])),
	}}
	for _, u := range found[1:] {
		d.Related = append(d.Related, source.Note{Span: u.Span, Message: "stays text, too"})
	}
	p.Report(d)
}

// argsOf are the arguments of a step by name. It may have many.
type argsOf struct {
	step   *program.Step
	values map[string]*syntax.Node
}

// get is the argument in which a variable stands.
func (a *argsOf) get(u *program.Use) *syntax.Node {
	if a.step != u.Step {
		a.step, a.values = u.Step, make(map[string]*syntax.Node, len(u.Step.Args.Pairs))
		for i := len(u.Step.Args.Pairs) - 1; i >= 0; i-- {
			pair := &u.Step.Args.Pairs[i]
			if name := pair.Key.Text.Value; a.values[name] == nil {
				a.values[name] = pair.Value
			}
		}
	}
	return a.values[u.Arg]
}

// hasDollarKey reports whether a value is written in a language in which dollar signs mean something else.
func hasDollarKey(n *syntax.Node) bool {
	if n == nil {
		return false
	}
	for _, item := range n.Items {
		if hasDollarKey(item) {
			return true
		}
	}
	for i := range n.Pairs {
		if strings.HasPrefix(n.Pairs[i].Key.Text.Value, "$") || hasDollarKey(n.Pairs[i].Value) {
			return true
		}
	}
	return false
}
