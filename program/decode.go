package program

import (
	"github.com/nanolint/nanolint/cores"
	"github.com/nanolint/nanolint/syntax"
)

// Find is the program that a document holds: the document itself, or the value of its program key
// where it is a recorded case. The second result says whether it looks like a program at all.
func Find(root *syntax.Node) (*syntax.Node, bool) {
	if root.Get("steps") == nil {
		if inner := root.Get("program"); inner != nil && inner.Kind == syntax.Map {
			return inner, looksLikeProgram(inner)
		}
	}
	return root, looksLikeProgram(root)
}

// looksLikeProgram tells a workflow program from the many other documents that have steps.
func looksLikeProgram(root *syntax.Node) bool {
	steps := root.Get("steps")
	if steps == nil || steps.Kind != syntax.List {
		return false
	}
	for _, s := range steps.Items {
		if kindOf(s.Get("type")) != Unknown {
			return true
		}
		if s.Get("id") != nil && (s.Get("tool") != nil || s.Get("prompt") != nil ||
			s.Get("condition") != nil || s.Get("parallel_steps") != nil) {
			return true
		}
	}
	return false
}

// Decode reads a program from its tree. It never fails: what the runtime would refuse is left out.
func Decode(root *syntax.Node, target Version) *Program {
	p := &Program{Root: root, Target: target}
	eachField(root, func(name string, value *syntax.Node) {
		switch name {
		case "name":
			p.Name = value.StringValue()
		case "max_steps":
			p.MaxSteps = value
		case "max_stalled_steps":
			p.MaxStalledSteps = value
		case "max_tokens":
			p.MaxTokens = value
		case "steps":
			p.Steps = decodeSteps(value, nil)
		}
	})
	p.last = make(map[string]int, len(p.Steps))
	for i, s := range p.Steps {
		if s.IDNode != nil {
			p.last[s.ID()] = i
		}
	}
	p.SameIDs = len(p.last) < len(p.Steps)
	p.All(p.resolve)
	return p
}

// eachField calls f with the fields of a mapping, the stronger of two equal keys later: the mapping's
// own override those that it merges. A null is passed as nil.
func eachField(m *syntax.Node, f func(name string, value *syntax.Node)) {
	own := len(m.Pairs)
	for own > 0 && m.Pairs[own-1].Merged {
		own--
	}
	for _, pairs := range [...][]syntax.Pair{m.Pairs[own:], m.Pairs[:own]} {
		for i := range pairs {
			name := ""
			if pairs[i].Key.Kind == syntax.String {
				name = pairs[i].Key.Text.Value
			}
			value := pairs[i].Value
			if value.Kind == syntax.Null {
				value = nil
			}
			f(name, value)
		}
	}
}

func decodeSteps(list *syntax.Node, parent *Step) []*Step {
	if list == nil || list.Kind != syntax.List {
		return nil
	}
	slab := make([]Step, len(list.Items))
	steps := make([]*Step, len(list.Items))
	decode := func(from, to int) {
		for i := from; i < to; i++ {
			steps[i] = &slab[i]
			steps[i].decode(list.Items[i], i, parent)
		}
	}
	if n := len(steps); cores.Gain(n) {
		cores.Do(func() { decode(0, n/2) }, func() { decode(n/2, n) })
	} else {
		decode(0, n)
	}
	return steps
}

func (s *Step) decode(n *syntax.Node, index int, parent *Step) {
	s.Index, s.Parent, s.Node = index, parent, n
	s.Then.Field, s.Otherwise.Field, s.NextStep.Field = "then", "otherwise", "next_step"
	var seen fieldSet
	eachField(n, func(name string, value *syntax.Node) {
		k := s.setField(name, value)
		s.Extra = s.Extra || k == 0
		s.Repeated = s.Repeated || seen&k != 0
		seen |= k
	})
	if k := len(n.Pairs); k > 0 && n.Pairs[k-1].Merged {
		s.Repeated = true
	}
	s.Kind = kindOf(s.Type)
	s.readTexts()
}

// fieldSet is a set of fields of a step, a bit for each.
type fieldSet uint32

// setField takes over a field and says which, as a set; it is empty for a name that is no field.
func (s *Step) setField(name string, value *syntax.Node) fieldSet {
	switch name {
	case "id":
		s.IDNode, s.id = ofKind(value, syntax.String), value.StringValue()
		return 1 << 0
	case "type":
		s.Type = value
		return 1 << 1
	case "then":
		s.Then.set(value)
		return 1 << 2
	case "otherwise":
		s.Otherwise.set(value)
		return 1 << 3
	case "next_step":
		s.NextStep.set(value)
		return 1 << 4
	case "condition":
		s.Condition = value
		return 1 << 5
	case "prompt":
		s.Prompt = value
		return 1 << 6
	case "system":
		s.System = value
		return 1 << 7
	case "tool":
		s.Tool = value
		return 1 << 8
	case "args":
		s.Args = ofKind(value, syntax.Map)
		return 1 << 9
	case "output_key":
		s.OutputKey = value
		return 1 << 10
	}
	return s.setOption(name, value)
}

// setOption is setField for the fields that say how a step is run.
func (s *Step) setOption(name string, value *syntax.Node) fieldSet {
	switch name {
	case "allowed_outputs":
		s.AllowedOutputs = ofKind(value, syntax.List)
		return 1 << 11
	case "timeout_seconds":
		s.Timeout = value
		return 1 << 12
	case "on_timeout":
		s.OnTimeout = value
		return 1 << 13
	case "max_retries":
		s.MaxRetries = value
		return 1 << 14
	case "max_concurrency":
		s.MaxConcurrency = value
		return 1 << 15
	case "on_error":
		s.OnError = onErrorOf(value)
		return 1 << 16
	case "is_terminal":
		s.IsTerminal = value
		s.Terminal, _ = BoolOf(value)
		return 1 << 17
	case "parallel_steps":
		s.Subs = decodeSteps(value, s)
		return 1 << 18
	}
	return 0
}

func (r *Ref) set(value *syntax.Node) {
	r.Node = ofKind(value, syntax.String)
	r.Opaque = value != nil && r.Node == nil
}

func ofKind(n *syntax.Node, k syntax.Kind) *syntax.Node {
	if n == nil || n.Kind != k {
		return nil
	}
	return n
}

func kindOf(n *syntax.Node) Kind {
	switch n.StringValue() {
	case "llm":
		return LLM
	case "tool":
		return Tool
	case "condition":
		return Condition
	case "parallel":
		return Parallel
	}
	return Unknown
}

func onErrorOf(n *syntax.Node) OnError {
	if n == nil {
		return Fail
	}
	switch n.StringValue() {
	case "fail":
		return Fail
	case "skip":
		return Skip
	case "retry":
		return Retry
	}
	return UnknownPolicy
}
