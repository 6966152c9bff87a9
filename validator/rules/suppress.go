package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// HasComments reports whether a language has comments that begin with #, in which suppressions are then written.
func HasComments(l syntax.Lang) bool { return l == syntax.YAML || l == syntax.Python }

// Written is a program and how it is written in its file.
type Written struct {
	Program *program.Program
	Editor  syntax.Editor  // of the program
	Fence   *syntax.Fenced // around it, in Markdown
}

// Suppress is the edits that suppress findings in a file: a comment above their step, or the key of it in a language
// without comments or where no comment fits. What is in no step is suppressed above its line, in the program or in
// the file. Findings that have no rule or cannot be suppressed are left out.
func Suppress(f *source.File, l syntax.Lang, programs []Written, ds []source.Diagnostic, reason string) []source.Edit {
	if l == syntax.LLM {
		return nil // a text around the programs is not ours
	}
	w := suppressionWriter{file: f, lang: l, programs: programs, reason: oneLine(reason)}
	w.here = Suppressions(f, l, programs)
	for _, d := range ds {
		if r := Find(d.Rule); r != nil && d.Program < len(programs) {
			w.add(d, r.Name)
		}
	}
	var edits []source.Edit
	for _, t := range w.targets {
		made := w.edits(t)
		if t.Fence != nil {
			made, _ = t.Fence.Edits(made)
		}
		edits = append(edits, made...)
	}
	slices.SortStableFunc(edits, func(a, b source.Edit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return edits
}

// oneLine is a text as it fits into a comment.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// target is where names of rules are to be written.
type target struct {
	Written
	owner *syntax.Node // whose key is to hold them; nil for a comment
	line  int          // where the line of the comment begins
	code  int          // where what it is for begins in that line; -1 if it is for the file
	names []string
}

type suppressionWriter struct {
	file     *source.File
	lang     syntax.Lang
	programs []Written
	reason   string
	here     []*Suppression
	targets  []*target
}

func (w *suppressionWriter) add(d source.Diagnostic, name string) {
	t := w.target(d)
	i := slices.IndexFunc(w.targets, func(x *target) bool {
		return x.owner == t.owner && x.line == t.line && x.code == t.code && x.Fence == t.Fence
	})
	if i < 0 {
		i = len(w.targets)
		w.targets = append(w.targets, t)
	}
	if t = w.targets[i]; !slices.Contains(t.names, name) {
		t.names = append(t.names, name)
	}
}

// target is where the suppression of a finding belongs.
func (w *suppressionWriter) target(d source.Diagnostic) *target {
	p := w.programs[d.Program]
	text := p.Editor.File.Text
	step := innermostStep(p.Program.Steps, d.Span)
	owner := p.Program.Root // that can hold a key
	if step != nil && step.Node.Kind == syntax.Map {
		owner = step.Node
	}
	if !HasComments(p.Editor.Lang) {
		return &target{Written: p, owner: owner}
	}
	at := d.Span.Start
	if step != nil {
		at = step.Node.Span.Start
	}
	line := p.Editor.File.LineSpan(at).Start
	code := codeBehind(text, line)
	covered := entryAt(p.Program.Root, text, code)
	onLine := strings.Trim(text[line:min(code, len(text))], " \t") == ""
	switch {
	case onLine && code <= at && covered.Start <= d.Span.Start && d.Span.Start <= covered.End && (step == nil || strings.Trim(text[code:at], "- \t") == ""):
		return &target{Written: p, line: line, code: code}
	case step != nil || p.Fence != nil:
		return &target{Written: p, owner: owner}
	}
	return &target{Written: p, line: w.file.BodyStart(), code: -1}
}

// innermostStep is the step that holds a place, which may be inside another.
func innermostStep(steps []*program.Step, at source.Span) *program.Step {
	for _, s := range steps {
		if s.Node.Span.Contains(at) {
			return cmp.Or(innermostStep(s.Subs, at), s)
		}
	}
	return nil
}

func (w *suppressionWriter) edits(t *target) []source.Edit {
	slices.Sort(t.names)
	if t.owner == nil {
		return w.comment(t)
	}
	edits, _ := w.key(t)
	return edits
}

// comment adds names to the comment that is there for the same reason, or a line.
func (w *suppressionWriter) comment(t *target) []source.Edit {
	for _, s := range w.here {
		if s.comment == nil || !s.comment.own || len(s.Names) == 0 || s.Names[0].Reason != w.reason || s.wholeFile != (t.code < 0) {
			continue
		}
		if s.wholeFile || s.covers[0].Start == t.code {
			at := source.Span{Start: s.comment.brackets.End, End: s.comment.brackets.End}
			return []source.Edit{{Span: at, New: ", " + strings.Join(t.names, ", ")}}
		}
	}
	word, margin := "ignore", ""
	if t.code < 0 {
		word = "ignore-file"
	} else {
		margin = t.Editor.File.Text[t.line:t.code]
	}
	text := strings.TrimRight(margin+"# "+directive+" "+word+"["+strings.Join(t.names, ", ")+"] "+w.reason, " ")
	lineBreak := "\n"
	if end := w.file.LineSpan(t.line).End; strings.HasPrefix(w.file.Text[end:], "\r\n") {
		lineBreak = "\r\n"
	}
	return []source.Edit{{Span: source.Span{Start: t.line, End: t.line}, New: text + lineBreak}}
}

// key adds names to the key of a step or program.
func (w *suppressionWriter) key(t *target) ([]source.Edit, bool) {
	e := t.Editor
	reasons := syntax.NewMap()
	for _, name := range t.names {
		reasons.Pairs = append(reasons.Pairs, syntax.NewPair(name, syntax.NewString(w.reason)))
	}
	p := t.owner.Pair(SuppressionKey)
	if p == nil {
		value := syntax.NewMap(syntax.NewPair("ignore", reasons))
		return e.InsertPair(t.owner, lastOwn(t.owner), SuppressionKey, value)
	}
	ignored := p.Value.Get("ignore")
	if p.Merged || ignored == nil || ignored.Kind != syntax.Map || len(ignored.Pairs) == 0 {
		return nil, false // it is shared or broken, which somebody has to look at
	}
	var edits []source.Edit
	for _, pair := range reasons.Pairs {
		if ignored.Get(pair.Key.Text.Value) != nil {
			continue
		}
		some, ok := e.InsertPair(ignored, lastOwn(ignored), pair.Key.Text.Value, pair.Value)
		if !ok {
			return nil, false
		}
		if len(edits) > 0 { // all stand at one place, where one edit must hold them
			edits[0].New += some[0].New
			continue
		}
		edits = some
	}
	return edits, len(edits) > 0
}

// lastOwn is the last pair of a mapping that no merge key has brought.
func lastOwn(m *syntax.Node) int {
	return slices.IndexFunc(append(slices.Clone(m.Pairs), syntax.Pair{Merged: true}), func(p syntax.Pair) bool { return p.Merged }) - 1
}
