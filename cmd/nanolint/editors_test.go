package main

import (
	"archive/zip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// hasClient reports whether there is an editor, or what builds an extension, to drive nanolint with. Those that the set-up of
// make test has found or installed must work; without it, those are used that happen to be there.
func hasClient(name string) bool {
	if found, ok := os.LookupEnv("NANOLINT_CLIENTS"); ok {
		return slices.Contains(strings.Fields(found), name)
	}
	return exec.Command(filepath.Join(root, "editors", "test-setup"), "has", name).Run() == nil
}

// The extension for VS Code is built as it is published: it holds what it needs and nothing else, and what users get is
// driven against nanolint.
func TestExtension(t *testing.T) {
	if !hasClient("vscode") {
		t.Skip("make test says what the extension for VS Code needs")
	}
	t.Parallel()
	dir := extensionSources(t)
	archive := filepath.Join(dir, "nanolint.vsix")
	npm(t, dir, nil, "run", "package")
	unpacked := t.TempDir()
	files := unzip(t, archive, unpacked)
	want := []string{
		"[Content_Types].xml", "extension.vsixmanifest", "extension/LICENSE.txt", "extension/dist/extension.js", "extension/package.json",
		"extension/readme.md", "extension/schemas/config.schema.json", "extension/schemas/program.schema.json",
	}
	if !slices.Equal(files, want) {
		t.Errorf("the package holds %q, want %q", files, want)
	}
	info, err := os.Stat(archive)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 200_000 {
		t.Errorf("the package is of %d bytes, more than 200,000", info.Size())
	}
	for name, args := range map[string][]string{"program": {"schema"}, "config": {"schema", "--config"}} {
		a, stdout, _ := newApp()
		if status := a.run(args); status != 0 {
			t.Errorf("nanolint %s ends with status %d", strings.Join(args, " "), status)
		}
		shipped := read(t, filepath.Join(unpacked, "extension", "schemas", name+".schema.json"))
		if shipped != stdout.String() {
			t.Errorf("the package has another schema than nanolint %s prints", strings.Join(args, " "))
		}
	}
	npm(t, dir, []string{"NANOLINT=" + binary(t), "EXTENSION=" + filepath.Join(unpacked, "extension")}, "test")
}

// Every editor is told of every language, and what the documentation shows of a configuration is in it.
func TestConfigurationsOfEditors(t *testing.T) {
	languages := []string{"yaml", "json", "python", "markdown"}
	page := read(t, filepath.Join(root, "docs", "editors.md"))
	for _, c := range []struct {
		file    string
		section string // of the documentation, if that shows lines of the file
		lacks   string // a language that the editor cannot be told of
	}{
		{"neovim/nanolint.lua", "", ""},
		{"vscode/package.json", "", ""},
		{"emacs/nanolint.el", "Emacs", ""},
		{"helix/languages.toml", "Helix", ""},
		{"sublime/LSP.sublime-settings", "Sublime Text", ""},
		{"zed/settings.json", "Zed", "markdown"},
		{"jetbrains/README.md", "", ""},
	} {
		text := read(t, filepath.Join(root, "editors", filepath.FromSlash(c.file)))
		for _, language := range languages {
			if language != c.lacks && !strings.Contains(strings.ToLower(text), language) {
				t.Errorf("editors/%s says nothing of %s", c.file, language)
			}
		}
		if c.section == "" {
			continue
		}
		_, section, _ := strings.Cut(page, "## "+c.section+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		blocks := strings.Split(section, "```")
		if len(blocks) < 3 {
			t.Errorf("docs/editors.md shows nothing for %s", c.section)
		}
		for i := 1; i < len(blocks); i += 2 {
			_, block, _ := strings.Cut(blocks[i], "\n")
			for line := range strings.Lines(block) {
				if !strings.Contains(text, strings.TrimSpace(line)) {
					t.Errorf("docs/editors.md shows %q, which is not in editors/%s", line, c.file)
				}
			}
		}
	}
}

// extensionSources is a copy of the extension for VS Code, in a directory where it finds what it takes from the repository:
// nothing is written beside the sources, and go test sees which of them a result depends on.
func extensionSources(t *testing.T) string {
	t.Helper()
	repository, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	world := t.TempDir()
	from, to := filepath.Join(repository, "editors", "vscode"), filepath.Join(world, "editors", "vscode")
	for _, name := range []string{"src", "test"} {
		if err := os.CopyFS(filepath.Join(to, name), os.DirFS(filepath.Join(from, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"package.json", "tsconfig.json", "README.md"} {
		if err := os.WriteFile(filepath.Join(to, name), []byte(read(t, filepath.Join(from, name))), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"LICENSE", "config", "schema", "examples", filepath.Join("editors", "vscode", "node_modules")} {
		if err := os.Symlink(filepath.Join(repository, name), filepath.Join(world, name)); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// npm runs a script of a package, which must succeed.
func npm(t *testing.T, dir string, env []string, args ...string) {
	t.Helper()
	c := exec.Command("npm", args...)
	c.Dir = dir
	c.Env = append(os.Environ(), env...)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("npm %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// unzip unpacks an archive, and returns the names of its files in order.
func unzip(t *testing.T, archive, dir string) (names []string) {
	t.Helper()
	r, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, f := range r.File {
		names = append(names, f.Name)
	}
	if err := os.CopyFS(dir, r); err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}
