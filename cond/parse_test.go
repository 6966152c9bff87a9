package cond_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/value"
)

var update = flag.Bool("update", false, "write the golden files anew")

var dropNames = [...]string{"other", "word", "bracket", "list sign", "index", "brace", "exclaim", "ampersand", "bar", "assign",
	"arithmetic", "comma", "dot", "quote", "dollar"}

var codeNames = [...]string{"empty", "missing operand", "missing operator", "chained", "stray not", "method call", "huge number"}

// tree is a node with a bracket around each.
func tree(n cond.Node) string {
	switch n := n.(type) {
	case *cond.Literal:
		return value.Repr(n.Value)
	case *cond.Var:
		return n.Path.String()
	case *cond.Not:
		return "(not " + tree(n.Operand) + ")"
	case *cond.Binary:
		return "(" + tree(n.Left) + " " + n.Op.String() + " " + tree(n.Right) + ")"
	}
	return "_"
}

// describe is all that Parse says about a condition.
func describe(e *cond.Expr) string {
	var b strings.Builder
	fmt.Fprintf(&b, "    tree    %s\n", tree(e.Root))
	for _, token := range e.Tokens {
		if token.Kind == cond.Dropped {
			fmt.Fprintf(&b, "    drops   %d %s %s\n", token.At, dropNames[token.Drop], token.Text)
		}
	}
	for _, p := range e.Problems {
		fmt.Fprintf(&b, "    at %-4d %s: %s\n", p.Span.Start, codeNames[p.Code], p.Message)
	}
	if e.Err != "" {
		fmt.Fprintf(&b, "    raises  %s\n", e.Err)
	}
	return b.String()
}

// The golden file is the table: a condition on a line of its own, and below it what Parse says.
func TestParse(t *testing.T) {
	const name = "testdata/parse.txt"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "    ") {
			continue
		}
		got.WriteString(line)
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			got.WriteString(describe(cond.Parse(text(line))))
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := strings.Split(string(data), "\n")
	for i, line := range strings.Split(got.String(), "\n") {
		if !*update && (i >= len(want) || want[i] != line) {
			t.Fatalf("%s:%d: %s; run with -update and look at the difference", name, i+1, line)
		}
	}
}
