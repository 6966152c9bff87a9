package rules

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
)

var _ = rule(Rule{
	ID: "NL211", Name: "mixed-and-or", Severity: source.Warning,
	Doc: `
A condition mixes and with or, and the machine groups them in another way than Python, SQL and most readers.

Neither binds more strongly here: they are taken from left to right. ` + "`$owner or $staff and $active`" + ` is
` + "`($owner or $staff) and $active`" + `, so an owner who is not active is refused. Brackets do not help, they are dropped.

Write the terms of ` + "`and`" + ` first where that says it, as in ` + "`$staff and $active or $owner`" + `; else use two condition steps.
`,
	Bad: `
steps:
  - {id: gate, type: condition, condition: $owner == 1 or $staff == 1 and $active == 1, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Good: `
steps:
  - {id: gate, type: condition, condition: $staff == 1 and $active == 1 or $owner == 1, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`,
	Proof: `
context: {owner: 1, staff: 0, active: 0}
bad: {path: [gate, refuse]}
good: {path: [gate, open]}
`,
	More: []Example{
		{Name: "Two groups", Reported: true, Program: `
steps:
  - {id: gate, type: condition, condition: $owner == 1 and $paid == 1 or $staff == 1 and $active == 1, then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
		{Name: "Mixed, and the same in either reading", Program: `
steps:
  - {id: gate, type: condition, condition: $level == 'a' or $level == 'b' and $level != 'c', then: open, otherwise: refuse}
  - {id: open, type: tool, tool: open_door, is_terminal: true}
  - {id: refuse, type: tool, tool: refuse, is_terminal: true}
`},
	},
	Run: func(p *Pass) { p.tellSlips("NL211") },
})

// checkLogic compares three readings of a condition, for all truths of its comparisons: the machine's, which drops
// brackets and goes from left to right; Python's, which was meant; and one from left to right with the brackets. Where
// the brackets alone make a difference they are the mistake, else the order of and and or is.
func (c *condition) checkLogic() {
	const maxTokens = 200 // what is longer was generated, and its brackets with it
	if c.slips > 0 || c.expr.Err != "" || len(c.tokens) > maxTokens || !c.needsLogic() {
		return
	}
	l := logicReader{c: c}
	if lonely := l.matchBrackets(); lonely >= 0 {
		c.tellLonelyBracket(lonely)
		return
	}
	machine := l.machine()
	all := func(int) bool { return true }
	meant, grouped := l.read(false, all), l.read(true, all)
	switch {
	case meant != nil && l.same(machine, meant):
	case grouped != nil && l.same(machine, grouped):
		c.tellMixed(&l, machine, meant)
	default:
		c.tellBrackets(&l, machine, meant)
	}
}

func (c *condition) tellLonelyBracket(i int) {
	c.warn("NL202", i, i, fmt.Sprintf("brackets group nothing in a condition, and this %s has no partner: leave it out", c.tokens[i].Text),
		c.rewrite(false, i, i, "")...)
}

// needsLogic is a quick look: there is an and behind an or, or a bracket that holds one of them or a not.
func (c *condition) needsLogic() bool {
	brackets, words, or := false, false, false
	for i := range c.tokens {
		switch t := &c.tokens[i]; {
		case t.Kind == cond.LogicWord:
			words = true
			if t.Op == cond.And && or {
				return true
			}
			or = or || t.Op == cond.Or
		case t.Kind == cond.NotWord:
			words = true
		case c.isDropped(i, cond.Bracket):
			brackets = true
		}
	}
	return brackets && words
}

// tellMixed reports the first and behind an or.
func (c *condition) tellMixed(l *logicReader, machine, meant *logic) {
	or := false
	for i := range c.tokens {
		if c.tokens[i].Op == cond.Or {
			or = true
		}
		if c.tokens[i].Op != cond.And || !or {
			continue
		}
		message := "and binds no more strongly than or here, so " + l.reading(machine)
		fixes := l.rearranged(meant, false)
		if fixes == nil {
			message += ": split it into two condition steps"
		} else {
			message += ": write the terms of and first"
		}
		c.report("NL211", i, i, message, fixes...)
		return
	}
}

// reading says how the machine groups a condition.
func (l *logicReader) reading(machine *logic) string {
	if text := l.format(machine); len(text) <= 100 && !strings.ContainsAny(text, "\r\n\t") {
		return l.c.of() + " is read as " + text
	}
	return l.c.of() + " is read from left to right"
}

// format is a reading with brackets around each group.
func (l *logicReader) format(n *logic) string {
	text := ""
	switch {
	case n.op == cond.NoOp:
		text = l.terms[n.term].text
	default:
		var parts []string
		for _, part := range n.parts {
			if part.op != cond.NoOp && !part.not {
				parts = append(parts, "("+l.format(part)+")")
			} else {
				parts = append(parts, l.format(part))
			}
		}
		text = strings.Join(parts, " "+n.op.String()+" ")
	}
	if n.not {
		return "(not " + text + ")"
	}
	return text
}

// rearranged is a fix that says what was meant in a way that every reading takes alike: the group of and, of which
// there may be one, in front. In a safe one the terms keep their order.
func (l *logicReader) rearranged(meant *logic, safe bool) []source.Fix {
	text, moved, ok := l.arrange(meant.pushNots(false))
	if !ok {
		return nil
	}
	return l.c.rewrite(safe && !moved, 0, len(l.c.tokens)-1, text)
}

// pushNots is a reading in which only terms are negated.
func (n *logic) pushNots(not bool) *logic {
	not = not != n.not
	if n.op == cond.NoOp {
		return &logic{term: n.term, not: not}
	}
	out := &logic{op: n.op}
	if not {
		out.op = cond.And + cond.Or - n.op
	}
	for _, part := range n.parts {
		part = part.pushNots(not)
		if part.op == out.op {
			out.parts = append(out.parts, part.parts...)
		} else {
			out.parts = append(out.parts, part)
		}
	}
	return out
}

// arrange writes a tree in one line: terms of and, or terms of or with one group of and among them. Only the first
// term can have a not.
func (l *logicReader) arrange(n *logic) (text string, moved, ok bool) {
	parts := []*logic{n}
	if n.op != cond.NoOp {
		parts = n.parts
	}
	var group *logic
	var lone []*logic
	for i, part := range parts {
		switch {
		case part.op == cond.NoOp:
			lone = append(lone, part)
		case group != nil || n.op == cond.And:
			return "", false, false
		default:
			group, moved = part, i > 0
		}
	}
	var texts []string
	add := func(terms []*logic, join string) bool {
		var first, others []string
		for i, part := range terms {
			text, negated := l.term(part)
			if negated {
				first = append(first, "not "+text)
				moved = moved || i > 0
			} else {
				others = append(others, text)
			}
		}
		if len(first) > 1 || len(first) > 0 && len(texts) > 0 {
			return false
		}
		texts = append(texts, strings.Join(append(first, others...), " "+join+" "))
		return true
	}
	if group != nil {
		for _, part := range group.parts {
			if part.op != cond.NoOp {
				return "", false, false
			}
		}
		if !add(group.parts, "and") {
			return "", false, false
		}
	}
	join := "or"
	if n.op == cond.And {
		join = "and"
	}
	if len(lone) > 0 && !add(lone, join) {
		return "", false, false
	}
	return strings.Join(texts, " "+join+" "), moved, true
}

// term is a comparison as it is written, turned round if it is negated; a negated value keeps its not.
func (l *logicReader) term(n *logic) (text string, negated bool) {
	t := &l.terms[n.term]
	if n.not && t.to > t.from {
		i, j, k := t.from, l.c.behind(t.from), t.to
		op, ok := opposite[l.c.tokens[j].Op]
		if l.c.tokens[j].Op == cond.Contains {
			op, ok = cond.NotIn, true
		}
		if ok {
			return l.c.tokens[i].Text + " " + op.String() + " " + l.c.tokens[k].Text, false
		}
	}
	return t.text, n.not
}
