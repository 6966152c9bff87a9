package lsp

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/source"
)

// abilities is what the editor says that it can.
type abilities struct {
	pullsDiagnostics bool
	documentChanges  bool
	snippets         bool
	progress         bool
	watchesFiles     bool
	refreshes        bool // of pulled diagnostics
	refreshesLenses  bool
	related          bool // information of diagnostics
}

// encodings are in the order in which we like them: bytes need no counting.
var encodings = []struct {
	kind protocol.PositionEncodingKind
	as   source.Encoding
}{
	{protocol.PositionEncodingKindUTF8, source.InUTF8},
	{protocol.PositionEncodingKindUTF32, source.InUTF32},
	{protocol.PositionEncodingKindUTF16, source.InUTF16},
}

// Initialize begins the session.
func (s *Server) Initialize(_ context.Context, p *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase = running
	s.can = abilitiesOf(p.Capabilities)
	kind := protocol.PositionEncodingKindUTF16
	if g := p.Capabilities.General; g != nil {
		for _, e := range encodings {
			if slices.Contains(g.PositionEncodings, e.kind) {
				kind, s.encoding = e.kind, e.as
				break
			}
		}
	}
	s.workspace.open(p)
	s.isOutdated()
	return &protocol.InitializeResult{
		Capabilities: s.capabilities(kind),
		ServerInfo:   protocol.ServerInfo{Name: "nanolint", Version: protocol.NewOptional(s.options.Version)},
	}, nil
}

func yes(b *bool) bool { return b != nil && *b }

func abilitiesOf(c protocol.ClientCapabilities) abilities {
	var can abilities
	if t := c.TextDocument; t != nil {
		can.pullsDiagnostics = t.Diagnostic != nil
		can.snippets = t.Completion != nil && t.Completion.CompletionItem != nil && yes(t.Completion.CompletionItem.SnippetSupport)
		can.related = t.PublishDiagnostics != nil && yes(t.PublishDiagnostics.RelatedInformation) ||
			t.Diagnostic != nil && yes(t.Diagnostic.RelatedInformation)
	}
	if w := c.Workspace; w != nil {
		can.documentChanges = w.WorkspaceEdit != nil && yes(w.WorkspaceEdit.DocumentChanges)
		can.watchesFiles = w.DidChangeWatchedFiles != nil && yes(w.DidChangeWatchedFiles.DynamicRegistration)
		can.refreshesLenses = w.CodeLens != nil && yes(w.CodeLens.RefreshSupport)
		can.refreshes = w.Diagnostics != nil && yes(w.Diagnostics.RefreshSupport)
	}
	can.progress = c.Window != nil && yes(c.Window.WorkDoneProgress)
	return can
}

// capabilities are what the server can, in answer to what the editor can.
func (s *Server) capabilities(encoding protocol.PositionEncodingKind) protocol.ServerCapabilities {
	incremental := protocol.TextDocumentSyncKindIncremental
	on := protocol.Boolean(true)
	c := protocol.ServerCapabilities{
		PositionEncoding: encoding,
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: new(true), Change: &incremental, Save: on,
		},
		HoverProvider:             on,
		DefinitionProvider:        on,
		ReferencesProvider:        on,
		DocumentHighlightProvider: on,
		DocumentSymbolProvider:    on,
		WorkspaceSymbolProvider:   on,
		FoldingRangeProvider:      on,
		SelectionRangeProvider:    on,
		InlayHintProvider:         on,
		DocumentLinkProvider:      &protocol.DocumentLinkOptions{},
		CodeLensProvider:          &protocol.CodeLensOptions{},
		CompletionProvider:        &protocol.CompletionOptions{TriggerCharacters: []string{"$", ".", "'", `"`, " ", ":", "=", "("}},
		SignatureHelpProvider:     &protocol.SignatureHelpOptions{TriggerCharacters: []string{",", ":", "="}},
		RenameProvider:            &protocol.RenameOptions{PrepareProvider: new(true)},
		CodeActionProvider: &protocol.CodeActionOptions{CodeActionKinds: []protocol.CodeActionKind{
			protocol.CodeActionKindQuickFix, protocol.CodeActionKindRefactorRewrite, fixAll,
		}},
		SemanticTokensProvider: &protocol.SemanticTokensOptions{
			Legend: legend, Range: on, Full: on,
		},
		DocumentRangeFormattingProvider: on,
		ExecuteCommandProvider:          protocol.ExecuteCommandOptions{Commands: commandNames()},
		Workspace: &protocol.WorkspaceOptions{WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{
			Supported: new(true), ChangeNotifications: on,
		}},
	}
	if s.can.pullsDiagnostics {
		c.DiagnosticProvider = &protocol.DiagnosticOptions{WorkspaceDiagnostics: true}
	}
	return c
}

// Initialized looks through the folders of the editor, and asks to be told what changes there.
func (s *Server) Initialized(_ context.Context, _ *protocol.InitializedParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watch()
	s.scan(s.workspace.folders)
	return nil
}

// Shutdown ends the work. Only the exit may follow.
func (s *Server) Shutdown(context.Context) error {
	s.phase = closing
	return nil
}

// Exit ends the connection, which waits for this very handler: so somebody else closes it.
func (s *Server) Exit(context.Context) error {
	s.exited = s.phase == closing
	go s.conn.Close()
	return nil
}

// SetTrace does nothing: what there is to trace is logged.
func (s *Server) SetTrace(context.Context, *protocol.SetTraceParams) error { return nil }
