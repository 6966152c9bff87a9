package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/program"
)

// SignatureHelp shows the arguments that steps pass to a tool, while those of one are being written.
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
	for _, call := range c.program.Signature().Tools {
		if call.Tool == c.step.Tool.Text.Value {
			return signatureHelp(call, c), nil
		}
	}
	return nil, nil
}

func signatureHelp(call program.Call, c *cursor) *protocol.SignatureHelp {
	var names []string
	active := -1
	for _, arg := range call.Arguments {
		if arg == probeWord {
			continue
		}
		if len(c.args) > 0 && c.args[0] == arg {
			active = len(names)
		}
		names = append(names, arg)
	}
	info := protocol.SignatureInformation{Label: call.Tool + "(" + strings.Join(names, ", ") + ")"}
	for _, n := range names {
		info.Parameters = append(info.Parameters, protocol.ParameterInformation{Label: protocol.String(n)})
	}
	if active < 0 { // the first that is not there yet
		for i, n := range names {
			if c.step.Args.Get(n) == nil {
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
