package lsp

import (
	"context"
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/syntax"
)

// CodeLens offers to look at a program as a whole, above its first line, and tells which tests take a
// step.
func (s *Server) CodeLens(ctx context.Context, p *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	lenses := []protocol.CodeLens{}
	for i, x := range st.read() {
		if !x.IsProgram || len(x.Program.Steps) == 0 {
			continue
		}
		at := st.position(x.Program.Root.Span.Start)
		for _, c := range commands {
			if c.lens == "" {
				continue
			}
			lenses = append(lenses, protocol.CodeLens{
				Range: protocol.Range{Start: at, End: at},
				Command: protocol.Command{Title: c.lens, Command: c.name, Arguments: []protocol.LSPAny{
					toAny(map[string]any{"uri": st.uri, "program": i}),
				}},
			})
		}
		lenses = append(lenses, st.testLenses(i, x.Program)...)
	}
	return lenses, nil
}

// DocumentLink leads from a tool to where it is declared, from a scenario file to the programs that its cases are about, and
// from a configuration to the manifests, the policy and the configuration that it names.
func (s *Server) DocumentLink(ctx context.Context, p *protocol.DocumentLinkParams) ([]protocol.DocumentLink, error) {
	st := s.anyAt(ctx, p.TextDocument.URI)
	if st == nil || !st.uri.IsFile() {
		return nil, nil
	}
	if st.config != nil {
		return st.configLinks(), nil
	}
	links := []protocol.DocumentLink{}
	add := func(n *syntax.Node) {
		if n = n.Get("program"); n != nil && n.Kind == syntax.String && n.Text.Value != "" {
			path, _, _ := strings.Cut(n.Text.Value, "#") // behind it stands which program of the file
			if !filepath.IsAbs(path) {
				path = filepath.Join(filepath.Dir(st.uri.FsPath()), path)
			}
			links = append(links, protocol.DocumentLink{Range: st.toRange(n.Text.Content()), Target: new(uri.File(path))})
		}
	}
	for _, x := range st.read() {
		if x.IsProgram {
			links = append(links, st.toolLinks(x.Program)...)
			continue
		}
		root := x.Program.Root
		add(root)
		for _, list := range []*syntax.Node{root, root.Get("cases")} {
			if list != nil {
				for _, item := range list.Items {
					add(item)
				}
			}
		}
	}
	return links, nil
}
