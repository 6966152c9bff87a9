package syntax

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// Names that stand for names multiply what they stand for: that is bounded, and so is everything else that a file of
// a few kilobytes may ask for.
func TestHostilePython(t *testing.T) {
	const n = 100_000
	repeat := strings.Repeat
	for name, text := range map[string]string{
		"lists of names":     chained(100, "X%[1]d = [*X%[2]d, *X%[2]d]\n", "X0 = [1]\n"),
		"nested names":       chained(100, "X%[1]d = [X%[2]d, X%[2]d]\n", "X0 = [1]\n"),
		"dicts of names":     chained(100, "X%[1]d = {**X%[2]d, 'a%[1]d': X%[2]d}\n", "X0 = {'b': 1}\n"),
		"sums":               chained(100, "X%[1]d = X%[2]d + X%[2]d\n", "X0 = 'abc'\n"),
		"f-strings":          chained(100, "X%[1]d = f'{X%[2]d}{X%[2]d}'\n", "X0 = 'abc'\n"),
		"formats":            chained(100, "X%[1]d = '{0}{0}'.format(X%[2]d)\n", "X0 = 'abc'\n"),
		"percent":            chained(100, "X%[1]d = '%%s%%s' %% (X%[2]d, X%[2]d)\n", "X0 = 'abc'\n"),
		"joins":              chained(100, "X%[1]d = ','.join([X%[2]d, X%[2]d])\n", "X0 = 'abc'\n"),
		"a long chain":       chained(20_000, "X%[1]d = X%[2]d\n", "X0 = 'abc'\n"),
		"a deep chain":       chained(20_000, "X%[1]d = [X%[2]d]\n", "X0 = 'abc'\n"),
		"deep subscripts":    "LAST = {}" + repeat("['a']", 400) + "\n",
		"names in a circle":  "LAST = [Y]\nY = [Z]\nZ = [LAST]\n",
		"many uses":          "X0 = ['a'] * 1\nLAST = [" + repeat("X0, ", n) + "]\n",
		"many strings":       "LAST = [" + repeat("'abc', ", n) + "]\n",
		"one long string":    "LAST = '" + repeat(`abc\n`, n) + "'\n",
		"a long sum":         "LAST = " + repeat("'a' + ", n) + "'a'\n",
		"strings":            "LAST = " + repeat("'a' ", n) + "\n",
		"a long union":       "LAST = " + repeat("{} | ", n) + "{}\n",
		"changes":            "LAST = {}\n" + repeat("LAST['a'] = 1\n", n),
		"documents":          repeat("Program(steps=[])\n", n),
		"documents in a row": "[" + repeat("{'steps': []}, ", n) + "]\n",
		"nested documents":   repeat("{'steps': [", 90) + repeat("]}", 90),
		"deep document":      repeat("{'steps': [", n) + repeat("]}", n),
	} {
		t.Run(name, func(t *testing.T) {
			text += "from nano_vm import Program\nProgram(name='n', steps=LAST)\n"
			for _, d := range Parse(source.NewFile("", text), Python) {
				if size := expanded(d.Root, 3<<20); size > 2<<20 {
					t.Errorf("expands to more than %d nodes", size)
				}
			}
		})
	}
}

// chained is lines of which each uses what the last one has defined.
func chained(n int, format, first string) string {
	var b strings.Builder
	b.WriteString(first)
	for i := range n {
		fmt.Fprintf(&b, format, i+1, i)
	}
	fmt.Fprintf(&b, "LAST = X%d\n", n)
	return b.String()
}

// expanded is the number of nodes of a tree, up to a bound.
func expanded(n *Node, most int) int {
	size := 1
	for _, item := range n.Items {
		if size < most {
			size += expanded(item, most-size)
		}
	}
	for _, p := range n.Pairs {
		if size < most {
			size += 1 + expanded(p.Value, most-size)
		}
	}
	return size
}

// FuzzPython reads any text as Python: what is found lies in the file and has a bounded depth, what is printed is read as
// the same, and edits mean what they should.
func FuzzPython(f *testing.F) {
	for _, seed := range []string{
		"from nano_vm import *\nA = 'x'\nP = Program(name=f'{A}', steps=[Step(id='a', **B), *[c]])\n",
		"{'steps': [{'id': \"a\" 'b', 'x': r'\\d' '''\n''', 'y': -1.5e3, **{'z': (1,)}}]}",
		"Program.from_yaml('''steps:\n  - id: \"a\\x41\"\n''')", "Program.from_dict(json.loads('{\"steps\": [1, \\\n2]}'))",
		"P = {'steps': []}\nP['steps'].append({})\nP['x'] = 1\n", "X = ['a']\n{'steps': X + X, 'b': '%s' % 'c', 'd': dedent('  e\\n  f')}",
		"# coding: latin-1\n{'steps': '\xe9'}", "{'steps': [1 2 {3: 4, 'a'}", "{'steps': float('nan'), 'a': StepType.TOOL, 'b': 0x1F, 'c': {1, 2}}",
	} {
		f.Add(seed, uint64(1))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		file := source.NewFile("", text)
		for _, d := range Parse(file, Python) {
			checkPython(t, d.Root, len(text), 0)
			for _, p := range d.Problems {
				if p.Span.Start < 0 || p.Span.Start > p.Span.End || p.Span.End > len(text) {
					t.Fatalf("a problem at %v", p.Span)
				}
			}
			ElsewhereIn(d.Root)
			if d.Embedded {
				continue // broken JSON may have values under keys that are not known
			}
			again := read(source.NewFile("", Print(d.Root, Python)), Python)
			if len(again) != 1 || len(again[0].Problems) > 0 || !Equal(again[0].Root, d.Root) {
				t.Fatalf("printed as\n%s\nread as\n%s", Print(d.Root, Python), Print(again[0].Root, Python))
			}
		}
		if len(text) < 500 && len(newPythonReader(file).module.Errors) == 0 {
			checkEdits(t, text, Python, newForest(seed), func(change, string) {})
		}
	})
}

func checkPython(t *testing.T, n *Node, size, depth int) {
	if depth > MaxDepth+2 {
		t.Fatal("too deep")
	}
	for _, at := range []source.Span{n.Span, n.Text.Content()} {
		if at.Start < 0 || at.Start > at.End || at.End > size {
			t.Fatalf("%v is outside of the file", at)
		}
	}
	for _, item := range n.Items {
		checkPython(t, item, size, depth+1)
	}
	for _, p := range n.Pairs {
		checkPython(t, p.Key, size, depth+1)
		checkPython(t, p.Value, size, depth+1)
	}
}
