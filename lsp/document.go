package lsp

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// document is an open file. What changes is which state is its newest.
type document struct {
	languageID string
	now        *state
}

// state is a text of a document and what follows from it, each once and when somebody asks. It never
// changes, so requests may share it.
type state struct {
	uri      uri.URI
	version  int32
	file     *source.File
	encoding source.Encoding
	options  validator.Options

	serial int64 // no two states of a session have the same

	read   func() []validator.Found // all programs, also what only may become one
	drafts func() []validator.Found // what somebody begins to write in Python
	judge  func() *validator.Analysis
	tests  func() []tested

	config func() *config.Config // what a configuration says; nil for other documents

	last     atomic.Pointer[reading]                   // the newest of the document that was whole, this one or one before; nil if none was
	complete func([]validator.Found) []validator.Found // what an excerpt leaves out; nil for whole texts

	mu    sync.Mutex
	flows map[*program.Program]*flow
}

func (s *Server) newState(u uri.URI, version int32, f *source.File, o validator.Options) *state {
	st := &state{
		uri: u, version: version, file: f, encoding: s.encoding, options: o, serial: s.states.Add(1),
		flows: make(map[*program.Program]*flow),
	}
	if s.isConfig(string(u)) {
		st.read = func() []validator.Found { return nil }
		st.drafts = st.read
		st.judge = func() *validator.Analysis { return &validator.Analysis{} }
		st.tests = func() []tested { return nil }
		st.config = sync.OnceValue(func() *config.Config { return s.options.Configuration(st.uri.FsPath(), st.file.Text) })
		return st
	}
	st.readWith(o.Lang == syntax.Python && strings.Contains(f.Text, "nano_vm")) // else nobody begins to write a program
	st.tests = sync.OnceValue(st.runTests)
	st.judge = sync.OnceValue(func() *validator.Analysis {
		found := slices.DeleteFunc(slices.Clone(st.read()), func(x validator.Found) bool { return !x.IsProgram })
		return validator.Judge(st.file, found, st.options)
	})
	return st
}

// again is a state of the same text from which everything follows anew.
func (st *state) again(s *Server, o validator.Options) *state {
	return s.newState(st.uri, st.version, st.file, o)
}

// readWith has the programs of the text be read, and drafts of them in Python.
func (st *state) readWith(drafts bool) {
	o := st.options
	o.Drafts = drafts
	all := sync.OnceValue(func() []validator.Found {
		found := st.readText(st.file, o)
		if r := newReading(st.file, found); r.isWhole() {
			st.last.Store(r) // and the one before is forgotten
		}
		return found
	})
	only := func(drafts bool) func() []validator.Found {
		return sync.OnceValue(func() []validator.Found {
			return slices.DeleteFunc(slices.Clone(all()), func(x validator.Found) bool { return x.IsDraft != drafts })
		})
	}
	st.read, st.drafts = only(false), only(true)
}

// readText finds the programs in the text of the state, or in one that is nearly the same.
func (st *state) readText(f *source.File, o validator.Options) []validator.Found {
	found := validator.Read(f, o)
	if st.complete != nil {
		return st.complete(found)
	}
	return found
}

// DidOpen takes over a document. Those that are in none of our languages are left alone.
func (s *Server) DidOpen(_ context.Context, p *protocol.DidOpenTextDocumentParams) error {
	id := string(p.TextDocument.LanguageID)
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.optionsFor(p.TextDocument.URI, id)
	if !ok {
		return nil
	}
	f := source.NewFile(p.TextDocument.URI.FsPath(), withoutMark(p.TextDocument.Text))
	if s.options.Opened != nil {
		s.options.Opened(len(f.Text))
	}
	s.documents[key(p.TextDocument.URI)] = &document{languageID: id, now: s.newState(p.TextDocument.URI, p.TextDocument.Version, f, o)}
	s.soil(key(p.TextDocument.URI))
	return nil
}

// DidChange makes the edits of an editor, in their order: the places of each are those of the text that the one
// before it left.
func (s *Server) DidChange(_ context.Context, p *protocol.DidChangeTextDocumentParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := key(p.TextDocument.URI)
	d := s.documents[k]
	if d == nil {
		return nil
	}
	file := d.now.file
	for _, c := range p.ContentChanges {
		file = s.changed(file, c)
	}
	before := d.now.last.Load()
	d.now = s.newState(d.now.uri, p.TextDocument.Version, file, d.now.options)
	d.now.last.Store(before)
	s.soil(k)
	return nil
}

// changed is a document after one edit.
func (s *Server) changed(f *source.File, change protocol.TextDocumentContentChangeEvent) *source.File {
	switch c := change.(type) {
	case *protocol.TextDocumentContentChangePartial:
		start := f.Offset(int(c.Range.Start.Line), int(c.Range.Start.Character), s.encoding)
		end := f.Offset(int(c.Range.End.Line), int(c.Range.End.Character), s.encoding)
		return f.Edited(source.Span{Start: start, End: max(start, end)}, c.Text)
	case *protocol.TextDocumentContentChangeWholeDocument:
		return source.NewFile(f.Name, withoutMark(c.Text))
	}
	return f
}

// withoutMark is a text of an editor without a byte order mark, which is no character of it, apart from the
// message that brought it.
func withoutMark(text string) string { return strings.Clone(strings.TrimPrefix(text, "\ufeff")) }

// DidClose forgets a document. What the file on disk says counts again.
func (s *Server) DidClose(_ context.Context, p *protocol.DidCloseTextDocumentParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.documents, key(p.TextDocument.URI))
	s.soil(key(p.TextDocument.URI))
	return nil
}

// key is a URI as the key of a map, apart from the message that brought it. The library has brought its escapes into
// one form when it read the message.
func key(u uri.URI) string { return strings.Clone(string(u)) }

// at takes the newest state of a document for a request, and lets the messages behind it be read from then on. It
// is nil if the document is not open, none of ours or a configuration.
func (s *Server) at(ctx context.Context, u uri.URI) *state {
	if st := s.anyAt(ctx, u); st != nil && st.config == nil {
		return st
	}
	return nil
}

// anyAt is [Server.at] for requests that configurations answer too.
func (s *Server) anyAt(ctx context.Context, u uri.URI) *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	jsonrpc2.Async(ctx)
	if d := s.documents[string(u)]; d != nil {
		return d.now
	}
	return nil
}

// soil notes that the diagnostics of a document are out of date. The caller holds the lock.
func (s *Server) soil(k string) {
	if !slices.Contains(s.dirty, k) {
		s.dirty = append(s.dirty, k)
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
