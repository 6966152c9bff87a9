package lsp

import (
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

// offerVariables is what could be written in a condition or a template: variables in scope, and in a condition the
// words of its language. What has been written of the text decides, not whether it can be read.
func (p *probe) offerVariables(st *state) []offer {
	inCondition := p.field == "condition"
	head := p.head
	if inCondition {
		if quote, literal := openQuote(head); quote != 0 {
			return p.offerLiterals(st, head, quote, literal)
		}
	}
	name := lastVariable(head)
	if name == "" && !inCondition {
		return nil
	}
	if name == "" {
		return p.offerWords(st, head)
	}
	root, field, dotted := strings.Cut(name[1:], ".")
	if dotted {
		return p.offerFields(st, root, field)
	}
	all := p.variables(root)
	for i := range all {
		all[i].over = p.behind(st, len(name))
	}
	return all
}

// behind is the place of the last n bytes before the cursor and of the rest of the word behind it.
func (p *probe) behind(st *state, n int) source.Span {
	word := wordAt(st.file.Text, p.at)
	return source.Span{Start: max(p.at-n, st.file.LineSpan(p.at).Start), End: word.End}
}

// lastVariable is the variable that a text ends with, with its dollar sign, and empty if it ends otherwise.
func lastVariable(head string) string {
	i := strings.LastIndexByte(head, '$')
	if i < 0 || strings.IndexFunc(head[i+1:], func(r rune) bool { return r != '.' && !value.IsWord(r) }) >= 0 {
		return ""
	}
	return head[i:]
}

// openQuote is the quote that is open at the end of a condition, and where its text begins.
func openQuote(head string) (quote byte, at int) {
	for i := 0; i < len(head); i++ {
		switch c := head[i]; {
		case quote == 0 && (c == '\'' || c == '"'):
			quote, at = c, i+1
		case c == quote:
			quote = 0
		}
	}
	return quote, at
}

// variables is what may have been written when control comes to the step, the nearest first, and then the
// inputs that the program reads elsewhere: of many, those that fit what has been typed.
func (p *probe) variables(typed string) []offer {
	choice := p.choose(len(p.program.Steps), typed)
	inCondition := p.field == "condition"
	seen := make(map[string]bool)
	wants := func(name string) bool {
		_, ok := choice.fits(name)
		return ok
	}
	roughFlow(p.found).before(p.topStep(), wants, func(w program.Write) bool {
		text := "$" + w.Name
		if inCondition && !w.Data {
			text += ".output" // the id alone is an object that holds the output
		}
		if seen[text] || strings.IndexFunc(w.Name, func(r rune) bool { return !value.IsWord(r) }) >= 0 {
			return true
		}
		seen[text] = true
		return choice.add(w.Name, func() offer { return p.offerOf(w, text) })
	})
	if choice.isFull() {
		return choice.offers(p)
	}
	for _, in := range p.program.Inputs(wants) {
		text := "$" + in.Name
		if !seen[text] && !p.isTyping(in) && !choice.add(in.Name, func() offer {
			return offer{label: text, kind: protocol.CompletionItemKindVariable, detail: "input"}
		}) {
			break
		}
	}
	return choice.offers(p)
}

// isTyping reports whether an input is nothing but what is being typed.
func (p *probe) isTyping(in program.Input) bool {
	u := in.Uses[0]
	return len(in.Uses) == 1 && u.Step == p.step && touches(u.Span, p.cursor.offset)
}

// offerOf is a variable that is written, as it is read.
func (p *probe) offerOf(w program.Write, text string) offer {
	s := p.program.Steps[w.Step]
	o := offer{label: text, kind: protocol.CompletionItemKindVariable, detail: "written by " + s.ID() + " (" + s.Kind.String() + ")"}
	if !w.Data {
		o.detail = "output of " + w.Name + " (" + s.Kind.String() + ")"
		for _, sub := range s.Subs {
			if sub.ID() == w.Name {
				s = sub
			}
		}
	}
	if s.AllowedOutputs != nil && len(s.AllowedOutputs.Items) > 0 {
		var words []string
		for _, entry := range s.AllowedOutputs.Items {
			words = append(words, entry.Text.Value)
		}
		o.doc = "May be " + codes(words) + "."
	}
	return o
}

// offerFields is what may stand behind the dot of a name.
func (p *probe) offerFields(st *state, root, head string) []offer {
	n := newNames(p.program)
	isStep := n.ids[root] != noName
	var all []offer
	if isStep && !strings.Contains(head, ".") {
		all = append(all, offer{label: "output", kind: protocol.CompletionItemKindField, detail: "what the step has put out"})
	}
	if block := n.blockOf(n.rootOf(&program.Use{Path: cond.Path{{Name: root}}})); block != nil {
		for _, sub := range block.Subs {
			all = append(all, offer{label: sub.ID(), kind: protocol.CompletionItemKindField, detail: sub.Kind.String() + " in the block " + block.ID()})
		}
	}
	for i := range all {
		all[i].over = p.behind(st, len(head)-strings.LastIndexByte(head, '.')-1)
	}
	return all
}

// offerWords is what may stand in a condition where no variable and no text is being written: behind an
// operand operators, elsewhere operands.
func (p *probe) offerWords(st *state, head string) []offer {
	word := head[strings.LastIndexAny(head, " \t\n")+1:]
	before := cond.Parse(source.VerbatimText(strings.TrimSuffix(head, word), source.Span{End: len(head) - len(word)}))
	last := cond.Token{Kind: cond.Dropped}
	for _, t := range before.Tokens {
		if t.Kind != cond.Dropped {
			last = t
		}
	}
	var all []offer
	switch last.Kind {
	case cond.Variable, cond.String, cond.Number, cond.Constant:
		for op := range cond.Operators {
			all = append(all, offer{label: op.String(), kind: protocol.CompletionItemKindOperator, doc: op.Doc()})
		}
	default:
		all = append(p.literals(before.Root), p.variables(strings.TrimPrefix(word, "$"))...)
		for _, word := range []string{"True", "False", "None"} {
			all = append(all, offer{label: word, kind: protocol.CompletionItemKindConstant})
		}
		if last.Kind == cond.Dropped {
			all = append(all, offer{label: "not", kind: protocol.CompletionItemKindOperator, doc: "Negates the first comparison of the condition, and stands at its start only."})
		}
	}
	for i := range all {
		all[i].over = p.behind(st, len(word))
	}
	return all
}

// literals is the values that the variable on the other side of an unfinished comparison may hold.
func (p *probe) literals(root cond.Node) []offer {
	var all []offer
	for _, text := range p.answers(root) {
		for _, quote := range [...]string{"'", `"`} {
			word, ok := p.quoted(quote + text + quote)
			if ok && !strings.Contains(text, quote) {
				all = append(all, offer{label: quote + text + quote, kind: protocol.CompletionItemKindEnumMember, text: word})
				break
			}
		}
	}
	return all
}

// answers is what the left side of the last comparison may be.
func (p *probe) answers(root cond.Node) []string {
	var last cond.Node
	for term := range cond.Terms(root) {
		last = term
	}
	b, ok := last.(*cond.Binary)
	if !ok {
		return nil
	}
	v, ok := b.Left.(*cond.Var)
	if !ok {
		return nil
	}
	f := roughFlow(p.found)
	d, known := f.values(p.topStep(), v.Path)
	var words []string
	if known {
		for _, v := range d.Values {
			if v.Kind() == value.String {
				words = append(words, v.Text())
			}
		}
	}
	if len(words) == 0 {
		n := newNames(p.program)
		words = n.answers(n.rootOf(&program.Use{Site: program.InCondition, Path: v.Path}))
	}
	return words
}

// offerLiterals is the values behind an open quote.
func (p *probe) offerLiterals(st *state, head string, quote byte, at int) []offer {
	before := cond.Parse(source.VerbatimText(head[:at-1], source.Span{End: at - 1}))
	var all []offer
	for _, text := range p.answers(before.Root) {
		word, ok := p.quoted(text)
		if !ok || strings.IndexByte(text, quote) >= 0 {
			continue
		}
		over := p.behind(st, len(head)-at)
		if end, ok := p.quoted(string(quote)); ok && !strings.HasPrefix(st.file.Text[over.End:], end) {
			word += end
		}
		all = append(all, offer{label: text, kind: protocol.CompletionItemKindEnumMember, text: word, over: over})
	}
	return all
}

// quoted is text as it is written inside the string at the cursor.
func (p *probe) quoted(text string) (string, bool) {
	if p.isBare() {
		return text, true
	}
	return p.inside.Spell(text)
}
