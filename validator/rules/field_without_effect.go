package rules

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL021", Name: "field-without-effect", Severity: source.Warning,
	Dead: true,
	Doc: `
A step has a field that only steps of another type read.

The runtime accepts every field on every step and reads those of the step's type. A tool step with a
` + "`condition`" + ` does not branch, one with ` + "`timeout_seconds`" + ` waits for its tool as long as it takes, and an llm step with
` + "`args`" + ` passes none of them.

Remove the field, or make a step of its own of it. A time limit for a tool belongs inside the tool.
`,
	Bad: `
steps:
  - {id: scrape, type: tool, tool: fetch_page, timeout_seconds: 10}
`,
	Good: `
steps:
  - {id: scrape, type: tool, tool: fetch_page, args: {time_limit: 10}}
`,
	Proof: `
bad: {calls: [[fetch_page, {}]]}
good: {calls: [[fetch_page, {time_limit: 10}]]}
`,
	More: []Example{
		{Name: "A tool step that seems to branch", Reported: true, Program: `
steps:
  - {id: check, type: tool, tool: check_stock, condition: $check.output > 0, then: sell, otherwise: sell}
  - {id: sell, type: tool, tool: sell}
`},
		{Name: "Several fields at the end", Reported: true, Program: `
steps:
  - {id: scrape, type: tool, tool: fetch_page, timeout_seconds: 10, on_timeout: fallback}
`},
		{Name: "Arguments of a model", Reported: true, Program: `
steps:
  - {id: draft, type: llm, prompt: Draft an answer to $mail., args: {mail: $mail}}
`},
		{Name: "Fields that say nothing", Program: `
steps:
  - {id: check, type: tool, tool: check_stock, prompt: null, args: {}, then: null, parallel_steps: [], on_timeout: fail}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram {
			return
		}
		fields := stepFields()
		for _, s := range p.Program.Steps {
			if s.Kind == program.Unknown || !hasForeignField(s) {
				continue
			}
			var useless []*syntax.Pair
			for i := range s.Node.Pairs {
				pair := &s.Node.Pairs[i]
				if name, ok := fieldName(pair); ok && !pair.Merged && p.isUseless(s, fields[name], pair) {
					useless = append(useless, pair)
				}
			}
			if useless != nil {
				p.reportUseless(s, useless)
			}
		}
	},
})

// hasForeignField reports whether a step holds a field that its type does not read. It is a quick look: a test
// holds it to the schema.
func hasForeignField(s *program.Step) bool {
	ofLLM := s.Prompt != nil || s.System != nil || s.Timeout != nil || s.OnTimeout != nil
	ofTool := s.Tool != nil || s.Args != nil
	ofCondition := s.Condition != nil || s.Then.Node != nil || s.Otherwise.Node != nil
	ofBlock := len(s.Subs) > 0 || s.MaxConcurrency != nil
	return ofLLM && s.Kind != program.LLM || ofTool && s.Kind != program.Tool ||
		ofCondition && s.Kind != program.Condition || ofBlock && s.Kind != program.Parallel
}

// isUseless reports whether a pair is a field with a value that steps of that type do not read. What
// construction refuses has been told.
func (p *Pass) isUseless(s *program.Step, f *schema.Field, pair *syntax.Pair) bool {
	return f != nil && !f.ReadBy(s.Kind.String()) && f.Name != "allowed_outputs" && !isDefault(f, pair.Value)
}

// reportUseless reports the fields of one step that have no effect, those for the same type together:
// they are one mistake.
func (p *Pass) reportUseless(s *program.Step, pairs []*syntax.Pair) {
	for len(pairs) > 0 {
		reader := stepFields()[pairs[0].Key.Text.Value].StepTypes[0]
		var group, others []*syntax.Pair
		for _, pair := range pairs {
			if stepFields()[pair.Key.Text.Value].StepTypes[0] == reader {
				group = append(group, pair)
			} else {
				others = append(others, pair)
			}
		}
		p.reportUselessGroup(s, reader, group)
		pairs = others
	}
}

func (p *Pass) reportUselessGroup(s *program.Step, reader string, pairs []*syntax.Pair) {
	var names []string
	for _, pair := range pairs {
		if name := pair.Key.Text.Value; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	verb, them := "has", "it"
	if len(names) > 1 {
		verb, them = "have", "them"
	}
	d := source.Diagnostic{Note: source.Note{
		Span:    pairs[0].Key.Span,
		Message: fmt.Sprintf("%s of %s %s no effect, because its type is %s", list(names), describe(s), verb, s.Kind),
	}}
	switch {
	case names[0] == "timeout_seconds":
		d.Message += ": only the calls of llm steps are ever interrupted"
	default:
		d.Message += fmt.Sprintf(": only %s steps read %s", reader, them)
	}
	for _, pair := range pairs[1:] {
		d.Related = append(d.Related, source.Note{Span: pair.Key.Span, Message: "has no effect either"})
	}
	d.Fixes = p.fix("remove "+list(names), false, removeFields(s.Node, names...))
	p.Report(d)
}
