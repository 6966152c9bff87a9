package syntax

import (
	"strings"

	"github.com/nanolint/nanolint/source"
)

// read is [Parse], but takes the only expression of a Python file for a document whatever it is.
func read(f *source.File, l Lang) []Document {
	if l != Python {
		return Parse(f, l)
	}
	r := newPythonReader(f)
	if len(r.module.Roots) != 1 {
		return []Document{{Root: &Node{}, Problems: []Problem{{Note: source.Note{Message: "not one expression"}}}}}
	}
	root := r.module.Roots[0]
	return r.documents(&candidate{expr: root.Expr, scope: root.Scope, lang: Python})
}

// commentedPython is Python with comments at the ends of lines and between them.
func commentedPython(n *Node) string {
	var b strings.Builder
	for i, line := range strings.SplitAfter(Print(n, Python), "\n") {
		if i%3 == 1 {
			b.WriteString("  # between: {[(\n")
		}
		if i%2 == 1 {
			line = strings.TrimSuffix(line, "\n") + "  # behind\n"
		}
		b.WriteString(line)
	}
	return b.String()
}

// spelledPython is Python as people may write it: mappings as calls where their keys allow it, strings in pieces, in
// raw and triple quotes, and in parentheses.
func spelledPython(n *Node) string {
	s := speller{}
	return s.spell(n) + "\n"
}

type speller struct{ n int }

func (s *speller) spell(n *Node) string {
	s.n++
	switch n.Kind {
	case List:
		var b strings.Builder
		for i, item := range n.Items {
			b.WriteString([]string{"\n", " ", ""}[(s.n+i)%3] + s.spell(item) + ",")
		}
		return "[" + b.String() + "]"
	case Map:
		open, colon, end := "{", ": ", "}"
		if s.n%2 == 0 && !strings.Contains(keysOf(n), "?") {
			open, colon, end = "dict(", "=", ")"
		}
		var b strings.Builder
		for i, p := range n.Pairs {
			key := s.spell(p.Key)
			if colon == "=" {
				key = p.Key.Text.Value
			}
			b.WriteString([]string{"\n\t", " ", "\n"}[(s.n+i)%3] + key + colon + s.spell(p.Value) + ",")
		}
		return open + b.String() + end
	case String:
		return s.string(n.Text.Value)
	}
	return Inline(n, Python)
}

// keysOf is the keys of a mapping, a question mark for each that cannot be the name of an argument.
func keysOf(n *Node) string {
	var b strings.Builder
	for _, p := range n.Pairs {
		if !isIdentifier(p.Key.Text.Value) {
			b.WriteString("?")
		}
	}
	return b.String()
}

func (s *speller) string(v string) string {
	plain := strings.IndexFunc(v, func(c rune) bool {
		return c < ' ' || c > 0xfffd || c == '\\' || c == '\'' || c == '"' || c == 0xfffd || c == 0xfeff
	}) < 0
	lines := strings.ReplaceAll(v, "\n", "")
	switch s.n % 5 {
	case 0:
		return quotePython(v, '\'')
	case 1:
		if plain && !strings.HasSuffix(v, "\\") {
			return "r'" + v + "'"
		}
	case 2:
		if !strings.ContainsAny(lines, "\x00\r\\\"") && strings.ToValidUTF8(v, "") == v && !strings.Contains(v, "\ufeff") {
			return `"""` + v + `"""`
		}
	case 3:
		k := len(v) / 2
		if strings.ToValidUTF8(v[:k], "") == v[:k] && strings.ToValidUTF8(v[k:], "") == v[k:] {
			return "(" + quotePython(v[:k], '"') + "\n  " + quotePython(v[k:], '\'') + ")"
		}
	}
	return quotePython(v, '"')
}
