package rules

import (
	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL202", Name: "dropped-brackets", Severity: source.Error,
	Doc: `
A condition groups comparisons with brackets, which are dropped, and without them it means something else.

Brackets are no part of the language and vanish without an error; what is left goes from left to right. Of
` + "`$admin and ($paid or $trial)`" + ` the machine makes ` + "`($admin and $paid) or $trial`" + `: whoever has a trial passes, admin or not.

Use two condition steps, one behind the other, or order the terms so that left to right is what you mean. Brackets that change
nothing are not reported.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: $admin == 1 and ($paid == 1 or $trial == 1), then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: $admin == 1, then: paying, otherwise: refuse}
  - {id: paying, type: condition, condition: $paid == 1 or $trial == 1, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {admin: 0, paid: 0, trial: 1}
bad: {path: [gate, open]}
good: {path: [gate, refuse]}
`,
	More: []Example{
		{Name: "The same terms in another order would do", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $admin == 1 or ($paid == 1 and $known == 1), then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "One value compared with two", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $state == ('new' or 'open'), then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "A bracket without a partner", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: ($paid == 1 and $known == 1, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Brackets that change nothing", Program: `
steps:
  - {id: gate, type: condition, condition: ($paid == 1 and ($known == 1)) or ($admin == 1), then: open, otherwise: vip}
  - {id: vip, type: condition, condition: "(not $known) or ($state == '(') or ($vip in ('yes') or $state == ')')", then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL202") },
})

// tellBrackets reports the first brackets that would make a difference. What was meant is nil where they hold a value
// to compare with.
func (c *condition) tellBrackets(l *logicReader, machine, meant *logic) {
	open := l.groups[0]
	for _, group := range l.groups {
		if one := l.read(true, func(i int) bool { return i == group }); one == nil || !l.same(one, machine) {
			open = group
			break
		}
	}
	closing := l.partner[open]
	if c.isKind(open-1, cond.NotWord) && meant != nil {
		c.tellNarrowNot(l, open, meant)
		return
	}
	message := "brackets are dropped, so " + l.reading(machine)
	var fixes []source.Fix
	if meant != nil {
		fixes = l.rearranged(meant, true)
	}
	switch {
	case meant == nil:
		message += ": write each comparison in full"
	case fixes == nil:
		message += ": split it into two condition steps"
	default:
		message += ": write it so that brackets are not needed"
	}
	c.report("NL202", open, closing, message, fixes...)
}

// logic is a reading of a condition: a term, or truths joined by and or or.
type logic struct {
	op    cond.Op // NoOp of a term
	not   bool
	term  int
	parts []*logic
}

// logicTerm is a comparison or a lone value, from one token to another.
type logicTerm struct {
	from, to int
	text     string
	atom     int  // equal for terms that say the same, or the opposite
	turned   bool // the opposite
}

// logicReader reads the tokens of a condition in more than one way.
type logicReader struct {
	c       *condition
	partner map[int]int // of each bracket that groups: the other one
	groups  []int       // those opening ones, in order

	terms    []logicTerm
	termAt   map[int]int // by first token
	atoms    int
	possible []uint64
	values   [][2]string // of each atom that is an equality with a literal: the other side, and the literal

	at      int
	flat    bool         // and and or are taken from left to right
	skip    map[int]bool // brackets that group nothing
	honours func(open int) bool
}

// matchBrackets finds the brackets that group: with and, or or not inside. It returns one without a partner, or -1.
func (l *logicReader) matchBrackets() int {
	l.partner, l.skip = map[int]int{}, map[int]bool{}
	type open struct{ at, words int }
	var stack []open
	words := 0
	for i := range l.c.tokens {
		switch t := &l.c.tokens[i]; {
		case t.Kind == cond.LogicWord || t.Kind == cond.NotWord:
			words++
		case !l.c.isDropped(i, cond.Bracket):
		case t.Text == "(":
			stack = append(stack, open{i, words})
		case len(stack) == 0:
			return i
		default:
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if words > o.words {
				l.partner[o.at], l.partner[i] = i, o.at
			} else {
				l.skip[o.at], l.skip[i] = true, true
			}
		}
	}
	if len(stack) > 0 {
		return stack[0].at
	}
	for i := range l.c.tokens {
		if l.partner[i] > i {
			l.groups = append(l.groups, i)
		}
	}
	return -1
}

// machine is the machine's reading, and finds the terms for the others.
func (l *logicReader) machine() *logic {
	l.termAt = map[int]int{}
	atoms := map[string]int{}
	var root *logic
	op, not := cond.NoOp, false
	for i := l.c.behind(-1); i >= 0; i = l.c.behind(i) {
		switch t := &l.c.tokens[i]; t.Kind {
		case cond.LogicWord:
			op = t.Op
			continue
		case cond.NotWord:
			not = true
			continue
		}
		from := i
		if j := l.c.behind(i); l.c.isComparison(j) {
			i = l.c.behind(j)
		}
		term := &logic{not: not, term: l.addTerm(from, i, atoms)}
		not = false
		if root == nil {
			root = term
		} else {
			root = &logic{op: op, parts: []*logic{root, term}}
		}
	}
	return root
}

// addTerm adds the term from one token to another.
func (l *logicReader) addTerm(from, to int, atoms map[string]int) int {
	t := logicTerm{from: from, to: to, text: l.c.tokens[from].Text}
	key := t.text
	values := [2]string{}
	if to > from {
		op := l.c.tokens[l.c.behind(from)].Op
		left, right := l.c.tokens[from].Text, l.c.tokens[to].Text
		t.text = left + " " + op.String() + " " + right
		switch op {
		case cond.NotEqual, cond.NotIn:
			op, t.turned = opposite[op], true
		}
		key = left + " " + op.String() + " " + right
		if op == cond.Equal && l.c.isKind(to, cond.String) {
			values = [2]string{left, right}
		}
	}
	atom, known := atoms[key]
	if !known {
		atom = len(atoms)
		atoms[key] = atom
		l.atoms++
		l.values = append(l.values, values)
	}
	t.atom = atom
	l.termAt[from] = len(l.terms)
	l.terms = append(l.terms, t)
	return len(l.terms) - 1
}

// read is a reading with the brackets that honours names, nil if a group stands where a value must. It is Python's,
// or goes from left to right.
func (l *logicReader) read(flat bool, honours func(open int) bool) *logic {
	l.at, l.flat, l.honours = 0, flat, honours
	n := l.join(cond.Or)
	if l.peek() >= 0 {
		return nil
	}
	return n
}

// peek is the token reached, -1 at the end.
func (l *logicReader) peek() int {
	for ; l.at < len(l.c.tokens); l.at++ {
		i := l.at
		if l.c.tokens[i].Kind != cond.Dropped || l.c.isDropped(i, cond.Bracket) && !l.skip[i] && l.isHonoured(i) {
			return i
		}
	}
	return -1
}

func (l *logicReader) isHonoured(i int) bool {
	if l.c.tokens[i].Text == "(" {
		return l.honours(i)
	}
	return l.honours(l.partner[i])
}

// join reads what stands between the words of op: of or, whatever and joins.
func (l *logicReader) join(op cond.Op) *logic {
	if l.flat {
		return l.fold()
	}
	var parts []*logic
	for {
		var part *logic
		if op == cond.Or {
			part = l.join(cond.And)
		} else {
			part = l.negation()
		}
		if part == nil {
			return nil
		}
		if part.op == op && !part.not {
			parts = append(parts, part.parts...)
		} else {
			parts = append(parts, part)
		}
		if i := l.peek(); i < 0 || l.c.tokens[i].Op != op {
			break
		}
		l.at++
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return &logic{op: op, parts: parts}
}

// fold reads from left to right.
func (l *logicReader) fold() *logic {
	root := l.negation()
	for i := l.peek(); root != nil && i >= 0 && l.c.tokens[i].Kind == cond.LogicWord; i = l.peek() {
		l.at++
		right := l.negation()
		if right == nil {
			return nil
		}
		root = &logic{op: l.c.tokens[i].Op, parts: []*logic{root, right}}
	}
	return root
}

func (l *logicReader) negation() *logic {
	i := l.peek()
	switch {
	case i < 0:
		return nil
	case l.c.tokens[i].Kind == cond.NotWord:
		l.at++
		n := l.negation()
		if n == nil {
			return nil
		}
		return &logic{op: n.op, not: !n.not, term: n.term, parts: n.parts}
	case l.c.isDropped(i, cond.Bracket):
		l.at++
		n := l.join(cond.Or)
		if j := l.peek(); n == nil || j < 0 || l.c.tokens[j].Text != ")" {
			return nil
		}
		l.at++
		if j := l.peek(); l.c.isComparison(j) {
			return nil
		}
		return n
	}
	term, is := l.termAt[i]
	if !is {
		return nil
	}
	for l.at = i; l.at < l.terms[term].to; {
		if l.at++; l.at < l.terms[term].to && l.peek() >= 0 && l.c.isDropped(l.peek(), cond.Bracket) {
			return nil
		}
	}
	l.at++
	return &logic{term: term}
}
