package main

import (
	"errors"
	"path/filepath"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// settings is what holds for each file: what its configuration says, and above it the flags. Several goroutines ask.
type settings struct {
	finder config.Finder
	flags  config.Flags

	mu         sync.Mutex
	known      map[settingKey]*setting
	generation int // how often the configurations have been forgotten
}

// forget has the configurations read anew. Nobody may be asking meanwhile.
func (s *settings) forget() {
	s.finder = config.Finder{Rules: s.finder.Rules, Named: s.finder.Named, Off: s.finder.Off}
	s.known = nil
	s.generation++
}

// settingKey is the same for files for which the same holds.
type settingKey struct {
	config *config.Config
	key    string
}

// setting is what holds for some files.
type setting struct {
	*config.Effective
	options validator.Options
}

// badConfig is a configuration with mistakes: nothing can be said about the files that it is for.
type badConfig struct{ *config.Config }

func (e badConfig) Error() string { return e.Problems[0].Error() }

// addConfigFlags adds the flags that say which configurations count.
func addConfigFlags(c *cobra.Command, f *config.Finder) {
	c.Flags().StringVar(&f.Named, "config", "", "take the configuration `FILE` for all programs, instead of the nearest of each")
	c.Flags().BoolVar(&f.Off, "no-config", false, "read no configuration")
	c.MarkFlagsMutuallyExclusive("config", "no-config")
}

// of is what holds for a file, or a badConfig.
func (s *settings) of(path string) (*setting, error) {
	path = truePath(path)
	c := s.finder.For(path)
	if c != nil && len(c.Problems) > 0 {
		return nil, badConfig{c}
	}
	k := settingKey{c, c.Key(path)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.known[k]; found != nil {
		return found, nil
	}
	e := s.finder.Effective(c, path, s.flags)
	o, err := e.Options()
	if err != nil {
		return nil, err
	}
	if s.known == nil {
		s.known = make(map[settingKey]*setting)
	}
	s.known[k] = &setting{e, o}
	return s.known[k], nil
}

// excludes reports whether the configuration of a directory leaves out what lies in it. The path is a true one.
func (s *settings) excludes(path string, isDir bool) bool {
	c := s.finder.ForDir(filepath.Dir(path))
	return c != nil && len(c.Problems) == 0 && c.Excludes(path, isDir)
}

// fails reports whether findings make the exit status 1.
func (s *setting) fails(a *validator.Analysis) bool {
	least := s.failing()
	return slices.ContainsFunc(a.Diagnostics, func(d source.Diagnostic) bool { return d.Severity >= least && !d.IsMuted() })
}

// failing is the least severity that makes the exit status 1; none has it if none does.
func (s *setting) failing() source.Severity {
	return map[string]source.Severity{
		"error": source.Error, "warning": source.Warning, "never": source.Error + 1,
	}[s.FailOn.Value]
}

// configure prepares settings for the rules of the command and a --target-version, which may be empty.
func (a *app) configure(s *settings, target string) error {
	s.finder.Rules, s.flags.TargetVersion = a.rules, target
	if target == "" {
		return nil
	}
	_, err := program.ParseVersion(target)
	return err
}

// complainOf says why there is no analysis of a file.
func (a *app) complainOf(r result) {
	var bad badConfig
	if errors.As(r.err, &bad) {
		a.complainOfConfig(bad.Config)
		return
	}
	a.complain(statusOf(r.err), r.path, r.err)
}

// complainOfConfig says what is wrong with a configuration, once.
func (a *app) complainOfConfig(c *config.Config) {
	if a.badConfigs[c] {
		return
	}
	if a.badConfigs == nil {
		a.badConfigs = make(map[*config.Config]bool)
	}
	a.badConfigs[c] = true
	for _, p := range c.Problems {
		a.complain(statusUnusable, "", p)
	}
}
