package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator/rules"
)

const flowText = `steps:
  - {id: a, type: tool, tool: t, next_step: nowhere}
`

// TestLeaving ends sessions as the protocol wants it, and otherwise.
func TestLeaving(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(*client)
		want error
	}{
		{"shutdown and exit", func(c *client) {
			c.call("shutdown", nil)
			c.notify("exit", nil)
		}, nil},
		{"exit alone", func(c *client) { c.notify("exit", nil) }, ErrNoShutdown},
		{"end of the stream", func(c *client) { _ = c.conn.Close() }, ErrNoShutdown},
	} {
		t.Run(c.name, func(t *testing.T) {
			cl := start(t, nil, nil)
			cl.initialize(usual)
			cl.open(root+"a.yaml", "yaml", flowText)
			cl.diagnostics(root + "a.yaml")
			c.end(cl)
			if err := <-cl.done; !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

// TestBeforeInitialize refuses requests before the first.
func TestBeforeInitialize(t *testing.T) {
	c := start(t, nil, nil)
	var refused *jsonrpc2.Error
	if _, err := c.call("textDocument/hover", m{}); !errors.As(err, &refused) || refused.Code != jsonrpc2.ServerNotInitialized {
		t.Errorf("%v", err)
	}
	c.initialize(usual)
	if _, err := c.call("textDocument/hover", m{"textDocument": m{"uri": root}, "position": m{"line": 0, "character": 0}}); err != nil {
		t.Error(err)
	}
}

// TestCrashes keeps a session alive, and its documents, although a rule panics and a request does.
func TestCrashes(t *testing.T) {
	crash := &rules.Rule{ID: "NL999", Name: "crash", Severity: source.Error, Run: func(*rules.Pass) { panic("out of cheese") }}
	c := start(t, []*rules.Rule{crash, rules.Find("NL101")}, nil)
	c.initialize(usual)
	c.open(root+"a.yaml", "yaml", flowText)
	if ds := c.diagnostics(root + "a.yaml"); len(ds) != 1 || !strings.Contains(string(ds[0]), "NL101") {
		t.Errorf("the other rule says %s", ds)
	}
	c.change(root+"a.yaml", source.Span{Start: 0, End: 0}, "name: x\n")
	if ds := c.diagnostics(root + "a.yaml"); len(ds) != 1 {
		t.Errorf("after an edit: %s", ds)
	}
	result, err := c.call("textDocument/documentSymbol", m{"textDocument": m{"uri": root + "a.yaml"}})
	if err != nil || !strings.Contains(string(result), `"a"`) {
		t.Errorf("%s, %v", result, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.ContainsFunc(c.heard, func(s string) bool { return strings.Contains(s, "NL999 panicked: out of cheese") }) {
		t.Errorf("nobody was told: %v", c.heard)
	}
}

// TestPanicInRequest answers a request that panics with an error, and goes on.
func TestPanicInRequest(t *testing.T) {
	near, far := pipe(t)
	s := &Server{phase: running, client: protocol.UnimplementedClient{}, conn: jsonrpc2.NewConn(jsonrpc2.NewStream(far))}
	s.conn.Go(context.Background(), s.cancelable(s.guard(func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		if strings.HasPrefix(req.Method(), "slow") {
			jsonrpc2.Async(ctx)
		}
		if strings.HasSuffix(req.Method(), "cheese") {
			panic("out of cheese")
		}
		return "fine", nil
	})))
	c := &client{t: t, conn: jsonrpc2.NewConn(jsonrpc2.NewStream(near), jsonrpc2.WithCodec(raw{}))}
	c.conn.Go(context.Background(), jsonrpc2.MethodNotFoundHandler)
	defer c.conn.Close()
	for _, method := range []string{"cheese", "fine", "slow cheese", "slow", "cheese"} {
		var failed *jsonrpc2.Error
		c.notify(method, nil)
		result, err := c.call(method, nil)
		if strings.HasSuffix(method, "cheese") {
			if !errors.As(err, &failed) || failed.Code != jsonrpc2.InternalError {
				t.Errorf("%s: %s, %v", method, result, err)
			}
		} else if err != nil || string(result) != `"fine"` {
			t.Errorf("%s: %s, %v", method, result, err)
		}
	}
}

// TestStorm types as fast as nobody can. What is told at the end is right, and nothing waits.
func TestStorm(t *testing.T) {
	c := start(t, nil, nil)
	c.initialize(usual)
	u := root + "a.yaml"
	c.open(u, "yaml", longProgram(200))
	at := strings.Index(c.text[u], "step_100,")
	for i := range 500 {
		c.change(u, source.Span{Start: at + i, End: at + i}, "x")
	}
	got := c.diagnostics(u)
	fresh := start(t, nil, nil)
	fresh.initialize(usual)
	fresh.open(u, "yaml", c.text[u])
	want := fresh.diagnostics(u)
	if !slices.EqualFunc(got, want, func(a, b json.RawMessage) bool { return string(a) == string(b) }) {
		t.Errorf("%d diagnostics, want %d", len(got), len(want))
	}
	if len(got) == 0 {
		t.Error("the letters did no harm")
	}
}

// longProgram is a program of many steps, as people write them.
func longProgram(steps int) string {
	var b strings.Builder
	b.WriteString("name: long\nsteps:\n")
	for i := 0; i < steps; i += 4 {
		fmt.Fprintf(&b, "  - {id: step_%d, type: llm, prompt: \"Is $out_%d right? Reply yes or no.\", allowed_outputs: [\"yes\", \"no\"], output_key: said_%d}\n", i, max(i-1, 0), i)
		fmt.Fprintf(&b, "  - {id: step_%d, type: condition, condition: \"$said_%d == 'yes'\", then: step_%d, otherwise: step_%d}\n", i+1, i, i+2, i+3)
		fmt.Fprintf(&b, "  - {id: step_%d, type: tool, tool: fetch, args: {city: $city, n: %d}, next_step: step_%d}\n", i+2, i, i+3)
		fmt.Fprintf(&b, "  - {id: step_%d, type: tool, tool: store, args: {what: $said_%d}, output_key: out_%d, next_step: step_%d}\n", i+3, i, i+3, min(i+4, steps-4))
	}
	return b.String()
}

// TestWorkspace looks through a folder, shows how far it is, tells of its files, and finds their steps.
func TestWorkspace(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return string(uri.File(path))
	}
	bad := write("bad.yaml", strings.ReplaceAll(flowText, "id: a", "id: alpha"))
	good := write("good.yaml", "steps:\n  - {id: beta_failed, type: tool, tool: t, is_terminal: true}\n")
	write("other.yaml", "on: push\n")
	files := func(dir string, yield func(string) bool) {
		for _, name := range []string{"bad.yaml", "good.yaml", "other.yaml", "gone.yaml"} {
			if !yield(filepath.Join(dir, name)) {
				return
			}
		}
	}
	c := start(t, nil, files)
	c.initialize(m{"window": m{"workDoneProgress": true}, "workspace": m{"didChangeWatchedFiles": m{"dynamicRegistration": true}}},
		string(uri.File(dir)))
	c.hears(`"kind":"end","message":"2 files with programs"`)
	c.hears(`client/registerCapability`)
	if ds := c.saidOf(bad); len(ds) != 2 || !strings.Contains(string(ds[1]), "NL101") {
		t.Errorf("said of the bad file: %s", ds)
	}
	symbols := func(query string) string {
		result, err := c.call("workspace/symbol", m{"query": query})
		if err != nil {
			t.Fatal(err)
		}
		var found []struct{ Name string }
		_ = json.Unmarshal(result, &found)
		return fmt.Sprint(found)
	}
	if got := symbols("ta"); got != "[{beta_failed}]" {
		t.Errorf("found %s", got)
	}
	c.open(good, "yaml", "steps:\n  - {id: gamma_failed, type: tool, tool: t, is_terminal: true}\n")
	if got := symbols(""); got != "[{alpha} {gamma_failed}]" {
		t.Errorf("found %s while the file is open", got)
	}
	c.notify("textDocument/didClose", m{"textDocument": m{"uri": good}})
	write("bad.yaml", strings.ReplaceAll(flowText, "nowhere", "a"))
	c.notify("workspace/didChangeWatchedFiles", m{"changes": []m{{"uri": bad, "type": 2}}})
	c.waitFor("the changed file is looked at", func() bool { return strings.Contains(fmt.Sprint(symbols("")), "[{a} {beta_failed}]") })
	c.notify("workspace/didChangeWorkspaceFolders", m{"event": m{"added": []m{}, "removed": []m{{"uri": string(uri.File(dir)), "name": "x"}}}})
	c.waitFor("the folder is forgotten", func() bool { return symbols("") == "[]" && len(c.saidOf(bad)) == 0 })
}

func (c *client) saidOf(u string) []json.RawMessage {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.published[u].Diagnostics
}

// hears waits until the server says something.
func (c *client) hears(text string) {
	c.waitFor(text, func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return slices.ContainsFunc(c.heard, func(s string) bool { return strings.Contains(s, text) })
	})
}

func (c *client) waitFor(what string, holds func() bool) {
	deadline := time.After(time.Minute)
	for !holds() {
		select {
		case <-c.news:
		case <-time.After(time.Millisecond):
		case <-deadline:
			c.t.Fatalf("in vain: %s; heard %v", what, c.heard)
		}
	}
}

// TestCoverage tells beside each step which tests of the scenario files beside the document take it, and leads from
// these to the program. One name has a blank, which editors write as they like.
func TestCoverage(t *testing.T) {
	dir := t.TempDir()
	flow, suite := filepath.Join(dir, "re fund.yaml"), filepath.Join(dir, "refund.test.yaml")
	text := `steps:
  - {id: route, type: condition, condition: $ok, then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`
	cases := `cases:
  - {name: approved, program: re fund.yaml, context: {ok: true}, expect: {status: success}}
  - {name: broken, program: re fund.yaml, context: {ok: 1}, expect: {status: failed}}
  - {name: other, program: other.yaml}
`
	if err := errors.Join(os.WriteFile(flow, []byte(text), 0o666), os.WriteFile(suite, []byte(cases), 0o666)); err != nil {
		t.Fatal(err)
	}
	c := start(t, nil, nil)
	c.initialize(usual)
	u := "file://" + strings.ReplaceAll(strings.ReplaceAll(flow, " ", "%20"), "re%20fund", "%72e%20fund")
	c.open(u, "yaml", text)
	result, err := c.call("textDocument/codeLens", m{"textDocument": m{"uri": string(uri.File(flow))}})
	if err != nil {
		t.Fatal(err)
	}
	var lenses []struct {
		Command struct {
			Title, Command string
			Arguments      []json.RawMessage
		}
	}
	_ = json.Unmarshal(result, &lenses)
	var titles []string
	for _, l := range lenses {
		if l.Command.Command == "nanolint.tests" {
			titles = append(titles, l.Command.Title)
		}
	}
	if want := []string{"tests: 2, 1 of them fail", "tests: 2, 1 of them fail", "tests: 0"}; !slices.Equal(titles, want) {
		t.Errorf("%q, want %q", titles, want)
	}
	result, err = c.call("workspace/executeCommand", m{"command": "nanolint.tests", "arguments": lenses[len(lenses)-2].Command.Arguments})
	if want := `{"tests":[{"file":"refund.test.yaml","case":"approved","passes":true,"path":["route","pay"]},` +
		`{"file":"refund.test.yaml","case":"broken","passes":false,"path":["route","pay"]}]}`; err != nil || string(result) != want {
		t.Errorf("%s, %v", result, err)
	}
	tests := string(uri.File(suite))
	c.open(tests, "yaml", cases)
	result, err = c.call("textDocument/documentLink", m{"textDocument": m{"uri": tests}})
	if err != nil || strings.Count(string(result), string(uri.File(flow))) != 2 || strings.Count(string(result), "other.yaml") != 1 {
		t.Errorf("%s, %v", result, err)
	}
}

// TestPull answers editors that ask for diagnostics, and says when nothing has changed.
func TestPull(t *testing.T) {
	c := start(t, nil, nil)
	c.initialize(m{"textDocument": m{"diagnostic": m{}}})
	u := root + "a.yaml"
	c.open(u, "yaml", flowText)
	ask := func(previous string) (kind, id string, items int) {
		params := m{"textDocument": m{"uri": u}}
		if previous != "" {
			params["previousResultId"] = previous
		}
		result, err := c.call("textDocument/diagnostic", params)
		if err != nil {
			t.Fatal(err)
		}
		var r struct {
			Kind, ResultID string
			Items          []json.RawMessage
		}
		_ = json.Unmarshal(result, &r)
		return r.Kind, r.ResultID, len(r.Items)
	}
	kind, id, n := ask("")
	if kind != "full" || n != 2 {
		t.Errorf("%s report with %d", kind, n)
	}
	if kind, _, _ := ask(id); kind != "unchanged" {
		t.Errorf("a %s report of the same text", kind)
	}
	c.change(u, source.Span{}, "name: x\n")
	if kind, _, _ := ask(id); kind != "full" {
		t.Errorf("a %s report of another text", kind)
	}
	result, err := c.call("workspace/diagnostic", m{"previousResultIds": []m{}})
	if err != nil || !strings.Contains(string(result), "NL101") {
		t.Errorf("%s, %v", result, err)
	}
	if len(c.saidOf(u)) != 0 {
		t.Error("who pulls is not to be pushed")
	}
}

// TestCancel cancels a request: it is answered nevertheless, with an error or in time.
func TestCancel(t *testing.T) {
	c := start(t, nil, nil)
	c.initialize(usual)
	u := root + "a.yaml"
	c.open(u, "yaml", longProgram(2000))
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	done := make(chan error, 1)
	go func() {
		_, err := c.conn.Call(ctx, "textDocument/inlayHint", m{"textDocument": m{"uri": u}, "range": m{"start": c.position(u, 0), "end": c.position(u, len(c.text[u]))}}, nil)
		done <- err
	}()
	for id := range 10 {
		c.notify("$/cancelRequest", m{"id": id})
	}
	var failed *jsonrpc2.Error
	if err := <-done; err != nil && (!errors.As(err, &failed) || failed.Code != -32800) {
		t.Errorf("%v", err)
	}
}

// TestExplain returns the page of a rule.
func TestExplain(t *testing.T) {
	c := start(t, nil, nil)
	c.initialize(usual)
	result, err := c.call("workspace/executeCommand", m{"command": "nanolint.explain", "arguments": []string{"NL101"}})
	if err != nil {
		t.Fatal(err)
	}
	var page struct{ Markdown string }
	if _ = json.Unmarshal(result, &page); page.Markdown != report.Page(rules.Find("NL101")) {
		t.Errorf("%s", result)
	}
}

// TestBrokenMessages sends what is no JSON, or no message, between good ones.
func TestBrokenMessages(t *testing.T) {
	for _, broken := range []string{`{"jsonrpc": "2.0", "id": 5, "method": `, `[]`, `{}`, `5`, `{"jsonrpc": "2.0", "id": 5, "method": 7}`, "\xff"} {
		near, far := pipe(t)
		done := make(chan error, 1)
		go func() { done <- Serve(context.Background(), far, Options{}) }()
		for _, text := range []string{
			`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`,
			broken, `{"jsonrpc":"2.0","id":2,"method":"shutdown"}`, `{"jsonrpc":"2.0","method":"exit"}`,
		} {
			fmt.Fprintf(near, "Content-Length: %d\r\n\r\n%s", len(text), text)
		}
		answers, _ := io.ReadAll(near)
		if err := <-done; err != nil {
			t.Errorf("%q: the session ended: %v", broken, err)
		}
		for _, want := range []string{`"id":null,"error":{"code":-32`, `"id":2,"result":null`} {
			if !strings.Contains(string(answers), want) {
				t.Errorf("%q: no %s in %s", broken, want, answers)
			}
		}
	}
}
