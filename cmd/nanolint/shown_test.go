package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestShownCommands runs every command line that the README and the documentation show, in the shell, where there is what
// testdata/docs/world.txtar holds. Placeholders stand for files that are there. A line may find something, but is never
// refused as wrong usage.
func TestShownCommands(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell")
	}
	bin := filepath.Dir(binary(t))
	world, err := txtar.ParseFile(filepath.Join(root, "testdata", "docs", "world.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	ready := t.TempDir()
	for _, f := range world.Files {
		if err := os.WriteFile(filepath.Join(ready, f.Name), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(ready, "examples"), os.DirFS(filepath.Join(root, "examples"))); err != nil {
		t.Fatal(err)
	}
	sh := func(dir, line string) (string, int) {
		c := exec.Command(shell, "-c", line)
		c.Dir = dir
		c.Env = append(os.Environ(), "PATH="+strings.Join([]string{bin, ".", os.Getenv("PATH")}, string(os.PathListSeparator)))
		out, _ := c.CombinedOutput()
		return string(out), c.ProcessState.ExitCode()
	}
	if out, status := sh(ready, string(world.Comment)); status != 0 {
		t.Fatalf("the world cannot be made: %d\n%s", status, out)
	}
	shown := shownCommands(t)
	if len(shown) < 50 {
		t.Fatalf("only %d command lines are found", len(shown))
	}
	for _, line := range shown {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(ready)); err != nil {
				t.Fatal(err)
			}
			if out, status := sh(dir, withoutPlaceholders(line)); status != 0 && status != statusFound {
				t.Errorf("%s\nends with status %d:\n%s", withoutPlaceholders(line), status, out)
			}
		})
	}
}

// shownCommands are the command lines in blocks of the documentation, and of hooks and pipelines in it, each once.
func shownCommands(t *testing.T) (lines []string) {
	t.Helper()
	shown := regexp.MustCompile(`^(?: *- | *run: |\$ | *)((?:go run \./cmd/nanolint|[a-z]+ \| nanolint|nanolint)(?: .*)?)$`)
	pages := []string{filepath.Join(root, "README.md")}
	for _, pattern := range []string{"*.md", "commands/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, "docs", filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	known := make(map[string]bool)
	for _, page := range pages {
		fenced := false
		for line := range strings.Lines(read(t, page)) {
			line = strings.TrimRight(line, "\n")
			if strings.HasPrefix(line, "```") {
				fenced = !fenced
				continue
			}
			m := shown.FindStringSubmatch(line)
			// What begins with COMMAND is the grammar of all lines and none itself.
			if m == nil || !fenced && !strings.HasPrefix(line, "    ") || strings.HasPrefix(m[1], "nanolint COMMAND") || known[m[1]] {
				continue
			}
			// A database and an importable package are no files of the world; a Python variable may be called nanolint.
			if strings.Contains(m[1], ".db") || strings.Contains(m[1], "--python") || strings.HasPrefix(m[1], "nanolint =") {
				continue
			}
			known[m[1]] = true
			lines = append(lines, m[1])
		}
	}
	return lines
}

// withoutPlaceholders is a line for the shell: optional parts are left out, names of what to pass are replaced, and so is
// what is written in a second column.
func withoutPlaceholders(line string) string {
	if !strings.ContainsAny(line, `'"`) {
		line, _, _ = strings.Cut(line, "  ")
		line = regexp.MustCompile(` \[[^\]]*\]`).ReplaceAllString(line, "")
	}
	return strings.NewReplacer("go run ./cmd/nanolint", "nanolint", "trace FILE…", "trace run.json", "trace FILE", "trace run.json",
		"FILE…", "refund.yaml", "FILE|-", "refund.json", "FILE", "refund.yaml",
		"PROGRAM", "refund.yaml", "RULE…", "NL101", "COMMAND", "./ask-model.sh", "{staged_files}", "refund.yaml").Replace(line)
}
