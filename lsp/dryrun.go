package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// dryRun runs a program with scripted answers, as nanolint test does a case, and returns the way that it took and
// the machine's trace. Without a scenario, models answer nothing and tools None.
func (s *Server) dryRun(ctx context.Context, args []protocol.LSPAny) (any, error) {
	st, x, p, err := s.runnableAt(ctx, args)
	if err != nil {
		return nil, err
	}
	subject := scenario.NewSubject(st.file.Name, x.Program)
	if len(subject.Rejected) > 0 {
		return nil, refuse("the machine refuses to construct the program: %s", subject.Rejected[0].Message)
	}
	text, err := caseText(p.Scenario)
	if err != nil {
		return nil, err
	}
	suite := scenario.Read(source.NewFile("scenario", text), syntax.JSON, st.options.Target,
		func(string) (*scenario.Subject, error) { return subject, nil })
	if len(suite.Notes) > 0 {
		return nil, refuse("the scenario cannot be used: %s", suite.Notes[0].Message)
	}
	c := suite.Cases[0]
	result := c.Run()
	_, differences := c.Check()
	words := make([]string, len(differences))
	for i, d := range differences {
		words[i] = fmt.Sprintf("%s: want %s, got %s", d.Path, value.AppendJSON(nil, d.Expected), value.AppendJSON(nil, d.Actual))
	}
	return map[string]any{
		"path": slices.Concat([]string{}, result.Path), "trace": asJSON(result.Runs[len(result.Runs)-1]),
		"calls": asJSON(result.Calls), "differences": words,
	}, nil
}

// caseText is the scenario of an editor as a case about the program of the document.
func caseText(given json.RawMessage) (string, error) {
	fields := make(map[string]json.RawMessage)
	if len(given) > 0 {
		if err := json.Unmarshal(given, &fields); err != nil {
			return "", refuse("the scenario must be an object: %v", err)
		}
	}
	fields["program"] = json.RawMessage(`"this"`)
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(fields); err != nil {
		return "", refuse("the scenario cannot be read: %v", err)
	}
	return b.String(), nil
}

// asJSON is a value as JSON; as a text, if it holds numbers that JSON does not have.
func asJSON(v value.Value) any {
	text := value.AppendJSON(nil, v)
	if json.Valid(text) {
		return json.RawMessage(text)
	}
	return string(text)
}
