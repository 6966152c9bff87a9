package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator/rules"
)

// client is an editor: it holds documents, sends what is done to them, and takes what the server tells.
type client struct {
	t        testing.TB
	conn     jsonrpc2.Conn
	done     chan error // what Serve returned
	encoding source.Encoding
	greeting json.RawMessage // what initialize returned
	version  map[string]int
	text     map[string]string

	mu        sync.Mutex
	published map[string]published // by URI
	news      chan struct{}        // told of every publication
	heard     []string             // other notifications and requests of the server, in order
	log       bytes.Buffer
}

type published struct {
	Version     int
	Diagnostics []json.RawMessage
}

// pipe is two ends of a pair of pipes of the system.
func pipe(t testing.TB) (a, b io.ReadWriteCloser) {
	t.Helper()
	r1, w1, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r2, w2, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	return duplex{r1, w2}, duplex{r2, w1}
}

type duplex struct {
	*os.File // read from
	w        *os.File
}

func (d duplex) Write(p []byte) (int, error) { return d.w.Write(p) }
func (d duplex) Close() error {
	_ = d.w.Close()
	return d.File.Close()
}

// raw passes JSON through as it is.
type raw struct{}

func (raw) Marshal(v any) ([]byte, error)      { return json.Marshal(v) }
func (raw) Unmarshal(data []byte, v any) error { return json.Unmarshal(data, v) }

// start starts a server and an editor that talks to it over a pipe.
func start(t testing.TB, run []*rules.Rule, files func(string, func(string) bool)) *client {
	t.Helper()
	return startWith(t, Options{Version: "v0", Rules: run, Files: files})
}

// startWith is start with other options. The server logs to the client.
func startWith(t testing.TB, o Options) *client {
	t.Helper()
	near, far := pipe(t)
	c := newClient(t, near)
	o.Log = &c.log
	go func() { c.done <- Serve(context.Background(), far, o) }()
	return c
}

// newClient is an editor at the end of a stream.
func newClient(t testing.TB, stream io.ReadWriteCloser) *client {
	c := &client{
		t: t, done: make(chan error, 1), version: map[string]int{}, text: map[string]string{},
		published: map[string]published{}, news: make(chan struct{}, 1),
	}
	c.conn = jsonrpc2.NewConn(jsonrpc2.NewStream(stream), jsonrpc2.WithCodec(raw{}))
	c.conn.Go(context.Background(), c.handle)
	t.Cleanup(func() { _ = c.conn.Close() })
	return c
}

func (c *client) handle(_ context.Context, req *jsonrpc2.Request) (any, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch req.Method() {
	case protocol.MethodTextDocumentPublishDiagnostics:
		var p struct {
			URI string
			published
		}
		if err := json.Unmarshal(req.Params(), &p); err != nil {
			return nil, err
		}
		c.published[p.URI] = p.published
	case protocol.MethodWindowLogMessage:
		var p struct{ Message string }
		_ = json.Unmarshal(req.Params(), &p)
		first, _, _ := strings.Cut(p.Message, "\n")
		c.heard = append(c.heard, req.Method()+" "+first)
	default:
		c.heard = append(c.heard, req.Method()+" "+string(req.Params()))
	}
	select {
	case c.news <- struct{}{}:
	default:
	}
	return nil, nil
}

// call sends a request and returns the answer as it came.
func (c *client) call(method string, params any) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var result json.RawMessage
	_, err := c.conn.Call(ctx, method, params, &result)
	return result, err
}

func (c *client) notify(method string, params any) {
	if err := c.conn.Notify(context.Background(), method, params); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

type m = map[string]any

// initialize begins the session.
func (c *client) initialize(capabilities m, folders ...string) {
	params := m{"processId": nil, "rootUri": nil, "capabilities": capabilities}
	var ws []m
	for _, f := range folders {
		ws = append(ws, m{"uri": f, "name": f})
	}
	if ws != nil {
		params["workspaceFolders"] = ws
	}
	result, err := c.call("initialize", params)
	if err != nil {
		c.t.Fatal(err)
	}
	var r struct {
		Capabilities struct{ PositionEncoding string }
	}
	_ = json.Unmarshal(result, &r)
	c.encoding = map[string]source.Encoding{"utf-8": source.InUTF8, "utf-16": source.InUTF16, "utf-32": source.InUTF32}[r.Capabilities.PositionEncoding]
	c.notify("initialized", m{})
	c.greeting = result
}

func (c *client) open(uri, languageID, text string) {
	c.text[uri], c.version[uri] = text, 1
	c.notify("textDocument/didOpen", m{"textDocument": m{"uri": uri, "languageId": languageID, "version": 1, "text": text}})
}

func (c *client) position(uri string, off int) m { return c.positionIn(c.text[uri], off) }

func (c *client) positionIn(text string, off int) m {
	line, unit := source.NewFile("", text).Position(off, c.encoding)
	return m{"line": line, "character": unit}
}

// change replaces a place of a document.
func (c *client) change(uri string, s source.Span, with string) {
	text := c.text[uri]
	c.version[uri]++
	c.notify("textDocument/didChange", m{
		"textDocument": m{"uri": uri, "version": c.version[uri]},
		"contentChanges": []m{{
			"range": m{"start": c.positionIn(text, s.Start), "end": c.positionIn(text, s.End)}, "text": with,
		}},
	})
	c.text[uri] = text[:s.Start] + with + text[s.End:]
}

// diagnostics waits for those of the newest version of a document.
func (c *client) diagnostics(uri string) []json.RawMessage {
	deadline := time.After(time.Minute)
	for {
		c.mu.Lock()
		p, ok := c.published[uri]
		c.mu.Unlock()
		if ok && p.Version == c.version[uri] {
			return p.Diagnostics
		}
		select {
		case <-c.news:
		case err := <-c.done:
			c.t.Fatalf("the server has ended: %v\n%s", err, c.log.String())
		case <-deadline:
			c.t.Fatalf("no diagnostics for version %d of %s", c.version[uri], uri)
		}
	}
}

// at is a request about a place.
func (c *client) at(method, uri string, off int, more m) (json.RawMessage, error) {
	params := m{"textDocument": m{"uri": uri}, "position": c.position(uri, off)}
	for k, v := range more {
		params[k] = v
	}
	return c.call(method, params)
}

// apply makes the edits of an answer in a text.
func (c *client) apply(text string, edits []edit) string {
	f := source.NewFile("", text)
	var all []source.Edit
	for _, e := range edits {
		s := source.Span{
			Start: f.Offset(e.Range.Start.Line, e.Range.Start.Character, c.encoding),
			End:   f.Offset(e.Range.End.Line, e.Range.End.Character, c.encoding),
		}
		all = append(all, source.Edit{Span: s, New: e.NewText})
	}
	applied, err := source.Apply(text, all)
	if err != nil {
		c.t.Fatalf("edits that cannot be applied: %v: %v", err, edits)
	}
	return applied
}

type edit struct {
	Range   textRange
	NewText string
}

type textRange struct{ Start, End struct{ Line, Character int } }

func (r textRange) String() string {
	return fmt.Sprintf("%d:%d-%d:%d", r.Start.Line+1, r.Start.Character+1, r.End.Line+1, r.End.Character+1)
}
