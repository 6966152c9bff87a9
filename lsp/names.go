package lsp

import (
	"cmp"
	"slices"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/value"
)

// nameKind is what a name is the name of.
type nameKind uint8

const (
	noName     nameKind = iota
	stepName            // the id of a step of the list
	subName             // the id of a step in a parallel block
	keyName             // an output key
	inputName           // a variable that nothing in the program writes
	toolName            // a tool
	systemName          // what the machine writes when a run resumes
)

func (k nameKind) String() string {
	return [...]string{"", "step", "sub-step", "output key", "input", "tool", "value of the resume"}[k]
}

// name is something that a program calls by a name.
type name struct {
	kind nameKind
	text string
}

// occurrence is a place at which a name is written.
type occurrence struct {
	name
	span  source.Span
	node  *syntax.Node // the string that holds it
	role  role
	whole bool // the string is the name and nothing else
	step  *program.Step
}

// role is what a place does with a name.
type role uint8

const (
	defines role = iota // the id of a step, an output key
	targets             // then, otherwise, next_step
	reads               // a variable
	equals              // a literal that is compared with the branch that a condition chose
)

// names is the names of a program, by how they are looked up.
type names struct {
	program *program.Program
	found   *validator.Found // of the program; nil if nobody has said
	keys    map[string]bool
	ids     map[string]nameKind
	writers map[name][]*program.Step
}

func newNames(p *program.Program) *names {
	n := &names{program: p, keys: make(map[string]bool), ids: make(map[string]nameKind), writers: make(map[name][]*program.Step)}
	for s := range p.All {
		if s.ID() != "" { // of whatever kind the name turns out to be
			n.writers[name{stepName, s.ID()}] = append(n.writers[name{stepName, s.ID()}], s)
		}
		if s.Parent != nil && n.ids[s.ID()] == noName {
			n.ids[s.ID()] = subName
		} else if s.Parent == nil {
			n.ids[s.ID()] = stepName
		}
		for key, data := range s.Writes {
			if data {
				n.keys[key] = true
				n.writers[name{keyName, key}] = append(n.writers[name{keyName, key}], s)
			}
		}
	}
	delete(n.ids, "")
	return n
}

// rootOf is what the first word of a variable means: a condition asks the data first, a template the steps.
func (n *names) rootOf(u *program.Use) name {
	text := u.Path.Root().Name
	isKey, id := n.keys[text], n.ids[text]
	switch {
	case isKey && (u.Site == program.InCondition || id == noName):
		return name{keyName, text}
	case id != noName:
		return name{id, text}
	case text == program.Webhook || text == program.WebhookSource:
		return name{systemName, text}
	case !u.Path.LooksLikeName():
		return name{}
	}
	return name{inputName, text}
}

// all calls yield for every place of every name, step by step.
func (n *names) all(yield func(occurrence) bool) {
	for s := range n.program.All {
		if !n.ofStep(s, yield) {
			return
		}
	}
}

func (n *names) ofStep(s *program.Step, yield func(occurrence) bool) bool {
	if s.IDNode != nil && s.ID() != "" {
		kind := stepName
		if s.Parent != nil {
			kind = subName
		}
		if !yield(occurrence{name{kind, s.ID()}, s.IDNode.Text.Content(), s.IDNode, defines, true, s}) {
			return false
		}
	}
	if k := s.OutputKey; k != nil && k.Kind == syntax.String && k.Text.Value != "" {
		if !yield(occurrence{name{keyName, k.Text.Value}, k.Text.Content(), k, defines, true, s}) {
			return false
		}
	}
	if t := s.Tool; t != nil && t.Kind == syntax.String && t.Text.Value != "" {
		if !yield(occurrence{name{toolName, t.Text.Value}, t.Text.Content(), t, reads, true, s}) {
			return false
		}
	}
	for _, r := range s.Refs() {
		if r.Named() && !yield(occurrence{name{stepName, r.Name()}, r.Node.Text.Content(), r.Node, targets, true, s}) {
			return false
		}
	}
	for i := range s.Uses {
		if !n.ofUse(&s.Uses[i], yield) {
			return false
		}
	}
	return n.ofLiterals(s, yield)
}

// ofUse is the names in a variable: its first word, and behind a parallel block that of a sub-step.
func (n *names) ofUse(u *program.Use, yield func(occurrence) bool) bool {
	root := n.rootOf(u)
	if root.kind == noName {
		return true
	}
	if !yield(occurrence{root, u.Path.Root().Span, u.Node, reads, false, u.Step}) {
		return false
	}
	block := n.blockOf(root)
	if block == nil {
		return true
	}
	for _, segment := range u.Path[1:] {
		if segment.Name == "output" {
			continue
		}
		if slices.ContainsFunc(block.Subs, func(s *program.Step) bool { return s.ID() == segment.Name }) {
			return yield(occurrence{name{subName, segment.Name}, segment.Span, u.Node, reads, false, u.Step})
		}
		break
	}
	return true
}

// blockOf is the parallel block whose output a name holds.
func (n *names) blockOf(of name) *program.Step {
	for _, s := range n.writersOf(of) {
		if s.Kind == program.Parallel && (of.kind == keyName || s.ID() == of.text) {
			return s
		}
	}
	return nil
}

// ofLiterals is the texts in a condition that are compared with the id of the branch that a condition chose.
func (n *names) ofLiterals(s *program.Step, yield func(occurrence) bool) bool {
	if s.Cond == nil {
		return true
	}
	for term := range cond.Terms(s.Cond.Root) {
		b, ok := term.(*cond.Binary)
		if !ok || b.Op != cond.Equal && b.Op != cond.NotEqual {
			continue
		}
		for _, sides := range [...][2]cond.Node{{b.Left, b.Right}, {b.Right, b.Left}} {
			v, isVar := sides[0].(*cond.Var)
			text, isText := sides[1].(*cond.Literal)
			if !isVar || !isText || text.Value.Kind() != value.String || n.ids[text.Value.Text()] != stepName || !n.holdsBranch(s, v.Path) {
				continue
			}
			at := source.Span{Start: text.Place.Start + 1, End: text.Place.End - 1} // between the quotes
			if !yield(occurrence{name{stepName, text.Value.Text()}, at, s.Condition, equals, false, s}) {
				return false
			}
		}
	}
	return true
}

// holdsBranch reports whether a variable of a condition holds the id of the branch that some condition chose, and
// nothing else.
func (n *names) holdsBranch(s *program.Step, path cond.Path) bool {
	root := n.rootOf(&program.Use{Site: program.InCondition, Path: path})
	writers := n.writersOf(root)
	return len(writers) > 0 && (len(path) == 2 && path[1].Name == "output" || len(path) == 1 && root.kind == keyName) &&
		!slices.ContainsFunc(writers, func(w *program.Step) bool { return w.Kind != program.Condition })
}

// writersOf is the steps and sub-steps that write what a name stands for.
func (n *names) writersOf(of name) []*program.Step {
	if of.kind == subName {
		of.kind = stepName
	}
	return n.writers[of]
}

// of is the places of one name, in the order of the file, each once: YAML aliases share theirs.
func (n *names) of(wanted name) []occurrence {
	var found []occurrence
	for o := range n.all {
		if o.name == wanted {
			found = append(found, o)
		}
	}
	slices.SortStableFunc(found, func(a, b occurrence) int { return cmp.Compare(a.span.Start, b.span.Start) })
	return slices.CompactFunc(found, func(a, b occurrence) bool { return a.span == b.span })
}

// at is the name that is written at a cursor, if one is.
func (n *names) at(c *cursor) (occurrence, bool) {
	var found occurrence
	if c.step == nil {
		return found, false
	}
	for o := range func(yield func(occurrence) bool) { n.ofStep(c.step, yield) } {
		if touches(o.span, c.offset) && o.node == c.node() {
			return o, true
		}
		if o.whole && o.node == c.node() {
			found = o
		}
	}
	return found, found.kind != noName
}
