package report

import (
	"io"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
)

type graphJSON struct {
	File    string      `json:"file"`
	Program string      `json:"program"`
	Steps   []stepJSON  `json:"steps"`
	States  []stateJSON `json:"states"`
	Edges   []edgeJSON  `json:"edges"`
}

type stepJSON struct {
	ID        string   `json:"id"`
	Index     int      `json:"index"`
	Reachable bool     `json:"reachable"`
	Entries   []string `json:"entries"`
}

type stateJSON struct {
	Step  string `json:"step"`
	Index int    `json:"index"`
	Entry string `json:"entry"`
}

type edgeJSON struct {
	From stateJSON  `json:"from"`
	On   string     `json:"on"`
	To   *stateJSON `json:"to"`
	Halt *string    `json:"halt"`
}

// Graph prints the states and moves of a program as one line of JSON.
func Graph(w io.Writer, file string, g *graphcheck.Graph) error {
	out := graphJSON{
		File: file, Program: g.Program.Name,
		Steps:  make([]stepJSON, len(g.Program.Steps)),
		States: make([]stateJSON, len(g.States)),
		Edges:  make([]edgeJSON, len(g.Edges)),
	}
	for i, s := range g.Program.Steps {
		entries := []string{}
		for _, e := range g.Entries(s) {
			entries = append(entries, e.String())
		}
		out.Steps[i] = stepJSON{s.ID(), i, g.Reachable(s), entries}
	}
	for i, s := range g.States {
		out.States[i] = toState(g.Program, s)
	}
	for i, e := range g.Edges {
		out.Edges[i] = edgeJSON{From: toState(g.Program, e.From), On: e.On.String()}
		if e.To != program.Nowhere {
			to := toState(g.Program, e.To)
			out.Edges[i].To = &to
		}
		if e.Halt != program.Running {
			halt := e.Halt.String()
			out.Edges[i].Halt = &halt
		}
	}
	return writeJSON(w, "", out, "\n")
}

func toState(p *program.Program, s program.State) stateJSON {
	return stateJSON{p.Steps[s.Step].ID(), s.Step, s.Entry.String()}
}
