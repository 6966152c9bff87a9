package program

import (
	"slices"
	"sync"

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

// Signature reads the signature off the texts.
func (p *Program) Signature() Signature {
	return Signature{Inputs: p.Inputs(nil), Outputs: p.Outputs(), Tools: p.Tools()}
}

// Inputs is the names that the program reads and nothing in it writes; wants says of a name whether it matters, nil that all do. What
// is only text that looks like a variable is none: $5, and what stands inside nested arguments, where the machine replaces nothing.
func (p *Program) Inputs(wants func(name string) bool) []Input {
	var all []Input
	written := sync.OnceValue(p.writtenData)
	known := make(map[string]int)
	for m := range p.read {
		if wants != nil && !wants(m.name) || m.use.Site == InNested || !m.use.Path.LooksLikeName() ||
			p.Lookup(m.name) != nil || p.SubStep(m.name) != nil || written()[m.name] {
			continue
		}
		in := entry(&all, known, m.name, Input{Name: m.name})
		in.Uses = append(in.Uses, *m.use)
	}
	return all
}

// writtenData is the names under which steps or the runtime leave values.
func (p *Program) writtenData() map[string]bool {
	written := map[string]bool{Webhook: true, WebhookSource: true}
	for w := range p.Written {
		if w.Data {
			written[w.Name] = true
		}
	}
	return written
}

// Outputs is the output keys of the program.
func (p *Program) Outputs() []Output {
	var all []Output
	known := make(map[string]int)
	for _, s := range p.Steps {
		key := s.OutputKey.StringValue()
		if key == "" {
			continue
		}
		out := entry(&all, known, key, Output{Name: key})
		out.Steps = append(out.Steps, s)
	}
	return all
}

// Tools is the tools that the program calls.
func (p *Program) Tools() []Call {
	var all []Call
	known := make(map[string]int)
	for s := range p.All {
		name := s.Tool.StringValue()
		if s.Kind != Tool || name == "" {
			continue
		}
		entry(&all, known, name, Call{Tool: name}).add(s)
	}
	return all
}

// entry is the one of a name, which is first if there is none yet; known is where each stands.
func entry[T any](all *[]T, known map[string]int, name string, first T) *T {
	i, ok := known[name]
	if !ok {
		i = len(*all)
		known[name] = i
		*all = append(*all, first)
	}
	return &(*all)[i]
}

func (c *Call) add(s *Step) {
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
