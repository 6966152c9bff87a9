package python

import "github.com/nanolint/nanolint/source"

// maxChain is how many calls, attributes and subscripts may follow each other: a tree of more is too deep to walk.
const maxChain = 500

// postfix reads the calls, attributes and subscripts behind an expression.
func (p *parser) postfix(e *Expr) *Expr {
	for n := 0; ; n++ {
		if n == maxChain {
			e = p.expr(Other, e.Span.Start)
		}
		start := e.Span.Start
		switch {
		case p.is("("):
			items := p.arguments()
			call := p.expr(Call, start)
			call.X, call.Items = e, items
			if e.Kind == Attribute && mutators[e.Name] {
				p.change(call)
			}
			e = call
		case p.is("["):
			e = p.subscript(e)
		case p.skip("."):
			at := p.expr(Attribute, start)
			at.X = e
			if p.token().kind == nameToken {
				at.Name = p.word()
				p.k++
			} else {
				p.miss("the name of an attribute is missing")
			}
			at.Span.End = p.lastEnd()
			e = at
		default:
			return e
		}
	}
}

// mutators are the methods of lists, dictionaries and sets that change them.
var mutators = map[string]bool{
	"append": true, "extend": true, "insert": true, "remove": true, "pop": true, "clear": true, "sort": true, "reverse": true,
	"update": true, "setdefault": true, "popitem": true, "add": true, "discard": true,
}

func (p *parser) subscript(x *Expr) *Expr {
	p.k++
	p.nested++
	e := p.expr(Subscript, x.Span.Start)
	e.X = x
	slices := false
	for !p.is("]") && !p.atEnd() {
		before := p.k
		if p.startsExpr() {
			i := p.item()
			e.Items = append(e.Items, i)
		}
		slices = p.skip(":") || slices
		slices = p.skip(",") || slices
		if p.k == before {
			p.unexpected()
		}
	}
	p.close("]")
	e.Span.End = p.lastEnd()
	if len(e.Items) == 1 && !slices && e.Items[0].Stars == 0 {
		e.Y = e.Items[0].Value
	} else {
		e.Items = append(e.Items, Item{Start: x.Span.Start, Value: x})
		e.Kind, e.X = Other, nil
	}
	return e
}

// close passes over a closing bracket, or tells that it is missing unless the lexer has.
func (p *parser) close(bracket string) {
	p.nested--
	if !p.skip(bracket) && !p.atEnd() {
		p.tell(p.token().span(), "this should be a "+bracket)
		p.k++
	}
}

// unexpected tells about the next token and passes over it.
func (p *parser) unexpected() {
	p.tell(p.token().span(), "this is not expected here")
	p.k++
}

// atom reads the smallest expressions.
func (p *parser) atom() *Expr {
	t := p.token()
	start := int(t.start)
	switch t.kind {
	case numberToken:
		p.k++
		e := p.expr(Number, start)
		e.Name = p.text[t.start:t.end]
		return e
	case stringToken:
		return p.strings()
	case nameToken:
		word := p.word()
		switch {
		case word == "None" || word == "True" || word == "False":
			p.k++
			e := p.expr(Constant, start)
			e.Name = word
			return e
		case !p.isReserved():
			p.k++
			e := p.expr(Name, start)
			e.Name = word
			p.reads = append(p.reads, read{p.scope, e, word})
			return e
		}
	case opToken:
		switch p.word() {
		case "...":
			p.k++
			e := p.expr(Constant, start)
			e.Name = "..."
			return e
		case "(":
			return p.parentheses()
		case "[":
			return p.collection(List, "]")
		case "{":
			return p.collection(Set, "}")
		}
	}
	const message = "an expression should stand here"
	if t.kind == endToken {
		p.miss(message)
		return p.expr(Bad, p.lastEnd())
	}
	p.tell(t.span(), message)
	return p.expr(Bad, p.lastEnd())
}

// strings reads literals that stand side by side.
func (p *parser) strings() *Expr {
	start := int(p.token().start)
	var items []Item
	for p.token().kind == stringToken {
		t := p.next()
		quote := endOfName(p.text, int(t.start))
		if prefix := p.text[t.start:quote]; prefix == "" || prefix == "r" || prefix == "b" || prefix == "u" {
			continue
		}
		for _, f := range literalAt(p.text[:t.end], int(t.start), quote, 0).fields {
			items = append(items, p.field(f))
		}
	}
	e := p.expr(String, start)
	e.Items = items
	return e
}

// field reads the expression in a field of an f-string. One with a conversion or a format becomes an Other.
func (p *parser) field(f field) Item {
	inner := *p
	inner.lexer = lexer{text: p.text[:f.expr.End], pos: f.expr.Start, inside: true, errors: p.errors, wasted: p.wasted}
	inner.k, inner.nested = 0, p.nested+1
	if !inner.line() {
		inner.add(endToken, f.expr.End, f.expr.End)
	}
	e := inner.list()
	if plain := f.expr.End == f.span.End-1 && inner.atEnd(); !plain {
		e = inner.other(f.expr.Start, []Item{{Start: f.expr.Start, Value: e}})
	}
	p.reads, p.changes, p.outer = inner.reads, inner.changes, inner.outer
	p.errors, p.wasted = inner.errors, inner.wasted
	return Item{Start: f.span.Start, Value: e}
}

// parentheses reads a tuple, a generator, or an expression in parentheses, which belong to it then.
func (p *parser) parentheses() *Expr {
	start, k := int(p.token().start), p.k
	e := p.collection(Tuple, ")")
	if e.Kind != Tuple || len(e.Items) != 1 || e.Items[0].Stars > 0 || p.hasComma(k, e.Items[0]) {
		return e
	}
	inner := e.Items[0].Value
	inner.Span = source.Span{Start: start, End: p.lastEnd()}
	return inner
}

// hasComma reports whether a comma stands between an item and the closing bracket behind it.
func (p *parser) hasComma(k int, i Item) bool {
	for last := p.k - 1; last > k; last-- {
		if int(p.tokens[last].start) < i.Value.Span.End {
			return false
		}
		if t := p.tokens[last]; p.text[t.start:t.end] == "," {
			return true
		}
	}
	return false
}

// collection reads what stands in brackets up to the closing one.
func (p *parser) collection(k Kind, closing string) *Expr {
	defer func() { p.depth-- }()
	p.nested++
	t := p.next()
	e := p.expr(k, int(t.start))
	if p.nest() {
		e.Kind = Bad
		return e
	}
	if closing == "}" && (p.is("}") || p.atEnd()) {
		e.Kind = Dict
	}
	if t.loop {
		p.scope = newScope(p.scope, LocalScope)
		e.Kind, e.Scope = Comprehension, p.scope
	}
	e.Items = p.room()
	for !p.is(closing) && !p.atEnd() {
		before := p.k
		if e.Kind == Dict && p.is("{") {
			p.tell(p.token().span(), "a } is missing before this")
			p.nested--
			p.forgiven = true // the comma that stood before it
			e.Span.End = p.lastEnd()
			return e
		}
		i := p.element(e, closing)
		if e.Scope != nil && i.Key != nil {
			e.Items = append(e.Items, Item{Start: i.Start, Value: i.Key})
			i.Key = nil
		}
		e.Items = append(e.Items, i)
		if e.Scope != nil {
			p.loops(e)
		}
		p.separator(closing, before)
	}
	if e.Scope != nil {
		p.scope = e.Scope.Parent
	}
	p.close(closing)
	e.Span.End = p.lastEnd()
	return e
}

// loops reads the loops and conditions of a comprehension.
func (p *parser) loops(e *Expr) {
	for {
		_ = p.is("async") && p.isAfter("for") && p.skip("async")
		switch {
		case p.skip("for"):
			p.bindHere(p.targets())
			if !p.skip("in") {
				p.miss("an in is missing")
			}
			e.Items = append(e.Items, Item{Start: int(p.token().start), Value: p.binary(1)})
		case p.skip("if"):
			i := Item{Start: int(p.token().start)}
			if p.token().kind == nameToken && p.isAfter(":=") {
				i.Value = p.named()
			} else {
				i.Value = p.binary(1)
			}
			e.Items = append(e.Items, i)
		default:
			return
		}
	}
}

// element reads an item of a collection, or an entry of a dictionary.
func (p *parser) element(e *Expr, closing string) Item {
	i := p.item()
	if closing != "}" {
		if p.withItems && p.skip("as") {
			p.assign(p.binary(5), nil)
			e.Kind = Other
		}
		return i
	}
	if e.Kind == Set && (i.Stars == 2 || p.is(":")) {
		if e.Kind = Dict; len(e.Items) > 0 {
			p.tell(e.Items[0].Value.Span, "a colon and a value are missing behind this key")
		}
	}
	if e.Kind == Dict && i.Stars == 1 {
		p.tell(source.Span{Start: i.Start, End: i.Start + 1}, "dictionaries are unpacked with two stars")
	}
	if i.Stars == 0 && (p.is(":") || e.Kind == Dict) {
		i.Key = i.Value
		switch {
		case p.skip(":"):
			i.Value = p.test()
		case p.startsExpr():
			p.miss("a colon is missing")
			i.Value = p.test()
		default:
			p.miss("a colon and a value are missing behind this key")
			i.Value = p.expr(Bad, p.lastEnd())
		}
	}
	return i
}

// separator passes over the comma behind an item, and over what cannot stand there.
func (p *parser) separator(closing string, before int) {
	switch {
	case p.skip(","), p.is(closing), p.atEnd():
	case p.k > before && p.startsExpr():
		if !p.forgiven {
			p.miss("a comma is missing")
		}
		p.forgiven = false
	case p.is(")"), p.is("]"), p.is("}"):
		p.tell(p.token().span(), "this should be a "+closing)
		p.k++
	case p.is(":") && closing == "}":
		p.tell(p.token().span(), "a comma is missing before the key of this colon")
		p.k++
		p.test()
		p.skip(",")
	default:
		p.unexpected()
		p.skip(",")
	}
}

// arguments reads the arguments of a call, brackets and all.
func (p *parser) arguments() []Item {
	defer func() { p.depth-- }()
	p.nested++
	t := p.next()
	if p.nest() {
		return nil
	}
	around := p.scope
	if t.loop {
		p.scope = newScope(p.scope, LocalScope)
	}
	e := &Expr{Scope: p.scope, Items: p.room()}
	for !p.is(")") && !p.atEnd() {
		before := p.k
		if t := p.token(); t.kind == nameToken && p.isAfter("=") && !p.isReserved() {
			p.k += 2
			e.Items = append(e.Items, Item{Start: int(t.start), Keyword: t.span(), Value: p.test()})
		} else {
			e.Items = append(e.Items, p.item())
		}
		p.loops(e)
		p.separator(")", before)
	}
	p.scope = around
	p.close(")")
	return e.Items
}
