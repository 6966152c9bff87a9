package lsp

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// Who selects more and more in a value inside many brackets comes to the file in so many ranges that every editor can read the
// answer: some read JSON to a depth of 1,000 only.
func TestSelectionIsBounded(t *testing.T) {
	for _, depth := range []int{3, 700} {
		text := "steps:\n  - {id: a, type: tool, tool: t, args: {x: " + strings.Repeat("[", depth) + "$y" + strings.Repeat("]", depth) + "}}\n"
		c := start(t, nil, nil)
		c.initialize(usual)
		u := root + "flow.yaml"
		c.open(u, "yaml", text)
		result, err := c.call("textDocument/selectionRange", m{"textDocument": m{"uri": u}, "positions": []m{c.position(u, strings.Index(text, "y]"))}})
		must(t, err)
		var ranges []*selection
		must(t, json.Unmarshal(result, &ranges))
		n, last := 0, ranges[0]
		for r := ranges[0]; r != nil; r = r.Parent {
			n, last = n+1, r
		}
		if n < depth && n < 50 || n > 100 {
			t.Errorf("%d ranges around a value in %d brackets", n, depth)
		}
		if got := c.apply(text, []edit{{Range: last.Range}}); got != "" {
			t.Errorf("the outermost range leaves %q", got)
		}
	}
}

type selection struct {
	Range  textRange
	Parent *selection
}

// Where lines end with a carriage return and a line feed, so do those that actions add.
func TestActionsKeepLineBreaks(t *testing.T) {
	for name, text := range map[string]string{
		"flow.yaml":  "steps:\n  - id: ask\n    type: tool\n    tool: ask\n    retries: 3\n  - {id: tell, type: tool, tool: tell}\n",
		"list.yaml":  "steps:\n  - {id: ask, type: tool, tool: ask}\n  - {id: tell, type: tool, tool: tell}\n",
		"flow.json":  "{\"steps\": [\n  {\"id\": \"ask\", \"type\": \"tool\", \"tool\": \"ask\"},\n  {\"id\": \"tell\", \"type\": \"tool\", \"tool\": \"tell\"}\n]}\n",
		"guide.md":   "```yaml\nsteps:\n  - id: ask\n    type: tool\n    tool: ask\n  - {id: tell, type: tool, tool: tell}\n```\n",
		"program.py": "P = {\"steps\": [\n  {\"id\": \"ask\", \"type\": \"tool\", \"tool\": \"ask\"},\n  {\"id\": \"tell\", \"type\": \"tool\", \"tool\": \"tell\"},\n]}\n",
	} {
		c := start(t, nil, nil)
		c.initialize(usual)
		u := root + name
		c.open(u, "", strings.ReplaceAll(text, "\n", "\r\n"))
		at := c.position(u, strings.Index(c.text[u], "ask"))
		result, err := c.call("textDocument/codeAction", m{"textDocument": m{"uri": u}, "range": m{"start": at, "end": at}, "context": m{"diagnostics": []m{}}})
		must(t, err)
		var actions []struct {
			Title string
			Edit  struct{ Changes map[string][]edit }
		}
		must(t, json.Unmarshal(result, &actions))
		guards := 0
		for _, a := range actions {
			if a.Title == "Wrap in a guard" {
				guards++
			}
			if after := c.apply(c.text[u], a.Edit.Changes[u]); regexp.MustCompile(`(^|[^\r])\n`).MatchString(after) {
				t.Errorf("%s: %q makes %q", name, a.Title, after)
			}
		}
		if guards == 0 {
			t.Errorf("%s: no guard among %v", name, actions)
		}
	}
}
