package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPytestSnippet runs the test that docs/python.md shows, without pytest, on a program that is right and one that is not.
func TestPytestSnippet(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "python.md"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)```python\n(.*?)```").FindSubmatch(page)
	if m == nil {
		t.Fatal("docs/python.md shows no test")
	}
	dir := t.TempDir()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(binary, filepath.Join(dir, "nanolint")); err != nil {
		t.Skipf("no links here: %v", err)
	}
	const stub = "class mark:\n    @staticmethod\n    def parametrize(*_):\n        return lambda f: f\n"
	write("pytest.py", stub)
	write("snippet.py", string(m[1]))
	for next, want := range map[string]string{"FAILED": "held", "ghost": `names "ghost", which does not exist`} {
		write("flows/refund.py", `PROGRAM = {"steps": [{"id": "FAILED", "type": "tool", "tool": "t"}, {"id": "b", "type": "tool", "tool": "t", "next_step": "`+next+`", "is_terminal": True}]}`)
		cmd := exec.Command(python, "-B", "-c", "import snippet\nfor p in snippet.PROGRAMS: snippet.test_program(p)\nprint('held')")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"), "PYTHONDONTWRITEBYTECODE=1")
		out, _ := cmd.CombinedOutput() // a test that fails ends with an error
		if !strings.Contains(string(out), want) {
			t.Errorf("next_step %s: want %q in\n%s", next, want, out)
		}
	}
}
