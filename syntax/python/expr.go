package python

import "github.com/nanolint/nanolint/source"

// Expressions. Where none can be read, nothing is consumed, so callers must make sure that they get on.

// list reads expressions with commas between them: one alone is itself, else they are a tuple.
func (p *parser) list() *Expr {
	start := int(p.token().start)
	first := p.item()
	if !p.is(",") {
		return p.alone(first)
	}
	items := []Item{first}
	for p.skip(",") && p.startsExpr() {
		items = append(items, p.item())
	}
	e := p.expr(Tuple, start)
	e.Items = items
	return e
}

// alone is an item that is not part of a collection.
func (p *parser) alone(i Item) *Expr {
	if i.Stars == 0 {
		return i.Value
	}
	e := p.expr(Other, i.Start)
	e.Items = []Item{i}
	return e
}

// item reads an expression that may have stars before it.
func (p *parser) item() Item {
	i := Item{Start: int(p.token().start)}
	switch {
	case p.skip("*"):
		i.Stars = 1
	case p.skip("**"):
		i.Stars = 2
	}
	if i.Stars > 0 {
		i.Value = p.binary(1)
	} else {
		i.Value = p.named()
	}
	return i
}

// startsExpr reports whether the next token can begin an expression.
func (p *parser) startsExpr() bool {
	switch t := p.token(); t.kind {
	case nameToken:
		return !p.isReserved() || prefixWords[p.word()]
	case numberToken, stringToken:
		return true
	case opToken:
		switch p.word() {
		case "(", "[", "{", "-", "+", "~", "*", "**", "...":
			return true
		}
	}
	return false
}

// prefixWords are the reserved words that expressions begin with.
var prefixWords = map[string]bool{
	"None": true, "True": true, "False": true, "not": true, "lambda": true, "await": true, "yield": true,
}

var reserved = map[string]bool{
	"and": true, "as": true, "assert": true, "async": true, "await": true, "break": true, "class": true, "continue": true,
	"def": true, "del": true, "elif": true, "else": true, "except": true, "finally": true, "for": true, "from": true,
	"global": true, "if": true, "import": true, "in": true, "is": true, "lambda": true, "nonlocal": true, "not": true,
	"or": true, "pass": true, "raise": true, "return": true, "try": true, "while": true, "with": true, "yield": true,
	"None": true, "True": true, "False": true,
}

// IsKeyword reports whether a word is reserved, and no name.
func IsKeyword(word string) bool { return reserved[word] }

func (p *parser) isReserved() bool { return reserved[p.word()] }

// named reads an expression that may be named by :=.
func (p *parser) named() *Expr {
	if p.token().kind == nameToken && p.isAfter(":=") && !p.isReserved() {
		start, name := int(p.token().start), p.word()
		p.k += 2
		value := p.test()
		p.bind(name, nil)
		e := p.expr(Other, start)
		e.Items = []Item{{Start: value.Span.Start, Value: value}}
		return e
	}
	return p.test()
}

// nest counts a level of expressions inside of each other, and reports whether it is one too many: then it gives the
// rest of the line up.
func (p *parser) nest() (tooDeep bool) {
	if p.depth++; p.depth <= maxDepth && p.nested <= maxBrackets {
		return false
	}
	if t := p.token(); t.kind != endToken {
		if len(p.errors) < maxErrors {
			note := source.Note{Span: t.span(), Message: "Python reads no expressions that are nested deeper than this"}
			p.errors = append(p.errors, Error{Note: note, Depth: true})
		}
		p.k = len(p.tokens) - 1
	}
	return true
}

// test reads an expression without commas.
func (p *parser) test() *Expr {
	defer func() { p.depth-- }()
	if p.nest() {
		return p.expr(Bad, int(p.token().start))
	}
	start := int(p.token().start)
	switch {
	case p.is("lambda"):
		return p.lambda()
	case p.is("yield"):
		p.k++
		p.skip("from")
		e := p.expr(Other, start)
		if p.startsExpr() {
			e.Items = []Item{{Start: int(p.token().start), Value: p.list()}}
			e.Span.End = p.lastEnd()
		}
		return e
	}
	e := p.binary(1)
	if !p.skip("if") {
		return e
	}
	items := []Item{{Start: start, Value: e}}
	for _, word := range [...]string{"", "else"} {
		if word != "" && !p.skip(word) {
			p.miss("an else with another value is missing")
			break
		}
		at := int(p.token().start)
		value := (*Expr)(nil)
		if word == "" {
			value = p.binary(1)
		} else {
			value = p.test()
		}
		items = append(items, Item{Start: at, Value: value})
	}
	return p.other(start, items)
}

func (p *parser) other(start int, items []Item) *Expr {
	e := p.expr(Other, start)
	e.Items = items
	return e
}

// miss tells that something is missing behind the last token.
func (p *parser) miss(message string) {
	if p.unclosed && p.atEnd() {
		return // an echo
	}
	end := p.lastEnd()
	p.tell(source.Span{Start: end, End: end}, message)
}

// lambda reads a function without a name.
func (p *parser) lambda() *Expr {
	start := int(p.next().start)
	scope := newScope(p.scope, LocalScope)
	items := p.parameters(scope, ":")
	if !p.skip(":") {
		p.miss("a colon is missing")
	}
	around := p.scope
	p.scope = scope
	body := p.test()
	p.scope = around
	e := p.other(start, append(items, Item{Start: body.Span.Start, Value: body}))
	e.Scope = scope
	return e
}

// precedence of the operators between two operands.
func (p *parser) operator() (op string, precedence int) {
	t := p.token()
	if t.kind != opToken && t.kind != nameToken {
		return "", 0
	}
	switch op = p.word(); op {
	case "or":
		return op, 1
	case "and":
		return op, 2
	case "not":
		if p.isAfter("in") {
			return op, 4
		}
	case "in", "is", "<", ">", "==", ">=", "<=", "!=", "<>":
		return op, 4
	case "|":
		return op, 5
	case "^":
		return op, 6
	case "&":
		return op, 7
	case "<<", ">>":
		return op, 8
	case "+", "-":
		return op, 9
	case "*", "/", "//", "%", "@":
		return op, 10
	}
	return "", 0
}

// binary reads operands with operators of at least a precedence between them. What one precedence joins becomes
// one node, however long it is.
func (p *parser) binary(least int) *Expr {
	start := int(p.token().start)
	left := p.unary()
	for {
		op, precedence := p.operator()
		if precedence < least || precedence == 0 {
			return left
		}
		items := []Item{{Start: start, Value: left}}
		kind, first := Binary, op
		for {
			p.k++
			if op == "not" || op == "is" {
				_ = p.skip("in") || p.skip("not")
			}
			at := int(p.token().start)
			items = append(items, Item{Start: at, Value: p.binary(precedence + 1)})
			if op != first || op != "+" && op != "%" && op != "|" {
				kind = Other
			}
			again := 0
			if op, again = p.operator(); again != precedence {
				break
			}
		}
		left = p.expr(kind, start)
		left.Items = items
		if kind == Binary {
			left.Name = first
		}
	}
}

// unary reads an operand with what stands before it.
func (p *parser) unary() *Expr {
	defer func() { p.depth-- }()
	if p.nest() {
		return p.expr(Bad, int(p.token().start))
	}
	start := int(p.token().start)
	switch {
	case p.is("-"), p.is("+"):
		op := p.word()
		p.k++
		x := p.unary()
		e := p.expr(Unary, start)
		e.Name, e.X = op, x
		return e
	case p.is("~"), p.is("not"), p.is("await"):
		not := p.is("not")
		p.k++
		at := int(p.token().start)
		x := (*Expr)(nil)
		if not {
			x = p.binary(4)
		} else {
			x = p.unary()
		}
		return p.other(start, []Item{{Start: at, Value: x}})
	}
	e := p.postfix(p.atom())
	if p.skip("**") {
		at := int(p.token().start)
		return p.other(start, []Item{{Start: start, Value: e}, {Start: at, Value: p.unary()}})
	}
	return e
}
