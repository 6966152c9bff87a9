package lsp

import (
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// CodeAction offers what can be done about a place: the fixes of its diagnostics, suppressing them, all safe fixes of the file at once,
// the pages of its rules, and changes of its step.
func (s *Server) CodeAction(ctx context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	at := st.span(p.Range)
	var all []protocol.CommandOrCodeAction
	fixable := false
	for _, d := range st.judge().Diagnostics {
		if d.IsMuted() || d.Span.Start > at.End || at.Start > d.Span.End {
			continue
		}
		fixable = fixable || validator.IsFixable(d, false)
		if wants(p.Context.Only, protocol.CodeActionKindQuickFix) {
			all = append(all, s.fixActions(st, &d)...)
		}
	}
	if wants(p.Context.Only, protocol.CodeActionKindRefactorRewrite) {
		all = append(all, s.rewrites(st, at)...)
	}
	if wants(p.Context.Only, fixAll) && (fixable || len(p.Context.Only) > 0) {
		if a := s.fixAllAction(st); a != nil {
			all = append(all, a)
		}
	}
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	return all, nil
}

// wants reports whether an editor that asks only for some kinds of actions asks for this one.
func wants(only []protocol.CodeActionKind, kind protocol.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(k protocol.CodeActionKind) bool {
		return k == kind || k == "" || strings.HasPrefix(string(kind), string(k)+".")
	})
}

// fixActions is what can be done about one diagnostic.
func (s *Server) fixActions(st *state, d *source.Diagnostic) []protocol.CommandOrCodeAction {
	about := []protocol.Diagnostic{s.diagnostic(st, d)}
	var all []protocol.CommandOrCodeAction
	for i, f := range d.Fixes {
		a := &protocol.CodeAction{
			Title: title("%s", f.Title), Kind: new(protocol.CodeActionKindQuickFix), Diagnostics: about,
			Edit: s.workspaceEdit(st, f.Edits),
		}
		if i == 0 && f.Safe {
			a.IsPreferred = new(true)
		}
		all = append(all, a)
	}
	if r := rules.Find(d.Rule); r != nil {
		all = append(all, &protocol.CodeAction{
			Title: title("explain %s %s", r.ID, r.Name), Kind: new(protocol.CodeActionKindQuickFix), Diagnostics: about,
			Command: protocol.Command{Title: "Explain", Command: explainCommand, Arguments: []protocol.LSPAny{toAny(r.ID)}},
		})
		if edits, ok := validator.SuppressEdits(st.judge(), st.options.Lang, *d, rules.ReasonToWrite); ok && !r.AboutSuppressions {
			all = append(all, &protocol.CodeAction{
				Title: title("suppress %s here", r.Name), Kind: new(protocol.CodeActionKindQuickFix), Diagnostics: about,
				Edit: s.workspaceEdit(st, edits),
			})
		}
	}
	return all
}

// fixAllAction makes all safe fixes of a file. It is nil if they change nothing.
func (s *Server) fixAllAction(st *state) *protocol.CodeAction {
	o := st.options
	o.ProgramsOnly = true
	fixed := validator.Fix(st.file, o, false)
	edits := difference(st.file.Text, fixed.After.File.Text)
	if len(edits) == 0 {
		return nil
	}
	return &protocol.CodeAction{Title: "Make all safe fixes", Kind: new(fixAll), Edit: s.workspaceEdit(st, edits)}
}

// difference is the one edit that makes a text of another: what lies between their common beginning and end.
func difference(before, after string) []source.Edit {
	if before == after {
		return nil
	}
	n := 0
	for n < min(len(before), len(after)) && before[n] == after[n] {
		n++
	}
	for n > 0 && n < len(before) && !isRuneStart(before[n]) {
		n--
	}
	m := 0
	for m < min(len(before), len(after))-n && before[len(before)-1-m] == after[len(after)-1-m] {
		m++
	}
	for m > 0 && !isRuneStart(before[len(before)-m]) {
		m--
	}
	return []source.Edit{{Span: source.Span{Start: n, End: len(before) - m}, New: after[n : len(after)-m]}}
}

func isRuneStart(b byte) bool { return b&0xc0 != 0x80 }

// rewrites is the changes that the step at a place lends itself to.
func (s *Server) rewrites(st *state, at source.Span) []protocol.CommandOrCodeAction {
	c := cursorAt(st.read(), at.Start)
	if c.step == nil || c.step.Parent != nil {
		return nil
	}
	var all []protocol.CommandOrCodeAction
	add := func(title string, edits []source.Edit) {
		all = append(all, &protocol.CodeAction{Title: title, Kind: new(protocol.CodeActionKindRefactorRewrite), Edit: s.workspaceEdit(st, edits)})
	}
	for _, b := range st.missingBranches(c) {
		add(b.title, b.edits)
	}
	if edits, ok := st.wrapInGuard(c); ok {
		add("Wrap in a guard", edits)
	}
	return all
}

type rewrite struct {
	title string
	edits []source.Edit
}

// missingBranches gives a condition with one branch the other: to the step that follows it in the list and is not the
// one that it has, and to the last one.
func (st *state) missingBranches(c *cursor) []rewrite {
	if c.step.Kind != program.Condition {
		return nil
	}
	var missing, has *program.Ref
	for _, r := range [...]*program.Ref{&c.step.Then, &c.step.Otherwise} {
		switch {
		case r.Named():
			has = r
		case r.Node == nil && !r.Opaque:
			missing = r
		}
	}
	if missing == nil || has == nil {
		return nil
	}
	pairs := c.step.Node.Pairs
	after := slices.IndexFunc(pairs, func(p syntax.Pair) bool { return p.Value == has.Node })
	edit := c.found.Editor(st.file)
	var all []rewrite
	for _, to := range c.program.Steps {
		if to.Index <= c.step.Index || to == has.To || to.ID() == "" {
			continue
		}
		edits, ok := edit.InsertPair(c.step.Node, after, missing.Field, syntax.NewString(to.ID()))
		if edits, fits := c.found.InFile(edits); ok && fits {
			all = append(all, rewrite{title("add the missing branch: %s: %s", missing.Field, to.ID()), edits})
		}
		if len(all) == mostBranches {
			break
		}
	}
	return all
}

// mostBranches is how many steps are offered for a missing branch.
const mostBranches = 3
