package rules

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// maxQuoted is how many characters of a user's text a message repeats.
const maxQuoted = 40

// quote is a text of the user's as messages show it: in quotes, cut if it is long, and without
// characters that a terminal would not show.
func quote(text string) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > maxQuoted {
			b.WriteString("…")
			break
		}
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return `"` + b.String() + `"`
}

// describe names a step: by its id, else by its number.
func describe(s *program.Step) string {
	name := "step " + quote(s.ID())
	if strings.TrimSpace(s.ID()) == "" {
		name = fmt.Sprintf("step %d", s.Index+1)
	}
	if s.Parent != nil {
		name += " of " + describe(s.Parent)
	}
	return name
}

// list joins names as a sentence does: a, b and c. Of more than five it counts the rest.
func list(names []string) string {
	const most = 5
	if len(names) > most {
		names = append(names[:most-1:most-1], fmt.Sprintf("%d more", len(names)-most+1))
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// quoteIDs is the ids of steps, quoted.
func quoteIDs(steps []*program.Step) []string {
	names := make([]string, len(steps))
	for i, s := range steps {
		names[i] = quote(s.ID())
	}
	return names
}

// change is what an editor answers: edits, and whether it could make them.
type change func(syntax.Editor) ([]source.Edit, bool)

// fix is one fix made of changes, and none if one of them cannot be made.
func (p *Pass) fix(title string, safe bool, changes ...change) []source.Fix {
	f := source.Fix{Title: title, Safe: safe}
	for _, c := range changes {
		edits, ok := c(p.Editor())
		if !ok {
			return nil
		}
		f.Edits = append(f.Edits, edits...)
	}
	return []source.Fix{f}
}

func replaceString(n *syntax.Node, value string) change {
	return func(e syntax.Editor) ([]source.Edit, bool) { return e.ReplaceString(n, value) }
}

// removeField takes a field out of a mapping.
func removeField(m *syntax.Node, name string) change {
	return func(e syntax.Editor) ([]source.Edit, bool) {
		for i := len(m.Pairs) - 1; i >= 0; i-- {
			if p := m.Pairs[i]; !p.Merged && p.Key.IsString(name) {
				return e.RemovePair(m, i)
			}
		}
		return nil, false
	}
}

// setField gives a mapping a field: instead of the one of that name, else at the end.
func setField(m *syntax.Node, name string, value *syntax.Node) change {
	return func(e syntax.Editor) ([]source.Edit, bool) {
		if p := m.Pair(name); p != nil {
			if p.Merged {
				return nil, false
			}
			if value.Kind == syntax.String {
				return e.ReplaceString(p.Value, value.Text.Value)
			}
			return e.ReplaceScalar(p.Value, value.Text.Value)
		}
		last := len(m.Pairs) - 1
		for last >= 0 && m.Pairs[last].Merged {
			last--
		}
		return e.InsertPair(m, last, name, value)
	}
}

// lazyRegexp compiles an expression when it is first needed: a run that does not need it must not wait for it.
func lazyRegexp(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
