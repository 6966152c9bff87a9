package program_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The transition function on paper: every outcome of every state of a program, reachable or not. That the
// machine does the same is tested with recorded runs, in package graphcheck.
func TestMoves(t *testing.T) {
	files, err := filepath.Glob("../testdata/golden/moves/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text := archive.Files[0].Data
			for i, f := range archive.Files[1:] {
				version, err := program.ParseVersion(strings.TrimPrefix(f.Name, "moves-"))
				if err != nil {
					t.Fatal(err)
				}
				doc := syntax.Parse(source.NewFile(name, string(text)), syntax.YAML)[0]
				got := moves(program.Decode(doc.Root, version))
				if *update {
					archive.Files[i+1].Data = []byte(got)
				} else if got != string(f.Data) {
					t.Errorf("%s of %s are\n%s\nwant\n%s", f.Name, name, got, f.Data)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// moves is a line for each outcome of each state.
func moves(p *program.Program) string {
	var b strings.Builder
	for _, s := range p.Steps {
		for _, e := range []program.Entry{program.Sequential, program.Inline} {
			state := program.State{Step: s.Index, Entry: e}
			for _, o := range p.Outcomes(state) {
				m := p.Next(state, o)
				fmt.Fprintf(&b, "%-10s %-10s %-8s", s.ID(), e, o)
				if m.Halt != program.Running {
					fmt.Fprintf(&b, " %s", m.Halt)
				}
				if m.To != program.Nowhere {
					fmt.Fprintf(&b, " -> %s %s", p.Steps[m.To.Step].ID(), m.To.Entry)
				}
				if m.Via != nil {
					fmt.Fprintf(&b, " by %s", m.Via.Field)
				}
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}
