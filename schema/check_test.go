package schema

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

func parse(lang syntax.Lang, text string) *syntax.Node {
	return syntax.Parse(source.NewFile("p", text), lang)[0].Root
}

// lines calls f for every line of a file.
func lines(t testing.TB, name string, f func(number int, line []byte)) {
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		f(n, in.Bytes())
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
}

// recorded is what construction said about a document: places, and what is wrong there.
type recorded struct {
	Program json.RawMessage `json:"p"`
	Errors  [][2]string     `json:"e"`
}

func recordings(t testing.TB) (cases []recorded) {
	lines(t, "../testdata/conformance/construct.jsonl", func(_ int, line []byte) {
		var c recorded
		if err := json.Unmarshal(line, &c); err != nil {
			// NaN and Infinity are no JSON, but Python writes them
			p, e, _ := strings.Cut(string(line[:len(line)-1]), `,"e":`)
			c.Program = json.RawMessage(strings.TrimPrefix(p, `{"p":`))
			if err := json.Unmarshal([]byte(e), &c.Errors); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
		cases = append(cases, c)
	})
	return cases
}

// kinds says which of our kinds stand for one of construction's.
var kinds = map[string][]Kind{
	"missing":        {MissingField, NotAProgram},
	"model_type":     {WrongType, NotAProgram},
	"enum":           {UnknownValue, WrongType},
	"string_type":    {WrongType, NonStringArgument},
	"string_unicode": {WrongType, UnknownValue},
	"too_short":      {NoSteps},
	"recursion_loop": {TooDeep},
	"value_error":    {MissingForType, NestedBlock, GuardOnOther, EmptyGuard},
}

func TestConstruction(t *testing.T) {
	agree := 0
	cases := recordings(t)
	for i, c := range cases {
		root := parse(syntax.JSON, string(c.Program))
		got := Check(root)
		want := make([]string, len(c.Errors))
		for k, e := range c.Errors {
			want[k] = e[0]
			allowed, special := kinds[e[1]]
			if k < len(got) && special != slices.Contains(allowed, got[k].Kind) && (special || got[k].Kind != WrongType) {
				t.Errorf("line %d: kind %d for %s in %.300s", i+1, got[k].Kind, e[1], c.Program)
			}
		}
		if !slices.Equal(pointers(got), want) {
			t.Errorf("line %d: %.300s\n got %q\nwant %q", i+1, c.Program, pointers(got), want)
			continue
		}
		if again := check(root, true); !slices.Equal(pointers(again), want) {
			t.Errorf("line %d without the plain test: %.300s\n got %q\nwant %q", i+1, c.Program, pointers(again), want)
			continue
		}
		agree++
		wellFormed(t, len(c.Program), got)
	}
	t.Logf("%d of %d documents agree", agree, len(cases))
}

func pointers(cs []Complaint) []string {
	list := make([]string, len(cs))
	for i, c := range cs {
		list[i] = c.Pointer
	}
	return list
}

func wellFormed(t *testing.T, size int, cs []Complaint) {
	t.Helper()
	for _, c := range cs {
		m := c.Message
		if m == "" || !utf8.ValidString(m) || strings.ContainsAny(m, "\n\r") || strings.HasSuffix(m, ".") || len(m) > 400 {
			t.Errorf("message %q", m)
		}
		if c.Span.Start < 0 || c.Span.End < c.Span.Start || c.Span.End > size {
			t.Errorf("span %v of %d bytes: %s", c.Span, size, m)
		}
	}
}

// TestDocuments replays the documents that all packages share.
func TestDocuments(t *testing.T) {
	agree := 0
	lines(t, "../testdata/conformance/doc.jsonl", func(n int, line []byte) {
		var c struct {
			Program json.RawMessage
			Expect  struct {
				Rejected []struct{ Loc []string }
			}
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		want := []string{}
		for _, r := range c.Expect.Rejected {
			p := ""
			for _, token := range r.Loc {
				p += "/" + escape(token)
			}
			want = append(want, p)
		}
		got := Check(parse(syntax.JSON, string(c.Program)))
		if !slices.Equal(pointers(got), want) {
			t.Errorf("line %d: got %q, want %q", n, pointers(got), want)
			return
		}
		agree++
	})
	t.Logf("%d documents agree", agree)
}

// TestWords pins the sentence and the place of every kind of complaint.
func TestWords(t *testing.T) {
	for _, c := range []struct{ program, want string }{
		{`[1]`, `"[" a program must be an object with steps, not a list`},
		{`{"nodes": []}`, `"{" this is no program, because it has no steps`},
		{`{"steps": []}`, `"[]" the program has no steps: its list of steps must hold at least one`},
		{`{"steps": {}}`, `"{}" steps of the program must be a list of steps, not an object`},
		{`{"steps": ["x"]}`, `"\"" step 1 must be an object, not "x"`},
		{`{"steps": [{"type": "tool"}]}`, `"\"tool\"" step 1 has no id`},
		{`{"steps": [{"id": "a", "prompt": "p"}]}`, `"\"a\"" step "a" has no type`},
		{`{"steps": [{"id": "a", "type": "LLM"}]}`, `"\"LLM\"" type of step "a" must be llm, tool, condition or parallel, not "LLM"`},
		{`{"steps": [{"id": 5, "type": "llm"}]}`, `"5" id of step 1 must be a string, not 5`},
		{`{"steps": [{"id": "poll", "type": "tool", "tool": "t", "max_retries": 3.5}]}`, `"3.5" max_retries of step "poll" must be an integer, not 3.5`},
		{`{"steps": [{"id": "a", "type": "tool", "tool": "t", "is_terminal": "ja"}]}`, `"\"ja\"" is_terminal of step "a" must be true or false, not "ja"`},
		{`{"steps": [{"id": "a", "type": "tool", "tool": "t", "timeout_seconds": []}]}`, `"[]" timeout_seconds of step "a" must be a number, not a list`},
		{`{"steps": [{"id": "a", "type": "tool", "tool": "t", "args": null}]}`, `"null" args of step "a" must be an object, not null`},
		{`{"steps": [{"id": "a", "type": "llm", "prompt": "p", "allowed_outputs": "yes"}]}`, `"\"yes\"" allowed_outputs of step "a" must be a list of strings, not "yes"`},
		{`{"steps": [{"id": "a", "type": "llm", "prompt": "p", "allowed_outputs": ["a", true]}]}`, `"true" entry 2 of allowed_outputs of step "a" must be a string, not true`},
		{`{"steps": [{"id": "charge", "type": "llm"}]}`, `"\"llm\"" step "charge" needs a prompt, because its type is llm`},
		{`{"steps": [{"id": "a", "type": "tool", "tool": ""}]}`, `"\"\"" step "a" needs a tool, because its type is tool`},
		{`{"steps": [{"id": "a", "type": "condition", "condition": "$x"}]}`, `"\"condition\"" step "a" needs a step to go to in then or otherwise, because its type is condition`},
		{`{"steps": [{"id": "a", "type": "parallel", "parallel_steps": []}]}`, `"[]" step "a" needs at least one step in parallel_steps, because its type is parallel`},
		{`{"steps": [{"id": "fetch", "type": "parallel", "parallel_steps": [{"id": "weather", "type": "llm"}]}]}`, `"\"llm\"" step "weather" of "fetch" needs a prompt, because its type is llm`},
		{`{"steps": [{"id": "fetch", "type": "parallel", "parallel_steps": [{"id": "w", "type": "condition", "condition": "c", "then": "a"}]}]}`, `"\"condition\"" step "w" of "fetch" cannot be a condition step: a parallel block holds llm and tool steps only`},
		{`{"steps": [{"id": "a", "type": "tool", "tool": "t", "allowed_outputs": ["a"]}]}`, `"\"allowed_outputs\"" step "a" cannot have allowed_outputs: its type is tool, and only llm steps have them`},
		{`{"steps": [{"id": "a", "type": "llm", "prompt": "p", "allowed_outputs": []}]}`, `"[]" allowed_outputs of step "a" must not be empty`},
		{`{"steps": [{"id": "` + strings.Repeat("é", 50) + `", "type": "x"}]}`, `"\"x\"" type of step "` + strings.Repeat("é", 40) + `…" must be llm, tool, condition or parallel, not "x"`},
		{`{"steps": [{"id": "a", "type": "llm", "prompt": "p"}], "max_steps": "x"}`, `"\"x\"" max_steps of the program must be an integer, not "x"`},
	} {
		f := source.NewFile("p", c.program)
		got := Check(syntax.Parse(f, syntax.JSON)[0].Root)
		if len(got) != 1 {
			t.Errorf("%s: %d complaints", c.program, len(got))
			continue
		}
		if said := fmt.Sprintf("%q %s", f.Slice(got[0].Span), got[0].Message); said != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.program, said, c.want)
		}
	}
}
