package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL019", Name: "yaml-boolean-argument", Severity: source.Warning,
	Doc: `
A word without quotes in the arguments of a tool is a boolean for YAML.

YAML 1.1, which the runtime reads, takes ` + "`yes`, `no`, `on` and `off`" + ` for true and false, in lower, title and upper
case. Arguments may be anything, so nothing is refused: the tool gets ` + "`False`" + ` for the country code ` + "`NO`" + `.

Write the word in quotes, or write ` + "`true` or `false`" + ` where a boolean is meant.
`,
	Bad: `
steps:
  - {id: ship, type: tool, tool: ship, args: {address: {city: Oslo, country: NO}}}
`,
	Good: `
steps:
  - {id: ship, type: tool, tool: ship, args: {address: {city: Oslo, country: "NO"}}}
`,
	Proof: `
bad: {calls: [[ship, {address: {city: Oslo, country: false}}]]}
good: {calls: [[ship, {address: {city: Oslo, country: "NO"}}]]}
`,
	Only: OnlyYAML,
	More: []Example{
		{Name: "A key", Reported: true, Program: `
steps:
  - {id: lamp, type: tool, tool: switch, args: {state: {on: 7, "off": 22}}}
`},
		{Name: "A boolean that says so, and words that are none", Program: `
steps:
  - {id: ship, type: tool, tool: ship, args: {express: true, gift: False, answers: [y, n, nO]}}
`},
	},
	Run: func(p *Pass) {
		if p.Lang != syntax.YAML || !p.IsProgram {
			return
		}
		top := map[*syntax.Node]bool{}
		for s := range p.Program.All {
			if s.Args != nil {
				top[s.Args] = true
			}
		}
		p.newWalker(func(n *syntax.Node) {
			p.checkBoolean(n, "put it in quotes if the word is meant")
			for i := range n.Pairs {
				if n.Kind == syntax.Map && !top[n] { // construction refuses such a name of an argument
					p.checkBoolean(n.Pairs[i].Key, "put the key in quotes if the word is meant")
				}
			}
		}).args(p.Program)
	},
})

// booleanWords are those that people do not take for booleans.
var booleanWords = []string{"yes", "no", "on", "off"}

func (p *Pass) checkBoolean(n *syntax.Node, advice string) {
	if n.Kind != syntax.Bool || n.Style != syntax.Plain {
		return
	}
	word := p.spelled(n)
	for _, w := range booleanWords {
		if !strings.EqualFold(w, word) {
			continue
		}
		p.Report(source.Diagnostic{
			Note: source.Note{Span: n.Span, Message: fmt.Sprintf("YAML reads %s as the boolean %s: %s", word, n.Text.Value, advice)},
			Fixes: append(
				p.fix("write "+quote(word), false, replaceString(n, word)),
				p.fix("write "+n.Text.Value, false, func(e syntax.Editor) ([]source.Edit, bool) { return e.ReplaceScalar(n, n.Text.Value) })...),
		})
	}
}
