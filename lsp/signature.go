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
	pr := s.probeAt(st, st.offset(p.Position))
	if pr.step == nil || pr.step.Kind != program.Tool || pr.field != "args" || pr.step.Tool == nil {
		return nil, nil
	}
	tool := pr.step.Tool.Text.Value
	for _, call := range pr.program.Signature().Tools {
		if call.Tool == tool {
			return signatureHelp(call, pr), nil
		}
	}
	return nil, nil
}

func signatureHelp(call program.Call, p *probe) *protocol.SignatureHelp {
	var names []string
	active := -1
	for _, arg := range call.Arguments {
		if arg == probeWord {
			continue
		}
		if len(p.args) > 0 && p.args[0] == arg {
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
			if p.step.Args.Get(n) == nil {
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
