package rules

import (
	"cmp"
	"math"
	"slices"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// What the rules of model guards share: what a model may answer, and which conditions read it.

// guardOf is the answers that a step allows, as they are listed. It is false if the step has no guard, or one that
// cannot be read or that construction refuses.
func guardOf(s *program.Step) (values []string, ok bool) {
	l := s.AllowedOutputs
	if s.Kind != program.LLM || l == nil || l.Kind != syntax.List || len(l.Items) == 0 || !areStrings(l.Items) {
		return nil, false
	}
	values = make([]string, len(l.Items))
	for i, n := range l.Items {
		values[i] = n.Text.Value
	}
	return values, true
}

// maxGuard is how many answers a guard may have to be compared with all conditions that read it: more are never
// written by hand, and the work must stay in proportion to the file.
const maxGuard = 256

// isFallback reports whether a step asks for a fallback when the model is late.
func isFallback(s *program.Step) bool {
	return s.Kind == program.LLM && s.OnTimeout != nil && s.OnTimeout.IsString("fallback")
}

// canTimeOut reports whether a step has a time limit that can pass.
func canTimeOut(s *program.Step) bool {
	if s.Timeout == nil {
		return false
	}
	seconds, ok := program.FloatOf(s.Timeout)
	return ok && !math.IsInf(seconds, 1)
}

// A test is a place where a condition reads what a step has put out.
type test struct {
	cond *program.Step // the condition step
	term cond.Node     // the comparison, or the lone variable
	v    *cond.Var
	of   *program.Step // the step that wrote the value
}

// against is the literal that a test compares the value with, and on which side of the operator the value stands.
func (t test) against() (op cond.Op, literal *cond.Literal, varIsLeft bool) {
	b, is := t.term.(*cond.Binary)
	if !is {
		return cond.NoOp, nil, false
	}
	if l, is := b.Right.(*cond.Literal); is && b.Left == cond.Node(t.v) {
		return b.Op, l, true
	}
	l, _ := b.Left.(*cond.Literal)
	return b.Op, l, false
}

// againstText is against for a literal that is a text.
func (t test) againstText() (op cond.Op, text string, literal *cond.Literal, varIsLeft bool) {
	op, literal, varIsLeft = t.against()
	if literal == nil || literal.Value.Kind() != value.String {
		return cond.NoOp, "", nil, varIsLeft
	}
	return op, literal.Value.Text(), literal, varIsLeft
}

// readings is who reads what a step puts out, where the name that is read cannot be anything else: of equal ids or
// equal output keys nothing is known.
type readings struct {
	tests   map[*program.Step][]test // by the step that wrote the value, in the order of the list
	sources map[string]*origin
	texts   map[*program.Step][]*program.Use // uses in prompts and arguments
	subs    map[*program.Step]map[string]*program.Step
}

// origin is what a name stands for.
type origin struct {
	byID, byKey *program.Step
	unclear     bool
}

// readings are the readings of all models, and of tools that may be skipped.
func (p *Pass) readings() *readings {
	if p.knownReadings != nil {
		return p.knownReadings
	}
	r := &readings{
		tests: map[*program.Step][]test{}, sources: map[string]*origin{},
		texts: map[*program.Step][]*program.Use{}, subs: map[*program.Step]map[string]*program.Step{},
	}
	p.knownReadings = r
	r.name(p.Program)
	if len(r.sources) == 0 {
		return r
	}
	for s := range p.Program.All {
		for i := range s.Uses {
			if u := &s.Uses[i]; u.Site != program.InCondition && u.Site != program.InNested {
				if of := r.writer(u.Path, false); of != nil {
					r.texts[of] = append(r.texts[of], u)
				}
			}
		}
		if s.Parent == nil && s.Cond != nil && isPlain(s.Cond) {
			r.readCondition(s)
		}
	}
	return r
}

// isPlain reports whether a condition means what it says. About others there are rules that say more.
func isPlain(e *cond.Expr) bool {
	return e.Err == "" && len(e.Problems) == 0 &&
		!slices.ContainsFunc(e.Tokens, func(t cond.Token) bool { return t.Kind == cond.Dropped })
}

func (r *readings) readCondition(s *program.Step) {
	for term := range cond.Terms(s.Cond.Root) {
		for v := range cond.Vars(term) {
			if of := r.writer(v.Path, true); of != nil {
				r.tests[of] = append(r.tests[of], test{cond: s, term: term, v: v, of: of})
			}
		}
	}
}

// name finds the steps that wrote what may be read under a name.
func (r *readings) name(p *program.Program) {
	for s := range p.All {
		if s.Kind != program.LLM && (s.OnError != program.Skip || s.Parent != nil) {
			continue
		}
		for _, of := range [2]*program.Step{s, s.Parent} {
			if of != nil {
				r.sources[of.ID()] = &origin{}
				if key := keyOf(of); key != "" {
					r.sources[key] = &origin{}
				}
			}
		}
	}
	delete(r.sources, "")
	if len(r.sources) == 0 {
		return
	}
	for s := range p.All {
		if o := r.sources[s.ID()]; o != nil {
			o.unclear = o.unclear || o.byID != nil
			o.byID = s
		}
		if key := keyOf(s); key != "" {
			if o := r.sources[key]; o != nil {
				o.unclear = o.unclear || o.byKey != nil
				o.byKey = s
			}
		}
	}
	for name, o := range r.sources {
		if o.unclear || o.byID != nil && o.byKey != nil && o.byID != o.byKey {
			delete(r.sources, name)
		}
	}
}

// keyOf is the output key under which a step writes, empty if it has none. Those of sub-steps have no effect.
func keyOf(s *program.Step) string {
	if s.Parent != nil || s.OutputKey == nil || s.OutputKey.Kind != syntax.String {
		return ""
	}
	return s.OutputKey.Text.Value
}

// writer is the step whose whole output a path stands for, nil if that is not known.
func (r *readings) writer(path cond.Path, inCondition bool) *program.Step {
	o := r.sources[path[0].Name]
	if o == nil {
		return nil
	}
	s, rest := cmp.Or(o.byKey, o.byID), path[1:]
	switch {
	case len(rest) > 0 && rest[0].Name == "output":
		rest = rest[1:]
	case o.byKey == nil && inCondition:
		return nil // the wrapper around the output
	}
	if s.Kind == program.Parallel && len(rest) == 1 {
		return r.onlySub(s, rest[0].Name)
	}
	if len(rest) > 0 {
		return nil
	}
	return s
}

// onlySub is the sub-step of a block with an id, nil if there are several.
func (r *readings) onlySub(block *program.Step, id string) *program.Step {
	subs := r.subs[block]
	if subs == nil {
		subs = make(map[string]*program.Step, len(block.Subs))
		for _, sub := range block.Subs {
			if _, again := subs[sub.ID()]; again {
				subs[sub.ID()] = nil
				continue
			}
			subs[sub.ID()] = sub
		}
		r.subs[block] = subs
	}
	return subs[id]
}

// decide is all that a condition may come to if a step has put out v: None if it has put out nothing.
func (r *readings) decide(c, of *program.Step, v value.Value) cond.Outcomes {
	operand := func(n cond.Node) (value.Value, bool) {
		switch n := n.(type) {
		case *cond.Literal:
			return n.Value, true
		case *cond.Var:
			return v, r.writer(n.Path, true) == of
		}
		return value.Value{}, false
	}
	return cond.Decide(c.Cond.Root, func(term cond.Node) cond.Outcomes {
		b, is := term.(*cond.Binary)
		if !is {
			lone, known := operand(term)
			if !known {
				return cond.Undecided
			}
			return outcome(lone.Truth(), nil)
		}
		left, knowsLeft := operand(b.Left)
		right, knowsRight := operand(b.Right)
		if !knowsLeft || !knowsRight {
			return cond.Anything
		}
		return outcome(b.Op.Apply(left, right))
	})
}

func outcome(yes bool, err error) cond.Outcomes {
	switch {
	case err != nil:
		return cond.CanFail
	case yes:
		return cond.CanBeTrue
	}
	return cond.CanBeFalse
}

// literalChange writes another text instead of a literal of a condition, in the quotes that it has.
func literalChange(c *program.Step, l *cond.Literal, text string) change {
	return func(e syntax.Editor) ([]source.Edit, bool) {
		t, ok := tokenAt(c.Cond, l.Place)
		if !ok || len(t.Text) < 2 || slices.Contains([]byte(text), t.Text[0]) {
			return nil, false
		}
		return e.ReplaceWithin(c.Condition, t.At+1, t.End()-1, text)
	}
}

// tokenAt is the token at a place. Tokens that share their place, in a text that could not be placed, are not found.
func tokenAt(e *cond.Expr, at source.Span) (cond.Token, bool) {
	i, found := slices.BinarySearchFunc(e.Tokens, at.Start, func(t cond.Token, start int) int { return cmp.Compare(t.Span.Start, start) })
	if !found || e.Tokens[i].Span != at || i+1 < len(e.Tokens) && e.Tokens[i+1].Span == at {
		return cond.Token{}, false
	}
	return e.Tokens[i], true
}

// guards calls yield for every step with a guard. A list that several steps share, by an alias or a merge key, comes
// once, with the first of them.
func (p *Pass) guards(yield func(*program.Step, []string) bool) {
	seen := map[*syntax.Node]bool{} // by the first entry: aliases share their entries
	for s := range p.Program.All {
		values, ok := guardOf(s)
		if !ok || seen[s.AllowedOutputs.Items[0]] {
			continue
		}
		if p.Lang == syntax.YAML {
			seen[s.AllowedOutputs.Items[0]] = true
		}
		if !yield(s, values) {
			return
		}
	}
}
