package lsp

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// tested is a case of a scenario file beside a document, and what came of it.
type tested struct {
	File   string   `json:"file"`
	Case   string   `json:"case"`
	Passes bool     `json:"passes"`
	Path   []string `json:"path"` // the ids of the steps that it took

	program int // the number of the one that it is about
}

// Bounds of what is read and run unasked.
const (
	mostScenarioFiles = 50
	mostCases         = 200
	maxScenario       = 1 << 20
)

// runTests runs the cases about a document in the scenario files of its directory, in the order of their names. It is
// the program of the document that runs, saved or not.
func (st *state) runTests() []tested {
	path := st.uri.FsPath()
	if !st.uri.IsFile() {
		return nil
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	var all []tested
	files := 0
	for _, e := range entries {
		if !isScenario(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if files++; files > mostScenarioFiles || len(all) > mostCases {
			break
		}
		name := filepath.Join(filepath.Dir(path), e.Name())
		if info, err := e.Info(); err != nil || info.Size() > maxScenario {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		lang, _ := languageOf("", name)
		all = append(all, st.runSuite(source.NewFile(name, string(text)), lang)...)
	}
	return all
}

// isScenario reports whether a file has the name of a scenario file.
func isScenario(path string) bool {
	lang, ok := languageOf("", path)
	return ok && (lang == syntax.JSON || lang == syntax.YAML) && strings.HasSuffix(strings.TrimSuffix(path, filepath.Ext(path)), ".test")
}

var errAnother = errors.New("it is about another program")

// runSuite runs the cases of one scenario file that are about programs of the document.
func (st *state) runSuite(f *source.File, lang syntax.Lang) []tested {
	subjects := make(map[int]*scenario.Subject)
	suite := scenario.Read(f, lang, st.options.Target, func(path string) (*scenario.Subject, error) {
		path, name, named := strings.Cut(path, "#")
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(f.Name), path)
		}
		i := st.programNamed(name, named)
		if path != st.uri.FsPath() || i < 0 {
			return nil, errAnother
		}
		if subjects[i] == nil {
			subjects[i] = scenario.NewSubject(path, st.read()[i].Program)
		}
		return subjects[i], nil
	})
	var all []tested
	for _, c := range suite.Cases {
		i := slices.IndexFunc(st.read(), func(x validator.Found) bool { return c.Subject != nil && x.Program.Root == c.Subject.Program.Root })
		if i < 0 || len(all) >= mostCases {
			continue
		}
		t := tested{File: filepath.Base(f.Name), Case: c.Name, Path: []string{}, program: i}
		result, differences := c.Check()
		if t.Passes = len(differences) == 0; result != nil {
			t.Path = append(t.Path, result.Path...)
		}
		all = append(all, t)
	}
	return all
}

// programNamed is the number of the only program of the document, or of the only one of a name, if it can be run. It is
// -1 if there is none.
func (st *state) programNamed(name string, named bool) int {
	found := -1
	for i := range st.read() {
		x := &st.read()[i]
		if !x.IsProgram || named && x.Program.Name != name {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	if found >= 0 && st.read()[found].IsComputed() {
		return -1
	}
	return found
}

// covering is the cases that take a step of a program.
func covering(i int, s *program.Step, all []tested) []tested {
	taken := []tested{}
	for _, t := range all {
		if t.program == i && s.ID() != "" && slices.Contains(t.Path, s.ID()) {
			taken = append(taken, t)
		}
	}
	return taken
}

// testLenses tell beside each step how many tests take it.
func (st *state) testLenses(i int, p *program.Program) []protocol.CodeLens {
	all := st.tests()
	if !slices.ContainsFunc(all, func(t tested) bool { return t.program == i }) {
		return nil
	}
	var lenses []protocol.CodeLens
	for _, s := range p.Steps {
		taken := covering(i, s, all)
		failing := 0
		for _, t := range taken {
			if !t.Passes {
				failing++
			}
		}
		title := fmt.Sprintf("tests: %d", len(taken))
		if failing > 0 {
			title += fmt.Sprintf(", %d of them fail", failing)
		}
		at := st.position(s.Place().Start)
		lenses = append(lenses, protocol.CodeLens{
			Range: protocol.Range{Start: at, End: at},
			Command: protocol.Command{Title: title, Command: testsCommand, Arguments: []protocol.LSPAny{
				toAny(map[string]any{"uri": st.uri, "program": i, "position": at}),
			}},
		})
	}
	return lenses
}

// testsAt returns the tests that take the step at a position, or all of the program if there is none.
func (s *Server) testsAt(ctx context.Context, args []protocol.LSPAny) (any, error) {
	st, x, p, err := s.programAt(ctx, args)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(st.read(), func(y validator.Found) bool { return y.Program == x.Program })
	all := []tested{}
	for _, t := range st.tests() {
		if t.program == i {
			all = append(all, t)
		}
	}
	if p.Position != nil {
		if c := cursorAt(st.read(), st.offset(*p.Position)); c.step != nil {
			all = covering(i, c.topStep(), all)
		}
	}
	return map[string]any{"tests": all}, nil
}
