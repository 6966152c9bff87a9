package lsp

import (
	"context"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator/rules"
)

// Hover tells what stands under the pointer: a field, a step, a variable, an operator; and which rules have
// something to say about it.
func (s *Server) Hover(ctx context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	c := cursorAt(st.read(), st.offset(p.Position))
	var parts []string
	text, span := st.describe(c)
	if text != "" {
		parts = append(parts, text)
	}
	for _, r := range st.rulesAt(c.offset) {
		parts = append(parts, fmt.Sprintf("[%s](%s) **%s** · %s\n\n%s", r.ID, r.URL(), r.Name, r.Severity, strings.TrimSpace(r.Doc)))
	}
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	if len(parts) == 0 {
		return nil, nil
	}
	h := &protocol.Hover{Contents: markdown(strings.Join(parts, "\n\n---\n\n"))}
	if text != "" {
		h.Range = new(st.toRange(span))
	}
	return h, nil
}

// describe tells what stands at a cursor, and where.
func (st *state) describe(c *cursor) (text string, at source.Span) {
	n := c.node()
	if n == nil || c.found == nil {
		return "", at
	}
	f := st.flow(c.found)
	switch {
	case c.onKey && c.step == nil:
		if field, ok := schema.ProgramField(c.field); ok && c.pair.Key == n {
			return describeField(&field), n.Span
		}
	case c.onKey && len(c.args) == 0:
		if field, ok := schema.StepField(c.field); ok {
			return describeField(&field), n.Span
		}
	case c.step == nil || c.onKey:
	case c.use != nil:
		return f.describeName(newNames(c.program), c.use, c.segment), c.use.Span
	case c.token != nil && c.token.Op != cond.NoOp:
		return fmt.Sprintf("**%s**\n\n%s\n", escape(c.token.Op.String()), c.token.Op.Doc()), c.token.Span
	case c.field == "id":
		return f.describeStep(c.step), n.Span
	case c.field == "tool":
		return st.describeTool(n.Text.Value), n.Span
	case c.isRef():
		if to := c.program.Lookup(n.Text.Value); to != nil {
			return f.describeStep(to), n.Span
		}
	default:
		field, _ := schema.StepField(c.field)
		for _, v := range field.Values {
			if v.Name == n.Text.Value {
				return fmt.Sprintf("**%s**\n\n%s\n", v.Name, v.Description), n.Span
			}
		}
		return st.describeLiteral(f, c)
	}
	return "", at
}

// describeLiteral tells of a text in a condition which step it names.
func (st *state) describeLiteral(f *flow, c *cursor) (string, source.Span) {
	if o, ok := newNames(c.program).at(c); ok && o.role == equals {
		if to := c.program.Lookup(o.text); to != nil {
			return f.describeStep(to), o.span
		}
	}
	if c.field == "output_key" {
		o := occurrence{name: name{keyName, c.node().Text.Value}}
		return fmt.Sprintf("**$%s** · %s\n\nWritten by %s.\n", escape(o.text), o.kind, codes(idsOf(newNames(c.program).writersOf(o.name)))), c.node().Span
	}
	return "", source.Span{}
}

// rulesAt is the rules that have something to say about a place, each once.
func (st *state) rulesAt(offset int) []*rules.Rule {
	var found []*rules.Rule
	seen := make(map[string]bool)
	for _, d := range st.judge().Diagnostics {
		if touches(d.Span, offset) && !seen[d.Rule] {
			seen[d.Rule] = true
			if r := rules.Find(d.Rule); r != nil {
				found = append(found, r)
			}
		}
	}
	return found
}
