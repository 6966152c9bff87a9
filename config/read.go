package config

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator/rules"
)

// maxSize is the size of the largest configuration or manifest that is read.
const maxSize = 16 << 20

// reader reads one configuration.
type reader struct {
	*Config
	finder    *Finder
	extending []string // the paths from the one that was asked for to this one
}

func (r *reader) read(path string) *Config {
	r.Config = &Config{Path: path, Dir: filepath.Dir(path)}
	if !r.open() {
		return r.Config
	}
	return r.understand()
}

// understand reads the text. It is nil for a pyproject.toml without a section.
func (r *reader) understand() *Config {
	if filepath.Ext(r.Path) == ".toml" {
		root, problems := parseTOML(r.File)
		if root == nil && problems == nil {
			return nil
		}
		r.root, r.Problems = root, problems
	} else {
		r.root, r.Problems = parse(r.File)
	}
	if len(r.Problems) == 0 {
		r.check()
	}
	sortProblems(r.Problems)
	return r.Config
}

// sortProblems puts problems in the order of their places, file by file as they were met.
func sortProblems(all []Problem) {
	number := make(map[*source.File]int)
	for _, p := range all {
		if _, met := number[p.File]; !met {
			number[p.File] = len(number)
		}
	}
	slices.SortStableFunc(all, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(number[a.File], number[b.File]), cmp.Compare(a.Span.Start, b.Span.Start))
	})
}

func (r *reader) open() bool {
	text, err := readText(r.Path)
	r.File = source.NewFile(display(r.Path), text)
	if err != nil {
		r.File.Text = ""
		r.complain(source.Span{}, r.File, "cannot read this configuration: "+err.Error())
		return false
	}
	return true
}

// readText reads a file that should not be large.
func readText(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", bare(err)
	}
	switch {
	case !info.Mode().IsRegular():
		return "", errors.New("it is no file")
	case info.Size() > maxSize:
		return "", errors.New("it is larger than 16 MiB")
	}
	text, err := os.ReadFile(path)
	return string(text), bare(err)
}

// bare is an error of the file system without the path, which the complaint tells anyway.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func isJSON(f *source.File) bool { return strings.EqualFold(filepath.Ext(f.Name), ".json") }

// parse reads JSON or YAML. An empty text is an empty mapping.
func parse(f *source.File) (*syntax.Node, []Problem) {
	lang := syntax.YAML
	if isJSON(f) {
		lang = syntax.JSON
	}
	doc := syntax.Parse(f, lang)[0]
	if len(doc.Problems) == 0 {
		if doc.Root.Kind == syntax.Null && lang == syntax.YAML {
			return &syntax.Node{Kind: syntax.Map, Span: doc.Root.Span}, nil
		}
		return doc.Root, nil
	}
	var problems []Problem
	for _, p := range doc.Problems {
		problems = append(problems, Problem{f, p.Note})
	}
	return doc.Root, problems
}

func (c *Config) complain(at source.Span, f *source.File, message string) {
	c.Problems = append(c.Problems, Problem{f, source.Note{Span: at, Message: message}})
}

// noSection is a pyproject.toml that somebody named although it says nothing about nanolint.
func noSection(path string) *Config {
	c := &Config{Path: path, Dir: filepath.Dir(path), File: source.NewFile(display(path), "")}
	c.complain(source.Span{}, c.File, "there is no [tool.nanolint] in it: add one, or name another configuration")
	return c
}

// sectionSpan is where the configuration begins.
func (c *Config) sectionSpan() source.Span {
	if c.root == nil {
		return source.Span{}
	}
	return source.Span{Start: c.root.Span.Start, End: c.root.Span.Start}
}

// check looks for all mistakes that are not in the spelling of the text.
func (r *reader) check() {
	s := shape{file: r.File, complain: func(at source.Span, m string) { r.complain(at, r.File, m) }}
	s.check(r.root, schema())
	if len(r.Problems) > 0 {
		return
	}
	r.exclude = r.globs(r.root.Get("exclude"))
	r.checkWords(r.root)
	r.loadLayer(r.root)
	if list := r.root.Get("overrides"); list != nil {
		for _, n := range list.Items {
			r.overrides = append(r.overrides, override{r.globs(n.Get("files")), n})
			r.checkWords(n)
			r.loadLayer(n)
		}
	}
	r.checkSuppressions()
	r.extend()
}

func (r *reader) all() []*rules.Rule {
	if r.finder.Rules != nil {
		return r.finder.Rules
	}
	return rules.All()
}

// checkWords complains of words that name no rule.
func (r *reader) checkWords(n *syntax.Node) {
	for _, key := range [...]string{"select", "ignore"} {
		for _, item := range itemsOf(n.Get(key)) {
			word := item.Text.Value
			if _, known := rules.Named(r.all(), word); !known {
				r.complain(item.Span, r.File, "there is no rule or family "+quote(word)+spelling.DidYouMean(word, rules.Words(r.all())))
			}
		}
	}
	if graded := n.Get("severity"); graded != nil {
		for _, p := range graded.Pairs {
			r.checkRule(p.Key)
		}
	}
}

// checkRule complains of what is not the id or name of one rule.
func (r *reader) checkRule(n *syntax.Node) {
	word := n.Text.Value
	if slices.ContainsFunc(r.all(), func(rule *rules.Rule) bool { return rule.Is(word) }) {
		return
	}
	if _, several := rules.Named(r.all(), word); several {
		r.complain(n.Span, r.File, quote(word)+" names several rules: write the id or name of each")
		return
	}
	var words []string
	for _, rule := range r.all() {
		words = append(words, rule.ID, rule.Name)
	}
	r.complain(n.Span, r.File, "there is no rule "+quote(word)+spelling.DidYouMean(word, words))
}

func (r *reader) checkSuppressions() {
	for _, n := range itemsOf(r.root.Get("suppressions")) {
		r.glob(n.Get("path"))
		if p := n.Get("pointer"); p != nil && !strings.HasPrefix(p.Text.Value, "/") {
			r.complain(p.Span, r.File, "a JSON pointer begins with a slash, as /steps/3/prompt does: put one before it")
		}
		for _, rule := range itemsOf(n.Get("rules")) {
			r.checkRule(rule)
		}
	}
}

// extend reads the configuration that this one extends.
func (r *reader) extend() {
	n := r.root.Get("extends")
	if n == nil || n.Kind == syntax.Null {
		return
	}
	path := r.path(n.Text.Value)
	if slices.Contains(r.extending, path) {
		r.complain(n.Span, r.File, quote(n.Text.Value)+" extends this file in turn: remove one of them")
		return
	}
	if _, err := os.Stat(path); err != nil {
		r.complain(n.Span, r.File, "cannot read "+quote(n.Text.Value)+": "+bare(err).Error())
		r.base, r.finder.stamps[path] = &Config{Path: path}, stampOf(path)
		return
	}
	r.base = r.finder.read(path, r.extending)
	r.Problems = append(r.Problems, r.base.Problems...)
}

// path is a path that the configuration writes, from the root of the file system.
func (c *Config) path(written string) string {
	if filepath.IsAbs(written) {
		return filepath.Clean(written)
	}
	return filepath.Join(c.Dir, filepath.FromSlash(written))
}

func itemsOf(n *syntax.Node) []*syntax.Node {
	if n == nil {
		return nil
	}
	return n.Items
}
