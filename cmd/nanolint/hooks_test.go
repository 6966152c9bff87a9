package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

func parseYAML(t *testing.T, path, text string) *syntax.Node {
	t.Helper()
	documents := syntax.Parse(source.NewFile(path, text), syntax.YAML)
	if len(documents) != 1 || len(documents[0].Problems) > 0 {
		t.Fatalf("%s is not one sound document", path)
	}
	return documents[0].Root
}

// text is the scalar under a key, or nothing.
func text(n *syntax.Node, key string) string {
	if v := n.Get(key); v != nil {
		return v.Text.Value
	}
	return ""
}

// The hooks do what pre-commit makes of them: of the staged files it takes those whose names match, and runs the entry with
// their names behind it.
func TestHooksOfPreCommit(t *testing.T) {
	const right, broken = `{"name": "f", "steps": [{"id": "fail", "type": "tool", "tool": "t"}]}`, `{"name": "f", "steps": [{"id": "fail", "type": "tool", "tool": "t"},]}`
	hooks := readYAML(t, ".pre-commit-hooks.yaml").Items
	want := map[string]struct {
		status int
		left   string
	}{"nanolint": {1, broken}, "nanolint-fix": {0, right}}
	if len(hooks) != len(want) {
		t.Fatalf("there are %d hooks, want %d", len(hooks), len(want))
	}
	for _, hook := range hooks {
		id := text(hook, "id")
		t.Run(id, func(t *testing.T) {
			if text(hook, "language") != "golang" || text(hook, "name") == "" {
				t.Error("a hook needs a name and the language golang")
			}
			files := regexp.MustCompile(text(hook, "files"))
			for ext := range extensions {
				if !files.MatchString("flow" + ext) {
					t.Errorf("the hook takes no %s, which a search does", ext)
				}
			}
			t.Chdir(t.TempDir())
			var staged []string
			for name, content := range map[string]string{
				"flow.json": broken, "right.yaml": right, "package.json": `{"name": "x"}`, "ci.yml": "on: push\n",
				"excluded.json": broken, ".nanolint.yaml": "exclude: [excluded.json]\n", "notes.md": "{,",
			} {
				if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
					t.Fatal(err)
				}
				if files.MatchString(name) {
					staged = append(staged, name)
				}
			}
			slices.Sort(staged)
			entry := strings.Fields(text(hook, "entry"))
			if entry[0] != "nanolint" {
				t.Fatalf("the entry runs %s", entry[0])
			}
			a, stdout, stderr := newApp()
			if got := a.run(append(entry[1:], staged...)); got != want[id].status {
				t.Errorf("the status is %d, want %d\n%s%s", got, want[id].status, stdout, stderr)
			}
			if got := read(t, "flow.json"); got != want[id].left {
				t.Errorf("flow.json is now %s", got)
			}
			if got := read(t, "excluded.json"); got != broken {
				t.Errorf("excluded.json is now %s", got)
			}
		})
	}
}

// pre-commit itself, where there is one, takes the hooks for what it knows.
func TestPreCommitReadsTheHooks(t *testing.T) {
	command, err := exec.LookPath("pre-commit")
	if err != nil {
		t.Skip("there is no pre-commit")
	}
	c := exec.Command(command, "validate-manifest", ".pre-commit-hooks.yaml")
	c.Dir = root
	c.Env = append(os.Environ(), "PRE_COMMIT_HOME="+t.TempDir())
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// What the action and the workflows say of steps holds together: what they read exists, and each step is whole.
func TestActionAndWorkflows(t *testing.T) {
	action := readYAML(t, "action.yml")
	for _, key := range []string{"name", "description", "inputs", "outputs", "runs"} {
		if action.Get(key) == nil {
			t.Errorf("action.yml has no %s", key)
		}
	}
	if got := text(action.Get("runs"), "using"); got != "composite" {
		t.Errorf("the action uses %q", got)
	}
	var declared []string
	for _, p := range action.Get("inputs").Pairs {
		declared = append(declared, p.Key.Text.Value)
		if text(p.Value, "description") == "" {
			t.Errorf("nobody says what the input %s is", p.Key.Text.Value)
		}
	}
	whole := read(t, filepath.Join(root, "action.yml"))
	var used []string
	for _, m := range regexp.MustCompile(`inputs\.([\w-]+)`).FindAllStringSubmatch(whole, -1) {
		used = append(used, m[1])
	}
	slices.Sort(used)
	slices.Sort(declared)
	if used = slices.Compact(used); !slices.Equal(used, declared) {
		t.Errorf("the action reads the inputs %q and declares %q", used, declared)
	}
	checkSteps(t, "action.yml", action.Get("runs").Get("steps"), declared)
	for _, step := range action.Get("runs").Get("steps").Items {
		if step.Get("run") != nil && text(step, "shell") != "bash" {
			t.Errorf("a step that runs %q has no shell", text(step, "run"))
		}
	}

	for _, workflow := range []string{".github/workflows/examples.yml", ".github/workflows/tests.yml"} {
		for _, job := range readYAML(t, workflow).Get("jobs").Pairs {
			checkSteps(t, workflow, job.Value.Get("steps"), declared)
		}
	}
}

// checkSteps checks that each step either runs or uses something, of a version, with inputs that the action has.
func checkSteps(t *testing.T, path string, steps *syntax.Node, inputs []string) {
	t.Helper()
	ids := make(map[string]bool)
	for i, step := range steps.Items {
		uses := text(step, "uses")
		if (uses == "") == (step.Get("run") == nil) {
			t.Errorf("%s: step %d neither runs nor uses anything, or both", path, i)
		}
		if uses != "" && uses != "./" && !strings.Contains(uses, "@") {
			t.Errorf("%s: %s has no version", path, uses)
		}
		if with := step.Get("with"); with != nil && uses == "./" {
			for _, p := range with.Pairs {
				if !slices.Contains(inputs, p.Key.Text.Value) {
					t.Errorf("%s: the action has no input %s", path, p.Key.Text.Value)
				}
			}
		}
		for _, m := range regexp.MustCompile(`steps\.([\w-]+)`).FindAllStringSubmatch(syntax.Print(step, syntax.YAML), -1) {
			if !ids[m[1]] {
				t.Errorf("%s: step %d asks step %s, which is not in front of it", path, i, m[1])
			}
		}
		ids[text(step, "id")] = true
	}
}

// The script of the action, run as GitHub runs it, writes annotations, SARIF, the summary and the status.
func TestScriptOfTheAction(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var script string
	for _, step := range readYAML(t, "action.yml").Get("runs").Get("steps").Items {
		if text(step, "id") == "check" {
			script = text(step, "run")
		}
	}
	for _, c := range []struct{ name, paths, args, status string }{
		{"right", "examples/*.json\nexamples/*.yaml\n", "", "0"},
		{"broken", "examples/broken\n", "--fail-on=error\n--select=NL1\n", "1"},
		{"usage", "examples", "--no-such-flag", "2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			temp := t.TempDir()
			if err := os.CopyFS(filepath.Join(temp, "examples"), os.DirFS(filepath.Join(root, "examples"))); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(filepath.Join(temp, "nanolint"), 0o755); err != nil {
				t.Fatal(err)
			}
			// The binary of the tests is nanolint when it is called so.
			if err := os.Symlink(self, filepath.Join(temp, "nanolint", "nanolint")); err != nil {
				t.Skip(err)
			}
			run := exec.Command(bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
			run.Dir = temp
			run.Env = append(os.Environ(), "RUNNER_TEMP="+temp, "GITHUB_OUTPUT="+filepath.Join(temp, "out"), "GITHUB_STEP_SUMMARY="+filepath.Join(temp, "summary"),
				"PATHS="+c.paths, "ARGS="+c.args, "SARIF=x.sarif", "SUMMARY=true")
			out, err := run.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if got := read(t, filepath.Join(temp, "out")); got != "status="+c.status+"\n" {
				t.Errorf("the output is %q\n%s", got, out)
			}
			if c.status == "2" {
				return
			}
			if !strings.Contains(read(t, filepath.Join(temp, "x.sarif")), `"2.1.0"`) {
				t.Error("there is no SARIF")
			}
			found := c.status == "1"
			if strings.Contains(string(out), "::error ") != found || strings.Contains(read(t, filepath.Join(temp, "summary")), "NL105") != found {
				t.Errorf("annotations and summary do not tell what was found:\n%s", out)
			}
		})
	}
}
