package lsp

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// FuzzSession edits a document at random and asks about random places, then opens the same text in a new session: both
// know the same. No request may fail for another reason than that it has no answer.
func FuzzSession(f *testing.F) {
	for seed, text := range []string{longProgram(8), "", "steps:\n  - id: é😀\n    type: llm\n    prompt: |\n      a $x\n\n  -", `{"steps": [{"id": "a", "type": "condition", "condition": "$a.output == '`, "\r\n- &a\n- *a\t<<: *a\n"} {
		f.Add(text, uint64(seed), uint8(seed%2))
	}
	for seed, text := range pythonTexts {
		f.Add(text, uint64(seed), uint8(2))
		f.Add("# É😀\n\n> ```python\n> "+strings.ReplaceAll(text, "\n", "\n> ")+"\n> ```\n", uint64(seed), uint8(3))
	}
	f.Add("- ```yaml\n  "+strings.ReplaceAll(longProgram(4), "\n", "\n  ")+"\n  ```\n\n```json\n{\"steps\": [{\"id\": \"a\", \"type\": \"llm\"}]}\n```\n\n> ~~~\n> steps:\n>   - id: a\n>     \n", uint64(1), uint8(3))
	f.Fuzz(func(t *testing.T, text string, seed uint64, language uint8) {
		if len(text) > 10_000 {
			t.Skip("long texts only take longer")
		}
		text = withoutMark(strings.ToValidUTF8(text, "?"))
		lang := []string{"json", "yaml", "python", "markdown"}[language%4]
		r := rand.New(rand.NewPCG(seed, 1))
		encoding := []string{"utf-8", "utf-16", "utf-32"}[r.IntN(3)]
		begin := func() *client {
			c := start(t, nil, nil)
			c.initialize(m{"general": m{"positionEncodings": []string{encoding}}, "textDocument": m{"publishDiagnostics": m{"relatedInformation": true}}})
			return c
		}
		c, u := begin(), root+"a."+[]string{"json", "yaml", "py", "md"}[language%4]
		c.open(u, lang, text)
		for range 20 {
			c.randomEdit(u, r)
			c.randomRequest(u, r)
		}
		fresh := begin()
		fresh.open(u, lang, c.text[u])
		for name, ask := range map[string]func(*client) string{
			"diagnostics": func(c *client) string { return fmt.Sprintf("%s", c.diagnostics(u)) },
			"symbols": func(c *client) string {
				result, err := c.call("textDocument/documentSymbol", m{"textDocument": m{"uri": u}})
				return fmt.Sprintf("%s %v", result, err)
			},
			"tokens": func(c *client) string {
				result, err := c.call("textDocument/semanticTokens/full", m{"textDocument": m{"uri": u}})
				return fmt.Sprintf("%s %v", result, err)
			},
		} {
			if got, want := ask(c), ask(fresh); got != want {
				t.Errorf("%s of %q:\n%s\nfresh:\n%s", name, c.text[u], got, want)
			}
		}
	})
}

// pythonTexts are programs in Python, whole and half-typed.
var pythonTexts = []string{
	"from nano_vm import Program, Step, StepType\nP = Program(name='é😀', steps=[\n    Step(id=\"a\", type=StepType.LLM, prompt=\"😀 $x\", output_key='k'),\n" +
		"    Step(id='b', type=StepType.CONDITION, condition=\"$k == 'yes'\", then=\"a\"),\n])\n",
	"A = {'id': 'a', 'type': 'tool', 'tool': 't', 'args': {'x': f'$y {z}'}}\nB = {**A, 'id': 'b'}\nP = {'steps': [A, B, *C], 'name': 'n'}\n" +
		"C = [{'id': 'c', 'type': 'llm', 'prompt': ('a'\n  '$b')}]\n",
	"import nano_vm\nP = Program.from_yaml('''\nsteps:\n  - id: a\n    type: condition\n    condition: $a.output == \"é\"\n  -\n''')\n" +
		"Q = Program.model_validate_json('{\"steps\": [{\"id\": \"a\", \"type\": \"tool\", }]}')\n",
	"P = {\"steps\": [{\"id\": \"a\", \"type\": \"tool\", \"tool\": \"\"\"t\"\"\", \"next_step\": \"",
}

// pieces are what somebody types.
var pieces = []string{
	"", "a", "$a", ".", ".output", "'", `"`, " ", "\n", "\r\n", "  - id: b\n", "    type: condition\n", "then: a", ": ", ",", "{", "}", "[", "]",
	`"id": "a"`, "é", "😀", "\t", "#", "|", "&x ", "*x", "== 'yes'", "and ", "not in ", "\\", "steps:\n", "parallel_steps: ", "~", "---\n", "args: {a: $b.c}",
	`Step(id="a", `, "=", "(", ")", `"""`, `f"{x}"`, "r'", "*A", "**A", "> ", "```\n", "```yaml\n", "# nanolint: ignore[NL020]\n", "StepType.", "def f():\n", "    ",
}

func (c *client) randomEdit(u string, r *rand.Rand) {
	text := c.text[u]
	edges := edgesOf(text)
	from := edges[r.IntN(len(edges))]
	to := from
	if r.IntN(2) == 0 {
		to = edges[min(slices.Index(edges, from)+r.IntN(8), len(edges)-1)]
	}
	c.change(u, source.Span{Start: from, End: to}, pieces[r.IntN(len(pieces))])
}

// edgesOf is the offsets at which an editor can put its cursor: between characters, but not inside a line break.
func edgesOf(text string) []int {
	var edges []int
	for i := range text {
		if !(i > 0 && text[i] == '\n' && text[i-1] == '\r') {
			edges = append(edges, i)
		}
	}
	return append(edges, len(text))
}

func (c *client) randomRequest(u string, r *rand.Rand) {
	text := c.text[u]
	edges := edgesOf(text)
	at := edges[r.IntN(len(edges))]
	whole := m{"start": c.position(u, 0), "end": c.position(u, len(text))}
	more := m{
		"range": whole, "positions": []m{c.position(u, at)}, "newName": "renamed", "options": m{"tabSize": 2, "insertSpaces": true},
		"context": m{"includeDeclaration": true, "diagnostics": []m{}},
	}
	methods := []string{
		"hover", "completion", "definition", "references", "documentHighlight", "rename", "prepareRename", "codeAction", "documentSymbol",
		"foldingRange", "selectionRange", "semanticTokens/full", "inlayHint", "codeLens", "signatureHelp", "rangeFormatting", "documentLink",
	}
	method := methods[r.IntN(len(methods))]
	result, err := c.at("textDocument/"+method, u, at, more)
	if err != nil && !(method == "rename" || method == "prepareRename") || err != nil && strings.Contains(err.Error(), "internal error") {
		c.t.Fatalf("%s at %d of %q: %v\n%s", method, at, text, err, c.log.String())
	}
	switch {
	case err != nil:
	case method == "rename":
		c.checkEdit(u, method, result)
	case method == "codeAction":
		var actions []struct {
			Title string
			Edit  json.RawMessage
		}
		if err := json.Unmarshal(result, &actions); err != nil {
			c.t.Fatal(err)
		}
		for _, a := range actions {
			if a.Edit != nil {
				c.checkEdit(u, a.Title, a.Edit)
			}
		}
	}
}

// checkEdit makes an edit of the server in the text. What is not there to mend the text must leave it as whole as it was, with
// as many programs.
func (c *client) checkEdit(u, title string, result json.RawMessage) {
	var w struct{ Changes map[string][]edit }
	if err := json.Unmarshal(result, &w); err != nil {
		c.t.Fatal(err)
	}
	after := c.apply(c.text[u], w.Changes[u])
	lang, _ := languageOf("", u)
	wholeness := func(text string) (programs, problems int) {
		for _, x := range validator.Read(source.NewFile("", text), validator.Options{Lang: lang}) {
			programs++
			problems += len(x.Problems)
		}
		return programs, problems
	}
	programs, problems := wholeness(c.text[u])
	programsAfter, problemsAfter := wholeness(after)
	if programsAfter != programs || problemsAfter > problems {
		c.t.Errorf("%q makes %d programs with %d problems of %d with %d:\n%s\nwas\n%s", title, programsAfter, problemsAfter, programs, problems, after, c.text[u])
	}
}
