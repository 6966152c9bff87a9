package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

var _ = rule(Rule{
	ID: "NL306", Name: "braces", Severity: source.Error,
	Doc: `
A name stands in braces as in other template languages, and is not replaced.

The only form of a variable is a dollar sign with the name right behind it. ` + "`${name}`" + ` and ` + "`{{name}}`" + ` are text to the
runtime: the model reads the braces, guesses what was meant, and nothing fails.

Write ` + "`$name`" + `. If a letter, or a dot and a letter, must follow at once, put a blank or another sign between.
`,
	Bad: `
steps:
  - {id: load, type: tool, tool: load_customer, output_key: customer}
  - {id: greet, type: llm, prompt: "Write a greeting for ${customer}, please."}
`,
	Good: `
steps:
  - {id: load, type: tool, tool: load_customer, output_key: customer}
  - {id: greet, type: llm, prompt: "Write a greeting for $customer, please."}
`,
	Proof: `
tools: {load_customer: Ann}
bad: {prompts: [[greet, "Write a greeting for ${customer}, please."]]}
good: {prompts: [[greet, "Write a greeting for Ann, please."]]}
`,
	More: []Example{
		{Name: "Two braces", Reported: true, Program: `
steps:
  - {id: load, type: tool, tool: load_customer}
  - {id: greet, type: llm, prompt: "Write a greeting for {{ load.name }}, please."}
`},
		{Name: "An input", Reported: true, Program: `
steps:
  - {id: greet, type: llm, system: "You write to ${customer}.", prompt: "Write {{topic}} to {{customer}}."}
  - {id: send, type: tool, tool: send, args: {text: $greet, to: "${address}"}}
`},
		{Name: "A letter behind the brace", Reported: true, Program: `
steps:
  - {id: unit, type: tool, tool: find_unit}
  - {id: ask, type: llm, prompt: "How many ${unit}s are there?"}
`},
		{Name: "Templates that are to be written, shell and code", Program: `
steps:
  - {id: write, type: llm, prompt: "Write a mail with the placeholders {{first_name}} and {name} for $topic."}
  - {id: run, type: tool, tool: run, args: {command: "ls ${HOME} ${dir}/*.log"}}
  - {id: code, type: llm, prompt: "Explain the code ` + "`Hello ${name}`" + ` in a sentence."}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram {
			return
		}
		b := braces{walker: p.newWalker(nil), dollared: map[string]bool{}}
		for s := range p.Program.All {
			if s.Kind == program.LLM {
				b.read(program.Use{Step: s, Site: program.InPrompt, Node: s.Prompt})
				b.read(program.Use{Step: s, Site: program.InSystem, Node: s.System})
			}
			if s.Kind != program.Tool || s.Args == nil {
				continue
			}
			for i := range s.Args.Pairs {
				arg := &s.Args.Pairs[i]
				b.read(program.Use{Step: s, Site: program.InArgument, Node: arg.Value, Arg: arg.Key.Text.Value})
			}
		}
		for _, f := range b.found {
			p.reportBraces(f, b.dollared)
		}
	},
})

// inBraces is a name in braces, with the path behind it.
var inBraces = lazyRegexp(`\$?\{\{\s*\$?([\pL_][\pL\pN_]*(?:\.[\pL\pN_]+)*)\s*\}\}|\$\{\s*([\pL_][\pL\pN_]*(?:\.[\pL\pN_]+)*)\s*\}`)

// braces are the names in braces of a program.
type braces struct {
	*walker
	found    []braced
	dollared map[string]bool // the names with one brace and a dollar sign, which are meant for variables
}

type braced struct {
	program.Use
	at, end   int // in the text
	path      string
	twice     bool
	plausible bool // not one of a shell, or of code
}

// read looks through one text, which is that of the use.
func (b *braces) read(u program.Use) {
	n := u.Node
	if n == nil || n.Kind != syntax.String || !strings.Contains(n.Text.Value, "{") || !b.isNew(n) {
		return
	}
	text := n.Text.Value
	isCode := strings.Contains(text, "`")
	for _, m := range inBraces().FindAllStringSubmatchIndex(text, -1) {
		f := braced{Use: u, at: m[0], end: m[1], twice: m[2] >= 0, path: text[max(m[2], m[4]):max(m[3], m[5])]}
		name := f.name()
		f.plausible = !isCode && name != strings.ToUpper(name) && (u.Site != program.InArgument || m[0] == 0 && m[1] == len(text))
		b.found = append(b.found, f)
		b.dollared[name] = b.dollared[name] || !f.twice && f.plausible
	}
}

func (f *braced) name() string {
	name, _, _ := strings.Cut(f.path, ".")
	return name
}

func (p *Pass) reportBraces(f braced, dollared map[string]bool) {
	n, text, name := f.Node, f.Node.Text.Value, f.name()
	known := p.scope().isWritten(name)
	if isInput := p.scope().isRead(name); !known && !isInput && (!dollared[name] || !f.twice && !f.plausible) {
		return
	}
	d := source.Diagnostic{Note: source.Note{
		Span: n.Text.Sub(f.at, f.end),
		Message: fmt.Sprintf("%s in %s is no variable and stays as it is: write %s",
			quote(text[f.at:f.end]), siteWords(&f.Use), brief("$"+f.path)),
	}}
	if f.twice || !known {
		d.Severity = source.Warning
	}
	if p.leadsSomewhere(f.path) && !joins(text[f.end:]) && p.mayEdit(n) && p.File.Slice(d.Span) == text[f.at:f.end] {
		d.Fixes = []source.Fix{{
			Title: "write " + brief("$"+f.path), Safe: known && !f.twice,
			Edits: []source.Edit{{Span: d.Span, New: "$" + f.path}},
		}}
	}
	p.Report(d)
}

// leadsSomewhere reports whether a path would be replaced: fields are there in the outputs of steps that return
// objects only.
func (p *Pass) leadsSomewhere(path string) bool {
	name, fields, dotted := strings.Cut(path, ".")
	s := p.scope()
	return !dotted || s.isOutput(name) && (fields == "output" || !s.isText(name, program.InPrompt))
}

// joins reports whether a text would be taken for a part of the variable before it.
func joins(text string) bool {
	text = strings.TrimPrefix(text, ".")
	r, size := value.DecodeRune(text)
	return size > 0 && value.IsWord(r)
}
