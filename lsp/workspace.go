package lsp

import (
	"context"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// workspace is the folders of an editor and what is known of the files in them that are not open.
type workspace struct {
	folders  []uri.URI
	files    map[string]*scanned // by URI
	scans    int                 // counts the scans, for their names
	canceled map[string]context.CancelFunc

	generation int // of the configurations
}

// scanned is what is kept of a file that was looked at.
type scanned struct {
	uri         uri.URI
	version     int // of what was said about it
	diagnostics []protocol.Diagnostic
	symbols     []protocol.WorkspaceSymbol
}

// maxScanned is the size of the largest file that is looked at unasked.
const maxScanned = 16 << 20

// open takes over the folders of a session.
func (w *workspace) open(p *protocol.InitializeParams) {
	w.files, w.canceled = make(map[string]*scanned), make(map[string]context.CancelFunc)
	folders, ok := p.WorkspaceFolders.Get()
	if !ok && p.RootURI != nil {
		folders = []protocol.WorkspaceFolder{{URI: *p.RootURI}}
	}
	for _, f := range folders {
		w.folders = append(w.folders, uri.URI(key(f.URI)))
	}
}

// optionsFor says how a document is checked, and whether it is one of ours: a configuration is, and is
// checked otherwise. The caller holds the lock.
func (s *Server) optionsFor(u uri.URI, languageID string) (validator.Options, bool) {
	if s.isConfig(string(u)) {
		return validator.Options{}, s.options.Configuration != nil
	}
	lang, ok := languageOf(languageID, string(u))
	o := validator.Options{Target: program.Newest, Rules: s.options.Rules}
	if s.options.Configure != nil && strings.HasPrefix(string(u), "file:") {
		o = s.options.Configure(u.FsPath())
	}
	o.Lang = lang
	return o, ok
}

// DidChangeWorkspaceFolders looks through new folders and forgets what was known of closed ones.
func (s *Server) DidChangeWorkspaceFolders(_ context.Context, p *protocol.DidChangeWorkspaceFoldersParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range p.Event.Removed {
		s.workspace.folders = slices.DeleteFunc(s.workspace.folders, func(u uri.URI) bool { return u == f.URI })
		for k := range s.workspace.files {
			if !s.governs(k) {
				delete(s.workspace.files, k)
				s.soil(k)
			}
		}
	}
	var added []uri.URI
	for _, f := range p.Event.Added {
		added = append(added, uri.URI(key(f.URI)))
	}
	s.workspace.folders = append(s.workspace.folders, added...)
	s.scan(added)
	return nil
}

// governs reports whether a URI lies in a folder of the workspace. The caller holds the lock.
func (s *Server) governs(k string) bool {
	return slices.ContainsFunc(s.workspace.folders, func(f uri.URI) bool {
		return len(k) > len(f) && k[:len(f)] == string(f) && (k[len(f)] == '/' || f[len(f)-1] == '/')
	})
}

// reread looks at a file that is not open. It is nil if there is none, or if it holds no program; what was known
// of it is forgotten then.
func (s *Server) reread(k string) *scanned {
	u := uri.URI(k)
	s.mu.Lock()
	o, ok := s.optionsFor(u, "")
	ok = ok && s.governs(k)
	version := 1
	if known := s.workspace.files[k]; known != nil {
		version = known.version + 1
	}
	s.mu.Unlock()
	var f *scanned
	if ok {
		f = s.look(u, o)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if f == nil {
		delete(s.workspace.files, k)
		return nil
	}
	f.version = version
	s.workspace.files[k] = f
	return f
}

// look reads and checks a file. It is nil for one that holds no program, and is no configuration.
func (s *Server) look(u uri.URI, o validator.Options) (found *scanned) {
	defer func() {
		if v := recover(); v != nil {
			s.log("%s: an internal error of nanolint: %v\n%s", u, v, debug.Stack())
			found = nil
		}
	}()
	path := u.FsPath()
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxScanned {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	st := s.newState(u, 0, source.NewFile(path, withoutMark(string(text))), o)
	if st.config != nil {
		if st.config() == nil {
			return nil
		}
		return &scanned{uri: u, diagnostics: s.diagnostics(st)}
	}
	if !slices.ContainsFunc(st.read(), func(x validator.Found) bool { return x.IsProgram }) {
		return nil
	}
	return &scanned{uri: u, diagnostics: s.diagnostics(st), symbols: st.workspaceSymbols()}
}

// DiagnosticWorkspace answers with the diagnostics of all files of the workspace.
func (s *Server) DiagnosticWorkspace(ctx context.Context, p *protocol.WorkspaceDiagnosticParams) (*protocol.WorkspaceDiagnosticReport, error) {
	previous := make(map[string]string, len(p.PreviousResultIds))
	for _, id := range p.PreviousResultIds {
		previous[string(id.URI)] = id.Value
	}
	report := &protocol.WorkspaceDiagnosticReport{Items: []protocol.WorkspaceDocumentDiagnosticReport{}}
	for _, f := range s.everything(ctx) {
		id, version := f.resultID()
		if previous[string(f.uri)] == id {
			unchanged := &protocol.WorkspaceUnchangedDocumentDiagnosticReport{URI: f.uri, Version: version}
			unchanged.Kind, unchanged.ResultID = "unchanged", id
			report.Items = append(report.Items, unchanged)
			delete(previous, string(f.uri))
			continue
		}
		var found []protocol.Diagnostic
		if f.open != nil {
			found = s.diagnostics(f.open)
		} else {
			found = f.file.diagnostics
		}
		if ctx.Err() != nil {
			return nil, protocol.ErrRequestCancelled
		}
		report.Items = append(report.Items, &protocol.WorkspaceFullDocumentDiagnosticReport{
			FullDocumentDiagnosticReport: fullReport(id, found), URI: f.uri, Version: version,
		})
		delete(previous, string(f.uri))
	}
	for _, id := range p.PreviousResultIds { // what the editor still shows of files that are gone, or are none of ours any more
		if _, ok := previous[string(id.URI)]; ok {
			report.Items = append(report.Items, &protocol.WorkspaceFullDocumentDiagnosticReport{
				FullDocumentDiagnosticReport: fullReport("", nil), URI: id.URI,
			})
		}
	}
	return report, nil
}
