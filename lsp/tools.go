package lsp

import (
	"fmt"
	"path/filepath"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/syntax"
)

// declaration is where a tool is declared: in a manifest, or in the configuration.
func (st *state) declaration(tool string) (at protocol.Location, ok bool) {
	t := st.options.Declared.Tools[tool]
	if t.File == nil {
		return at, false
	}
	path, err := filepath.Abs(t.File.Name)
	if err != nil {
		return at, false
	}
	in := &state{file: t.File, encoding: st.encoding}
	return protocol.Location{URI: uri.File(path), Range: in.toRange(t.Span)}, true
}

// toolLinks leads from the tools of a program to where they are declared.
func (st *state) toolLinks(p *program.Program) []protocol.DocumentLink {
	var links []protocol.DocumentLink
	for s := range p.All {
		if s.Kind != program.Tool || s.Tool == nil || s.Tool.Kind != syntax.String {
			continue
		}
		if to, ok := st.declaration(s.Tool.Text.Value); ok {
			links = append(links, protocol.DocumentLink{
				Range: st.toRange(s.Tool.Text.Content()), Tooltip: new(st.callOf(s.Tool.Text.Value)),
				Target: new(uri.URI(fmt.Sprintf("%s#L%d", to.URI, to.Range.Start.Line+1))),
			})
		}
	}
	return links
}

// callOf is a declared tool with its arguments.
func (st *state) callOf(tool string) string {
	return callText(tool, st.options.Declared.Tools[tool].Input)
}

// describeTool is what is declared of a tool, and empty if nothing is.
func (st *state) describeTool(tool string) string {
	if _, ok := st.options.Declared.Tools[tool]; !ok {
		return ""
	}
	return fmt.Sprintf("**%s** · tool\n\n%s\n", escape(tool), code(st.callOf(tool)))
}
