package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

const (
	graphCommand   = "nanolint.graph"
	dryRunCommand  = "nanolint.dryRun"
	explainCommand = "nanolint.explain"
	testsCommand   = "nanolint.tests"
	pathsCommand   = "nanolint.paths"
)

// command is something that an editor may have done.
type command struct {
	name string
	lens string // what is offered above a program; empty if nothing is
	run  func(*Server, context.Context, []protocol.LSPAny) (any, error)
}

var commands = [...]command{
	{graphCommand, "graph", (*Server).graph},
	{dryRunCommand, "dry run", (*Server).dryRun},
	{explainCommand, "", (*Server).explain},
	{testsCommand, "", (*Server).testsAt},
	{pathsCommand, "paths", (*Server).paths},
}

func commandNames() []string {
	var all []string
	for _, c := range commands {
		all = append(all, c.name)
	}
	return all
}

// ExecuteCommand does what one of the commands says.
func (s *Server) ExecuteCommand(ctx context.Context, p *protocol.ExecuteCommandParams) (protocol.LSPAny, error) {
	for _, c := range commands {
		if c.name != p.Command {
			continue
		}
		v, err := c.run(s, ctx, p.Arguments)
		if err != nil {
			return nil, err
		}
		return toAny(v), nil
	}
	return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "there is no command %q", p.Command)
}

// argument reads the one argument of a command.
func argument(args []protocol.LSPAny, into any) error {
	if len(args) != 1 {
		return jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%d arguments, want one", len(args))
	}
	if err := json.Unmarshal(args[0], into); err != nil {
		return jsonrpc2.Errorf(jsonrpc2.InvalidParams, "the argument cannot be read: %v", err)
	}
	return nil
}

// explain returns the page of a rule, and its address.
func (s *Server) explain(ctx context.Context, args []protocol.LSPAny) (any, error) {
	var id string
	if err := argument(args, &id); err != nil {
		return nil, err
	}
	r := rules.Find(id)
	if r == nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "there is no rule %q", id)
	}
	jsonrpc2.Async(ctx)
	return map[string]string{"rule": r.ID, "url": r.URL(), "markdown": report.Page(r)}, nil
}

// place is the argument of commands about a program: which one, and where in it.
type place struct {
	URI      uri.URI            `json:"uri"`
	Program  int                `json:"program"`
	Position *protocol.Position `json:"position"`
	Scenario json.RawMessage    `json:"scenario"` // of a dry run; see package scenario
	Limit    int                `json:"limit"`    // of paths; 0 is mostPaths
	Failures bool               `json:"failures"` // also paths on which steps fail or tools suspend the run
	MustPass []string           `json:"mustPass"` // ids of steps that paths to success should pass
}

// programAt is the program that a command is about.
func (s *Server) programAt(ctx context.Context, args []protocol.LSPAny) (*state, *validator.Found, place, error) {
	var p place
	if err := argument(args, &p); err != nil {
		return nil, nil, p, err
	}
	st := s.at(ctx, p.URI)
	if st == nil {
		return nil, nil, p, refuse("%s is not open", p.URI)
	}
	found := st.read()
	if p.Position != nil {
		if c := cursorAt(found, st.offset(*p.Position)); c.found != nil {
			return st, c.found, p, nil
		}
	}
	if p.Program < 0 || p.Program >= len(found) {
		return nil, nil, p, refuse("there is no program %d in %s", p.Program, p.URI)
	}
	return st, &found[p.Program], p, nil
}

// runnableAt is the program that a command is to run.
func (s *Server) runnableAt(ctx context.Context, args []protocol.LSPAny) (*state, *validator.Found, place, error) {
	st, x, p, err := s.programAt(ctx, args)
	if err == nil && x.IsComputed() {
		err = refuse("Python code computes a part of the program, so it cannot be run here: write what program.model_dump_json() returns into a file, and run that")
	}
	return st, x, p, err
}

// graph returns the graph of a program, as Mermaid and as SVG, with the states that control can come to. If there
// is a position, the step there is marked, and the shortest way to it.
func (s *Server) graph(ctx context.Context, args []protocol.LSPAny) (any, error) {
	st, x, p, err := s.programAt(ctx, args)
	if err != nil {
		return nil, err
	}
	if len(x.Program.Steps) == 0 {
		return nil, refuse("there are no steps to draw")
	}
	f := st.flow(x)
	g := graphcheck.Build(x.Program)
	result := graphResult{Finding: []string{}, Witness: []string{}}
	var marks graphcheck.Marks
	if p.Position != nil {
		c := cursorAt(st.read(), st.offset(*p.Position))
		marks.States = f.states(c.topStep())
		if len(marks.States) > 0 {
			marks.Path = g.Witness(marks.States[0], len(g.States))
		}
		for _, r := range st.rulesAt(c.offset) {
			result.Finding = append(result.Finding, r.ID)
		}
		for _, e := range marks.Path {
			result.Witness = append(result.Witness, x.Program.Steps[e.From.Step].ID())
		}
	}
	var mermaid, svg bytes.Buffer
	if err := errors.Join(g.MermaidMarked(&mermaid, marks), g.SVG(&svg, marks)); err != nil {
		return nil, err
	}
	result.Mermaid, result.SVG = mermaid.String(), svg.String()
	return result, nil
}

// graphResult is what nanolint.graph returns.
type graphResult struct {
	Mermaid string   `json:"mermaid"`
	SVG     string   `json:"svg"`
	Finding []string `json:"finding"` // the rules with something to say about the position
	Witness []string `json:"witness"` // the steps on the shortest way to the one at the position
}
