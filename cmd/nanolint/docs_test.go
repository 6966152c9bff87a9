package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator/rules"
)

// newApp is the command with nothing to read, and what it prints.
func newApp() (a *app, stdout, stderr *bytes.Buffer) {
	stdout, stderr = new(bytes.Buffer), new(bytes.Buffer)
	return &app{stdin: strings.NewReader(""), stdout: stdout, stderr: stderr, rules: rules.All()}, stdout, stderr
}

// commands are those of nanolint, by name.
func commands() []*cobra.Command {
	a, _, _ := newApp()
	root := a.command()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	var all []*cobra.Command
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			all = append(all, c)
		}
	}
	return all
}

// The pages of the commands are what the commands say of themselves, and there are no others.
func TestPagesOfCommands(t *testing.T) {
	dir := filepath.Join(root, "docs", "commands")
	index := "# Commands\n\nWritten by `make golden` from the commands. [cli.md](../cli.md) tells what they do.\n\n| command | |\n|---|---|\n"
	want := map[string]bool{"README.md": true}
	for _, c := range commands() {
		want[c.Name()+".md"] = true
		index += fmt.Sprintf("| [%s](%s.md) | %s |\n", c.Name(), c.Name(), cell(c.Short))
		generated(t, filepath.Join(dir, c.Name()+".md"), commandPage(c))
	}
	generated(t, filepath.Join(dir, "README.md"), index)
	pages, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if !want[p.Name()] {
			t.Errorf("docs/commands/%s is of no command: remove it", p.Name())
		}
	}
}

func commandPage(c *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s.\n\n```text\n%s\n```\n\n", c.CommandPath(), c.Short, c.UseLine())
	// Help is laid out for terminals, and so may be a list or a command: it is shown as it is.
	if c.Long != "" && c.Long != c.Short {
		fmt.Fprintf(&b, "```text\n%s\n```\n\n", strings.TrimSpace(c.Long))
	}
	if c.Example != "" {
		fmt.Fprintf(&b, "## Examples\n\n```sh\n%s\n```\n\n", strings.ReplaceAll(strings.TrimSpace(c.Example), "\n  ", "\n"))
	}
	c.InitDefaultHelpFlag()
	b.WriteString("## Flags\n\n| flag | meaning | default |\n|---|---|---|\n")
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + "`, `" + name
		}
		if value != "" {
			name += " " + value
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", cell(name), cell(usage), cell(defaultOf(f)))
	})
	for _, sub := range c.Commands() {
		fmt.Fprintf(&b, "\n## %s\n\n%s.\n", sub.CommandPath(), sub.Short)
	}
	b.WriteString("\nMore in [cli.md](../cli.md).\n")
	return b.String()
}

// defaultOf is the default of a flag, unless it is what anybody expects.
func defaultOf(f *pflag.Flag) string {
	if slices.Contains([]string{"", "false", "[]", "-1"}, f.DefValue) {
		return ""
	}
	return "`" + f.DefValue + "`"
}

// The index of the rules is made of the rules.
func TestIndexOfRules(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Rules\n\nWritten by `make golden` from the rules. A page tells what happens at run time, what is reported and what to write instead;\n" +
		"`nanolint explain` prints it. A rule that is optional runs only when it is selected.\n")
	family := ""
	for _, r := range rules.All() {
		if r.Family() != family {
			family = r.Family()
			fmt.Fprintf(&b, "\n## %s\n\n| rule | name | severity | fix | |\n|---|---|---|---|---|\n", family)
		}
		severity, fix := r.Severity.String(), ""
		if r.Optional {
			severity += ", optional"
		}
		if isFixable(r) {
			fix = "yes"
		}
		fmt.Fprintf(&b, "| [%s](../testdata/golden/rules/%s.md) | %s | %s | %s | %s |\n", r.ID, r.ID, r.Name, severity, fix, cell(r.Summary()))
	}
	generated(t, filepath.Join(root, "docs", "rules.md"), b.String())
}

// The table of the action's inputs is made of the action.
func TestInputsOfTheAction(t *testing.T) {
	const (
		begin = "<!-- inputs: written by make golden from action.yml -->\n"
		end   = "<!-- end of inputs -->\n"
	)
	page := filepath.Join(root, "docs", "ci.md")
	text := read(t, page)
	before, rest, begins := strings.Cut(text, begin)
	_, behind, ends := strings.Cut(rest, end)
	if !begins || !ends {
		t.Fatalf("%s has no place for the inputs", page)
	}
	table := "| input | meaning | default |\n|---|---|---|\n"
	for _, p := range readYAML(t, "action.yml").Get("inputs").Pairs {
		value := p.Value.Get("default").Text.Value
		table += fmt.Sprintf("| `%s` | %s | %s |\n", p.Key.Text.Value, cell(p.Value.Get("description").Text.Value), cmp.Or(value, "none"))
	}
	generated(t, page, before+begin+table+end+behind)
}

// generated compares a page with what it is made of, or with -update writes it.
func generated(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err == nil && string(got) == want {
		return
	}
	if !*update {
		t.Errorf("%s is stale: run make golden", path)
		return
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// cell is a text as a cell of a table has it.
func cell(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`)
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// readYAML is the first document of a file of the repository.
func readYAML(t *testing.T, path string) *syntax.Node {
	t.Helper()
	return parseYAML(t, path, read(t, filepath.Join(root, filepath.FromSlash(path))))
}
