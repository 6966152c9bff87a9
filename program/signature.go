package program

import (
	"slices"

	"github.com/nanolint/nanolint/syntax"
)

// Signature is what a program takes and gives: the names that it reads and nothing in it writes, the names
// that it writes, and the tools that it calls.
type Signature struct {
	Inputs  []Input
	Outputs []Output
	Tools   []Call
}

// Input is a name that no step writes, and where it is read.
type Input struct {
	Name string
	Uses []Use
}

// Output is a name under which steps leave values: an output key.
type Output struct {
	Name  string
	Steps []*Step
}

// Call is a tool with the names of the arguments that steps pass to it.
type Call struct {
	Tool      string
	Arguments []string
	Steps     []*Step
}

// The names under which a resumed run finds what it was sent, and by whom.
const (
	Webhook       = "__webhook__"
	WebhookSource = "__webhook_source__"
)

// Signature reads the signature off the texts. What is only text that looks like a variable is none: $5, and what
// stands inside nested arguments, where the machine replaces nothing.
func (p *Program) Signature() Signature {
	var sig Signature
	outputs := make(map[string]int, len(p.Steps)/2)
	for _, s := range p.Steps {
		if key := s.OutputKey.StringValue(); key != "" {
			i, known := outputs[key]
			if !known {
				i = len(sig.Outputs)
				outputs[key] = i
				sig.Outputs = append(sig.Outputs, Output{Name: key})
			}
			sig.Outputs[i].Steps = append(sig.Outputs[i].Steps, s)
		}
	}
	inputs, tools := make(map[string]int), make(map[string]int)
	for s := range p.All {
		sig.call(s, tools)
		for _, u := range s.Uses {
			name := u.Path[0].Name
			if _, written := outputs[name]; written || u.Site == InNested || !u.Path.LooksLikeName() ||
				p.Lookup(name) != nil || p.SubStep(name) != nil || name == Webhook || name == WebhookSource {
				continue
			}
			i, known := inputs[name]
			if !known {
				i = len(sig.Inputs)
				inputs[name] = i
				sig.Inputs = append(sig.Inputs, Input{Name: name})
			}
			sig.Inputs[i].Uses = append(sig.Inputs[i].Uses, u)
		}
	}
	return sig
}

// call adds the tool that a step calls.
func (sig *Signature) call(s *Step, tools map[string]int) {
	name := s.Tool.StringValue()
	if s.Kind != Tool || name == "" {
		return
	}
	i, known := tools[name]
	if !known {
		i = len(sig.Tools)
		tools[name] = i
		sig.Tools = append(sig.Tools, Call{Tool: name})
	}
	c := &sig.Tools[i]
	c.Steps = append(c.Steps, s)
	if s.Args == nil {
		return
	}
	for _, pair := range s.Args.Pairs {
		if pair.Key.Kind == syntax.String && !slices.Contains(c.Arguments, pair.Key.Text.Value) {
			c.Arguments = append(c.Arguments, pair.Key.Text.Value)
		}
	}
}
