package scenario_test

import (
	"slices"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Prompts are what the models really got, attempt by attempt: variables replaced, and system texts where there are some.
func TestPrompts(t *testing.T) {
	const shared = `
context: {mail: Late again}
llm: {draft: [{error: "ConnectionError: gone"}, Sorry], judge: fine}
tools: {load: {return: {id: 7}}}
program:
  steps:
    - {id: load, type: tool, tool: load}
    - {id: draft, type: llm, prompt: Answer $mail, on_error: retry}
    - {id: judge, type: llm, system: You judge $load, prompt: $load}
    - {id: late, type: llm, prompt: never asked, timeout_seconds: 0, on_timeout: fallback}
`
	for _, c := range []struct {
		name, prompts string
		want          []string // what differs
	}{
		{"all that was asked",
			`[[draft, Answer Late again], [draft, Answer Late again], [judge, {id: 7}, "You judge {'id': 7}"]]`, nil},
		{"an attempt too few", `[[draft, Answer Late again], [judge, {id: 7}, "You judge {'id': 7}"]]`, []string{"prompts"}},
		{"another text", `[[draft, Answer $mail], [draft, Answer $mail], [judge, {id: 7}, "You judge {'id': 7}"]]`, []string{"prompts"}},
		{"no system text", `[[draft, Answer Late again], [draft, Answer Late again], [judge, {id: 7}]]`, []string{"prompts"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := source.NewFile("prompts.test.yaml", shared+"expect: {prompts: "+c.prompts+"}\n")
			suite := scenario.Read(f, syntax.YAML, program.Newest, nil)
			if len(suite.Notes) > 0 {
				t.Fatal(suite.Notes)
			}
			_, differences := suite.Cases[0].Check()
			var got []string
			for _, d := range differences {
				got = append(got, d.Path)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("differs in %v, want %v", got, c.want)
			}
		})
	}
}
