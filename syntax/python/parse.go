package python

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

// parser reads the statements of a module, a logical line at a time. It keeps no statements: only their
// expressions, and which names they bind.
type parser struct {
	lexer
	module    *Module
	k         int // the token to read next
	scope     *Scope
	blocks    []block // the functions and classes around the line, the outermost first
	depth     int     // of nested expressions
	nested    int     // brackets that are open
	matches   []int   // how far the match statements around the line are indented
	forgiven  bool    // the comma that is missing next was read before
	withItems bool    // in the header of a with: brackets may hold an as

	reads   []read
	changes []read
	// outer are the names that a scope binds in another one: by global, or by nonlocal.
	outer  map[*Scope]map[string]*Scope
	memory *memory
}

// block is a function or class, and how far its line is indented.
type block struct {
	scope  *Scope // around it
	indent int
}

// read is a name that an expression reads in a scope.
type read struct {
	scope *Scope
	expr  *Expr // of a change, the expression that makes it
	name  string
}

// maxDepth is how deep expressions may be nested without brackets.
const maxDepth = 1000

// manyTokens are as many as are made room for before anything is read.
const manyTokens = 1 << 19

// Parse reads a module.
func Parse(text string) *Module {
	p := &parser{module: &Module{Text: text, Scope: newScope(nil, ModuleScope), owners: make(map[*Expr]*Variable), memory: memories.Get().(*memory)}}
	p.memory = p.module.memory
	p.module.Encoding = declaredEncoding(text)
	p.module.Opaque = !isUTF8(text, p.module.Encoding)
	p.scope = p.module.Scope
	p.text = text
	p.tokens = slices.Grow(p.memory.tokens[:0], min(len(text)/4, manyTokens)) // the tables of a program are one logical line
	p.pos = len(text) - len(strings.TrimPrefix(text, "\ufeff"))
	for p.line() {
		for len(p.blocks) > 0 && p.indent <= p.blocks[len(p.blocks)-1].indent {
			p.leave()
		}
		p.k, p.depth, p.nested = 0, 0, 0
		p.statements()
	}
	p.memory.tokens = p.tokens
	p.resolve()
	p.module.Errors = p.errors
	slices.SortStableFunc(p.module.Errors, func(a, b Error) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return p.module
}

// declaredEncoding is the encoding that a comment in one of the first two lines declares.
func declaredEncoding(text string) string {
	for range 2 {
		line, behind, _ := strings.Cut(text, "\n")
		text = behind
		line = strings.TrimLeft(line, "\ufeff \t\f")
		if strings.TrimSpace(line) != "" && line[0] != '#' {
			return ""
		}
		_, name, found := strings.Cut(line, "coding")
		if !found || name == "" || name[0] != ':' && name[0] != '=' {
			continue
		}
		name = strings.TrimLeft(name[1:], " \t")
		name = name[:span(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")]
		return strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	}
	return ""
}

// isUTF8 reports whether a text is what the encoding that it declares makes of it.
func isUTF8(text, encoding string) bool {
	switch encoding {
	case "", "utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii":
		return utf8.ValidString(text)
	}
	return false
}

func newScope(parent *Scope, k ScopeKind) *Scope { return &Scope{Parent: parent, Kind: k} }

func (p *parser) enter(s *Scope) {
	p.blocks = append(p.blocks, block{p.scope, p.indent})
	p.scope = s
}

func (p *parser) leave() {
	last := len(p.blocks) - 1
	p.scope, p.blocks = p.blocks[last].scope, p.blocks[:last]
}

// The cursor.

func (p *parser) token() token { return p.tokens[p.k] }

func (p *parser) word() string {
	t := p.tokens[p.k]
	return p.text[t.start:t.end]
}

func (p *parser) next() token {
	t := p.tokens[p.k]
	if t.kind != endToken {
		p.k++
	}
	return t
}

func (p *parser) atEnd() bool { return p.tokens[p.k].kind == endToken }

// is reports whether the next token is a certain operator or word.
func (p *parser) is(word string) bool {
	t := p.tokens[p.k]
	return t.kind != stringToken && int(t.end-t.start) == len(word) && p.text[t.start:t.end] == word
}

func (p *parser) isAfter(word string) bool {
	if p.atEnd() {
		return false
	}
	p.k++
	ok := p.is(word)
	p.k--
	return ok
}

func (p *parser) skip(word string) bool {
	ok := p.is(word)
	if ok {
		p.k++
	}
	return ok
}

func (t token) span() source.Span { return source.Span{Start: int(t.start), End: int(t.end)} }

// lastEnd is the end of the token before the next one.
func (p *parser) lastEnd() int {
	if p.k == 0 {
		return int(p.tokens[0].start)
	}
	return int(p.tokens[p.k-1].end)
}

func (p *parser) expr(k Kind, start int) *Expr {
	e := &p.memory.exprs.take(1)[0]
	e.Kind, e.Span = k, source.Span{Start: start, End: p.lastEnd()}
	return e
}

// room is an empty list with place for the items that most collections and calls have.
func (p *parser) room() []Item {
	const usual = 6
	return p.memory.items.take(usual)[:0]
}

// Names.

// bind notes that a name is bound in the scope: to the value of an expression, or to what nobody knows.
func (p *parser) bind(name string, value *Expr) *Variable {
	s := p.scope
	for s.Kind == LocalScope { // := in a comprehension; those that it binds itself are bound by bindHere
		s = s.Parent
	}
	if other := p.outer[s][name]; other != nil {
		s = other
	}
	v := bindIn(s, name, value)
	if value != nil {
		p.module.owners[value] = v
	}
	return v
}

func bindIn(s *Scope, name string, value *Expr) *Variable {
	v := s.names[name]
	if v == nil {
		if s.names == nil {
			s.names = make(map[string]*Variable)
		}
		v = &Variable{Within: s}
		s.names[name] = v
	}
	v.Bindings++
	if v.Value = nil; v.Bindings == 1 {
		v.Value = value
	}
	return v
}

// assign binds the names of a target.
func (p *parser) assign(target, value *Expr) {
	switch target.Kind {
	case Name:
		target.Target = true
		p.bind(target.Name, value)
	case Attribute, Subscript:
		p.change(target)
	case Tuple, List:
		pairs := value != nil && (value.Kind == Tuple || value.Kind == List) && len(value.Items) == len(target.Items) &&
			!hasStars(value) && !hasStars(target)
		for i, item := range target.Items {
			var v *Expr
			if pairs {
				v = value.Items[i].Value
			}
			p.assign(item.Value, v)
		}
	}
}

func hasStars(e *Expr) bool {
	return slices.ContainsFunc(e.Items, func(i Item) bool { return i.Stars > 0 })
}

// change notes that an expression changes the value of the name that it begins with.
func (p *parser) change(e *Expr) {
	base := e
	for base.Kind == Attribute || base.Kind == Subscript || base.Kind == Call {
		base = base.X
	}
	if base.Kind == Name {
		p.changes = append(p.changes, read{p.scope, e, base.Name})
	}
}

// resolve counts what was read of each variable, now that all are known.
func (p *parser) resolve() {
	for _, r := range p.reads {
		if r.expr.Target {
			continue
		}
		if v := r.scope.Lookup(r.name); v != nil {
			v.Uses++
		}
	}
	for _, c := range p.changes {
		if v := c.scope.Lookup(c.name); v != nil {
			v.Changes = append(v.Changes, c.expr)
		}
	}
}
