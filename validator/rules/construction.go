package rules

import (
	"strings"

	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// What the rules of the document share: which of them reports what the runtime refuses.

// reportProblems reports what the reader said about the text.
func (p *Pass) reportProblems(code syntax.Code) {
	for _, problem := range p.Problems {
		if problem.Code != code {
			continue
		}
		d := source.Diagnostic{Note: problem.Note, Related: problem.Related, Rejects: true}
		if problem.Fix != nil {
			d.Fixes = []source.Fix{*problem.Fix}
		}
		p.Report(d)
	}
}

// reportRefusals reports what construction refuses and the rule of that id is about: one finding for each
// place that construction names. say may add to it.
func (p *Pass) reportRefusals(id string, say func(c schema.Complaint, d *source.Diagnostic)) {
	for _, c := range p.Complaints {
		if p.ruleOf(c) != id || p.isEcho(c) {
			continue
		}
		d := source.Diagnostic{Note: c.Note, Rejects: true, Pointer: c.Pointer}
		if say != nil {
			say(c, &d)
		}
		p.Report(d)
	}
}

// ruleOf is the one rule that reports a complaint.
func (p *Pass) ruleOf(c schema.Complaint) string {
	switch c.Kind {
	case schema.NotAProgram:
		return "NL009"
	case schema.MissingField, schema.MissingForType:
		return "NL010"
	case schema.UnknownValue:
		return "NL012"
	case schema.NoSteps:
		return "NL013"
	case schema.NestedBlock, schema.TooDeep:
		return "NL014"
	case schema.GuardOnOther:
		return "NL015"
	case schema.EmptyGuard:
		return "NL016"
	}
	switch word := p.Lang == syntax.YAML && c.Node.Style == syntax.Plain && wantsText(c); {
	case word && c.Node.Kind == syntax.Bool:
		return "NL017"
	case word && (c.Node.Kind == syntax.Int || c.Node.Kind == syntax.Float || c.Node.Kind == syntax.Date):
		return "NL018"
	case c.Node.Kind == syntax.String && isWordField(c.Field):
		return "NL012"
	}
	return "NL011"
}

// wantsText reports whether construction would take a string, any string, at the place of a complaint.
func wantsText(c schema.Complaint) bool {
	if c.Kind == schema.NonStringArgument {
		return true
	}
	f := fieldOf(c)
	switch {
	case f == nil:
		return false
	case f.Type == schema.Texts:
		return !strings.HasSuffix(c.Pointer, "/"+c.Field) // an entry
	}
	return f.Type == schema.String
}

// fieldOf is the field that a complaint is about, nil if it is about something whole.
func fieldOf(c schema.Complaint) *schema.Field {
	if c.Step == nil {
		return programFields()[c.Field]
	}
	return stepFields()[c.Field]
}

func isWordField(name string) bool { return name == "type" || name == "on_error" }

// isEcho reports whether a complaint only repeats that the text is broken at its place: what is missing
// from a step that is still being written, a value without its end.
func (p *Pass) isEcho(c schema.Complaint) bool {
	if len(p.Problems) == 0 {
		return false
	}
	switch c.Kind {
	case schema.MissingField, schema.MissingForType:
		return p.isBroken(c.Step) || holdsOpaque(c.Step)
	case schema.NotAProgram:
		return p.isBroken(p.Program.Root) || holdsOpaque(p.Program.Root) || p.isFurtherDocument()
	}
	return c.Node != nil && p.isBroken(c.Node)
}

// isBroken reports whether the text of a value is not of its language.
func (p *Pass) isBroken(n *syntax.Node) bool {
	for _, problem := range p.Problems {
		at := problem.Span
		if problem.Code == syntax.Malformed && at.Start <= n.Span.End && n.Span.Start <= at.End {
			return true
		}
	}
	return false
}

// isFurtherDocument reports whether the runtime would refuse the file before it came to this document.
func (p *Pass) isFurtherDocument() bool {
	for _, problem := range p.Problems {
		if problem.Code == syntax.SecondDocument {
			return true
		}
	}
	return false
}

// holdsOpaque reports whether a field of a mapping is not known.
func holdsOpaque(m *syntax.Node) bool {
	for i := range m.Pairs {
		if m.Pairs[i].Key.Kind == syntax.Opaque || m.Pairs[i].Value.Kind == syntax.Opaque {
			return true
		}
	}
	return false
}

// spelled is how a value is written in the file.
func (p *Pass) spelled(n *syntax.Node) string { return p.File.Slice(n.Span) }

// brief is a text as messages show it without quotes.
func brief(text string) string {
	shown := quote(text)
	return shown[1 : len(shown)-1]
}

// isAlias reports whether a YAML value is written elsewhere: what is wrong with it is said there.
func (p *Pass) isAlias(n *syntax.Node) bool {
	return p.Lang == syntax.YAML && strings.HasPrefix(p.spelled(n), "*")
}
