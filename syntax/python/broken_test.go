package python

import (
	"fmt"
	"strings"
	"testing"
)

// told is what is said about a text: line, column of bytes, message.
func told(m *Module) (all []string) {
	for _, e := range m.Errors {
		before := m.Text[:e.Span.Start]
		line := strings.Count(before, "\n") + 1
		all = append(all, fmt.Sprintf("%d:%d %s", line, len(before)-strings.LastIndexByte(before, '\n'), e.Message))
	}
	return all
}

// A mistake is told once, and the statements behind it are read: each text ends with the name that must be found.
func TestBrokenText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`x = {"a": 1, "b": }`, "1:19 an expression should stand here"},
		{`x = {"a": 1 "b": 2}`, "1:12 a comma is missing"},
		{`x = {"a" 1}`, "1:9 a comma is missing"},
		{`x = {"b": 2, "a" 1}`, "1:17 a colon is missing"},
		{`x = {"b": 2, "a", "c": 3}`, "1:17 a colon and a value are missing behind this key"},
		{`x = [1, 2`, "1:5 this bracket is never closed"},
		{"x = {\"a\": [1, 2}\n", "1:16 this should be a ]"},
		{"def f(\n  x = 1\nclass C:\n  pass", "1:6 this bracket is never closed"},
		{"x = f(1,\n  {\"a\": 1\ndef g(): pass", "1:6 this bracket is never closed"},
		{`x = "abc`, "1:5 this string has no closing quote"},
		{`x = f"{a b}"`, ""},
		{`x = f"{a`, "1:5 this string has no closing quote"},
		{`x = ) + 1`, "1:5 an expression should stand here, 1:5 this is not expected here"},
		{`x = $y`, "1:5 an expression should stand here, 1:5 this is not expected here"},
		{"if x\n  y = 1", "1:5 a colon is missing"},
		{"print \"x\"", "1:7 this is not expected here"},
		{"x = 1 +", "1:8 an expression should stand here"},
		{"x = a if b", "1:11 an else with another value is missing"},
		{"x.", "1:3 the name of an attribute is missing"},
		{"from x y", "1:7 an import is missing"},
		{"def f:\n  pass", "1:6 the parameters of the function are missing"},
		{"      x = 1\n   y = 2", ""},
		{"x = 1 if", "1:9 an expression should stand here, 1:9 an else with another value is missing"},
	} {
		m := Parse(c.text + "\nlast = 1\n")
		if got := strings.Join(told(m), ", "); got != c.want {
			t.Errorf("%q: told %q, want %q", c.text, got, c.want)
		}
		if m.Scope.Lookup("last") == nil {
			t.Errorf("%q: what follows is not read", c.text)
		}
	}
}

// Hostile texts come to an end: what is quadratic anywhere does not in the time that a test has.
func TestHostileText(t *testing.T) {
	const n = 300_000
	repeat := strings.Repeat
	for name, text := range map[string]string{
		"brackets":              "x = " + repeat("[", n) + repeat("]", n),
		"calls":                 "x = " + repeat("f(", n),
		"braces":                "x = " + repeat(`{"a":`, n),
		"minus":                 "x = " + repeat("-", n) + "1",
		"not":                   "x = " + repeat("not ", n) + "1",
		"lambda":                "x = " + repeat("lambda: ", n) + "1",
		"if":                    "x = " + repeat("1 if 1 else ", n) + "1",
		"power":                 "x = " + repeat("1 ** ", n) + "1",
		"sum":                   "x = " + repeat("a + b - ", n) + "1",
		"attributes":            "x = a" + repeat(".b", n),
		"chained calls":         "x = a" + repeat("()", n),
		"assignments":           repeat("x = ", n) + "1",
		"named":                 "x = " + repeat("(y := ", n) + "1",
		"fstrings":              "x = " + repeat(`f"{`, n) + "1" + repeat(`}"`, n),
		"fstrings in turn":      "x = " + repeat(`f"{f'{`, n),
		"formats":               `x = f"` + repeat("{a:", n) + `"`,
		"fields":                `x = f"` + repeat("{a}", n) + `"`,
		"open fields":           `x = f"` + repeat("{", n),
		"unclosed fields":       repeat(`f"{" `, n),
		"comprehensions":        "x = " + repeat("[x for x in ", n),
		"first items":           "x = " + repeat("[", 190) + "1" + repeat(" for x in y]", 190),
		"blocks":                indented(2000),
		"one line":              repeat("x;", n),
		"quotes":                repeat(`'`, n),
		"triple quotes":         repeat(`"""`, n),
		"backslashes":           repeat("\\\n", n),
		"strings":               "x = " + repeat(`"a" `, n),
		"names":                 repeat("a ", n),
		"decorators":            repeat("@", n),
		"bad bytes":             repeat("\xff", n),
		"zeros":                 repeat("\x00", n),
		"unexpected closing":    repeat(")", n),
		"keys without values":   "{" + repeat("a,", n),
		"functions on one line": repeat("def f(): ", n),
		"cases":                 "match x:\n " + repeat("case ", n),
	} {
		t.Run(name, func(t *testing.T) {
			m := Parse(text)
			checkSpans(t, m)
			if len(m.Errors) > maxErrors {
				t.Errorf("%d errors", len(m.Errors))
			}
		})
	}
}

// indented is blocks inside of blocks.
func indented(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "def f():\n")
	}
	return b.String()
}

// checkSpans demands that every expression lies in the one around it.
func checkSpans(t *testing.T, m *Module) {
	t.Helper()
	var visit func(e *Expr, start, end int)
	visit = func(e *Expr, start, end int) {
		if e == nil || e.Kind == Bad { // which stands in the blanks behind the last token
			return
		}
		if e.Span.Start < start || e.Span.Start > e.Span.End || e.Span.End > end {
			t.Fatalf("%v is not in %d to %d of %.200q", e.Span, start, end, m.Text)
		}
		visit(e.X, e.Span.Start, e.Span.End)
		visit(e.Y, e.Span.Start, e.Span.End)
		for _, i := range e.Items {
			visit(i.Key, e.Span.Start, e.Span.End)
			visit(i.Value, e.Span.Start, e.Span.End)
		}
	}
	for _, r := range m.Roots {
		visit(r.Expr, 0, len(m.Text))
	}
	for _, e := range m.Errors {
		if e.Span.Start < 0 || e.Span.Start > e.Span.End || e.Span.End > len(m.Text) {
			t.Fatalf("an error at %v of %.200q", e.Span, m.Text)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`x = {"a": [1, f"{b!r:>{c}}" 'd' r"\e"], **f}`, "def f(a, *b, c=1, **d): return [x for x in y if z]\n",
		"match x:\n  case {'a': 1, **b}: pass\n", "class C[T](B):\n  x: int = 1\n", "from a import (b as c,)\n", "x = 'a' \\\n 'b'\n",
		"with (a as b, c): pass", "async def f(): await g(x=1)", "lambda *a, b=1: (yield)", `f"{f"{1}"}"`, "a = b[1:2, ...] = c",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := Parse(text)
		checkSpans(t, m)
	})
}

func BenchmarkParse(b *testing.B) {
	text := strings.Repeat(`        Step(id="check", type=StepType.TOOL, tool="pay_back", args={"amount": "$amount", "n": 1}),`+"\n", 1000)
	text = "PROGRAM = Program(name='refund', steps=[\n" + text + "])\n"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(text)
	}
}
