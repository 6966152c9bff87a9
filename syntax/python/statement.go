package python

import "strings"

// statements reads the statements of a logical line.
func (p *parser) statements() {
	depth := len(p.blocks)
	for !p.atEnd() {
		before := p.k
		p.statement()
		switch {
		case p.atEnd(), p.skip(";"):
		case p.k > before && p.text[p.lastEnd()-1] == ':': // the statements of a block on the line of its header
		case p.k > before:
			p.unexpected()
		default:
			p.unexpected()
			p.k = len(p.tokens) - 1 // the rest of the line would be guesses
		}
	}
	if depth < len(p.blocks) && p.k > 0 && p.text[p.lastEnd()-1] != ':' {
		p.leave() // all of the function or class stands on the line
	}
}

func (p *parser) statement() {
	if p.token().kind != nameToken {
		p.skip("@") // of a decorator
		p.expression()
		return
	}
	switch word := p.word(); word {
	case "import":
		p.importNames()
	case "from":
		p.importFrom()
	case "def":
		p.function()
	case "class":
		p.class()
	case "async":
		p.k++
		p.statement()
	case "if", "elif", "while":
		p.k++
		p.rootOf(p.named())
		p.colon()
	case "else", "try", "finally":
		p.k++
		p.colon()
	case "for":
		p.k++
		p.assign(p.targets(), nil)
		if !p.skip("in") {
			p.miss("an in is missing")
		}
		p.rootOf(p.list())
		p.colon()
	case "with":
		p.with()
	case "except":
		p.except()
	case "return", "raise", "assert", "del":
		p.k++
		p.simple(word)
	case "global", "nonlocal":
		p.declare(word)
	case "pass", "break", "continue":
		p.k++
	default:
		p.soft(word)
	}
}

// soft reads a statement whose first word is reserved only there, or none.
func (p *parser) soft(word string) {
	last := p.tokens[len(p.tokens)-1]
	if len(p.tokens) > 1 {
		last = p.tokens[len(p.tokens)-2]
	}
	second := p.tokens[min(p.k+1, len(p.tokens)-1)]
	name := second.kind == nameToken && !reserved[p.text[second.start:second.end]]
	switch {
	case word == "match" && p.k == 0 && p.text[last.start:last.end] == ":" && !p.isAfter(":") && !p.isAfter("="):
		p.k++
		p.rootOf(p.list())
		p.colon()
		p.matches = append(p.matches, p.indent)
	case word == "case" && p.k == 0 && p.inMatch() && !p.isAfter("="):
		p.pattern()
	case word == "type" && name:
		p.k += 2
		p.bind(p.text[second.start:second.end], nil)
		p.typeParameters()
		if p.skip("=") {
			p.rootOf(p.test())
		}
	default:
		p.expression()
	}
}

// inMatch reports whether the line stands in a match statement.
func (p *parser) inMatch() bool {
	for n := len(p.matches); n > 0 && p.matches[n-1] >= p.indent; n-- {
		p.matches = p.matches[:n-1]
	}
	return len(p.matches) > 0
}

// pattern reads a case: names in its pattern are bound, unless they name a class, a value or a keyword.
func (p *parser) pattern() {
	p.k++
	depth := 0
	for ; !p.atEnd() && (depth > 0 || !p.is(":") && !p.is("if")); p.k++ {
		switch {
		case p.is("("), p.is("["), p.is("{"):
			depth++
		case p.is(")"), p.is("]"), p.is("}"):
			depth--
		case p.token().kind == nameToken && !p.isReserved() && !p.isAfter(".") && !p.isAfter("(") && !p.isAfter("="):
			if t := p.tokens[p.k-1]; p.text[t.start:t.end] != "." {
				p.bind(p.word(), nil)
			}
		}
	}
	if p.skip("if") {
		p.rootOf(p.named())
	}
	p.colon()
}

func (p *parser) colon() {
	if !p.skip(":") {
		p.miss("a colon is missing")
		p.k = len(p.tokens) - 1
	}
}

func (p *parser) rootOf(e *Expr) {
	p.module.Roots = append(p.module.Roots, Root{e, p.scope})
}

// targets reads what a loop binds.
func (p *parser) targets() *Expr {
	start := int(p.token().start)
	var items []Item
	for {
		i := Item{Start: int(p.token().start)}
		if p.skip("*") {
			i.Stars = 1
		}
		i.Value = p.postfix(p.atom())
		items = append(items, i)
		if !p.skip(",") || !p.startsExpr() {
			break
		}
	}
	if len(items) == 1 && items[0].Stars == 0 {
		return items[0].Value
	}
	e := p.expr(Tuple, start)
	e.Items = items
	return e
}

// bindHere binds the names of a comprehension's targets, which are its own.
func (p *parser) bindHere(target *Expr) {
	switch target.Kind {
	case Name:
		target.Target = true
		bindIn(p.scope, target.Name, nil)
	case Tuple, List:
		for _, i := range target.Items {
			p.bindHere(i.Value)
		}
	}
}

// expression reads an expression, or an assignment.
func (p *parser) expression() {
	e := p.list()
	switch {
	case p.is("="):
		targets := []*Expr{e}
		for p.skip("=") {
			e = p.list()
			targets = append(targets, e)
		}
		p.rootOf(e)
		for _, t := range targets[:len(targets)-1] {
			p.assign(t, e)
		}
	case p.skip(":"):
		p.rootOf(p.test())
		if p.skip("=") {
			value := p.list()
			p.rootOf(value)
			p.assign(e, value)
		} else if e.Kind == Name {
			e.Target = true
		}
	case p.isAugmented():
		p.k++
		p.assign(e, nil)
		p.change(e)
		p.rootOf(p.list())
	default:
		p.rootOf(e)
	}
}

func (p *parser) isAugmented() bool {
	word := p.word()
	return p.token().kind == opToken && len(word) > 1 && strings.HasSuffix(word, "=") && !strings.ContainsAny(word[:1], "=!<>:") ||
		word == "<<=" || word == ">>="
}

// simple reads what stands behind return, raise, assert and del.
func (p *parser) simple(word string) {
	if !p.startsExpr() {
		return
	}
	e := p.list()
	if word == "del" {
		p.assign(e, nil)
		return
	}
	p.rootOf(e)
	if word == "raise" && p.skip("from") {
		p.rootOf(p.test())
	}
}

func (p *parser) with() {
	p.k++
	p.withItems = true
	for {
		p.rootOf(p.named())
		if p.skip("as") {
			p.assign(p.postfix(p.atom()), nil)
		}
		if !p.skip(",") || p.is(":") {
			break
		}
	}
	p.withItems = false
	p.colon()
}

func (p *parser) except() {
	p.k++
	p.skip("*")
	if p.startsExpr() {
		p.rootOf(p.list())
	}
	if p.skip("as") && p.token().kind == nameToken {
		p.bind(p.word(), nil)
		p.k++
	}
	p.colon()
}
