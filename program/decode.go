package program

import "github.com/nanolint/nanolint/syntax"

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
			p.Name = stringOf(value)
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
	for s := range p.All {
		for _, r := range s.Refs() {
			if r.Node != nil {
				r.To = p.Lookup(r.Name())
			}
		}
	}
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
			if pairs[i].Key.Kind != syntax.String {
				continue
			}
			value := pairs[i].Value
			if value.Kind == syntax.Null {
				value = nil
			}
			f(pairs[i].Key.Text.Value, value)
		}
	}
}

func decodeSteps(list *syntax.Node, parent *Step) []*Step {
	if list == nil || list.Kind != syntax.List {
		return nil
	}
	slab := make([]Step, len(list.Items))
	steps := make([]*Step, len(list.Items))
	for i, n := range list.Items {
		steps[i] = &slab[i]
		steps[i].decode(n, i, parent)
	}
	return steps
}

func (s *Step) decode(n *syntax.Node, index int, parent *Step) {
	s.Index, s.Parent, s.Node = index, parent, n
	s.Then.Field, s.Otherwise.Field, s.NextStep.Field = "then", "otherwise", "next_step"
	eachField(n, s.setField)
	s.Kind = kindOf(s.Type)
}

func (s *Step) setField(name string, value *syntax.Node) {
	switch name {
	case "id":
		s.IDNode = ofKind(value, syntax.String)
	case "type":
		s.Type = value
	case "then":
		s.Then.set(value)
	case "otherwise":
		s.Otherwise.set(value)
	case "next_step":
		s.NextStep.set(value)
	case "condition":
		s.Condition = value
	case "prompt":
		s.Prompt = value
	case "system":
		s.System = value
	case "tool":
		s.Tool = value
	case "args":
		s.Args = ofKind(value, syntax.Map)
	case "output_key":
		s.OutputKey = value
	case "allowed_outputs":
		s.AllowedOutputs = ofKind(value, syntax.List)
	case "timeout_seconds":
		s.Timeout = value
	case "on_timeout":
		s.OnTimeout = value
	case "max_retries":
		s.MaxRetries = value
	case "max_concurrency":
		s.MaxConcurrency = value
	case "on_error":
		s.OnError = onErrorOf(value)
	case "is_terminal":
		s.Terminal, _ = BoolOf(value)
	case "parallel_steps":
		s.Subs = decodeSteps(value, s)
	}
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

func stringOf(n *syntax.Node) string {
	if n = ofKind(n, syntax.String); n == nil {
		return ""
	}
	return n.Text.Value
}

func kindOf(n *syntax.Node) Kind {
	switch stringOf(n) {
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
	switch stringOf(n) {
	case "fail":
		return Fail
	case "skip":
		return Skip
	case "retry":
		return Retry
	}
	return UnknownPolicy
}
