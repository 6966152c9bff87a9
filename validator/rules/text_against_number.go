package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL220", Name: "text-against-number", Severity: source.Error,
	Doc: `
A condition compares the text of a model with a number.

What a model answers is text, also where it is all digits. Ordering text against a number fails the step each time, and
text is never equal to a number: "8" is not 8.

Let a tool convert the text and compare what the tool returns; or list the numbers in ` + "`allowed_outputs`" + ` and compare with
them as text.
`,
	Bad: `
steps:
  - {id: score, type: llm, prompt: Rate this text from 1 to 10. $text}
  - {id: good, type: condition, condition: $score.output >= 7, then: publish, otherwise: reject}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
  - {id: reject, type: tool, tool: send_back, is_terminal: true}
`,
	Good: `
steps:
  - {id: score, type: llm, prompt: Rate this text from 1 to 10. $text}
  - {id: number, type: tool, tool: to_number, args: {text: $score}}
  - {id: good, type: condition, condition: $number.output >= 7, then: publish, otherwise: reject}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
  - {id: reject, type: tool, tool: send_back, is_terminal: true}
`,
	Proof: `
llm: {score: "8"}
tools: {to_number: 8}
bad: {path: [score, good], status: failed}
good: {path: [score, number, good, publish], status: success}
`,
	More: []Example{
		{Name: "Equality is silent, and never holds", Reported: true, Program: `
steps:
  - {id: stars, type: llm, prompt: "Answer 1, 2 or 3.", allowed_outputs: ["1", "2", "3"], output_key: stars}
  - {id: best, type: condition, condition: $stars == 3, then: publish, otherwise: reject}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
  - {id: reject, type: tool, tool: send_back, is_terminal: true}
`},
		{Name: "Of an input nothing is known", Program: `
steps:
  - {id: good, type: condition, condition: $score >= 7, then: publish, otherwise: reject}
  - {id: publish, type: tool, tool: publish, is_terminal: true}
  - {id: reject, type: tool, tool: send_back, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		p.conditions(func(s *program.Step, states []program.State) {
			for term := range cond.Terms(s.Cond.Root) {
				b, ok := term.(*cond.Binary)
				if !ok || b.Op.Class() != cond.Order && b.Op.Class() != cond.Equality {
					continue
				}
				if n := numberOf(b.Right); n != nil && p.isText(states, b.Left) {
					p.reportTextNumber(s, b, b.Left, n)
				} else if n := numberOf(b.Left); n != nil && p.isText(states, b.Right) {
					p.reportTextNumber(s, b, b.Right, n)
				}
			}
		})
	},
})

// numberOf is a literal number, and nil if n is none.
func numberOf(n cond.Node) *cond.Literal {
	if l, ok := n.(*cond.Literal); ok && (l.Value.Kind() == value.Int || l.Value.Kind() == value.Float) {
		return l
	}
	return nil
}

func (p *Pass) reportTextNumber(s *program.Step, b *cond.Binary, text cond.Node, number *cond.Literal) {
	name := p.File.Slice(text.Span())
	d := source.Diagnostic{Note: source.Note{Span: b.Span()}}
	if b.Op.Class() == cond.Order {
		d.Message = fmt.Sprintf("%s is text, and ordering it against the number %s fails %s each time: let a tool convert it",
			name, value.Str(number.Value), quote(s.ID()))
	} else {
		d.Message = fmt.Sprintf("%s is text and never equal to the number %s: write '%s'", name, value.Str(number.Value), value.Str(number.Value))
		at := p.File.Slice(number.Place)
		d.Fixes = p.fix("write '"+at+"'", false, p.replaceInText(s.Condition, number.Place, "'"+at+"'"))
	}
	p.Report(d)
}

// replaceInText writes other text instead of a place in a string.
func (p *Pass) replaceInText(n *syntax.Node, at source.Span, text string) change {
	return func(e syntax.Editor) ([]source.Edit, bool) {
		i, j, ok := offsetsOf(n.Text, at)
		if !ok {
			return nil, false
		}
		return e.ReplaceWithin(n, i, j, text)
	}
}

// offsetsOf is the part of a text's value that stands at a place.
func offsetsOf(t source.Text, at source.Span) (i, j int, ok bool) {
	for i < len(t.Value) && t.At(i) < at.Start {
		i++
	}
	j = i
	for j < len(t.Value) && t.At(j) < at.End {
		j++
	}
	return i, j, j > i && t.Sub(i, j) == at
}
