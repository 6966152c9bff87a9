package lsp

import (
	"context"
	"runtime/debug"
	"strconv"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator/rules"
)

const sourceName = "nanolint"

var severities = [...]protocol.DiagnosticSeverity{
	source.Info: protocol.DiagnosticSeverityInformation, source.Warning: protocol.DiagnosticSeverityWarning,
	source.Error: protocol.DiagnosticSeverityError,
}

// diagnostics is what the rules say of a state, in the protocol's form.
func (s *Server) diagnostics(st *state) []protocol.Diagnostic {
	if st.config != nil {
		return st.configDiagnostics()
	}
	a := st.judge()
	for _, c := range a.Crashes {
		s.log("%s: %v\n%s", st.uri, c, c.Stack)
	}
	all := make([]protocol.Diagnostic, 0, len(a.Diagnostics)) // empty, not null, if there are none
	for i := range a.Diagnostics {
		if !a.Diagnostics[i].IsMuted() {
			all = append(all, s.diagnostic(st, &a.Diagnostics[i]))
		}
	}
	return all
}

func (s *Server) diagnostic(st *state, d *source.Diagnostic) protocol.Diagnostic {
	p := protocol.Diagnostic{
		Range: st.toRange(d.Span), Severity: severities[d.Severity], Code: protocol.String(d.Rule),
		Source: protocol.NewOptional(sourceName), Message: protocol.String(d.Message), Data: st.fixData(d),
	}
	if r := rules.Find(d.Rule); r != nil {
		p.CodeDescription.Href = uri.URI(r.URL())
		if r.Dead {
			p.Tags = protocol.NewDiagnosticTags(protocol.DiagnosticTagUnnecessary)
		}
	}
	if s.can.related {
		for _, n := range d.Related {
			p.RelatedInformation = append(p.RelatedInformation, protocol.DiagnosticRelatedInformation{
				Location: st.location(n.Span), Message: n.Message,
			})
		}
	}
	return p
}

// fixData is the fixes of a diagnostic for clients that know them. A code action holds the same.
func (st *state) fixData(d *source.Diagnostic) protocol.LSPAny {
	type edit struct {
		Range   protocol.Range `json:"range"`
		NewText string         `json:"newText"`
	}
	type fix struct {
		Title string `json:"title"`
		Safe  bool   `json:"safe"`
		Edits []edit `json:"edits"`
	}
	if len(d.Fixes) == 0 {
		return nil
	}
	fixes := make([]fix, len(d.Fixes))
	for i, f := range d.Fixes {
		fixes[i] = fix{Title: f.Title, Safe: f.Safe}
		for _, e := range f.Edits {
			fixes[i].Edits = append(fixes[i].Edits, edit{st.toRange(e.Span), e.New})
		}
	}
	return toAny(map[string]any{"fixes": fixes})
}

// publishAll tells the editor the diagnostics of documents that have changed, each for its newest state, until
// the session ends. However fast somebody types, one analysis runs and at most one waits.
func (s *Server) publishAll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		}
		for ctx.Err() == nil {
			s.mu.Lock()
			if len(s.dirty) == 0 {
				s.mu.Unlock()
				break
			}
			k := s.dirty[0]
			if d := s.documents[k]; d != nil && len(d.now.file.Text) > manyBytes {
				s.mu.Unlock()
				s.giveWay(ctx)
				s.mu.Lock()
			}
			s.dirty = s.dirty[1:]
			pull := s.can.pullsDiagnostics
			var st *state
			if d := s.documents[k]; d != nil {
				st = d.now
			}
			s.mu.Unlock()
			if !pull {
				s.publish(ctx, k, st)
			} else if st == nil {
				s.reread(k)
			}
		}
	}
}

// manyBytes is how many bytes take so long to analyze that a request waits noticeably for the processors.
const manyBytes = 100_000

// giveWay lets the requests go first that an editor sends with an edit: somebody waits for them at that very place. They must have come
// within the first of two times, and are not waited for beyond the second.
func (s *Server) giveWay(ctx context.Context) {
	const first, second = time.Millisecond, 20 * time.Millisecond
	late := time.NewTimer(second)
	defer late.Stop()
	time.Sleep(first)
	for s.answering.Load() > 0 {
		select {
		case <-s.answered:
		case <-late.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// publish tells the diagnostics of one document, or of its file if it is not open.
func (s *Server) publish(ctx context.Context, k string, st *state) {
	defer func() {
		if v := recover(); v != nil {
			s.log("%s: an internal error of nanolint: %v\n%s", k, v, debug.Stack())
		}
	}()
	p := &protocol.PublishDiagnosticsParams{URI: uri.URI(k), Diagnostics: []protocol.Diagnostic{}}
	if st != nil {
		p.URI, p.Version = st.uri, protocol.NewOptional(st.version)
		p.Diagnostics = s.diagnostics(st)
	} else if f := s.reread(k); f != nil {
		p.Diagnostics = f.diagnostics
	}
	if err := s.client.PublishDiagnostics(ctx, p); err != nil && ctx.Err() == nil {
		s.log("%s: cannot publish diagnostics: %v", k, err)
	}
}

// Diagnostic answers an editor that asks for diagnostics instead of waiting for them.
func (s *Server) Diagnostic(ctx context.Context, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	st := s.anyAt(ctx, p.TextDocument.URI)
	if st == nil {
		return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: fullReport("", nil)}, nil
	}
	id := st.resultID()
	if p.PreviousResultID != nil && *p.PreviousResultID == id {
		report := &protocol.RelatedUnchangedDocumentDiagnosticReport{}
		report.Kind, report.ResultID = "unchanged", id
		return report, nil
	}
	found := s.diagnostics(st)
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: fullReport(id, found)}, nil
}

// fullReport is all that is said of a file. Without an id, it is not asked for again.
func fullReport(id string, found []protocol.Diagnostic) protocol.FullDocumentDiagnosticReport {
	if found == nil {
		found = []protocol.Diagnostic{}
	}
	report := protocol.FullDocumentDiagnosticReport{Kind: "full", Items: found}
	if id != "" {
		report.ResultID = &id
	}
	return report
}

// resultID names what was said of a state.
func (st *state) resultID() string { return strconv.FormatInt(st.serial, 10) }

// fixAll is the kind of action that makes all safe fixes.
const fixAll protocol.CodeActionKind = "source.fixAll.nanolint"
