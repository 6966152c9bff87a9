package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestIgnoresWhatGitIgnores compares a search with git itself, on directories and rules made of a few
// names and wildcards.
func TestIgnoresWhatGitIgnores(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("there is no git")
	}
	found := map[int]bool{}
	for seed := range uint64(40) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(seed, 0))
			top := t.TempDir()
			makeTree(t, rnd, top, 2)
			runGit(t, git, top, "init", "-q")
			write(t, filepath.Join(top, ".git", "info", "exclude"), ignoreRules(rnd))

			want := strings.Split(strings.TrimSuffix(runGit(t, git, top,
				"ls-files", "-z", "--others", "--exclude-standard", "--", "*.json"), "\x00"), "\x00")
			want = slices.DeleteFunc(want, func(s string) bool { return s == "" })
			slices.Sort(want)

			t.Chdir(top)
			var got []string
			for in := range (&finder{}).all {
				if in.err != nil {
					t.Fatal(in.err)
				}
				got = append(got, filepath.ToSlash(in.path))
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("found alone: %q\ngit alone: %q\nrules\n%s", without(got, want), without(want, got), allRules(t, top))
			}
			found[len(got)] = true
		})
	}
	if len(found) < 10 {
		t.Errorf("the searches found only %d different numbers of files: the rules do nothing", len(found))
	}
}

var treeNames = []string{"a", "b", "ab", "a.json", "b.json", "ab.json", "a b.json", "{a}.json", "#a.json", "!a.json"}

func makeTree(t *testing.T, rnd *rand.Rand, dir string, depth int) {
	if rnd.IntN(2) == 0 {
		write(t, filepath.Join(dir, ".gitignore"), ignoreRules(rnd))
	}
	for _, name := range treeNames {
		switch {
		case strings.HasSuffix(name, ".json"):
			write(t, filepath.Join(dir, name), "{}")
		case depth > 0:
			makeTree(t, rnd, filepath.Join(dir, name), depth-1)
		}
	}
}

// ignoreRules leaves out a** before a slash: git is said to take it for a*, and takes it for a**/**.
func ignoreRules(rnd *rand.Rand) string {
	parts := []string{
		"a", "b", "ab", "*", "**", "?", "a*", "*b", "a.json", "*.json", "b.json", "[ab].json", "[!a].json",
		"{a}.json", `\#a.json`, "a?b.json", `a\ b.json`, "**a", `\a.json`,
	}
	var b strings.Builder
	for range rnd.IntN(5) {
		if rnd.IntN(10) == 0 {
			b.WriteString([]string{"[a\n", "\n", "# a\n", "!\n", "/\n", "a**\n"}[rnd.IntN(6)])
			continue
		}
		if rnd.IntN(4) == 0 {
			b.WriteString("!")
		}
		if rnd.IntN(5) == 0 {
			b.WriteString("/")
		}
		for i := range 1 + rnd.IntN(3) {
			if i > 0 {
				b.WriteString("/")
			}
			b.WriteString(parts[rnd.IntN(len(parts))])
		}
		b.WriteString([]string{"", "", "", "/", " ", "  ", `\ `, "\r"}[rnd.IntN(8)])
		b.WriteString("\n")
	}
	return b.String()
}

// without is the members of a that are not in b.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

func allRules(t *testing.T, top string) string {
	var b strings.Builder
	err := filepath.WalkDir(top, func(path string, _ fs.DirEntry, err error) error {
		if name := filepath.Base(path); name == ".gitignore" || name == "exclude" {
			text, _ := os.ReadFile(path)
			fmt.Fprintf(&b, "%s: %q\n", strings.TrimPrefix(path, top), text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func runGit(t *testing.T, git, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command(git, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull, "GIT_TEMPLATE_DIR=")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %s: %v", args, err)
	}
	return string(out)
}
