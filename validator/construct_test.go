package validator_test

import (
	"bufio"
	"os"
	"slices"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Every field crossed with odd values, in JSON and in YAML: the findings that reject are what construction
// rejected, place by place, and every fix of one leaves a text that is read.
func TestRejectsOddValues(t *testing.T) {
	for name, lang := range map[string]syntax.Lang{"construct": syntax.JSON, "construct-yaml": syntax.YAML} {
		in, err := os.Open("../testdata/conformance/" + name + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, 1<<20)
		n := 0
		for ; lines.Scan(); n++ {
			f := source.NewFile("", lines.Text()) // not for encoding/json: there are NaN and Infinity
			c := syntax.Parse(f, syntax.JSON)[0].Root
			text := ""
			if lang == syntax.JSON {
				text = f.Slice(c.Get("p").Span)
			} else {
				text = c.Get("y").Text.Value
			}
			var want []string
			for _, e := range c.Get("e").Items {
				want = append(want, e.Items[0].Text.Value)
			}
			slices.Sort(want)
			a := analyze(t, text, lang)
			if got := rejected(a); !slices.Equal(got, want) {
				t.Errorf("%s\n got %q\nwant %q\n%q", text, got, want, messages(a.Diagnostics))
			}
			for _, d := range a.Diagnostics {
				for _, f := range d.Fixes {
					if d.Rejects {
						checkFixRemoves(t, a, d, f, lang)
					}
				}
			}
		}
		if n < 1000 {
			t.Errorf("%s: only %d cases", name, n)
		}
	}
}
