package lsp

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator/rules"
)

// wrapInGuard puts a condition before a step that has to come true for the step to run; else control goes
// where it would have gone from the step. Whoever named the step names the condition then; what Python code computes
// may name it, so that must be nothing. A step that a condition chooses does not go on in the list by itself, so it is
// told to.
func (st *state) wrapInGuard(c *cursor) ([]source.Edit, bool) {
	s := c.step
	if s.ID() == "" || c.program.SameIDs || s.Kind == program.Condition || c.found.IsPartlyUnknown() {
		return nil, false
	}
	behind := ""
	switch {
	case s.NextStep.To != nil:
		behind = s.NextStep.Name()
	case !s.NextStep.Named() && s.Index+1 < len(c.program.Steps):
		behind = c.program.Steps[s.Index+1].ID()
	}
	if behind == "" {
		return nil, false
	}
	guard := unused(newNames(c.program), "may_"+s.ID())
	edit := c.found.Editor(st.file)
	var edits []source.Edit
	for other := range c.program.All {
		for _, r := range other.Refs() {
			if r.To != s {
				continue
			}
			made, ok := edit.ReplaceString(r.Node, guard)
			if !ok {
				return nil, false
			}
			edits = append(edits, made...)
		}
	}
	if !s.Terminal && !s.NextStep.Named() {
		made, ok := edit.InsertPair(s.Node, len(s.Node.Pairs)-1, "next_step", syntax.NewString(behind))
		if !ok {
			return nil, false
		}
		edits = append(edits, made...)
	}
	made, ok := insertBefore(edit, s, [][2]string{
		{"id", guard}, {"type", "condition"}, {"condition", "$" + guard + "_input"}, {"then", s.ID()}, {"otherwise", behind},
	})
	if !ok {
		return nil, false
	}
	return c.found.InFile(append(edits, made...))
}

// unused is a name that nothing has, beginning with that.
func unused(n *names, name string) string {
	free := name
	for i := 2; n.isFree(free) != nil; i++ {
		free = fmt.Sprintf("%s_%d", name, i)
	}
	return free
}

// insertBefore puts a step of plain texts before another in its list, and before the comments of that, in the style of
// the list.
func insertBefore(edit syntax.Editor, s *program.Step, fields [][2]string) ([]source.Edit, bool) {
	start := s.Node.Span.Start
	line := edit.File.LineSpan(start).Start
	lead, lineBreak := edit.File.Text[line:start], edit.LineBreak()
	isItem := edit.Lang == syntax.YAML && strings.Trim(lead, " -") == "" && strings.Count(lead, "-") == 1
	at := func(where int, what string) ([]source.Edit, bool) {
		return []source.Edit{{Span: source.Span{Start: where, End: where}, New: what}}, !edit.ReadOnly
	}
	switch {
	case s.Node.Style == syntax.Block && !isItem:
		return nil, false
	case s.Node.Style == syntax.Block:
		var lines []string
		for _, f := range fields {
			lines = append(lines, f[0]+": "+syntax.Quote(syntax.YAML, f[1]))
		}
		return at(aboveComments(edit, line), lead+strings.Join(lines, lineBreak+strings.ReplaceAll(lead, "-", " "))+lineBreak)
	}
	inline := inlineStep(edit, s, fields)
	switch {
	case isItem:
		return at(aboveComments(edit, line), lead+inline+lineBreak)
	case strings.TrimSpace(lead) == "":
		return at(aboveComments(edit, line), lead+inline+","+lineBreak)
	}
	return at(start, inline+", ")
}

// aboveComments is the beginning of the comments directly above a line, or of the line.
func aboveComments(edit syntax.Editor, line int) int {
	for line > 0 && rules.HasComments(edit.Lang) {
		above := edit.File.LineSpan(line - 1)
		if !strings.HasPrefix(strings.TrimLeft(edit.File.Slice(above), " \t"), "#") {
			break
		}
		line = above.Start
	}
	return line
}

// inlineStep is a step of plain texts on one line, in Python written as another one is.
func inlineStep(edit syntax.Editor, like *program.Step, fields [][2]string) string {
	if edit.Lang != syntax.Python {
		var pairs []syntax.Pair
		for _, f := range fields {
			pairs = append(pairs, syntax.NewPair(f[0], syntax.NewString(f[1])))
		}
		return syntax.Inline(syntax.NewMap(pairs...), edit.Lang)
	}
	start := like.Node.Span.Start
	call, isCall := callOf(edit, like)
	var all []string
	for _, f := range fields {
		value := edit.Quote(start, f[1])
		if n := like.Node.Get(f[0]); n != nil && n.Style == syntax.Member {
			if edits, ok := edit.ReplaceString(n, f[1]); ok {
				value = edits[0].New
			}
		}
		if isCall {
			all = append(all, f[0]+"="+value)
		} else {
			all = append(all, edit.Quote(start, f[0])+": "+value)
		}
	}
	text := strings.Join(all, ", ")
	if isCall {
		return call + "(" + text + ")"
	}
	return "{" + text + "}"
}
