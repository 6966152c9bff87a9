package syntax

import (
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax/python"
)

// candidate is an expression that may be a program.
type candidate struct {
	expr  *python.Expr
	scope *python.Scope
	lang  Lang // of the text in a string, or Python
	sure  bool // the runtime's own class takes it
}

// search finds the candidates, in the order of the file.
func (r *pythonReader) search() {
	for _, root := range r.module.Roots {
		r.visit(root.Expr, root.Scope)
	}
	slices.SortStableFunc(r.found, func(a, b *candidate) int { return a.expr.Span.Start - b.expr.Span.Start })
}

func (r *pythonReader) visit(e *python.Expr, s *python.Scope) {
	if e == nil {
		return
	}
	if e.Scope != nil {
		s = e.Scope
	}
	if e.Kind == python.Call && r.visitCall(e, s) {
		return
	}
	if steps := r.valueOf(e, s, "steps"); steps != nil {
		r.add(e, s, Python, r.areComputed(steps))
		return
	}
	r.visit(e.X, s)
	if e.Kind != python.Subscript { // whose only item is Y
		r.visit(e.Y, s)
	}
	for _, i := range e.Items {
		r.visit(i.Key, s)
		r.visit(i.Value, s)
	}
}

// valueOf is the value that a dictionary has under a key, nil if there is none. A call of dict makes one, too.
func (r *pythonReader) valueOf(e *python.Expr, s *python.Scope, key string) *python.Expr {
	m := r.module
	for _, i := range e.Items {
		switch {
		case e.Kind == python.Call && i.Keyword.Len() > 0 && r.file.Slice(i.Keyword) == key && r.isDict(e, s):
			return i.Value
		case e.Kind != python.Dict || i.Key == nil || i.Key.Kind != python.String || i.Key.Span.Len() > 20 ||
			!strings.Contains(m.Text[i.Key.Span.Start:i.Key.Span.End], key):
			continue
		}
		if lits := m.Literals(i.Key); len(lits) == 1 && m.Text[lits[0].Content.Start:lits[0].Content.End] == key {
			return i.Value
		}
	}
	return nil
}

// isDict reports whether a call is one of Python's own dict.
func (r *pythonReader) isDict(e *python.Expr, s *python.Scope) bool {
	if e.X.Kind != python.Name {
		return false
	}
	name, _ := r.resolve(e.X, s, 0)
	return name == "dict"
}

// areComputed reports whether the steps of a program come out of a comprehension: of calls of Step, or of dictionaries
// with an id and a type. Then it is one, although none of its steps is known.
func (r *pythonReader) areComputed(steps *python.Expr) bool {
	if steps.Kind != python.Comprehension {
		return false
	}
	step := steps.Items[0].Value
	if step.Kind == python.Call && !r.isDict(step, steps.Scope) {
		model, _, _ := r.callee(step.X, steps.Scope)
		return model == "Step"
	}
	return r.valueOf(step, steps.Scope, "id") != nil && r.valueOf(step, steps.Scope, "type") != nil
}

func (r *pythonReader) add(e *python.Expr, s *python.Scope, l Lang, sure bool) {
	c := r.byRef[e]
	if c == nil {
		c = &candidate{expr: e, scope: s, lang: l}
		r.byRef[e] = c
		r.found = append(r.found, c)
	}
	c.sure = c.sure || sure
}

// visitCall finds a program that a call makes. It returns false if there may be others inside the call.
func (r *pythonReader) visitCall(e *python.Expr, s *python.Scope) bool {
	model, method, sure := r.callee(e.X, s)
	if model != "Program" {
		return false
	}
	if method == "" {
		if !r.isBuilder(e, s) {
			r.add(e, s, Python, sure)
		}
		return true
	}
	if len(e.Items) != 1 || e.Items[0].Stars > 0 {
		return false
	}
	return r.visitSource(e.Items[0].Value, s, sourceLang(method), sure, 0)
}

// isBuilder reports whether a call of Program takes its steps from a parameter: the program is that of the callers.
func (r *pythonReader) isBuilder(e *python.Expr, s *python.Scope) bool {
	hasSteps := false
	for _, i := range e.Items {
		if i.Keyword.Len() > 0 && r.file.Slice(i.Keyword) == "steps" {
			v := (*python.Variable)(nil)
			if i.Value.Kind == python.Name {
				v = s.Lookup(i.Value.Name)
			}
			return v != nil && v.Parameter
		}
		hasSteps = hasSteps || i.Keyword.Len() > 0
	}
	return !hasSteps // only *args and **kwargs
}

// sourceLang is the language of what a method of a model takes.
func sourceLang(method string) Lang {
	switch method {
	case "from_yaml":
		return YAML
	case "model_validate_json", "parse_raw":
		return JSON
	}
	return Python
}

// visitSource finds the program that a method of Program gets: a dictionary, or a text. A name leads to what it is bound
// to.
func (r *pythonReader) visitSource(e *python.Expr, s *python.Scope, l Lang, sure bool, depth int) bool {
	switch {
	case depth > 10:
		return false
	case e.Kind == python.Name:
		v := s.Lookup(e.Name)
		if v == nil || v.Value == nil {
			return false
		}
		return r.visitSource(v.Value, v.Within, l, sure, depth+1)
	case l == Python && e.Kind == python.Call:
		if inner, ok := r.loads(e, s); ok {
			return r.visitSource(e.Items[0].Value, s, inner, sure, depth+1)
		}
		if !r.isDict(e, s) {
			return false
		}
	case l == Python && e.Kind != python.Dict && e.Kind != python.List && (e.Kind != python.Binary || e.Name != "|"):
		return false
	case l != Python:
		if _, ok := r.text(e, s); !ok {
			return false
		}
	}
	r.add(e, s, l, sure)
	return true
}

// loads reports whether a call reads a text: json.loads or yaml.safe_load of one argument.
func (r *pythonReader) loads(e *python.Expr, s *python.Scope) (l Lang, ok bool) {
	if len(e.Items) == 0 || e.Items[0].Stars > 0 || e.Items[0].Keyword.Len() > 0 {
		return 0, false
	}
	switch name, _ := r.resolve(e.X, s, 0); name {
	case "loads":
		return JSON, true
	case "safe_load":
		return YAML, true
	}
	return 0, false
}

// callee is the class that a call makes a value of, directly or by one of its methods, under the name that its
// module gave it.
func (r *pythonReader) callee(x *python.Expr, s *python.Scope) (model, method string, sure bool) {
	if model, sure = r.resolve(x, s, 0); model == "Program" || model == "Step" {
		return model, "", sure
	}
	if x.Kind != python.Attribute {
		return "", "", false
	}
	switch x.Name {
	case "from_dict", "from_yaml", "model_validate", "model_validate_json", "parse_obj", "parse_raw":
		model, sure = r.resolve(x.X, s, 0)
		return model, x.Name, sure
	}
	return "", "", false
}

// resolve is the name that an imported name had at home, and whether its home is the runtime. A name that the
// file does not bind is itself: it may come from an import of everything, or from Python.
func (r *pythonReader) resolve(x *python.Expr, s *python.Scope, depth int) (name string, sure bool) {
	switch {
	case depth > 10:
		return "", false
	case x.Kind == python.Name:
		v := s.Lookup(x.Name)
		switch {
		case v == nil:
			return x.Name, false
		case v.Imported != "":
			return v.Imported, isRuntime(v.Module)
		case v.Value != nil && (v.Value.Kind == python.Name || v.Value.Kind == python.Attribute):
			return r.resolve(v.Value, v.Within, depth+1)
		}
	case x.Kind == python.Attribute:
		home := x.X
		for home.Kind == python.Attribute {
			home = home.X
		}
		if home.Kind != python.Name {
			return "", false
		}
		if v := s.Lookup(home.Name); v == nil || v.Module != "" {
			return x.Name, v != nil && isRuntime(v.Module)
		}
	}
	return "", false
}

// isRuntime reports whether a module belongs to the runtime.
func isRuntime(module string) bool {
	return slices.ContainsFunc(strings.Split(module, "."), func(part string) bool {
		return part == "nano_vm" || part == "llm_nano_vm"
	})
}

// call is the value of a call: what a model is made of, and a few functions.
func (r *pythonReader) call(e *python.Expr, s *python.Scope) (*Node, int) {
	model, method, _ := r.callee(e.X, s)
	name, _ := r.resolve(e.X, s, 0)
	isDict := r.isDict(e, s)
	switch {
	case method == "" && model != "", isDict:
		return r.nested(e, func(n *Node) int {
			n.Style = Keywords
			items := e.Items
			if isDict && len(items) > 0 && items[0].Stars == 0 && items[0].Keyword.Len() == 0 {
				items = slices.Clone(items)
				items[0].Stars = 2 // dict(a, b=c) is {**a, "b": c}
			}
			return r.entries(n, items, s)
		})
	case len(e.Items) != 1 || e.Items[0].Stars > 0 || e.Items[0].Keyword.Len() > 0:
	case model != "" && sourceLang(method) == Python:
		return r.through(e, s)
	case name == "list" || name == "tuple":
		if n, height := r.through(e, s); n.Kind == List {
			return n, height
		}
		return r.opaque(e), 0
	case name == "StepType" || name == "OnError":
		return r.through(e, s)
	case name == "float":
		if text, ok := r.text(e.Items[0].Value, s); ok {
			return r.specialFloat(e, text.Value), 0
		}
	}
	if text, ok := r.text(e, s); ok {
		n := r.slab.node(String, e.Span)
		n.Text, n.Style = text, Computed
		return n, 0
	}
	return r.opaque(e), 0
}

// through is the only argument of a call that gives it back.
func (r *pythonReader) through(e *python.Expr, s *python.Scope) (*Node, int) {
	v, height := r.eval(e.Items[0].Value, s)
	n := r.slab.node(v.Kind, e.Span)
	*n = *v
	n.Span, n.Style = e.Span, Computed
	return n, height
}

// enums are the values of the runtime's enumerations, by the names of their members.
var enums = map[string]map[string]string{
	"StepType": {"LLM": "llm", "TOOL": "tool", "CONDITION": "condition", "PARALLEL": "parallel"},
	"OnError":  {"FAIL": "fail", "SKIP": "skip", "RETRY": "retry"},
}

// member is the value of a member of an enumeration.
func (r *pythonReader) member(e *python.Expr, s *python.Scope) *Node {
	x := e
	if x.Name == "value" && x.X.Kind == python.Attribute {
		x = x.X
	}
	enum, _ := r.resolve(x.X, s, 0)
	value, ok := enums[enum][x.Name]
	if !ok {
		return r.opaque(e)
	}
	n := r.slab.node(String, e.Span)
	n.Text, n.Style = source.CoarseText(value, e.Span), Member
	return n
}

// applyChanges marks as unknown what the code behind a dictionary does to it.
func (r *pythonReader) applyChanges(root *Node, v *python.Variable) {
	for _, change := range v.Changes {
		if root.Kind != Map {
			return
		}
		field, direct := r.changedField(change)
		at := r.slab.node(Opaque, change.Span)
		i := slices.IndexFunc(root.Pairs, func(p Pair) bool { return p.Key.IsString(field) })
		switch {
		case field == "":
			root.Pairs = append(root.Pairs, Pair{Key: at, Value: at})
		case i < 0:
			root.Pairs = append(root.Pairs, Pair{Key: r.slab.scalar(String, field, change.Span), Value: at, Merged: true})
		case direct && root.Pairs[i].Value.Kind == List:
			list := *root.Pairs[i].Value
			list.Items = append(slices.Clip(list.Items), at)
			list.Style = Computed
			root.Pairs[i].Value = &list
		default:
			root.Pairs[i].Value = r.slab.node(Opaque, root.Pairs[i].Value.Span)
		}
	}
}

// changedField is the field of a variable's value that a change is about, and whether it only adds to a list there. It
// is empty if that cannot be told.
func (r *pythonReader) changedField(change *python.Expr) (field string, adds bool) {
	x := change
	if x.Kind == python.Call {
		x = x.X
		adds = x.Name == "append" || x.Name == "extend"
		x = x.X
	}
	for x.Kind != python.Name && x.X != nil && x.X.Kind != python.Name {
		x, adds = x.X, false
	}
	switch {
	case x.Kind == python.Attribute:
		return x.Name, adds
	case x.Kind == python.Subscript:
		if text, ok := r.text(x.Y, r.module.Scope); ok {
			return text.Value, adds
		}
	}
	return "", false
}
