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
	ID: "NL028", Name: "padded-guard-entry", Severity: source.Error,
	Doc: `
An allowed answer begins or ends with white space, so no answer can equal it.

The answer of the model is stripped before it is compared, the entries of ` + "`allowed_outputs`" + ` are not. A YAML block
scalar (` + "`|`" + `) keeps its final newline, and a blank inside quotes is easily overlooked: every such answer fails the
step.

Write the entry without white space around it.
`,
	Bad: `
steps:
  - id: decide
    type: llm
    prompt: Refund or not. Answer yes or no.
    allowed_outputs:
      - |
        yes
      - "no"
`,
	Good: `
steps:
  - id: decide
    type: llm
    prompt: Refund or not. Answer yes or no.
    allowed_outputs: ["yes", "no"]
`,
	Proof: `
llm: {decide: "yes"}
bad: {status: failed}
good: {status: success}
`,
	More: []Example{
		{Name: "A blank in the quotes", Reported: true, Program: `
steps:
  - {id: decide, type: llm, prompt: Refund or not, allowed_outputs: [" refund", "other"]}
`},
		{Name: "Blanks inside, and the empty answer", Program: `
steps:
  - {id: decide, type: llm, prompt: Refund or not, allowed_outputs: ["not sure", ""]}
`},
	},
	Run: func(p *Pass) {
		for s := range p.Program.All {
			if s.AllowedOutputs == nil || s.Kind != program.LLM {
				continue
			}
			for _, n := range s.AllowedOutputs.Items {
				if n.Kind == syntax.String {
					p.checkPadding(s, n)
				}
			}
		}
	},
})

func (p *Pass) checkPadding(s *program.Step, n *syntax.Node) {
	stripped := value.Strip(n.Text.Value)
	if stripped == n.Text.Value {
		return
	}
	d := source.Diagnostic{Note: source.Note{
		Span: n.Span,
		Message: fmt.Sprintf("the allowed answer %s of %s %s, and no answer does, because answers are stripped: write it without",
			quote(stripped), describe(s), padding(n.Text.Value, stripped)),
	}}
	if stripped != "" {
		d.Fixes = p.fix("write it without white space around it", true, replaceString(n, stripped))
	}
	p.Report(d)
}

// padding says what is around a text.
func padding(text, stripped string) string {
	switch before, behind, _ := strings.Cut(text, stripped); {
	case stripped == "":
		return "is nothing but white space"
	case before != "" && behind != "":
		return "has white space around it"
	case before != "":
		return "begins with white space"
	case strings.Trim(behind, "\r\n") == "":
		return "ends with a line break"
	}
	return "ends with white space"
}
