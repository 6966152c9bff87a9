package lsp

import (
	"cmp"
	"context"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// The kinds of tokens, by their places in the legend.
const (
	variableToken uint32 = iota
	propertyToken
	operatorToken
	keywordToken
	stringToken
	numberToken
	commentToken // what the machine drops in silence
)

var legend = protocol.SemanticTokensLegend{
	TokenTypes:     []string{"variable", "property", "operator", "keyword", "string", "number", "comment"},
	TokenModifiers: []string{},
}

// token is a place with a kind.
type token struct {
	at   source.Span
	kind uint32
}

// tokens are the words of conditions and the variables of texts.
func (st *state) tokens() []token {
	var all []token
	for _, x := range st.read() {
		for s := range x.Program.All {
			if s.Cond != nil && isPlaced(s.Condition) {
				for i := range s.Cond.Tokens {
					all = append(all, st.conditionTokens(&s.Cond.Tokens[i])...)
				}
			}
			for i := range s.Uses {
				if u := &s.Uses[i]; u.Site != program.InNested && u.Path.LooksLikeName() && isPlaced(u.Node) {
					all = append(all, st.variableTokens(u)...)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b token) int { return cmp.Compare(a.at.Start, b.at.Start) })
	return all
}

// isPlaced reports whether it is known where in a file the words of a text stand. Of what Python code puts together, it may
// not be.
func isPlaced(n *syntax.Node) bool {
	return n.Style != syntax.Computed || n.Text.Value == "" || n.Text.Sub(0, 1) != n.Text.Span
}

var tokenKinds = [...]uint32{
	cond.Dropped: commentToken, cond.LogicWord: keywordToken, cond.NotWord: keywordToken, cond.NotInWord: keywordToken,
	cond.InWord: keywordToken, cond.ContainsWord: keywordToken, cond.Comparison: operatorToken, cond.Call: commentToken,
	cond.String: stringToken, cond.Number: numberToken, cond.Constant: keywordToken,
}

func (st *state) conditionTokens(t *cond.Token) []token {
	if t.Kind == cond.Variable {
		return nil // they are uses
	}
	return []token{{t.Span, tokenKinds[t.Kind]}}
}

// variableTokens is a variable: its root, and its fields.
func (st *state) variableTokens(u *program.Use) []token {
	root := u.Path.Root().Span
	all := []token{{source.Span{Start: u.Span.Start, End: root.End}, variableToken}}
	for _, segment := range u.Path[1:] {
		if segment.Name != "" && value.IsWord(rune(segment.Name[0])) || len(segment.Name) > 1 {
			all = append(all, token{segment.Span, propertyToken})
		}
	}
	return all
}

// SemanticTokensFull colours the conditions and variables of a document.
func (s *Server) SemanticTokensFull(ctx context.Context, p *protocol.SemanticTokensParams) (*protocol.SemanticTokens, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	return st.encodeTokens(source.Span{End: len(st.file.Text)}), nil
}

// SemanticTokensRange colours a part of a document.
func (s *Server) SemanticTokensRange(ctx context.Context, p *protocol.SemanticTokensRangeParams) (*protocol.SemanticTokens, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	return st.encodeTokens(st.span(p.Range)), nil
}

// encodeTokens is the tokens of a place, each relative to the one before. What spans lines is told line by line,
// and what would overlap the one before is left out.
func (st *state) encodeTokens(in source.Span) *protocol.SemanticTokens {
	data := []uint32{}
	var last protocol.Position
	end := 0
	for _, t := range st.tokens() {
		if t.at.End <= in.Start || t.at.Start >= in.End || t.at.Start < end {
			continue
		}
		end = t.at.End
		for at := t.at.Start; at < t.at.End; {
			line := st.file.LineSpan(at)
			part := st.toRange(source.Span{Start: at, End: min(t.at.End, line.End)})
			at = max(st.file.Offset(int(part.Start.Line)+1, 0, st.encoding), at+1)
			if part.End.Character <= part.Start.Character {
				continue
			}
			from := part.Start.Character
			if part.Start.Line == last.Line {
				from -= last.Character
			}
			data = append(data, part.Start.Line-last.Line, from, part.End.Character-part.Start.Character, t.kind, 0)
			last = part.Start
		}
	}
	return &protocol.SemanticTokens{Data: data}
}
