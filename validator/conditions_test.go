package validator_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Conditions of random words, right and wrong ones: no rule stumbles, every place is inside the file, every fix
// changes the text, and what the machine refuses to evaluate is never passed over.
func TestRandomConditions(t *testing.T) {
	words := strings.Fields(`$a $a.output $a.x $ask $ask.output $k $k.f $x $5 'yes' 'no' "q" '$k' '$a' 'k' "$x" 1 -5 .5 1e5 5% 10ms
		( ) [ ] { } and or not in contains == != < >= = === ! && || | ~ true None null foo foo-bar len( f(g( $x.lower( $x.get('k') $x[0] $x['k']
		['a','b'] ('a','b') , ; # // ' " “ ” $ ${k} {{a}} is AND NOT x.y . - + * $a-b $a-1 é <> =>`)
	r := rand.New(rand.NewSource(1))
	for n := range 6000 {
		var b strings.Builder
		b.WriteString("$a.output")
		for range r.Intn(9) + 1 {
			b.WriteString([]string{" ", " ", " ", ""}[r.Intn(4)] + words[r.Intn(len(words))])
		}
		l := []syntax.Lang{syntax.JSON, syntax.YAML}[n%2]
		text := fmt.Sprintf(`{"steps": [{"id": "a", "type": "tool", "tool": "t"},
			{"id": "ask", "type": "llm", "prompt": "yes or no", "output_key": "k", "allowed_outputs": ["yes", "no"]},
			{"id": "gate", "type": "condition", "condition": %s, "then": "go", "otherwise": "failed"},
			{"id": "go", "type": "tool", "tool": "t", "is_terminal": true},
			{"id": "failed", "type": "tool", "tool": "t", "is_terminal": true}]}`, syntax.Quote(syntax.JSON, b.String()))
		a := analyze(t, syntax.Print(syntax.Parse(source.NewFile("", text), syntax.JSON)[0].Root, l), l)
		told := false
		for _, d := range a.Diagnostics {
			told = told || d.Severity > source.Info
			checkSpan(t, a.File, d.Span)
			for _, fix := range d.Fixes {
				if after, err := source.Apply(a.File.Text, fix.Edits); err != nil || after == a.File.Text {
					t.Errorf("%s: %s changes nothing: %v", b.String(), fix.Title, err)
				}
			}
		}
		if err := a.Programs[0].Steps[2].Cond.Err; err != "" && !told {
			t.Errorf("nothing is said about %s: %s", b.String(), err)
		}
	}
}
