package python

import "strings"

// Statements that bind names: imports, functions, classes.

// dotted reads a dotted name, that of a module.
func (p *parser) dotted() string {
	var b strings.Builder
	for p.is(".") || p.is("...") || p.token().kind == nameToken && !p.is("import") && !p.is("as") {
		b.WriteString(p.word())
		if p.next().kind == nameToken && !p.is(".") {
			break
		}
	}
	return b.String()
}

// alias reads the name behind as, if there is one.
func (p *parser) alias(name string) string {
	if p.skip("as") && p.token().kind == nameToken {
		name = p.word()
		p.k++
	}
	return name
}

func (p *parser) importNames() {
	for p.k++; ; {
		module := p.dotted()
		first, _, _ := strings.Cut(module, ".")
		if name := p.alias(""); name != "" {
			p.bind(name, nil).Module = module
		} else if module != "" {
			p.importRoot(first)
		}
		if !p.skip(",") {
			return
		}
	}
}

// importRoot binds the first part of a module's name, which may be bound by several imports to the same.
func (p *parser) importRoot(name string) {
	if v := p.scope.names[name]; v != nil && v.Module == name && v.Imported == "" {
		return
	}
	p.bind(name, nil).Module = name
}

func (p *parser) importFrom() {
	p.k++
	module := p.dotted()
	if !p.skip("import") {
		p.miss("an import is missing")
		p.k = len(p.tokens) - 1
		return
	}
	if p.skip("*") {
		return
	}
	bracket := p.skip("(")
	for p.token().kind == nameToken {
		imported := p.word()
		p.k++
		p.importName(module, imported, p.alias(imported))
		if !p.skip(",") {
			break
		}
	}
	if bracket && !p.skip(")") && !p.atEnd() {
		p.unexpected()
	}
}

// importName binds an imported name. The same import in several branches binds it once.
func (p *parser) importName(module, imported, name string) {
	if v := p.scope.names[name]; v != nil && v.Module == module && v.Imported == imported {
		return
	}
	v := p.bind(name, nil)
	v.Module, v.Imported = module, imported
}

// declare reads global and nonlocal.
func (p *parser) declare(word string) {
	p.k++
	for p.token().kind == nameToken {
		name := p.word()
		p.k++
		if p.scope.Kind != ModuleScope {
			p.bindsOutside(name, word == "global")
		}
		if !p.skip(",") {
			return
		}
	}
}

func (p *parser) bindsOutside(name string, global bool) {
	s := p.scope.Parent
	for s.Kind != ModuleScope && (global || s.Kind == ClassScope || s.names[name] == nil) {
		s = s.Parent
	}
	if p.outer == nil {
		p.outer = make(map[*Scope]map[string]*Scope)
	}
	if p.outer[p.scope] == nil {
		p.outer[p.scope] = make(map[string]*Scope)
	}
	p.outer[p.scope][name] = s
	bindIn(s, name, nil) // it would not be declared if it were not bound
}

func (p *parser) function() {
	p.k++
	if p.token().kind == nameToken {
		p.bind(p.word(), nil)
		p.k++
	} else {
		p.miss("the name of the function is missing")
	}
	scope := newScope(p.scope, FunctionScope)
	p.typeParameters()
	if p.skip("(") {
		for _, i := range p.parameters(scope, ")") {
			p.rootOf(i.Value)
		}
		if !p.skip(")") && !p.atEnd() {
			p.unexpected()
		}
	} else {
		p.miss("the parameters of the function are missing")
	}
	if p.skip("->") {
		p.rootOf(p.test())
	}
	p.colon()
	p.enter(scope)
}

// parameters reads the parameters of a function or lambda up to what ends them, and returns the expressions among
// them: defaults and annotations.
func (p *parser) parameters(scope *Scope, end string) (items []Item) {
	for !p.is(end) && !p.atEnd() {
		before := p.k
		_ = p.skip("**") || p.skip("*") || p.skip("/")
		if p.token().kind == nameToken && !p.isReserved() {
			bindIn(scope, p.word(), nil).Parameter = true
			p.k++
			if end != ":" && p.skip(":") {
				items = append(items, p.item())
			}
		}
		if p.skip("=") {
			items = append(items, Item{Start: int(p.token().start), Value: p.test()})
		}
		if !p.skip(",") && !p.is(end) && p.k == before {
			p.unexpected()
		}
	}
	return items
}

func (p *parser) class() {
	p.k++
	if p.token().kind == nameToken {
		p.bind(p.word(), nil)
		p.k++
	} else {
		p.miss("the name of the class is missing")
	}
	p.typeParameters()
	if p.is("(") {
		for _, i := range p.arguments() {
			p.rootOf(i.Value)
		}
	}
	p.colon()
	p.enter(newScope(p.scope, ClassScope))
}

// typeParameters passes over those of a generic function, class or type.
func (p *parser) typeParameters() {
	if !p.skip("[") {
		return
	}
	for !p.is("]") && !p.atEnd() {
		before := p.k
		_ = p.skip("**") || p.skip("*")
		if p.token().kind == nameToken {
			p.k++
		}
		for p.skip(":") || p.skip("=") {
			p.rootOf(p.test())
		}
		if !p.skip(",") && p.k == before {
			p.unexpected()
		}
	}
	p.skip("]")
}
