package lsp

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// TestExcerpt types in long programs: what is offered after reading one step is what is offered after reading all.
func TestExcerpt(t *testing.T) {
	for _, lang := range langs {
		t.Run(lang.String(), func(t *testing.T) {
			s := &Server{can: abilities{snippets: true}}
			text := longText(manySteps+100, lang)
			state := func(text string) *state {
				return s.newState(uri.File("/long"+lang.Extension()), 0, source.NewFile("/long"+lang.Extension(), text), validator.Options{Lang: lang, Target: program.Newest})
			}
			before := state(text)
			before.read()
			random, short := rand.New(rand.NewPCG(1, uint64(lang))), 0
			for range 150 {
				at := random.IntN(len(text))
				typed := [...]string{"", "x", "$", "'", `"`, ", ", "\n", ": ", "{", "é", "=", "("}[random.IntN(12)]
				end := min(at+random.IntN(3), len(text))
				now := state(text[:at] + typed + text[end:])
				now.last.Store(before.last.Load())
				offset := at + len(typed)
				got, _ := s.offersAt(now, offset, typed)
				want, _ := s.offers(state(now.file.Text), offset, typed)
				if !slices.Equal(got, want) {
					t.Fatalf("%q instead of %q at %d, in\n%s\n got %v\nwant %v", typed, text[at:end], at, now.file.Slice(now.file.LineSpan(at)), got, want)
				}
				if e := s.excerptAt(now, offset); e != nil {
					s.offers(e.state, offset-e.cut, typed)
					if !e.lost && len(want) > 0 {
						short++
					}
				}
			}
			if short < 20 {
				t.Errorf("only %d of them came from an excerpt", short)
			}
		})
	}
}

// longText is a long program in a language.
func longText(steps int, lang syntax.Lang) string {
	text := longProgram(steps)
	if lang != syntax.YAML {
		tree, _ := program.Find(syntax.Parse(source.NewFile("", text), syntax.YAML)[0].Root)
		text = syntax.Print(tree, lang)
	}
	if lang == syntax.Python {
		text = fmt.Sprintf("from nano_vm import Program\n\nPROGRAM = %s\nprint(PROGRAM)\n", text)
	}
	return text
}
