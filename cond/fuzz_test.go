package cond_test

import (
	"os"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

func FuzzParse(f *testing.F) {
	table, err := os.ReadFile("testdata/parse.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(table)) {
		if !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "#") {
			f.Add(strings.TrimSuffix(line, "\n"))
		}
	}
	f.Add("٣ == '\xed\xa0\x80' \xff\u3000and $é.\u200b")
	values := []value.Value{{}, value.FromBool(true), value.FromInt(1), value.FromFloat(0.5), value.FromString("a"),
		value.FromItems([]value.Value{value.FromString("a")}), value.FromPairs([]value.Pair{{Key: "k", Value: value.FromInt(1)}})}
	f.Fuzz(func(t *testing.T, condition string) {
		e := cond.Parse(text(condition))
		checkTokens(t, e)
		for v := range cond.Vars(e.Root) {
			checkSpan(t, e, v.Span())
			for _, segment := range v.Path {
				checkSpan(t, e, segment.Span)
			}
		}
		for term := range cond.Terms(e.Root) {
			checkSpan(t, e, term.Span())
		}
		checkSpan(t, e, e.Root.Span())
		for _, p := range e.Problems {
			checkSpan(t, e, p.Span)
		}
		if (e.Err == "") != (len(e.Problems) == 0) {
			t.Errorf("%q raises %q and has %d problems", condition, e.Err, len(e.Problems))
		}
		if e.Err == "" {
			checkFormat(t, e)
		}
		evaluate(t, e, values)
	})
}

func checkSpan(t *testing.T, e *cond.Expr, s source.Span) {
	if s.Start > s.End || !e.Text.Span.Contains(s) {
		t.Errorf("%q: span %v", e.Text.Value, s)
	}
}

// checkTokens wants tokens in order, and nothing but white space between them.
func checkTokens(t *testing.T, e *cond.Expr) {
	end := 0
	for _, token := range e.Tokens {
		if token.At < end || token.Text == "" || token.Text != e.Text.Value[token.At:token.End()] ||
			token.Span != (source.Span{Start: token.At, End: token.End()}) {
			t.Errorf("%q: token %+v behind %d", e.Text.Value, token, end)
		}
		if gap := e.Text.Value[end:token.At]; value.Strip(gap) != "" {
			t.Errorf("%q: %q is no token", e.Text.Value, gap)
		}
		end = token.End()
	}
	if value.Strip(e.Text.Value[end:]) != "" {
		t.Errorf("%q: the end is no token", e.Text.Value)
	}
}

func checkFormat(t *testing.T, e *cond.Expr) {
	formatted, ok := cond.Format(e.Root)
	if !ok {
		t.Fatalf("%q cannot be written", e.Text.Value)
	}
	again := cond.Parse(text(formatted))
	if again.Err != "" || tree(again.Root) != tree(e.Root) {
		t.Errorf("%q is written %q, which is %s: %s", e.Text.Value, formatted, tree(again.Root), again.Err)
	}
	if twice, _ := cond.Format(again.Root); twice != formatted {
		t.Errorf("%q is written %q, then %q", e.Text.Value, formatted, twice)
	}
}

// evaluate gives every variable each value in turn, as data and as output.
func evaluate(t *testing.T, e *cond.Expr, values []value.Value) {
	for i := range values {
		s := newState(value.Value{})
		n := i
		for v := range cond.Vars(e.Root) {
			s.data[v.Path.Root().Name] = values[n%len(values)]
			s.outputs[v.Path.Root().Name] = values[(n+1)%len(values)]
			if n++; n%3 == 0 {
				delete(s.data, v.Path.Root().Name)
			}
		}
		yes, err := e.Eval(s)
		if err != nil && yes || e.Err != "" && (err == nil || err.Error() != e.Err) {
			t.Errorf("%q: %t, %v", e.Text.Value, yes, err)
		}
		mended, mendedErr := cond.Eval(e.Root, s)
		if e.Err == "" && (mended != yes || (mendedErr == nil) != (err == nil)) {
			t.Errorf("%q: %t, but its root %t", e.Text.Value, yes, mended)
		}
		decided := cond.Decide(e.Root, func(term cond.Node) cond.Outcomes { return outcome(cond.Eval(term, s)) })
		if e.Err == "" && decided != outcome(yes, err) {
			t.Errorf("%q: %t, %v, but decided is %03b", e.Text.Value, yes, err, decided)
		}
	}
}

func FuzzTemplate(f *testing.F) {
	for _, s := range []string{"$x", "a $x.k$x.output$\\$x", "$$x${x}$ x", "$x..$.x$x.", "é$é²\xff$", "$s0.output.output"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		template := cond.ParseTemplate(text(s))
		whole := ""
		for i, use := range template.Uses {
			if use.Span != (source.Span{Start: use.At, End: use.End}) || len(use.Path.Root().Name) == 0 {
				t.Errorf("%q: use %+v", s, use)
			}
			whole += template.Literal(i) + use.Path.String()
		}
		if whole+template.Literal(len(template.Uses)) != s {
			t.Errorf("%q in pieces is %q", s, whole)
		}
		if got := template.Render(state{}); got.Text() != s {
			t.Errorf("%q without values renders as %q", s, got.Text())
		}
	})
}

// Long conditions cost no stack and no more than linear time.
func TestLongConditions(t *testing.T) {
	const n = 300_000
	for _, long := range []string{
		strings.Repeat("$a and ", n) + "$a", strings.Repeat("not ", n) + "$a", strings.Repeat("1 < ", n) + "2",
		strings.Repeat("$a == not ", n), strings.Repeat("' \" ", n), strings.Repeat("$a (", n), strings.Repeat("(", n),
		strings.Repeat("$a[0]", n), "$a" + strings.Repeat(".", n), strings.Repeat("a", n), strings.Repeat("-", n) + "1",
		"not" + strings.Repeat(" ", n) + "in", strings.Repeat("$a  ", n),
	} {
		e := cond.Parse(text(long))
		checkTokens(t, e)
		cond.Format(e.Root)
		evaluate(t, e, []value.Value{value.FromInt(1)})
		e.Root.Span()
	}
}
