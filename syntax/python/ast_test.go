package python

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// recorded is a file and what CPython's parser says about it; see testdata/python/record.py.
type recorded struct {
	Name, Text, Error string
	Nodes             [][]any
}

// TestAgreesWithCPython compares every expression with CPython's ast. NANOLINT_AST may name another file of
// records, such as one of a whole standard library.
func TestAgreesWithCPython(t *testing.T) {
	name := os.Getenv("NANOLINT_AST")
	if name == "" {
		name = "../../testdata/python/ast.jsonl"
	}
	in, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	files, count := 0, 0
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var r recorded
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		files++
		m := Parse(r.Text)
		if r.Error != "" {
			continue // a library holds files that are wrong, as data of tests
		}
		for _, e := range m.Errors {
			t.Errorf("%s: at %q: %s", r.Name, around(r.Text, e.Span.Start), e.Message)
		}
		got, want := nodesOf(m), nodesIn(r)
		count += len(want)
		if missing := without(want, got); len(missing) > 0 {
			t.Errorf("%s: missing %q", r.Name, missing[:min(3, len(missing))])
		}
		if extra := without(got, want); len(extra) > 0 {
			t.Errorf("%s: not there: %q", r.Name, extra[:min(3, len(extra))])
		}
	}
	if err := lines.Err(); err != nil || files == 0 {
		t.Fatal(files, err)
	}
	t.Logf("%d files, %d expressions", files, count)
}

func around(text string, at int) string { return text[max(0, at-30):min(len(text), at+30)] }

func without(a, b []string) (rest []string) {
	n := map[string]int{}
	for _, s := range b {
		n[s]++
	}
	for _, s := range a {
		if n[s]--; n[s] < 0 {
			rest = append(rest, s)
		}
	}
	return rest
}

func nodesIn(r recorded) (all []string) {
	for _, n := range r.Nodes {
		if text := r.Text[int(n[1].(float64)):int(n[2].(float64))]; n[0] == "String" && strings.Contains(text, `\N{`) {
			continue // the names of characters are not known here
		}
		at := source.Span{Start: int(n[1].(float64)), End: int(n[2].(float64))}
		all = append(all, fmt.Sprintf("%v %v %s", n[0], n[3:], r.Text[at.Start:at.End]))
		all[len(all)-1] = fmt.Sprintf("%d %s", at.Start, all[len(all)-1])
	}
	return all
}

// nodesOf is what the records hold of a module.
func nodesOf(m *Module) (all []string) {
	var visit func(e *Expr)
	visit = func(e *Expr) {
		if e == nil {
			return
		}
		at := m.bare(e)
		kind, value := "", []any{}
		switch e.Kind {
		case Name, Attribute, Call, List, Dict, Set, Subscript, Number, Constant:
			kind = [...]string{Name: "Name", Constant: "Constant", Number: "Number", Attribute: "Attribute", Subscript: "Subscript", Call: "Call", List: "List", Dict: "Dict", Set: "Set"}[e.Kind]
		case Comprehension:
			if text := m.Text[at.Start:at.End]; strings.ContainsAny(text[:1], "[{") && strings.ContainsAny(text[len(text)-1:], "]}") {
				kind = "Comprehension"
			}
		case String:
			kind, value = m.stringNode(e)
		}
		if e.Kind == Subscript && e.Y.Kind == Tuple {
			kind = "" // ast does not tell it from one without parentheses
		}
		if kind != "" {
			all = append(all, fmt.Sprintf("%d %s %v %s", at.Start, kind, value, m.Text[at.Start:at.End]))
		}
		visit(e.X)
		visit(e.Y)
		if e.Kind == Subscript {
			return // its only item is Y
		}
		for _, i := range e.Items {
			visit(i.Key)
			if e.Kind != Dict || i.Key != i.Value {
				visit(i.Value)
			}
		}
	}
	for _, r := range m.Roots {
		visit(r.Expr)
	}
	return all
}

func (m *Module) stringNode(e *Expr) (kind string, value []any) {
	lits := m.Literals(e)
	switch {
	case slices.ContainsFunc(lits, func(l Literal) bool { return l.Format }):
		return "Format", []any{}
	case lits[0].Bytes:
		return "Bytes", []any{}
	}
	var b source.TextBuilder
	for _, l := range lits {
		for _, p := range l.Pieces() {
			if !m.Unescape(l, p.Span, &b) {
				return "", nil
			}
		}
	}
	if strings.Contains(m.Text[e.Span.Start:e.Span.End], `\N{`) {
		return "", nil
	}
	return "String", []any{hex.EncodeToString([]byte(b.Text(e.Span).Value))}
}

// bare is the place of an expression without the parentheses around it.
func (m *Module) bare(e *Expr) source.Span {
	at := e.Span
	for e.Kind != Tuple && at.Len() > 1 && m.Text[at.Start] == '(' {
		l := lexer{text: m.Text[:at.End], pos: at.Start, inside: true}
		l.line()
		depth, k := 0, 0
		for ; k < len(l.tokens)-1; k++ {
			switch t := l.tokens[k]; l.text[t.start:t.end] {
			case "(", "[", "{":
				depth++
			case ")", "]", "}":
				depth--
			}
			if depth == 0 {
				break
			}
		}
		if k < len(l.tokens)-2 {
			break
		}
		at = source.Span{Start: int(l.tokens[1].start), End: int(l.tokens[len(l.tokens)-3].end)}
	}
	if strings.HasSuffix(m.Text[:at.End], "\n") {
		panic("a line break at the end")
	}
	return at
}
