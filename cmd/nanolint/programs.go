package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// programs loads the programs that are to be run, each once.
type programs struct {
	*settings
	loaded map[string]*scenario.Subject // by true path and name
	files  map[*scenario.Subject]*source.File
	judges map[*scenario.Subject]func() *validator.Analysis // check the file of a program, which is read already
}

func newPrograms(s *settings) *programs {
	return &programs{s, make(map[string]*scenario.Subject), make(map[*scenario.Subject]*source.File), make(map[*scenario.Subject]func() *validator.Analysis)}
}

// open is the program of a file: PATH, or PATH#NAME where there are several.
func (p *programs) open(path string) (*scenario.Subject, error) {
	path, name, named := strings.Cut(path, "#")
	key := truePath(path) + "#" + name
	if s := p.loaded[key]; s != nil {
		return s, nil
	}
	s, err := p.read(input{path: path}, name, named)
	if err == nil {
		p.loaded[key] = s
	}
	return s, err
}

// read is the program of an input: the only one, or the one of that name.
func (p *programs) read(in input, name string, named bool) (*scenario.Subject, error) {
	f, lang, err := load(in)
	if err != nil {
		return nil, err
	}
	setting, err := p.of(in.path)
	if err != nil {
		return nil, err
	}
	o := setting.options
	o.Lang, o.ProgramsOnly = lang, true
	all := validator.Read(f, o)
	var found []validator.Found
	for _, x := range all {
		if !named || x.Program.Root.Get("name").IsString(name) {
			found = append(found, x)
		}
	}
	switch {
	case len(found) == 0 && named:
		return nil, fmt.Errorf("the file holds no program with the name %q", name)
	case len(found) == 0:
		return nil, errors.New("the file holds no program: run nanolint check on it to see why")
	case len(found) > 1:
		return nil, fmt.Errorf("the file holds %d such programs: write the name of one behind the path, as in %s#NAME", len(found), filepath.Base(in.path))
	}
	if found[0].IsComputed() {
		return nil, errors.New("Python code computes a part of the program, so it cannot be run here: write what program.model_dump_json() returns into a file, and run that")
	}
	s := scenario.NewSubject(in.path, found[0].Program)
	p.files[s], p.judges[s] = f, func() *validator.Analysis { return validator.Judge(f, all, o) }
	return s, nil
}

// beside opens the programs that a scenario file names, with paths relative to it.
func (p *programs) beside(scenarioFile string) scenario.Open {
	return func(path string) (*scenario.Subject, error) {
		if scenarioFile != stdinName && !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(scenarioFile), path)
		}
		s, err := p.open(path)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			err = errors.New("there is no such file: the path of a program is relative to the scenario file")
		}
		return s, err
	}
}
