package lsp

import (
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// isConfig reports whether a URI has the name of a configuration.
func (s *Server) isConfig(k string) bool {
	return slices.Contains(s.options.ConfigFiles, k[strings.LastIndexByte(k, '/')+1:])
}

// isOutdated reports whether files are to be checked otherwise than when it was last asked. The caller holds the lock.
func (s *Server) isOutdated() bool {
	if s.options.Generation == nil {
		return false
	}
	was := s.workspace.generation
	s.workspace.generation = s.options.Generation()
	return s.workspace.generation != was
}

// configDiagnostics is what is wrong with a configuration. What is wrong with a file that it names is said at that name,
// for nobody who has only the configuration open would see it there.
func (st *state) configDiagnostics() []protocol.Diagnostic {
	all := []protocol.Diagnostic{}
	c := st.config()
	if c == nil {
		return all
	}
	for _, p := range c.Problems {
		message := p.Message
		if p.File != c.File {
			message = p.Error()
		}
		all = append(all, protocol.Diagnostic{
			Range: st.toRange(c.Place(p)), Severity: protocol.DiagnosticSeverityError, Code: protocol.String("configuration"),
			Source: protocol.NewOptional(sourceName), Message: protocol.String(message),
		})
	}
	return all
}

// configLinks leads to the files that a configuration names.
func (st *state) configLinks() []protocol.DocumentLink {
	links := []protocol.DocumentLink{}
	c := st.config()
	if c == nil {
		return links
	}
	for _, l := range c.Links() {
		links = append(links, protocol.DocumentLink{Range: st.toRange(l.Span), Target: new(uri.File(l.Path))})
	}
	return links
}
