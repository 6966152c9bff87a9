package lsp

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// watch asks the editor to tell what changes on disk. The caller holds the lock.
func (s *Server) watch() {
	if !s.can.watchesFiles {
		return
	}
	ctx := s.session
	s.tasks.Go(func() {
		options := protocol.DidChangeWatchedFilesRegistrationOptions{Watchers: []protocol.FileSystemWatcher{
			{GlobPattern: protocol.Pattern("**/*.{" + strings.Join(extensions(), ",") + "}")},
		}}
		for _, name := range s.options.ConfigFiles {
			options.Watchers = append(options.Watchers, protocol.FileSystemWatcher{GlobPattern: protocol.Pattern("**/" + name)})
		}
		raw, err := protocol.Marshal(&options)
		if err == nil {
			err = s.client.RegisterCapability(ctx, &protocol.RegistrationParams{Registrations: []protocol.Registration{{
				ID: "nanolint.files", Method: protocol.MethodWorkspaceDidChangeWatchedFiles, RegisterOptions: raw,
			}}})
		}
		if err != nil && ctx.Err() == nil {
			s.log("cannot watch files: %v", err)
		}
	})
}

// DidChangeWatchedFiles looks at files again that somebody else has changed, and at all if a configuration has.
func (s *Server) DidChangeWatchedFiles(_ context.Context, p *protocol.DidChangeWatchedFilesParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	again := s.isOutdated()
	for _, c := range p.Changes {
		k := key(c.URI)
		again = again || s.isConfig(k)
		if s.documents[k] == nil {
			s.soil(k)
		}
		s.testAgain(k)
	}
	if again {
		s.reconfigure()
	}
	return nil
}

// DidSave does for editors that watch no files what [Server.DidChangeWatchedFiles] does. What they hold themselves is known
// already.
func (s *Server) DidSave(_ context.Context, p *protocol.DidSaveTextDocumentParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := key(p.TextDocument.URI)
	s.testAgain(k)
	if s.isOutdated() || s.options.Generation == nil && s.isConfig(k) {
		s.reconfigure()
	}
	return nil
}

// testAgain has the documents beside a scenario file run its tests anew. The caller holds the lock.
func (s *Server) testAgain(k string) {
	if !isScenario(uri.URI(k).FsPath()) {
		return
	}
	beside := false
	for _, d := range s.documents {
		if d.now.uri.IsFile() && filepath.Dir(d.now.uri.FsPath()) == filepath.Dir(uri.URI(k).FsPath()) {
			d.now, beside = d.now.again(s, d.now.options), true
		}
	}
	if beside && s.can.refreshesLenses {
		s.tasks.Go(func() {
			if err := s.client.CodeLensRefresh(s.session); err != nil && s.session.Err() == nil {
				s.log("cannot refresh code lenses: %v", err)
			}
		})
	}
}

// reconfigure checks everything again, as it is to be checked now. The caller holds the lock.
func (s *Server) reconfigure() {
	for k, d := range s.documents {
		if o, ok := s.optionsFor(d.now.uri, d.languageID); ok {
			d.now = d.now.again(s, o)
		}
		s.soil(k)
	}
	for k := range s.workspace.files {
		s.soil(k)
	}
	slices.Sort(s.dirty) // and not as the maps have it
	if s.can.refreshes && s.can.pullsDiagnostics {
		s.tasks.Go(func() { s.refresh(s.session) })
	}
}

// scan looks through folders, behind whatever else is going on, and shows how far it is. The caller holds the
// lock.
func (s *Server) scan(folders []uri.URI) {
	if s.options.Files == nil || len(folders) == 0 {
		return
	}
	s.workspace.scans++
	token := fmt.Sprintf("nanolint.scan.%d", s.workspace.scans)
	folders = slices.Clone(folders)
	ctx, cancel := context.WithCancel(s.session)
	s.workspace.canceled[token] = cancel
	s.tasks.Go(func() {
		defer func() {
			cancel()
			s.mu.Lock()
			delete(s.workspace.canceled, token)
			s.mu.Unlock()
		}()
		s.scanAll(ctx, s.startProgress(ctx, token, "Checking workflow programs"), folders)
	})
}

// WorkDoneProgressCancel ends a scan at the file that it has come to.
func (s *Server) WorkDoneProgressCancel(_ context.Context, p *protocol.WorkDoneProgressCancelParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if token, ok := p.Token.(protocol.String); ok {
		if cancel := s.workspace.canceled[string(token)]; cancel != nil {
			cancel()
		}
	}
	return nil
}

func (s *Server) scanAll(ctx context.Context, report progress, folders []uri.URI) {
	var paths []string
	for _, f := range folders {
		s.options.Files(f.FsPath(), func(path string) bool {
			paths = append(paths, path)
			return ctx.Err() == nil
		})
	}
	found := 0
	for i, path := range paths {
		if ctx.Err() != nil {
			break
		}
		report.step(i, len(paths))
		k := string(uri.File(path))
		s.mu.Lock()
		open := s.documents[k] != nil
		pull := s.can.pullsDiagnostics
		s.mu.Unlock()
		if open {
			continue
		}
		if f := s.reread(k); f != nil {
			if !s.isConfig(k) {
				found++
			}
			if !pull && len(f.diagnostics) > 0 {
				s.tell(ctx, f)
			}
		}
	}
	if s.can.refreshes && found > 0 && ctx.Err() == nil {
		s.refresh(ctx)
	}
	report.end(fmt.Sprintf("%d files with programs", found))
}

// refresh has an editor that pulls diagnostics ask again.
func (s *Server) refresh(ctx context.Context) {
	if err := s.client.DiagnosticRefresh(ctx); err != nil && ctx.Err() == nil {
		s.log("cannot refresh diagnostics: %v", err)
	}
}

func (s *Server) tell(ctx context.Context, f *scanned) {
	p := &protocol.PublishDiagnosticsParams{URI: f.uri, Diagnostics: f.diagnostics}
	if err := s.client.PublishDiagnostics(ctx, p); err != nil && ctx.Err() == nil {
		s.log("%s: cannot publish diagnostics: %v", f.uri, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.documents[string(f.uri)] != nil {
		s.soil(string(f.uri)) // somebody has opened it in the meantime: what the editor holds counts
	}
}

// progress is something that takes its time, as the editor shows it. Its methods do nothing if the editor does not.
type progress struct {
	server *Server
	token  protocol.ProgressToken
	shown  *uint32 // the last percentage
}

func (s *Server) startProgress(ctx context.Context, token, title string) progress {
	if !s.can.progress {
		return progress{}
	}
	p := progress{s, protocol.String(token), new(uint32)}
	if err := s.client.WorkDoneProgressCreate(ctx, &protocol.WorkDoneProgressCreateParams{Token: p.token}); err != nil {
		return progress{}
	}
	p.send(map[string]any{"kind": "begin", "title": title, "cancellable": true, "percentage": 0})
	return p
}

func (p progress) step(i, n int) {
	if p.server == nil {
		return
	}
	if percent := uint32(100 * i / n); percent > *p.shown {
		*p.shown = percent
		p.send(map[string]any{"kind": "report", "percentage": percent})
	}
}

func (p progress) end(message string) {
	if p.server != nil {
		p.send(map[string]any{"kind": "end", "message": message})
	}
}

func (p progress) send(value map[string]any) {
	// Who cannot be told any more has left.
	_ = p.server.client.Progress(context.Background(), &protocol.ProgressParams{Token: p.token, Value: toAny(value)})
}

// either is a file of the workspace: the state of an open document, or what is known of the file.
type either struct {
	uri  uri.URI
	open *state
	file *scanned
}

// resultID names what was said of a file, and the version of an open document.
func (e either) resultID() (id string, version *int32) {
	if e.open != nil {
		return e.open.resultID(), &e.open.version
	}
	return "file." + strconv.Itoa(e.file.version), nil
}

// everything is all files of the workspace and all open documents, in the order of their URIs, for a request.
func (s *Server) everything(ctx context.Context) []either {
	s.mu.Lock()
	defer s.mu.Unlock()
	jsonrpc2.Async(ctx)
	var all []either
	for k, f := range s.workspace.files {
		if s.documents[k] == nil {
			all = append(all, either{uri: f.uri, file: f})
		}
	}
	for _, d := range s.documents {
		all = append(all, either{uri: d.now.uri, open: d.now})
	}
	slices.SortFunc(all, func(a, b either) int { return cmp.Compare(a.uri, b.uri) })
	return all
}
