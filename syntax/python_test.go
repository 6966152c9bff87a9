package syntax

import (
	"bufio"
	"os"
	"reflect"
	"strconv"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// lastValue is the value of the last expression of a Python text.
func lastValue(text string) (*pythonReader, *Node) {
	r := newPythonReader(source.NewFile("", text))
	root := r.module.Roots[len(r.module.Roots)-1]
	n, _ := r.eval(root.Expr, root.Scope)
	return r, n
}

// TestPythonValues compares values with those that Python made of the same texts; see testdata/python/values.py.
func TestPythonValues(t *testing.T) {
	in, err := os.Open("../testdata/python/values.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	cases := 0
	for lines := bufio.NewScanner(in); lines.Scan(); cases++ {
		c := Parse(source.NewFile("", lines.Text()), JSON)[0].Root
		text := c.Get("text").Text.Value
		r, got := lastValue(text)
		if len(r.module.Errors) > 0 {
			t.Errorf("%s\n%v", text, r.module.Errors)
		}
		if want := c.Get("value"); !reflect.DeepEqual(plain(got), plain(want)) {
			t.Errorf("%s\nis read as %s, want %s", text, Inline(got, Python), Inline(want, Python))
		}
	}
	if cases < 40 {
		t.Errorf("only %d cases", cases)
	}
}

// plain is a value as json.dumps sees it: the last of equal keys counts, and 1 is 1.0.
func plain(n *Node) any {
	switch n.Kind {
	case List:
		all := []any{}
		for _, item := range n.Items {
			all = append(all, plain(item))
		}
		return all
	case Map:
		all := map[string]any{}
		for _, p := range n.visible() {
			all[p.Key.name()] = plain(p.Value)
		}
		return all
	case Null:
		return nil
	case Int, Float:
		return strconv.FormatFloat(n.Float(), 'g', -1, 64)
	}
	return [2]any{n.Kind, n.Text.Value}
}

// What only a run can tell is not guessed.
func TestPythonOpaque(t *testing.T) {
	for _, text := range []string{
		"x", "f()", "f('a')", "x.y", "x['a']", "-x", "not x", "1 + 2", "'a' * 2", "'a' if x else 'b'", "[x for x in 'ab']", "lambda: 'a'",
		"'a' + x", "'a' + f()", "f'{x}'", "f'{1:>3}'", "f'{1!r}'", "f'{1=}'", "f'{1.5}'", "'%s' % x", "'%5s' % 'a'", "'%(x)s' % {'x': 1}", "'%s %s' % 'a'",
		"'%s' % ('a', 'b')", "'{}'.format(x)", "'{:>5}'.format('a')", "'{0.x}'.format('a')", "'{'.format()", "'a'.upper()", "'a'.join(x)", "'a'.strip('b')",
		"b'bytes'", "'\\N{BULLET}'", "'\\x4'", "'\\ud800'.upper()", "{'a', 'b'}", "1j", "010", "...", "X = 'a'; X = 'b'\nX", "X = 'a'\nX += 'b'\nX",
		"X = []\nX.append('a')\nX", "X = {}\nX['a'] = 1\nX", "for X in 'ab': X", "def f(X='a'): X", "X = X\nX", "X = [X]\nY = X\nX[0]", "A = f'{B}'; B = f'{A}'\nB",
		"from a import X\nX", "import X\nX.y", "try:\n  X = 'a'\nexcept E:\n  X = 'b'\nX", "{'a': 1, **x}['a']", "{'a': 1}['b']", "{'a': 1}[x]", "StepType.OTHER", "Other.TOOL",
		"def StepType(x): pass\nStepType('tool')", "class StepType: TOOL = 'x'\nStepType.TOOL", "'a' 'b' f'{x}'", "'a' b'b'", "[*x]['a']", "dict", "list(x)", "float('1')",
		"global_ = 'a'\ndef f():\n  global X\n  X = 'a'\nX", "X: str\nX", "with f() as X: X", "(yield)", "await_", "X = 'a'\ndel X\nX",
		"float('nan', 1)", "'a' | {}", "{} | x", "'abc", "f'{", "'{}'.format(*x)", "'{a}'.format(**x)", "textwrap.dedent(x)",
	} {
		if _, got := lastValue(text); got.Kind != Opaque {
			t.Errorf("%q is read as %s", text, Inline(got, Python))
		}
	}
}

// Parts of a collection may be known while others are not.
func TestPythonPartlyOpaque(t *testing.T) {
	for text, want := range map[string]string{
		"[1, x, 2]":                          "[1, ..., 2]",
		"[1, *x, 2]":                         "[1, ..., 2]",
		"[1] + x":                            "[1, ...]",
		"[1, *[f() for y in z]]":             "[1, ...]",
		"{'a': x, 'b': 1}":                   `{"a": ..., "b": 1}`,
		"{'a': 1, **x}":                      `{"a": 1, **...}`,
		"{x: 1, 'b': 2}":                     `{**..., "b": 2}`,
		"{(1, 2): 1}":                        `{**...}`,
		"Step(id='a', prompt=f'{x}')":        `{"id": "a", "prompt": ...}`,
		"Step('a', type='llm')":              `{**..., "type": "llm"}`,
		"Step(*x, **y)":                      `{**..., **...}`,
		"from m import Step as S\nS(id='a')": `{"id": "a"}`,
		"import nano_vm as n\nn.models.Step(id='a')":      `{"id": "a"}`,
		"from nano_vm import models\nmodels.Step(id='a')": `{"id": "a"}`,
		"S = Step\nS(**{'id': 'a'}, type=StepType.TOOL)":  `{"type": "tool", "id": "a"}`,
		"Step.model_validate({'id': 'a'})":                `{"id": "a"}`,
		"class Step: pass\nStep(id='a')":                  "...",
		"[StepType.LLM, StepType.TOOL.value]":             `["llm", "tool"]`,
		"from nano_vm import OnError as O\n[O.SKIP]":      `["skip"]`,
		"import nano_vm\n[nano_vm.StepType.PARALLEL]":     `["parallel"]`,
		"StepType('condition')":                           `"condition"`,
		"f'{StepType.TOOL}'":                              "...",
		"A = ['x']\nA.append('y')\n{'a': A, 'b': ['z']}":  `{"a": ..., "b": ["z"]}`,
		"X = 'm'\n[X for y in z]":                         "...",
		"X = 'm'\ndef f(X):\n  [X]":                       "[...]",
		"def f():\n  X = 'a'\n  def g():\n    [X]":        `["a"]`,
		"{'a': 1 'b': 2}":                                 `{"a": 1, "b": 2}`,
		"{'a': , 'b': 2}":                                 `{"a": ..., "b": 2}`,
		"# coding: latin-1\n['\xe9', 'a']":                `[..., "a"]`,
		"# coding: utf-8\n['é']":                          `["é"]`,
		"['\xe9', 'a']":                                   `[..., "a"]`,
	} {
		if _, got := lastValue(text); Inline(got, Python) != want {
			t.Errorf("%q is read as %s, want %s", text, Inline(got, Python), want)
		}
	}
}
