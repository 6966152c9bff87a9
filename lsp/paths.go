package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/paths"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/syntax"
)

// mostPaths is how many paths are listed unless an editor asks for more: somebody is to read them.
const mostPaths = 100

// paths returns the ways in which a run of a program may go, as nanolint paths prints them, and tests that cover the
// program as the text of a scenario file.
func (s *Server) paths(ctx context.Context, args []protocol.LSPAny) (any, error) {
	st, x, p, err := s.runnableAt(ctx, args)
	if err != nil {
		return nil, err
	}
	if p.Limit < 0 {
		return nil, refuse("the limit is %d: want a positive number", p.Limit)
	}
	if p.Limit == 0 {
		p.Limit = mostPaths
	}
	name := filepath.Base(st.file.Name)
	subject := scenario.NewSubject(name, x.Program)
	if len(subject.Rejected) > 0 {
		return nil, refuse("the machine refuses to construct the program: %s", subject.Rejected[0].Message)
	}
	if len(subject.Program.Steps) == 0 {
		return nil, refuse("there are no steps to go")
	}
	for _, id := range p.MustPass {
		if !hasStep(subject.Program, id) {
			return nil, refuse("there is no step %q to pass", id)
		}
	}
	o := paths.Options{Limit: p.Limit, Failures: p.Failures, MustPass: p.MustPass}
	found := paths.Enumerate(subject.Program, o)
	var text, list bytes.Buffer
	if err := report.PathsText(&text, name, found); err != nil {
		return nil, err
	}
	if err := report.Paths(&list, name, found); err != nil {
		return nil, err
	}
	result := pathsResult{Text: text.String(), Paths: json.RawMessage(bytes.TrimSpace(list.Bytes()))}
	named := len(st.read()) > 1
	if named {
		name += "#" + x.Program.Name
	}
	if cover := paths.FindCover(subject.Program, o).Paths; len(cover) > 0 && st.programNamed(x.Program.Name, named) >= 0 {
		if result.Tests, err = paths.Tests(subject, name, cover, syntax.YAML); err != nil {
			return nil, refuse("no tests can be made: %v", err)
		}
	}
	return result, nil
}

// pathsResult is what nanolint.paths returns.
type pathsResult struct {
	Text  string          `json:"text"`  // for people
	Paths json.RawMessage `json:"paths"` // as nanolint paths --format json prints them
	Tests string          `json:"tests"` // a scenario file; empty if no path could be tried, or another program of the document has the same name
}

func hasStep(p *program.Program, id string) bool {
	for s := range p.All {
		if s.ID() == id {
			return true
		}
	}
	return false
}
