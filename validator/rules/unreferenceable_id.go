package rules

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL026", Name: "unreferenceable-id", Severity: source.Warning, Needs: OtherSteps | Conditions | Texts,
	Doc: `
The id of a step, or its output_key, holds characters that a $variable cannot spell.

The name of a variable is made of letters, digits and ` + "`_`" + `; anything else ends it. ` + "`$check-user`" + ` is the
variable ` + "`check`" + ` with a hyphen and a word behind it: in a prompt the text stays as it is, in a condition the rest is
dropped without an error. The step runs, but nobody can read what it returned.

Use letters, digits and ` + "`_`" + ` only.
`,
	Bad: `
steps:
  - {id: check-user, type: tool, tool: check_user}
  - {id: known, type: condition, condition: $check-user.output == 'ok', then: serve, otherwise: reject}
  - {id: serve, type: tool, tool: serve, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Good: `
steps:
  - {id: check_user, type: tool, tool: check_user}
  - {id: known, type: condition, condition: $check_user.output == 'ok', then: serve, otherwise: reject}
  - {id: serve, type: tool, tool: serve, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`,
	Proof: `
tools: {check_user: ok}
bad: {path: [check-user, known, reject]}
good: {path: [check_user, known, serve]}
`,
	More: []Example{
		{Name: "A step that is a target and that nobody reads", Reported: true, Program: `
steps:
  - {id: rude, type: condition, condition: "'idiot' in $mail", then: send refusal, otherwise: answer}
  - {id: send refusal, type: tool, tool: refuse, is_terminal: true}
  - {id: answer, type: tool, tool: answer, is_terminal: true}
`},
		{Name: "An output key with a dot", Reported: true, Program: `
steps:
  - {id: load, type: tool, tool: load_user, output_key: user.name}
  - {id: greet, type: llm, prompt: "Greet $user.name, please."}
`},
		{Name: "Letters of any language", Program: `
steps:
  - {id: prüfung_2, type: tool, tool: check}
  - {id: 確認, type: llm, prompt: Explain $prüfung_2.}
`},
	},
	Run: func(p *Pass) {
		names := p.unspeakable()
		if len(names) == 0 {
			return
		}
		uses, r := p.usesOf(names), p.newRenamer(names)
		for _, n := range names {
			p.reportUnspeakable(n, uses[n.text], r.fix(n, uses[n.text]))
		}
	},
})

// unspeakable is a name that no variable can spell.
type unspeakable struct {
	node *syntax.Node
	text string
	step *program.Step
	id   bool // of a step; otherwise an output_key
}

// unspeakable are those of the program, in order. Blank names are another rule's.
func (p *Pass) unspeakable() []unspeakable {
	var names []unspeakable
	add := func(s *program.Step, n *syntax.Node, id bool) {
		if n != nil && n.Kind == syntax.String && !isVariableName(n.Text.Value) && !isBlank(n.Text.Value) && !p.isBroken(n) {
			names = append(names, unspeakable{n, n.Text.Value, s, id})
		}
	}
	for s := range p.Program.All {
		add(s, s.IDNode, true)
		if s.Parent == nil {
			add(s, s.OutputKey, false)
		}
	}
	return names
}

func isVariableName(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 {
			return strings.IndexFunc(s, func(r rune) bool { return !value.IsWord(r) }) < 0
		} else if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// use is a place in a text that means one of the names: $ and the name.
type use struct {
	node *syntax.Node
	at   int // of the name in the text
}

// maxUseWork bounds the search for uses, in comparisons: a generated file may hold any number of names of
// any number of lengths. Behind it, names count as not used.
const maxUseWork = 2_000_000

// usesOf finds the places that mean the names.
func (p *Pass) usesOf(names []unspeakable) map[string][]use {
	uses := make(map[string][]use, len(names))
	var lengths []int
	isLength := map[int]bool{}
	for _, n := range names {
		uses[n.text] = nil
		if !isLength[len(n.text)] {
			isLength[len(n.text)] = true
			lengths = append(lengths, len(n.text))
		}
	}
	known := p.variableNames()
	work := 0
	w := p.newWalker(func(n *syntax.Node) {
		if n.Kind != syntax.String {
			return
		}
		text := n.Text.Value
		for i := range dollars(text) {
			for _, length := range lengths {
				if work++; work > maxUseWork {
					return
				}
				name, ok := nameAt(text, i, length)
				if found, isName := uses[name]; ok && isName && !known[firstWord(name)] {
					uses[name] = append(found, use{n, i})
				}
			}
		}
	})
	for s := range p.Program.All {
		for _, n := range [...]*syntax.Node{s.Prompt, s.System, s.Condition, s.Args} {
			if n != nil {
				w.walk(n)
			}
		}
	}
	return uses
}

// variableNames are the names that variables can spell: what begins with one of them reads that one.
func (p *Pass) variableNames() map[string]bool {
	names := map[string]bool{}
	for s := range p.Program.All {
		for _, n := range [...]*syntax.Node{s.IDNode, s.OutputKey} {
			if n != nil && n.Kind == syntax.String {
				names[n.Text.Value] = true
			}
		}
	}
	return names
}

// firstWord is the characters of a name that a variable could spell, up to the first that it cannot.
func firstWord(name string) string {
	if i := strings.IndexFunc(name, func(r rune) bool { return !value.IsWord(r) }); i >= 0 {
		return name[:i]
	}
	return name
}

// dollars yields the offsets behind the dollar signs of a text.
func dollars(text string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; i < len(text); {
			n := strings.IndexByte(text[i:], '$')
			if n < 0 || !yield(i+n+1) {
				return
			}
			i += n + 1
		}
	}
}

// nameAt is the name of so many bytes at i, if the word does not go on behind it.
func nameAt(text string, i, length int) (string, bool) {
	if i+length > len(text) {
		return "", false
	}
	last, _ := utf8.DecodeLastRuneInString(text[i : i+length])
	next, size := utf8.DecodeRuneInString(text[i+length:])
	return text[i : i+length], size == 0 || !value.IsWord(last) || !value.IsWord(next)
}

func (p *Pass) reportUnspeakable(n unspeakable, uses []use, fix []source.Fix) {
	what, reads := "output_key", "its output"
	if n.id {
		what = "id"
	}
	d := source.Diagnostic{Note: source.Note{
		Span: n.node.Span,
		Message: fmt.Sprintf("no $variable can spell the %s %s, so nothing can read %s by it: use letters, digits and _ only",
			what, quote(n.text), reads),
	}}
	if len(uses) > 0 {
		first := uses[0]
		d.Severity = source.Error
		d.Message = fmt.Sprintf("%s does not read the output of %s, because no variable can spell that name: use letters, digits and _ only",
			brief("$"+n.text), describe(n.step))
		d.Related = []source.Note{{Span: first.node.Text.Sub(first.at, first.at+len(n.text)), Message: fmt.Sprintf("this is the variable %s with text behind it", quote("$"+firstWord(n.text)))}}
	}
	d.Fixes = fix
	p.Report(d)
}
