package lsp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// An editor that pulls is told that nothing is wrong any more with files that are gone or hold no program: it keeps what it is not
// told of.
func TestPullForgetsFiles(t *testing.T) {
	dir := folder(t, map[string]string{"gone.yaml": flowText, "other.yaml": flowText, "stays.yaml": flowText})
	files := func(dir string, yield func(string) bool) {
		for _, name := range []string{"gone.yaml", "other.yaml", "stays.yaml"} {
			if !yield(filepath.Join(dir, name)) {
				return
			}
		}
	}
	c := start(t, nil, files)
	c.initialize(m{"textDocument": m{"diagnostic": m{}}, "window": m{"workDoneProgress": true}}, string(uri.File(dir)))
	c.hears(`"kind":"end"`)
	reports := func(previous []m) (all []m) {
		result, err := c.call("workspace/diagnostic", m{"previousResultIds": previous})
		if err != nil {
			t.Fatal(err)
		}
		var r struct{ Items []m }
		must(t, json.Unmarshal(result, &r))
		return r.Items
	}
	var previous []m
	for _, r := range reports(nil) {
		previous = append(previous, m{"uri": r["uri"], "value": r["resultId"]})
	}
	if len(previous) != 3 {
		t.Fatalf("reports %v, want three", previous)
	}
	gone, other := filepath.Join(dir, "gone.yaml"), filepath.Join(dir, "other.yaml")
	must(t, os.Remove(gone))
	must(t, os.WriteFile(other, []byte("on: push\n"), 0o666))
	c.notify("workspace/didChangeWatchedFiles", m{"changes": []m{{"uri": string(uri.File(gone)), "type": 3}, {"uri": string(uri.File(other)), "type": 2}}})
	c.waitFor("both are told of once more, without diagnostics", func() bool {
		cleared := 0
		for _, r := range reports(previous) {
			if items, _ := r["items"].([]any); r["kind"] == "full" && len(items) == 0 && r["resultId"] == nil {
				cleared++
			}
		}
		return cleared == 2
	})
}

// Tests run anew when their scenario file has changed, and the editor is told to ask for the lenses.
func TestScenarioIsReadAgain(t *testing.T) {
	text := "steps:\n  - {id: pay, type: tool, tool: pay, is_terminal: true}\n"
	suite := "program: flow.yaml\nexpect: {status: success}\n"
	dir := folder(t, map[string]string{"flow.yaml": text, "flow.test.yaml": suite})
	for name, change := range map[string]func(c *client, u string){
		"watched": func(c *client, u string) {
			c.notify("workspace/didChangeWatchedFiles", m{"changes": []m{{"uri": u, "type": 2}}})
		},
		"saved": func(c *client, u string) { c.notify("textDocument/didSave", m{"textDocument": m{"uri": u}}) },
	} {
		t.Run(name, func(t *testing.T) {
			tests := filepath.Join(dir, "flow.test.yaml")
			c := start(t, nil, nil)
			c.initialize(m{"workspace": m{"codeLens": m{"refreshSupport": true}}})
			u := string(uri.File(filepath.Join(dir, "flow.yaml")))
			c.open(u, "yaml", text)
			lenses := func() string {
				result, err := c.call("textDocument/codeLens", m{"textDocument": m{"uri": u}})
				must(t, err)
				return string(result)
			}
			must(t, os.WriteFile(tests, []byte(suite), 0o666))
			if got := lenses(); !strings.Contains(got, `"tests: 1"`) {
				t.Fatalf("lenses %s", got)
			}
			must(t, os.WriteFile(tests, []byte(strings.ReplaceAll(suite, "success", "failed")), 0o666))
			change(c, string(uri.File(tests)))
			c.hears("workspace/codeLens/refresh")
			if got := lenses(); !strings.Contains(got, `"tests: 1, 1 of them fail"`) {
				t.Errorf("lenses %s", got)
			}
		})
	}
}

// An editor that watches no files saves a configuration: what it governs is checked anew.
func TestSavedConfigurationCounts(t *testing.T) {
	var generation atomic.Int64
	c := startWith(t, Options{
		ConfigFiles: []string{".nanolint.yaml"}, Generation: func() int { return int(generation.Load()) },
		Configure: func(string) validator.Options {
			o := validator.Options{Target: program.Newest, Rules: []*rules.Rule{}}
			if generation.Load() > 0 {
				o.Rules = rules.All()
			}
			return o
		},
	})
	c.initialize(m{})
	u := root + "flow.yaml"
	c.open(u, "yaml", flowText)
	if got := c.diagnostics(u); len(got) != 0 {
		t.Fatalf("no rule was asked: %s", got)
	}
	generation.Store(1)
	c.notify("textDocument/didSave", m{"textDocument": m{"uri": root + ".nanolint.yaml"}})
	c.waitFor("what the other configuration wants", func() bool { return len(c.saidOf(u)) > 0 })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
