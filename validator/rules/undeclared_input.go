package rules

import (
	"fmt"
	"maps"
	"slices"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
)

var _ = rule(Rule{
	ID: "NL324", Name: "undeclared-input", Severity: source.Error,
	Doc: `
A variable is read that no step writes and that is not among the declared inputs.

A condition takes it for None. In a prompt or an argument it stays as it is written: the model is asked about "$amout", and the tool
is called with that text. Nothing fails. The rule needs the inputs to be declared, under ` + "`inputs`" + ` of the configuration; without
them, every such name may be an input.

Write the name that was meant, or declare the input. In the middle of a prompt, the finding is a warning, for a text with a
dollar sign may be meant as it is.
`,
	Bad: `
steps:
  - {id: check, type: condition, condition: $amout > 100, then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, args: {amount: $amount, to: $acount}, is_terminal: true}
  - {id: reject, type: llm, prompt: "Write to $customer that $amount is too much.", is_terminal: true}
`,
	Good: `
steps:
  - {id: check, type: condition, condition: $amount > 100, then: reject, otherwise: pay}
  - {id: pay, type: tool, tool: pay, args: {amount: $amount, to: $account}, is_terminal: true}
  - {id: reject, type: llm, prompt: "Write to $customer that $amount is too much.", is_terminal: true}
`,
	Proof: `
context: {amount: 50, account: X-1, customer: Ann}
llm: {reject: It is too much.}
tools: {pay: paid}
bad: {status: failed, path: [check]}
good: {calls: [[pay, {amount: 50, to: X-1}]]}
`,
	Declare: func() Declared { return DeclareInputs("account", "amount", "customer") },
	More: []Example{
		{Name: "A step that is misspelt", Reported: true, Declare: func() Declared { return DeclareInputs("order") }, Program: `
steps:
  - {id: quote, type: tool, tool: quote, args: {order: $order}, output_key: amount}
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: $amout}, is_terminal: true}
`},
		{Name: "In a prompt it may be a text, and nothing is like it", Reported: true, Declare: func() Declared { return DeclareInputs() }, Program: `
steps:
  - {id: tell_or_fail, type: llm, prompt: "Tell $somebody how to set $PATH.", is_terminal: true}
`},
		{Name: "Nobody has declared any inputs", Program: `
steps:
  - {id: pay_or_fail, type: tool, tool: pay, args: {amount: $amount}, is_terminal: true}
`},
		{Name: "Steps, output keys, what a webhook sends, prices", Declare: func() Declared { return DeclareInputs("order") }, Program: `
steps:
  - {id: ask, type: tool, tool: ask_human, args: {order: $order}, output_key: answer}
  - {id: tell_or_fail, type: llm, prompt: "For $5, tell $answer, $ask and $__webhook__ in a sentence.", is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if !p.Declared.AllInputs {
			return
		}
		u := undeclared{Pass: p, spell: spelling.New(), meant: make(map[string]string)}
		u.known = append(slices.Sorted(maps.Keys(p.Declared.Inputs)), p.writtenNames()...)
		isKnown := map[string]bool{program.Webhook: true, program.WebhookSource: true}
		for _, name := range u.known {
			isKnown[name] = true
		}
		for s := range p.Program.All {
			for _, use := range s.Uses {
				// What a field of an input comes to elsewhere than in a condition is another rule's.
				isField := use.Site != program.InCondition && len(use.Path) > 1
				if use.Site != program.InNested && !isField && use.Path.LooksLikeName() && !isKnown[use.Path[0].Name] {
					u.report(use)
				}
			}
		}
	},
})

// undeclared reports names that are no inputs.
type undeclared struct {
	*Pass
	spell *spelling.Speller
	known []string          // the inputs and all names that steps write
	meant map[string]string // what was found for a name, perhaps nothing
}

func (u *undeclared) report(use program.Use) {
	name := use.Path[0].Name
	meant, done := u.meant[name]
	if !done {
		meant, _ = u.spell.Nearest(name, slices.Values(u.known))
		u.meant[name] = meant
	}
	consequence := "stays text in " + siteWords(&use)
	if use.Site == program.InCondition {
		consequence = "is None in " + siteWords(&use)
	}
	advice := "declare it, or write the name that is meant"
	if meant != "" {
		advice = "did you mean $" + meant + "?"
	}
	d := source.Diagnostic{Note: source.Note{
		Span:    use.Span,
		Message: fmt.Sprintf("$%s %s, because no step writes it and it is no declared input: %s", name, consequence, advice),
	}}
	if use.Site != program.InCondition && !use.Whole && meant == "" {
		d.Severity = source.Warning // it may be no variable at all
	}
	if meant != "" {
		d.Fixes = u.fix("write $"+meant, false, u.replaceInText(use.Node, use.Path[0].Span, meant))
	}
	u.Report(d)
}
