package lsp

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// wrapInGuard puts a condition before a step that has to come true for the step to run; else control goes
// where it would have gone from the step. Whoever named the step names the condition then. A step that a condition chooses does not go on in
// the list by itself, so it is told to.
func (st *state) wrapInGuard(c *cursor) ([]source.Edit, bool) {
	s := c.step
	if s.ID() == "" || c.program.SameIDs || s.Kind == program.Condition {
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
	edit := syntax.Editor{File: st.file, Lang: st.options.Lang}
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
	made, ok := st.insertBefore(s, [][2]string{
		{"id", guard}, {"type", "condition"}, {"condition", "$" + guard + "_input"}, {"then", s.ID()}, {"otherwise", behind},
	})
	if !ok {
		return nil, false
	}
	return append(edits, made...), true
}

// unused is a name that nothing has, beginning with that.
func unused(n *names, name string) string {
	free := name
	for i := 2; n.isFree(free) != nil; i++ {
		free = fmt.Sprintf("%s_%d", name, i)
	}
	return free
}

// insertBefore puts a step of plain texts before another in its list, in the style of the list.
func (st *state) insertBefore(s *program.Step, fields [][2]string) ([]source.Edit, bool) {
	text, start := st.file.Text, s.Node.Span.Start
	line := st.file.LineSpan(start)
	lead := text[line.Start:start]
	at := func(where int, what string) ([]source.Edit, bool) {
		return []source.Edit{{Span: source.Span{Start: where, End: where}, New: what}}, true
	}
	if s.Node.Style == syntax.Block {
		if strings.Trim(lead, " -") != "" || strings.Count(lead, "-") != 1 {
			return nil, false
		}
		var lines []string
		for _, f := range fields {
			lines = append(lines, f[0]+": "+syntax.Quote(syntax.YAML, f[1]))
		}
		indent := strings.ReplaceAll(lead, "-", " ")
		return at(start, strings.Join(lines, "\n"+indent)+"\n"+lead)
	}
	var pairs []syntax.Pair
	for _, f := range fields {
		pairs = append(pairs, syntax.NewPair(f[0], syntax.NewString(f[1])))
	}
	inline := syntax.Inline(syntax.NewMap(pairs...), st.options.Lang)
	switch {
	case strings.TrimSpace(lead) == "":
		return at(start, inline+",\n"+lead)
	case st.options.Lang == syntax.YAML && strings.Trim(lead, " -") == "" && strings.Count(lead, "-") == 1:
		return at(start, inline+"\n"+lead)
	}
	return at(start, inline+", ")
}
