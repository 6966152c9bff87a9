package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/program"
)

var symbolKinds = [...]protocol.SymbolKind{
	program.Unknown: protocol.SymbolKindNull, program.LLM: protocol.SymbolKindInterface, program.Tool: protocol.SymbolKindFunction,
	program.Condition: protocol.SymbolKindEvent, program.Parallel: protocol.SymbolKindNamespace,
}

// DocumentSymbol is the steps of a document, with what they are, and the sub-steps inside their blocks. If there
// are several programs, each holds its own.
func (s *Server) DocumentSymbol(ctx context.Context, p *protocol.DocumentSymbolParams) (protocol.DocumentSymbolResult, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	all := protocol.DocumentSymbolSlice{}
	found := st.read()
	for i := range found {
		steps := st.symbols(found[i].Program.Steps)
		if len(found) == 1 {
			return append(all, steps...), nil
		}
		root := found[i].Program.Root
		if len(steps) > 0 {
			all = append(all, protocol.DocumentSymbol{
				Name: orUnnamed(found[i].Program.Name), Kind: protocol.SymbolKindModule,
				Range: st.toRange(root.Span), SelectionRange: protocol.Range{Start: st.position(root.Span.Start), End: st.position(root.Span.Start)},
				Children: steps,
			})
		}
	}
	return all, nil
}

func orUnnamed(name string) string {
	if strings.TrimSpace(name) == "" {
		return "(unnamed)"
	}
	return name
}

func (st *state) symbols(steps []*program.Step) []protocol.DocumentSymbol {
	var all []protocol.DocumentSymbol
	for _, s := range steps {
		what := s.Kind.String()
		if d := detail(s); d != "" {
			what += " · " + shortened(d)
		}
		symbol := protocol.DocumentSymbol{
			Name: orUnnamed(s.ID()), Detail: &what, Kind: symbolKinds[s.Kind],
			Range: st.toRange(s.Node.Span), SelectionRange: st.toRange(s.Node.Span), Children: st.symbols(s.Subs),
		}
		if place := s.Place(); s.Node.Span.Contains(place) {
			symbol.SelectionRange = st.toRange(place)
		}
		all = append(all, symbol)
	}
	return all
}

// workspaceSymbols are the programs and steps of a file, for those who look for one among all files.
func (st *state) workspaceSymbols() []protocol.WorkspaceSymbol {
	var all []protocol.WorkspaceSymbol
	add := func(text string, kind protocol.SymbolKind, in string, at protocol.Location) {
		symbol := protocol.WorkspaceSymbol{Location: &at}
		symbol.Name, symbol.Kind = text, kind
		if in != "" {
			symbol.ContainerName = &in
		}
		all = append(all, symbol)
	}
	for _, x := range st.read() {
		if !x.IsProgram {
			continue
		}
		if x.Program.Name != "" {
			add(x.Program.Name, protocol.SymbolKindModule, "", st.location(x.Program.Root.Get("name").Span))
		}
		for s := range x.Program.All {
			if s.ID() != "" {
				add(s.ID(), symbolKinds[s.Kind], x.Program.Name, st.location(s.Place()))
			}
		}
	}
	return all
}

// mostSymbols is how many symbols an answer holds: who looks for one writes on.
const mostSymbols = 500

// Symbols are the steps and programs of the workspace whose names hold the letters of a query in their order.
func (s *Server) Symbols(ctx context.Context, p *protocol.WorkspaceSymbolParams) (protocol.WorkspaceSymbolResult, error) {
	query := strings.ToLower(p.Query)
	found := protocol.WorkspaceSymbolSlice{}
	for _, f := range s.everything(ctx) {
		if ctx.Err() != nil {
			return nil, protocol.ErrRequestCancelled
		}
		symbols := []protocol.WorkspaceSymbol(nil)
		if f.open != nil {
			symbols = f.open.workspaceSymbols()
		} else {
			symbols = f.file.symbols
		}
		for _, symbol := range symbols {
			if !holdsLetters(strings.ToLower(symbol.Name), query) {
				continue
			}
			if found = append(found, symbol); len(found) == mostSymbols {
				return found, nil
			}
		}
	}
	return found, nil
}

// holdsLetters reports whether a text holds the letters of another in their order.
func holdsLetters(text, letters string) bool {
	for _, r := range letters {
		_, rest, ok := strings.Cut(text, string(r))
		if !ok {
			return false
		}
		text = rest
	}
	return true
}
