package lsp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// team is a folder with a configuration and an editor for which it counts.
type team struct {
	*client
	dir string
}

func startTeam(t *testing.T, files map[string]string) *team {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	c := &team{startWith(t, Options{
		ConfigFiles:   config.FileNames(),
		Configuration: func(path, text string) *config.Config { return new(config.Finder).Check(path, text) },
		Configure: func(path string) validator.Options {
			var f config.Finder
			if found := f.For(path); found != nil && len(found.Problems) == 0 {
				if o, err := f.Effective(found, path, config.Flags{}).Options(); err == nil {
					return o
				}
			}
			return validator.Options{Target: program.Newest}
		},
	}), dir}
	c.initialize(usual)
	return c
}

func (c *team) uri(name string) string { return string(uri.File(filepath.Join(c.dir, name))) }

const manifest = `{"tools": [
  {"name": "pay", "inputSchema": {"type": "object", "properties": {
    "note": {"type": "string"}, "amount": {"type": "number", "description": "in cents"}}, "required": ["amount"]}},
  {"name": "refund"}]}`

// What a manifest declares is offered where tools and their arguments are written.
func TestDeclaredToolsAreOffered(t *testing.T) {
	c := startTeam(t, map[string]string{".nanolint.yaml": "tools: tools.json\n", "tools.json": manifest})
	u, text := c.uri("flow.yaml"), "steps:\n  - id: a\n    type: tool\n    tool: pay\n    args: {}\n"
	c.open(u, "yaml", text)

	for _, x := range []struct{ at, want string }{
		{"tool: ", "pay: pay(note?: string, amount: number); refund: refund()"},
		{"args: {", "amount: number argument of pay, required; note: string argument of pay"},
	} {
		answer, err := c.at("textDocument/completion", u, strings.Index(text, x.at)+len(x.at), nil)
		if err != nil {
			t.Fatal(err)
		}
		var list struct {
			Items []struct{ Label, Detail string }
		}
		if err := json.Unmarshal(answer, &list); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, i := range list.Items {
			got = append(got, i.Label+": "+i.Detail)
		}
		if strings.Join(got, "; ") != x.want {
			t.Errorf("behind %q: %q, want %q", x.at, got, x.want)
		}
	}

	answer, err := c.at("textDocument/signatureHelp", u, strings.Index(text, "{}")+1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(answer), `"label":"pay(note?: string, amount: number)"`) || !strings.Contains(string(answer), "in cents") {
		t.Errorf("signature: %s", answer)
	}
}

// A configuration shows its mistakes while it is written, also those of the files that it names, and leads to these.
func TestConfigurationIsChecked(t *testing.T) {
	c := startTeam(t, map[string]string{"tools.json": `{"tools": 1}`})
	u := c.uri(".nanolint.yaml")
	c.open(u, "yaml", "ignore: [NL1O1]\n")
	messages := func() []string {
		var all []string
		for _, raw := range c.diagnostics(u) {
			var d struct {
				Range   textRange
				Message string
			}
			if err := json.Unmarshal(raw, &d); err != nil {
				t.Fatal(err)
			}
			all = append(all, d.Range.String()+" "+d.Message)
		}
		return all
	}
	if got := messages(); len(got) != 1 || !strings.HasPrefix(got[0], `1:10-1:15 there is no rule or family "NL1O1"`) {
		t.Errorf("a wrong rule: %q", got)
	}
	c.change(u, source.Span{End: len(c.text[u])}, "tools: tools.json\n")
	if got := messages(); len(got) != 1 || !strings.HasPrefix(got[0], "1:8-1:18 ") || !strings.Contains(got[0], "tools.json:1:") {
		t.Errorf("a wrong manifest: %q", got)
	}
	links, err := c.call("textDocument/documentLink", m{"textDocument": m{"uri": u}})
	if err != nil || !strings.Contains(string(links), c.uri("tools.json")) {
		t.Errorf("links: %s, %v", links, err)
	}
	for _, method := range []string{"textDocument/hover", "textDocument/completion"} { // it is no program
		if got, err := c.at(method, u, 0, nil); err != nil || string(got) != "null" {
			t.Errorf("%s: %s, %v", method, got, err)
		}
	}
	c.change(u, source.Span{End: len(c.text[u])}, "")
	if got := messages(); !slices.Equal(got, nil) {
		t.Errorf("an empty configuration is none with mistakes: %q", got)
	}
}

// A tool leads to its entry in the manifest, from any language, and tells how it is called.
func TestToolsLeadToTheirManifest(t *testing.T) {
	c := startTeam(t, map[string]string{".nanolint.yaml": "tools: tools.json\n", "tools.json": manifest})
	const python = "from nano_vm import Program, Step\nP = Program(steps=[Step(id='a', type='tool', tool='refund'), Step(id='b', type='tool', tool='gone')])\n"
	for name, text := range map[string]string{
		"flow.yaml": "steps:\n  - {id: a, type: tool, tool: refund}\n  - {id: b, type: tool, tool: gone}\n",
		"flow.py":   python, "flow.md": "```python\n" + python + "```\n",
	} {
		u := c.uri(name)
		c.open(u, "", text)
		at := strings.Index(text, "refund")
		var links []struct {
			Range           textRange
			Target, Tooltip string
		}
		answer, err := c.call("textDocument/documentLink", m{"textDocument": m{"uri": u}})
		if err != nil || json.Unmarshal(answer, &links) != nil || len(links) != 1 {
			t.Fatalf("%s: links %s, %v", name, answer, err)
		}
		line := 1 + strings.Count(text[:at], "\n")
		if l := links[0]; l.Range.Start.Line+1 != line || l.Target != c.uri("tools.json")+"#L4" || l.Tooltip != "refund()" {
			t.Errorf("%s: link %+v", name, l)
		}
		answer, err = c.at("textDocument/definition", u, at, nil)
		var places []struct {
			URI   string
			Range textRange
		}
		if err != nil || json.Unmarshal(answer, &places) != nil || len(places) != 1 {
			t.Fatalf("%s: definition %s, %v", name, answer, err)
		}
		if p := places[0]; p.URI != c.uri("tools.json") || p.Range.String() != "4:13-4:19" {
			t.Errorf("%s: definition %+v", name, p)
		}
		if answer, err = c.at("textDocument/hover", u, at, nil); err != nil || !strings.Contains(string(answer), "`refund()`") {
			t.Errorf("%s: hover %s, %v", name, answer, err)
		}
		if answer, err = c.at("textDocument/definition", u, strings.Index(text, "gone"), nil); err != nil || string(answer) != "[]" {
			t.Errorf("%s: definition of a tool that nobody declares: %s, %v", name, answer, err)
		}
	}
}
