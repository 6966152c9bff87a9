package schema

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// maxNesting is how many parallel blocks construction takes inside each other.
const maxNesting = 253

// checker collects complaints in the order of construction.
type checker struct {
	out      []Complaint
	verdicts map[string]verdict // by shape of a step
	thorough bool               // asks the validator about everything; for tests
}

// place is where a step stands.
type place struct {
	block *place // the step that holds it in its parallel_steps; nil in the program's own list
	node  *syntax.Node
	index int
	depth int
}

// pointer is the place as construction names it.
func (p *place) pointer() string {
	switch {
	case p == nil:
		return ""
	case p.block == nil:
		return "/steps/" + strconv.Itoa(p.index)
	}
	return p.block.pointer() + "/parallel_steps/" + strconv.Itoa(p.index)
}

func (c *checker) program(root *syntax.Node) {
	if root == nil || root.Kind == syntax.Opaque {
		return
	}
	if root.Kind != syntax.Map {
		c.out = append(c.out, Complaint{Kind: NotAProgram, Node: root,
			Note: source.Note{Span: firstByte(root), Message: "a program must be an object with steps, not " + shown(root)}})
		return
	}
	r := tables().program.read(root)
	steps := r.get("steps")
	var stand []any
	if steps != nil && isSequence(steps) {
		for i, n := range members(steps) {
			c.step(&place{node: n, index: i})
		}
		if len(members(steps)) > 0 {
			stand = []any{standIn("llm")}
		}
	}
	if r.plain && len(stand) > 0 && !c.thorough {
		return
	}
	if stand == nil {
		stand = noObject
	}
	v := judge(compiled().program, r.object(stand))
	if r.blurred && v.faults["steps"].missing {
		delete(v.faults, "steps")
	}
	c.report(&r, nil, v, 0)
}

// step checks a step with its sub-steps. What it returns is for the step's block: the type if it is
// known, and empty if the step has a complaint.
func (c *checker) step(p *place) (stepType string) {
	n := p.node
	switch {
	case n.Kind == syntax.Opaque:
		return ""
	case p.depth > maxNesting:
		c.whole(p, TooDeep, " is nested too deep: the runtime reads no more than "+strconv.Itoa(maxNesting)+" steps inside each other")
		return ""
	case n.Kind != syntax.Map:
		c.whole(p, WrongType, " must be an object, not "+shown(n))
		return ""
	}
	first := len(c.out)
	r := tables().step.read(n)
	nested, nestedType := c.subSteps(&r, p)
	if len(c.out) > first || !r.plain || !r.satisfied(nested != nil) || c.thorough {
		c.judgeStep(r, p, nested, nestedType, first)
	}
	if len(c.out) > first {
		return ""
	}
	return word(r.values[r.table.typ])
}

// subSteps checks the sub-steps and returns the first of a type that a block cannot hold.
func (c *checker) subSteps(r *reading, p *place) (nested *place, nestedType string) {
	list := r.values[r.table.subs]
	if list == nil || !isSequence(list) {
		return nil, ""
	}
	for i, n := range members(list) {
		sub := &place{block: p, node: n, index: i, depth: p.depth + 1}
		t := c.step(sub)
		if nested == nil && (t == "condition" || t == "parallel") {
			nested, nestedType = sub, t
		}
	}
	return nested, nestedType
}

// judgeStep asks the validator about a step whose sub-steps are checked: their complaints are those
// from first on.
//
// The reading is a copy, so that of a plain step stays off the heap.
func (c *checker) judgeStep(copied reading, p *place, nested *place, nestedType string, first int) {
	r, subs := &copied, noObject
	if list := r.get("parallel_steps"); list != nil && isSequence(list) && len(members(list)) > 0 {
		subs = []any{standIn(cmp.Or(nestedType, "llm"))}
	}
	v := c.verdict(r, nestedType, subs)
	for name, f := range v.faults {
		if n := r.get(name); f.missing && (r.blurred || n != nil && n.Kind == syntax.Opaque) {
			delete(v.faults, name)
		}
	}
	if args := r.get("args"); args != nil && args.Kind == syntax.Map {
		if keys := oddKeys(args); len(keys) > 0 {
			v.faults["args"] = fault{keys: keys}
		}
	}
	c.report(r, p, v, first)
	if v.rule < noRule && len(c.out) == first && !r.blurred && word(r.get("type")) != "" {
		c.out = append(c.out, rules[v.rule](r, p, nested))
	}
}

// verdict asks the validator once for all steps of one shape, for large programs with one oddity
// everywhere.
func (c *checker) verdict(r *reading, nestedType string, subs []any) verdict {
	shape, ok := r.shape()
	if !ok {
		return judge(compiled().step, r.object(subs))
	}
	shape += nestedType
	v, ok := c.verdicts[shape]
	if !ok {
		v = judge(compiled().step, r.object(subs))
		c.verdicts[shape] = v
	}
	return v
}

// report says what is wrong with the fields of a mapping, in the order of construction: the complaints
// about its steps, which are those from first on, come where the list of steps stands.
func (c *checker) report(r *reading, p *place, v verdict, first int) {
	if len(v.faults) == 0 {
		return
	}
	steps := slices.Clone(c.out[first:])
	c.out = c.out[:first]
	for i := range r.table.fields {
		f := &r.table.fields[i]
		if fault, ok := v.faults[f.Name]; ok {
			c.field(r, p, f, fault)
		}
		if f.Type == Steps {
			c.out = append(c.out, steps...)
		}
	}
}

// field says what is wrong with one field.
func (c *checker) field(r *reading, p *place, f *Field, t fault) {
	n := r.get(f.Name)
	is := Complaint{Pointer: p.pointer() + "/" + f.Name, Field: f.Name, Node: n, Kind: WrongType}
	if p != nil {
		is.Step = p.node
	}
	add := func(span source.Span, message string) {
		is.Note = source.Note{Span: span, Message: message}
		c.out = append(c.out, is)
	}
	switch base := is.Pointer; {
	case t.missing && p == nil:
		is.Kind = NotAProgram
		add(firstByte(r.node), "this is no program, because it has no steps")
	case t.missing:
		is.Kind = MissingField
		add(r.handle(), p.name()+" has no "+f.Name)
	case t.empty:
		is.Kind = NoSteps
		add(n.Span, "the program has no steps: its list of steps must hold at least one")
	case t.keys != nil:
		is.Kind = NonStringArgument
		for _, key := range t.keys {
			is.Pointer, is.Node = base+"/"+escape(pythonKey(key))+"/[key]", key
			add(key.Span, "the keys of args of "+p.name()+" must be strings, not "+shown(key))
		}
	case t.entries != nil:
		entries := members(n)
		for _, k := range t.entries {
			is.Pointer, is.Node = base+"/"+strconv.Itoa(k), entries[k]
			add(entries[k].Span, "entry "+strconv.Itoa(k+1)+" of "+f.Name+" of "+p.name()+" must be a string, not "+shown(entries[k]))
		}
	default:
		if f.Type == Word && word(n) != "" {
			is.Kind = UnknownValue
		}
		add(n.Span, f.Name+" of "+p.name()+" must be "+f.wanted()+", not "+shown(n))
	}
}

// whole complains about a step as a whole.
func (c *checker) whole(p *place, k Kind, message string) {
	c.out = append(c.out, Complaint{Pointer: p.pointer(), Kind: k, Node: p.node, Step: p.node,
		Note: source.Note{Span: firstByte(p.node), Message: p.name() + message}})
}
