package lsp

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// What is said of an open document is what its configuration wants, and another one when that has changed.
func TestConfigurationIsReadAgain(t *testing.T) {
	var strict atomic.Bool
	c := startWith(t, Options{
		ConfigFiles: []string{".nanolint.yaml"},
		Configure: func(path string) validator.Options {
			o := validator.Options{Target: program.Newest, Rules: []*rules.Rule{}}
			if strict.Load() && strings.HasSuffix(path, "flow.yaml") {
				o.Rules = rules.All()
			}
			return o
		},
	})
	c.initialize(m{})
	u := root + "flow.yaml"
	c.open(u, "yaml", "steps:\n  - {id: a, type: tool, tool: a, next_step: ghost}\n")
	if got := c.diagnostics(u); len(got) != 0 {
		t.Fatalf("no rule was asked: %s", got)
	}
	strict.Store(true)
	c.notify("workspace/didChangeWatchedFiles", m{"changes": []m{{"uri": root + ".nanolint.yaml", "type": 2}}})
	c.waitFor("what the other configuration wants", func() bool { return len(c.saidOf(u)) > 0 })
}
