package lsp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/uri"
)

// folder is a directory with files in it.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const pythonFlow = `from nano_vm import Program
A = Program(name="first", steps=[{"id": "go_failed", "type": "tool", "tool": "t", "is_terminal": True}])
B = {"name": "second", "steps": [
    {"id": "route", "type": "condition", "condition": "$ok", "then": "pay_failed", "otherwise": "no_failed"},
    {"id": "pay_failed", "type": "tool", "tool": "t", "is_terminal": True},
    {"id": "no_failed", "type": "tool", "tool": "t", "is_terminal": True},
]}
C = Program(name="third", steps=[{"id": "late_failed", "type": "tool", "tool": compute(), "is_terminal": True}])
`

// A scan looks into Python and Markdown files, and keeps those with programs.
func TestWorkspaceHoldsOtherLanguages(t *testing.T) {
	names := []string{"code.py", "flow.py", "guide.md", "page.mdx", "prose.md"}
	dir := folder(t, map[string]string{
		"code.py": "steps = [{'id': 1}]\nprompt = 1\n", "flow.py": pythonFlow, "prose.md": "The steps of a prompt.\n",
		"guide.md": "# Guide\n\n> ```yaml\n> steps:\n>   - {id: quoted, type: tool, tool: t, next_step: gone}\n> ```\n",
		"page.mdx": "<A>\n\n```json\n{\"steps\": [{\"id\": \"shown\", \"type\": \"tool\", \"tool\": \"t\"}]}\n```\n\n</A>\n",
	})
	c := start(t, nil, func(dir string, yield func(string) bool) {
		for _, name := range names {
			if !yield(filepath.Join(dir, name)) {
				return
			}
		}
	})
	c.initialize(m{"window": m{"workDoneProgress": true}}, string(uri.File(dir)))
	c.hears(`"kind":"end","message":"3 files with programs"`)
	if ds := c.saidOf(string(uri.File(filepath.Join(dir, "guide.md")))); len(ds) != 2 || !strings.Contains(string(ds[1]), "NL101") {
		t.Errorf("said of the guide: %s", ds)
	}
	result, err := c.call("workspace/symbol", m{"query": ""})
	if err != nil {
		t.Fatal(err)
	}
	var found []struct{ Name string }
	_ = json.Unmarshal(result, &found)
	var got []string
	for _, f := range found {
		got = append(got, f.Name)
	}
	if want := []string{"first", "go_failed", "second", "route", "pay_failed", "no_failed", "third", "late_failed", "quoted", "shown"}; !slices.Equal(got, want) {
		t.Errorf("symbols %q, want %q", got, want)
	}
}

// Tests that name one of several programs of a file count for that one. What Python code computes a part of is not run.
func TestCoverageOfOneProgram(t *testing.T) {
	dir := folder(t, map[string]string{"flow.py": pythonFlow, "flow.test.yaml": `cases:
  - {name: approved, program: "flow.py#second", context: {ok: true}, expect: {status: success}}
  - {name: which, program: flow.py, expect: {status: success}}
  - {name: computed, program: "flow.py#third", expect: {status: success}}
`, "flow.test.py": "cases = []\n"})
	c := start(t, nil, nil)
	c.initialize(usual)
	u := string(uri.File(filepath.Join(dir, "flow.py")))
	c.open(u, "python", pythonFlow)
	for number, want := range []string{`{"tests":[]}`, `{"tests":[{"file":"flow.test.yaml","case":"approved","passes":true,"path":["route","pay_failed"]}]}`, `{"tests":[]}`} {
		result, err := c.call("workspace/executeCommand", m{"command": "nanolint.tests", "arguments": []m{{"uri": u, "program": number}}})
		if err != nil || string(result) != want {
			t.Errorf("program %d: %s, %v", number, result, err)
		}
	}
	lenses, err := c.call("textDocument/codeLens", m{"textDocument": m{"uri": u}})
	if got := strings.Count(string(lenses), `"title":"tests: `); err != nil || got != 3 {
		t.Errorf("%d steps tell of tests, want the 3 of the second program: %s, %v", got, lenses, err)
	}
	for number, want := range []string{`program: "flow.py#first"`, `program: "flow.py#second"`, ""} {
		result, err := c.call("workspace/executeCommand", m{"command": "nanolint.paths", "arguments": []m{{"uri": u, "program": number}}})
		if want == "" && (err == nil || !strings.Contains(err.Error(), "Python code computes a part")) {
			t.Errorf("paths of the computed program: %s, %v", result, err)
		}
		var r struct{ Tests string }
		if want != "" && (err != nil || json.Unmarshal(result, &r) != nil || !strings.Contains(r.Tests, want)) {
			t.Errorf("tests of program %d do not say %q: %s, %v", number, want, r.Tests, err)
		}
	}
	tests := string(uri.File(filepath.Join(dir, "flow.test.yaml")))
	text, err := os.ReadFile(filepath.Join(dir, "flow.test.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	c.open(tests, "yaml", string(text))
	links, err := c.call("textDocument/documentLink", m{"textDocument": m{"uri": tests}})
	if err != nil || strings.Count(string(links), `"target":"`+u+`"`) != 3 {
		t.Errorf("links: %s, %v", links, err)
	}
}
