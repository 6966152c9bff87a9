package python

import (
	"fmt"
	"testing"
)

// TestScopes asks what names mean in the last expression of a text.
func TestScopes(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a constant", "X = 'a'\nX\n", "1 binding, 1 use, value 'a'"},
		{"two bindings", "X = 'a'\nX = 'b'\nX\n", "2 bindings, 1 use"},
		{"bound again in a branch", "X = 'a'\nif y:\n  X = 'b'\nX\n", "2 bindings, 1 use"},
		{"added to", "X = ['a']\nX += ['b']\nX\n", "2 bindings, 1 use, 1 change"},
		{"used in an f-string", "X = 'a'\nf'{X}'\nX\n", "1 binding, 2 uses, value 'a'"},
		{"unpacked", "X, Y = 'a', 'b'\nX\n", "1 binding, 1 use, value 'a'"},
		{"unpacked from a call", "X, Y = f()\nX\n", "1 binding, 1 use"},
		{"annotated", "X: str = 'a'\nX\n", "1 binding, 1 use, value 'a'"},
		{"declared only", "X: str\nX\n", "nothing"},
		{"appended to", "X = []\nX.append('b')\nX\n", "1 binding, 2 uses, value [], 1 change"},
		{"changed deep inside", "X = {}\nX['a'].b['c'] = 1\nX\n", "1 binding, 2 uses, value {}, 1 change"},
		{"deleted from", "X = {}\ndel X['a']\nX\n", "1 binding, 2 uses, value {}, 1 change"},
		{"a parameter", "X = 'a'\ndef f(X):\n  X\n", "1 binding, 1 use, parameter"},
		{"of the function around", "def f():\n  X = 'a'\n  def g():\n    X\n", "1 binding, 1 use, value 'a'"},
		{"not of the class around", "X = 'm'\nclass C:\n  X = 'c'\n  def g(self):\n    X\n", "1 binding, 1 use, value 'm'"},
		{"of the class", "X = 'm'\nclass C:\n  X = 'c'\n  X\n", "1 binding, 1 use, value 'c'"},
		{"made global elsewhere", "X = 'a'\ndef f():\n  global X\n  X = 'b'\nX\n", "3 bindings, 1 use"},
		{"a loop", "for X in y: X\n", "1 binding, 1 use"},
		{"a comprehension's own", "X = 'm'\n[X for X in y]\n", "1 binding, 1 use"},
		{"named in a comprehension", "[X := z for y in w]; X\n", "1 binding, 1 use"},
		{"a lambda's own", "X = 'm'\nlambda X: X\n", "1 binding, 1 use, parameter"},
		{"in a with", "with f() as X: X\n", "1 binding, 1 use"},
		{"in an except", "try: a\nexcept E as X: X\n", "1 binding, 1 use"},
		{"in a case", "match y:\n  case {'a': X}: X\n", "1 binding, 1 use"},
		{"a class in a case", "match y:\n  case X(): X\n", "nothing"},
		{"imported", "from a.b import c as X\nX\n", "1 binding, 1 use, from a.b import c"},
		{"imported relatively", "from ...a import X\nX\n", "1 binding, 1 use, from ...a import X"},
		{"imported or not", "try:\n  from a import X\nexcept ImportError:\n  X = None\nX\n", "2 bindings, 1 use, from a import X"},
		{"a module", "import a.b as X\nX\n", "1 binding, 1 use, import a.b"},
		{"a package", "import X.b, X.c\nX\n", "1 binding, 1 use, import X"},
		{"a function on one line", "def f(): X = 'a'; return X\n", "1 binding, 1 use, value 'a'"},
		{"behind a function on one line", "def f(): X = 'a'\nX\n", "nothing"},
		{"behind a function", "def f():\n  X = 'a'\nX\n", "nothing"},
	} {
		m := Parse(c.text)
		last := m.Roots[len(m.Roots)-1]
		scope := last.Scope
		if last.Expr.Scope != nil {
			scope = last.Expr.Scope
		}
		if got := describe(m, scope.Lookup("X")); got != c.want || len(m.Errors) > 0 {
			t.Errorf("%s: %s, want %s; %v", c.name, got, c.want, m.Errors)
		}
	}
}

func describe(m *Module, v *Variable) string {
	if v == nil {
		return "nothing"
	}
	count := func(n int, what string) string {
		if n == 1 {
			return "1 " + what
		}
		return fmt.Sprintf("%d %ss", n, what)
	}
	s := count(v.Bindings, "binding") + ", " + count(v.Uses, "use")
	switch {
	case v.Imported != "":
		s += ", from " + v.Module + " import " + v.Imported
	case v.Module != "":
		s += ", import " + v.Module
	case v.Value != nil:
		s += ", value " + m.Text[v.Value.Span.Start:v.Value.Span.End]
	case v.Parameter:
		s += ", parameter"
	}
	if n := len(v.Changes); n > 0 {
		s += ", " + count(n, "change")
	}
	return s
}
