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
	ID: "NL029", Name: "ignored-sub-step-field", Severity: source.Warning,
	Dead: true,
	Doc: `
A step inside a parallel block has a field that has no effect there.

A sub-step is called once, and the block does the rest. Its ` + "`output_key`" + ` is never written, its ` + "`next_step`" + ` and
` + "`is_terminal`" + ` never looked at, and when it fails, the policy of the block decides: a sub-step with
` + "`on_error: skip`" + ` fails the whole block. Only an llm sub-step with ` + "`allowed_outputs`" + ` uses ` + "`on_error: skip`" + `, for an
answer that is not allowed.

Write the field on the block. The output of a sub-step is read by its id.
`,
	Bad: `
steps:
  - id: fetch
    type: parallel
    parallel_steps:
      - {id: weather, type: tool, tool: weather, on_error: retry}
      - {id: news, type: tool, tool: news, is_terminal: true}
  - {id: brief, type: llm, prompt: Write a brief of $weather and $news.}
`,
	Good: `
steps:
  - id: fetch
    type: parallel
    on_error: retry
    parallel_steps:
      - {id: weather, type: tool, tool: weather}
      - {id: news, type: tool, tool: news}
  - {id: brief, type: llm, prompt: Write a brief of $weather and $news.}
`,
	Proof: `
tools: {weather: [{error: 'ConnectionError: no answer'}, rain], news: calm}
bad: {path: [fetch], status: failed}
good: {path: [fetch, brief], status: success}
`,
	More: []Example{
		{Name: "A second name for the output", Reported: true, Program: `
steps:
  - id: fetch
    type: parallel
    parallel_steps:
      - {id: weather, type: tool, tool: weather, output_key: sky}
  - {id: brief, type: llm, prompt: Write a brief of $weather.}
`},
		{Name: "Attempts and a policy are one mistake", Reported: true, Program: `
steps:
  - id: fetch
    type: parallel
    parallel_steps:
      - {id: weather, type: tool, tool: weather, on_error: retry, max_retries: 5, timeout_seconds: 3}
`},
		{Name: "What a sub-step does read, and defaults", Program: `
steps:
  - id: judge
    type: parallel
    parallel_steps:
      - {id: tone, type: llm, prompt: Is $mail rude or not, allowed_outputs: ["no", "yes"], on_error: skip, timeout_seconds: 5}
      - {id: length, type: tool, tool: measure, is_terminal: false, on_error: fail, max_retries: 3, output_key: null}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram {
			return
		}
		for _, block := range p.Program.Steps {
			if block.Kind != program.Parallel {
				continue // a step of another type does not run its parallel_steps
			}
			for _, sub := range block.Subs {
				if sub.Kind == program.LLM || sub.Kind == program.Tool {
					p.checkSubStep(sub)
				}
			}
		}
	},
})

// checkSubStep reports the fields of a sub-step that have no effect. The number of attempts goes with the
// policy: they are one mistake.
func (p *Pass) checkSubStep(s *program.Step) {
	policy := s.OnError == program.Retry || s.OnError == program.Skip && (s.Kind != program.LLM || s.AllowedOutputs == nil)
	var told []string // a field that is written twice is another rule's
	for i := range s.Node.Pairs {
		pair := &s.Node.Pairs[i]
		name, ok := fieldName(pair)
		f := stepFields()[name]
		switch {
		case !ok || f == nil || slices.Contains(told, name) || pair.Merged || isDefault(f, pair.Value) || isUndefinedTarget(s, name):
		case name == "on_error" && policy:
			told = append(told, name)
			p.reportIgnored(s, pair, "the policy of the block decides", policyFields(s))
		case name == "max_retries" && s.OnError == program.Retry, name == "allowed_outputs":
		case !isRead(f, s):
			told = append(told, name)
			p.reportIgnored(s, pair, whyIgnored(f, s), []string{name})
		}
	}
}

// policyFields are on_error and what goes with it.
func policyFields(s *program.Step) []string {
	names := []string{"on_error"}
	if s.OnError == program.Retry && s.Node.Pair("max_retries") != nil {
		names = append(names, "max_retries")
	}
	return names
}

// isUndefinedTarget reports whether a field names a step that does not exist. The rule that says so says
// also that it has no effect.
func isUndefinedTarget(s *program.Step, name string) bool {
	for _, r := range s.Refs() {
		if r.Field == name {
			return r.Named() && r.To == nil
		}
	}
	return false
}

func whyIgnored(f *schema.Field, s *program.Step) string {
	switch {
	case f.Name == "output_key":
		return "other steps read " + brief("$"+s.ID())
	case f.Name == "max_retries":
		return "a sub-step is called once"
	case f.InBlock:
		return fmt.Sprintf("its type is %s", s.Kind)
	}
	return "it runs inside a parallel block"
}

func (p *Pass) reportIgnored(s *program.Step, pair *syntax.Pair, why string, fields []string) {
	name := pair.Key.Text.Value
	d := source.Diagnostic{
		Step: s.ID(),
		Note: source.Note{
			Span:    pair.Key.Span,
			Message: fmt.Sprintf("%s of %s has no effect: %s", name, describe(s), why),
		},
	}
	if name == "on_error" || name == "output_key" && !pair.Value.IsString(s.ID()) {
		d.Severity = source.Error // the program relies on it
	}
	slices.Sort(fields)
	d.Fixes = p.fix("remove "+list(fields), false, removeFields(s.Node, fields...))
	p.Report(d)
}
