package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/program"
)

// SignatureHelp shows the arguments that a tool is declared to take, or else that steps pass to it, while those of one are being written.
func (s *Server) SignatureHelp(ctx context.Context, p *protocol.SignatureHelpParams) (*protocol.SignatureHelp, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	offset := st.offset(p.Position)
	c := cursorAt(st.read(), offset)
	if len(c.args) == 0 { // between the arguments, or where one is being written
		c = s.probeAt(st, offset).cursor
	}
	if c.step == nil || c.step.Kind != program.Tool || c.field != "args" || c.step.Tool == nil {
		return nil, nil
	}
	tool := c.step.Tool.Text.Value
	all := parametersOf(st.options.Declared.Tools[tool].Input)
	if all == nil {
		for _, call := range c.program.Tools() {
			for _, arg := range call.Arguments {
				if call.Tool == tool && arg != probeWord {
					all = append(all, parameter{name: arg})
				}
			}
		}
	}
	return signatureHelp(tool, all, c), nil
}

func signatureHelp(tool string, all []parameter, c *cursor) *protocol.SignatureHelp {
	active := -1
	info := protocol.SignatureInformation{Label: tool + "(" + strings.Join(labelsOf(all), ", ") + ")"}
	for i, a := range all {
		if len(c.args) > 0 && c.args[0] == a.name {
			active = i
		}
		p := protocol.ParameterInformation{Label: protocol.String(a.label())}
		if a.about != "" {
			p.Documentation = markdown(a.about)
		}
		info.Parameters = append(info.Parameters, p)
	}
	if active < 0 { // the first that is not there yet
		for i, a := range all {
			if c.step.Args.Get(a.name) == nil {
				active = i
				break
			}
		}
	}
	help := &protocol.SignatureHelp{Signatures: []protocol.SignatureInformation{info}, ActiveSignature: new(uint32)}
	if active >= 0 {
		help.ActiveParameter = protocol.NewNullable(uint32(active))
	}
	return help
}
