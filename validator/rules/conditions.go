package rules

import (
	"strings"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// A condition is a condition while it is read for slips: places at which its author meant something that the
// language has not. Each slip takes its tokens, so that the rule that looks next passes over them: one mistake is told
// once, however many characters it makes the machine drop, and what follows from it is not told at all.
type condition struct {
	p      *Pass
	step   *program.Step
	expr   *cond.Expr
	tokens []cond.Token
	taken  []bool // by token; nil if all are the language's own
	slips  int    // how many took tokens
	names  namesInConditions
	tell   func(rule string, d source.Diagnostic)
}

// tellSlips reports what one of the rules about the text of conditions has found. All of them read together, once.
func (p *Pass) tellSlips(rule string) {
	if p.knownSlips == nil {
		p.Around.Do("condition texts", p.findSlips)
	}
	for _, d := range p.knownSlips[rule] {
		p.Report(d)
	}
}

func (p *Pass) findSlips() {
	p.knownSlips = map[string][]source.Diagnostic{}
	tell := func(rule string, d source.Diagnostic) { p.knownSlips[rule] = append(p.knownSlips[rule], d) }
	names, w := namesInConditions{p}, p.newWalker(nil)
	for s := range p.Program.All {
		if s.Cond != nil && s.Cond.Text.Value != "" && !p.isAlias(s.Condition) && w.isNew(s.Condition) {
			c := condition{p: p, step: s, expr: s.Cond, tokens: s.Cond.Tokens, names: names, tell: tell}
			c.read()
		}
	}
}

// maxTokens bounds the work on one condition. The machine itself gives up at about 2,000, with 490 ands and ors.
const maxTokens = 1_000

// read looks for all slips. What takes more tokens, or is more certain, comes first.
func (c *condition) read() {
	if len(c.tokens) > maxTokens {
		return
	}
	if c.isOdd() {
		c.taken = make([]bool, len(c.tokens))
		c.takeComments()
		c.takeQuotes()
		c.takeMethods()
		c.takeFunctions()
		c.takeIndexes()
		c.takeLists()
		c.takeTemplates()
		c.takeSentences()
		c.takeHyphens()
		c.takeNumbers()
		c.takeOperators()
		c.takeWords()
		c.takeOthers()
		c.checkNots()
		c.checkGrammar()
	}
	c.checkLogic()
	for i := range c.tokens {
		switch t := &c.tokens[i]; {
		case c.isTaken(i):
		case t.Kind == cond.String:
			c.checkQuoted(i)
		case t.Kind == cond.ContainsWord:
			c.checkContains(i)
		case t.Kind == cond.Variable:
			c.checkVariable(i)
		}
	}
}

// isOdd reports whether the text has anything that the language has not.
func (c *condition) isOdd() bool {
	if len(c.expr.Problems) > 0 {
		return true
	}
	for i := range c.tokens {
		if c.tokens[i].Kind == cond.Dropped {
			return true
		}
	}
	return false
}

func (c *condition) isTaken(i int) bool { return c.taken != nil && c.taken[i] }

func (c *condition) isDropped(i int, what cond.Drop) bool {
	return i >= 0 && i < len(c.tokens) && c.tokens[i].Kind == cond.Dropped && c.tokens[i].Drop == what
}

// isKind reports whether token i is there and of a kind. The kind of what is dropped does not count.
func (c *condition) isKind(i int, k cond.Kind) bool {
	return i >= 0 && i < len(c.tokens) && c.tokens[i].Kind == k
}

// isGlued reports whether token i is there and stands directly behind another.
func (c *condition) isGlued(i int) bool {
	return i > 0 && i < len(c.tokens) && c.tokens[i-1].End() == c.tokens[i].At
}

// isOperand reports whether token i stands for a value.
func (c *condition) isOperand(i int) bool {
	return i >= 0 && i < len(c.tokens) && c.tokens[i].Kind >= cond.Variable
}

// isComparison reports whether token i compares what stands around it.
func (c *condition) isComparison(i int) bool {
	return i >= 0 && i < len(c.tokens) && c.tokens[i].Op.IsComparison()
}

// before is the token in front of i that the machine does not drop, -1 if there is none.
func (c *condition) before(i int) int {
	for i--; i >= 0 && c.tokens[i].Kind == cond.Dropped; i-- {
	}
	return i
}

// behind is the token behind i that the machine does not drop, -1 if there is none.
func (c *condition) behind(i int) int {
	for i++; i < len(c.tokens); i++ {
		if c.tokens[i].Kind != cond.Dropped {
			return i
		}
	}
	return -1
}

// closing is the token that closes the bracket of token i, or the last token if nothing does.
func (c *condition) closing(i int) int {
	depth := 0
	for ; i < len(c.tokens); i++ {
		t := &c.tokens[i]
		switch {
		case t.Kind == cond.Call:
			depth++
		case t.Kind != cond.Dropped:
		case t.Text == "(" || t.Text == "[" || t.Text == "{":
			depth++
		case t.Text == ")" || t.Text == "]" || t.Text == "}":
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(c.tokens) - 1
}

// take says that the tokens belong to one slip.
func (c *condition) take(from, to int) {
	c.slips++
	for i := from; i <= to; i++ {
		c.taken[i] = true
	}
}

// span is the place from one token to another.
func (c *condition) span(from, to int) source.Span {
	return source.Span{Start: c.tokens[from].Span.Start, End: c.tokens[to].Span.End}
}

// text is what is written from one token to another.
func (c *condition) text(from, to int) string {
	return c.expr.Text.Value[c.tokens[from].At:c.tokens[to].End()]
}

// of names the condition.
func (c *condition) of() string { return "the condition of " + describe(c.step) }

// fate says what comes of dropped characters.
func (c *condition) fate() string {
	if c.expr.Err != "" {
		return describe(c.step) + " fails"
	}
	return "the rest is evaluated"
}

// report tells a slip from one token to another.
func (c *condition) report(rule string, from, to int, message string, fixes ...source.Fix) {
	c.tell(rule, source.Diagnostic{Note: source.Note{Span: c.span(from, to), Message: message}, Fixes: fixes})
}

// warn is report where the machine may yet do what was meant.
func (c *condition) warn(rule string, from, to int, message string, fixes ...source.Fix) {
	c.tell(rule, source.Diagnostic{Note: source.Note{Span: c.span(from, to), Message: message}, Severity: source.Warning, Fixes: fixes})
}

// rewrite is a fix that writes text instead of the tokens.
func (c *condition) rewrite(safe bool, from, to int, text string) []source.Fix {
	i, j := c.tokens[from].At, c.tokens[to].End()
	title := "write " + brief(strings.TrimSpace(text))
	if text == "" {
		title = "remove " + brief(c.text(from, to))
		for j < len(c.expr.Text.Value) && c.expr.Text.Value[j] == ' ' {
			j++
		}
	}
	return c.p.fix(title, safe, replaceWithin(c.step.Condition, i, j, text))
}

// spaced is text with blanks where a word stands directly beside the tokens that it is written for.
func (c *condition) spaced(from, to int, text string) string {
	if c.isGlued(from) {
		text = " " + text
	}
	if c.isGlued(to + 1) {
		text += " "
	}
	return text
}

func replaceWithin(n *syntax.Node, i, j int, text string) change {
	return func(e syntax.Editor) ([]source.Edit, bool) { return e.ReplaceWithin(n, i, j, text) }
}

// quoteInCondition is a text as conditions write it, if they can.
func quoteInCondition(text string) (string, bool) {
	switch {
	case !strings.Contains(text, "'"):
		return "'" + text + "'", true
	case !strings.Contains(text, `"`):
		return `"` + text + `"`, true
	}
	return "", false
}

// unquote is what a token of the kind String means.
func unquote(t *cond.Token) string { return t.Text[1 : len(t.Text)-1] }

// namesInConditions is what a program writes that conditions can read.
type namesInConditions struct{ p *Pass }

// id is the step of the list that a name is the id of, keys the steps that have it as their output_key.
func (n namesInConditions) id(name string) *program.Step {
	if name == "" {
		return nil
	}
	return n.p.Program.Lookup(name)
}

func (n namesInConditions) keys(name string) []*program.Step {
	v, ok := n.p.Flow().Data(name)
	if !ok {
		return nil
	}
	return n.p.Flow().Writers(v)
}

// has reports whether the program writes a name.
func (n namesInConditions) has(name string) bool { return n.id(name) != nil || n.keys(name) != nil }

// step is the step that a name stands for, nil if it stands for data. A condition is often named for the input that
// it asks about, and hardly ever read.
func (n namesInConditions) step(name string) *program.Step {
	if s := n.id(name); n.keys(name) == nil && s != nil && s.Kind != program.Condition {
		return s
	}
	return nil
}

// variable is a dotted name, which may come from a template or another language, as a condition must spell it.
func (n namesInConditions) variable(name string) string {
	root, rest, dotted := strings.Cut(name, ".")
	s := n.step(root)
	switch first, _, _ := strings.Cut(rest, "."); {
	case s == nil || first == "output":
		return "$" + name
	case !dotted || s.Kind == program.LLM:
		return "$" + root + ".output"
	}
	return "$" + root + ".output." + rest
}

// writer is the one step that writes a variable, nil if it cannot be told.
func (n namesInConditions) writer(name string) *program.Step {
	root, rest, _ := strings.Cut(name, ".")
	if rest != "" && rest != "output" {
		return nil
	}
	if all := n.keys(root); all != nil {
		if len(all) == 1 {
			return all[0]
		}
		return nil
	}
	return n.id(root)
}

// answers are the allowed outputs of the model that writes a variable.
func (n namesInConditions) answers(name string) []string {
	s := n.writer(name)
	if s == nil || s.Kind != program.LLM || s.AllowedOutputs == nil || !areStrings(s.AllowedOutputs.Items) {
		return nil
	}
	var all []string
	for _, item := range s.AllowedOutputs.Items {
		all = append(all, item.Text.Value)
	}
	return all
}
