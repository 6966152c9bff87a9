package config

import (
	"cmp"
	"slices"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator/rules"
)

// Word is a value and where it was said: file:line:column, the name of a flag or of a preset, or "default".
type Word struct{ Value, Origin string }

// Effective is what holds for one file, with the origin of each value. Lists are in the order in which their entries
// were said.
type Effective struct {
	Preset        Word
	TargetVersion Word
	FailOn        Word // error, warning or never

	Select, Ignore []Word
	Severity       []Setting

	Inputs          []Input
	Tools           []Tool
	Policy          *Policy
	PrivilegedTools []Word
	Models          []Word
	Suppressions    []Suppression

	// What is declared whole: what is not among the inputs or tools does not exist.
	AllInputs, AllTools bool

	config *Config
	rules  []*rules.Rule
}

// Setting is the severity of a rule: error, warning, info or off.
type Setting struct {
	Rule     *rules.Rule
	Severity Word
}

// Flags are what a command line says. They win over configurations; what is empty says nothing.
type Flags struct {
	Select, Ignore        []string
	TargetVersion, FailOn string
	Tools                 *Manifest // more tools
}

// The presets.
const (
	recommended = "recommended"
	strict      = "strict"
	ciGate      = "ci-gate"
)

// Key tells files apart for which different settings of the configuration hold: [Finder.Effective] is the same for all files
// with one key.
func (c *Config) Key(path string) string {
	var key []byte
	for ; c != nil; c = c.base {
		rel, inside := c.relative(path)
		for i := range c.overrides {
			key = append(key, bit(inside && matchesAny(c.overrides[i].files, rel, false)))
		}
		for _, n := range itemsOf(c.root.Get("suppressions")) {
			key = append(key, bit(inside && newGlob(n.Get("path").Text.Value).matches(rel, false)))
		}
	}
	return string(key)
}

func bit(b bool) byte {
	if b {
		return '1'
	}
	return '0'
}

// Effective is what holds for a file, given by its absolute path: what the configuration says, which may be nil, and
// above it what flags say. The configuration must have no problems.
func (f *Finder) Effective(c *Config, path string, flags Flags) *Effective {
	e := &Effective{config: c, rules: f.Rules}
	if e.rules == nil {
		e.rules = rules.All()
	}
	e.preset(Word{recommended, "default"})
	e.TargetVersion = Word{schema().At("/properties/target-version/default").Text.Value, "default"}
	e.addConfig(c, path)
	e.addFlags(flags)
	return e
}

// missingReason is the rule that the presets for teams add.
const missingReason = "suppression-without-reason"

// preset starts from what a preset selects.
func (e *Effective) preset(name Word) {
	from := "preset " + name.Value
	if name.Origin == "default" {
		from = "default"
	}
	e.Preset, e.Ignore = name, nil
	e.FailOn = Word{"warning", from}
	switch name.Value {
	case recommended:
		e.Select = []Word{{rules.DefaultWord, from}}
		e.FailOn.Value = "error"
	case strict:
		e.Select = []Word{{rules.AllWord, from}}
	case ciGate:
		e.Select = []Word{{rules.DefaultWord, from}, {missingReason, from}}
		for _, r := range e.rules {
			if r.Severity == source.Info && !r.Optional {
				e.Ignore = append(e.Ignore, Word{r.Name, from})
			}
		}
	}
}

func (e *Effective) addConfig(c *Config, path string) {
	if c == nil {
		return
	}
	e.addConfig(c.base, path)
	if n := c.root.Get("preset"); n != nil {
		e.preset(c.word(n))
	}
	e.addLayer(c, c.root)
	rel, inside := c.relative(path)
	for _, o := range c.overrides {
		if inside && matchesAny(o.files, rel, false) {
			e.addLayer(c, o.root)
		}
	}
	for _, n := range itemsOf(c.root.Get("suppressions")) {
		if inside && newGlob(n.Get("path").Text.Value).matches(rel, false) {
			e.Suppressions = append(e.Suppressions, c.suppression(n))
		}
	}
}

// word is a scalar of the configuration with its place.
func (c *Config) word(n *syntax.Node) Word {
	return Word{wordOf(c.File, n), place(c.File, n.Span)}
}

func (c *Config) words(list *syntax.Node) []Word {
	var all []Word
	for _, n := range itemsOf(list) {
		all = append(all, c.word(n))
	}
	return all
}

// addLayer puts settings above those that are there.
func (e *Effective) addLayer(c *Config, n *syntax.Node) {
	if v := n.Get("target-version"); v != nil {
		e.TargetVersion = c.word(v)
	}
	if v := n.Get("fail-on"); v != nil {
		e.FailOn = c.word(v)
	}
	if v := n.Get("select"); v != nil {
		e.Select, e.Ignore = c.words(v), nil
	}
	e.Ignore = append(e.Ignore, c.words(n.Get("ignore"))...)
	if v := n.Get("severity"); v != nil {
		for _, p := range v.Pairs {
			e.grade(p.Key.Text.Value, c.word(p.Value))
		}
	}
	e.addInputs(c, n.Get("inputs"))
	e.addTools(c, n.Get("tools"))
	e.addPolicy(c, n.Get("policy"))
	e.PrivilegedTools = join(e.PrivilegedTools, c.words(n.Get("privileged-tools")))
	e.Models = join(e.Models, c.words(n.Get("models")))
}

// grade sets the severity of a rule.
func (e *Effective) grade(name string, severity Word) {
	for _, r := range e.rules {
		if !r.Is(name) {
			continue
		}
		i, known := slices.BinarySearchFunc(e.Severity, r.ID, func(s Setting, id string) int { return cmp.Compare(s.Rule.ID, id) })
		if known {
			e.Severity[i].Severity = severity
		} else {
			e.Severity = slices.Insert(e.Severity, i, Setting{r, severity})
		}
	}
}

// join adds words that are not there.
func join(to, more []Word) []Word {
	for _, w := range more {
		if !slices.ContainsFunc(to, func(x Word) bool { return x.Value == w.Value }) {
			to = append(to, w)
		}
	}
	return to
}

func (e *Effective) addFlags(flags Flags) {
	if len(flags.Select) > 0 {
		e.Select, e.Ignore = nil, nil
	}
	for _, w := range flags.Select {
		e.Select = append(e.Select, Word{w, "--select"})
	}
	for _, w := range flags.Ignore {
		e.Ignore = append(e.Ignore, Word{w, "--ignore"})
	}
	if flags.Tools != nil {
		e.addListed(&flags.Tools.document)
	}
	if flags.TargetVersion != "" {
		e.TargetVersion = Word{flags.TargetVersion, "--target-version"}
	}
	if flags.FailOn != "" {
		e.FailOn = Word{flags.FailOn, "--fail-on"}
	}
}
