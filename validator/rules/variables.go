package rules

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

// What the rules of variables share: what a name stands for, and which rule tells what is wrong with a path.

// scope is what the names of a program stand for. A name that nothing in it writes is an input.
type scope struct {
	program *program.Program
	keys    map[string][]*program.Step // the steps that write an output_key
	subs    map[string][]*program.Step // the sub-steps of that id
	homes   map[string]*program.Step   // the block of all sub-steps of that id, nil if there are several
	mixed   map[string]bool            // output_keys under which something else than text may stand
	mixture map[string]bool            // ids of sub-steps likewise
	twins   map[string]bool            // ids that several steps of the list have
	lost    map[string]bool            // names of which another rule speaks: see lose
	open    bool                       // some of the names cannot be read
	faults  []fault
	spell   *spelling.Speller
	slips   map[string]bool // see isSlip
	read    map[string]bool // see isRead
	editing *syntax.Node    // see mayEdit
	edits   bool
	again   map[*program.Step]bool // see runsAgain
	budget  int
}

// scope reads the names of the program, once.
func (p *Pass) scope() *scope {
	if p.scoped != nil {
		return p.scoped
	}
	s := &scope{
		program: p.Program, spell: spelling.New(), slips: map[string]bool{}, lost: map[string]bool{}, twins: map[string]bool{},
		keys: map[string][]*program.Step{}, subs: map[string][]*program.Step{}, homes: map[string]*program.Step{}, again: map[*program.Step]bool{},
		mixed: map[string]bool{}, mixture: map[string]bool{}, budget: maxRunTogether,
	}
	p.scoped = s
	for step := range p.Program.All {
		id, key := step.ID(), ""
		if step.OutputKey != nil && step.OutputKey.Kind == syntax.String {
			key = step.OutputKey.Text.Value
		}
		s.open = s.open || step.IDNode == nil || step.OutputKey != nil && step.OutputKey.Kind != syntax.String
		switch {
		case step.Parent != nil:
			s.addSub(id, step)
			s.lost[key] = true // it is never written
		case key != "":
			s.keys[key] = append(s.keys[key], step)
			s.mixed[key] = s.mixed[key] || !isText(step)
		}
		s.lose(id)
		s.lose(key)
		if p.Program.SameIDs && step.Parent == nil && p.Program.Lookup(id) != step {
			s.twins[id] = true
		}
	}
	if p.IsProgram {
		p.uses(func(u *program.Use) {
			if f, ok := p.faultOf(u); ok {
				s.faults = append(s.faults, f)
			}
		})
	}
	return s
}

func (s *scope) addSub(id string, step *program.Step) {
	home, known := s.homes[id]
	if known && home != step.Parent {
		s.homes[id] = nil
	} else if !known {
		s.homes[id] = step.Parent
	}
	s.subs[id] = append(s.subs[id], step)
	s.mixture[id] = s.mixture[id] || !isText(step)
}

// lose keeps what variables spell of a name that they cannot spell.
func (s *scope) lose(name string) {
	if !isVariableName(name) {
		s.lost[firstWord(name)] = true
	}
}

// uses visits every place at which a variable is written, once: what YAML aliases share is one place.
func (p *Pass) uses(visit func(*program.Use)) {
	aliased := p.Lang == syntax.YAML && strings.Contains(p.File.Text, "*")
	seen := map[source.Span]bool{}
	for s := range p.Program.All {
		if s.Parent != nil && s.Parent.Kind != program.Parallel {
			continue // a step of another type does not run its parallel_steps
		}
		for i := range s.Uses {
			u := &s.Uses[i]
			if !aliased || !seen[u.Span] {
				visit(u)
			}
			if aliased {
				seen[u.Span] = true
			}
		}
	}
}

// isOutput reports whether a name is the id of a step or sub-step.
func (s *scope) isOutput(name string) bool {
	return s.program.Lookup(name) != nil || s.subs[name] != nil
}

// isWritten reports whether the program or the runtime gives the name a value.
func (s *scope) isWritten(name string) bool {
	return s.isOutput(name) || s.keys[name] != nil || name == program.Webhook || name == program.WebhookSource
}

// isRead reports whether a variable of that name, as a whole or in a condition, is read somewhere: it is one
// then, and no text that looks like one.
func (s *scope) isRead(name string) bool {
	if s.read == nil {
		s.read = map[string]bool{}
		for step := range s.program.All {
			for i := range step.Uses {
				u := &step.Uses[i]
				if u.Site == program.InCondition || u.Site != program.InNested && len(u.Path) == 1 {
					s.read[u.Path.Root().Name] = true
				}
			}
		}
	}
	return s.read[name]
}

// isText reports whether a name surely reads a text at a site: the answer of a model or the branch of a condition.
func (s *scope) isText(name string, site program.Site) bool {
	if isKey := s.keys[name] != nil; site == program.InCondition && isKey || !s.isOutput(name) {
		return isKey && !s.mixed[name]
	}
	step := s.program.Lookup(name)
	return (step == nil || !s.twins[name] && isText(step)) && !s.mixture[name]
}

// isText reports whether a step puts out a text, if anything.
func isText(s *program.Step) bool { return s.Kind == program.LLM || s.Kind == program.Condition }

// looksLikeInput reports whether a name that nothing writes may be one that the caller passes: no currency, no
// environment variable, no key of a JSON schema, no misspelt step.
func (s *scope) looksLikeInput(path cond.Path) bool {
	name := path.Root().Name
	if s.open || s.lost[name] || !path.LooksLikeName() || name == strings.ToUpper(name) || slices.Contains(foreignNames, name) {
		return false
	}
	return !s.isMisspelt(name)
}

// isMisspelt reports whether a name is that of a step or key but for one letter. Short names and plurals may be
// inputs of their own.
func (s *scope) isMisspelt(name string) bool {
	slip, known := s.slips[name]
	if known {
		return slip
	}
	const short = 5
	if utf8.RuneCountInString(name) >= short {
		meant, found := s.spell.Nearest(name, s.names)
		slip = found && spelling.Distance(name, meant, 1) == 1 && meant+"s" != name && name+"s" != meant
	}
	s.slips[name] = slip
	return slip
}

// names calls yield for all ids and output keys.
func (s *scope) names(yield func(string) bool) {
	for step := range s.program.All {
		if step.ID() != "" && !yield(step.ID()) {
			return
		}
		if step.Parent == nil && step.OutputKey != nil && !yield(step.OutputKey.Text.Value) {
			return
		}
	}
}

// foreignNames stand behind dollar signs in other languages that texts speak of.
var foreignNames = []string{"this", "self", "schema", "ref", "defs", "id", "scope", "env"}

// fault is a variable whose path does not lead where it seems to.
type fault struct {
	*program.Use
	rule string
	at   int // the first segment of the path that leads nowhere
}

// eachFault visits the variables that are for one rule.
func (p *Pass) eachFault(rule string, visit func(f fault)) {
	for _, f := range p.scope().faults {
		if f.rule == rule {
			visit(f)
		}
	}
}

// faultOf finds the one rule that has something to say about a path.
func (p *Pass) faultOf(u *program.Use) (fault, bool) {
	f := fault{Use: u}
	switch {
	case u.Site == program.InNested:
		return f, false
	case p.readsSibling(u):
		f.rule = "NL312"
	case len(u.Path) == 1 || !u.Path.LooksLikeName():
	case u.Site == program.InCondition:
		f.inCondition(p.scoped)
	default:
		f.inTemplate(p)
	}
	return f, f.rule != ""
}

// inCondition judges a path in a condition, where data and steps have fields alike.
func (f *fault) inCondition(s *scope) {
	name, hasOutput := f.Path.Root().Name, f.Path[1].Name == "output"
	isStep := s.keys[name] == nil && s.isOutput(name)
	if f.at = 1; hasOutput {
		f.at = 2
	}
	if !isClean(f.Step.Cond) || isStep && !hasOutput || f.at == len(f.Path) || f.Path[f.at].Name == "" {
		return
	}
	switch {
	case s.isText(name, f.Site):
		f.rule = "NL304"
	case isNumber(f.Path[f.at].Name) && (s.isWritten(name) || s.looksLikeInput(f.Path)):
		f.rule = "NL308"
	}
}

// isClean reports whether the machine reads all of a condition. What is wrong with another one comes first.
func isClean(e *cond.Expr) bool {
	return e.Err == "" && len(e.Problems) == 0 &&
		!slices.ContainsFunc(e.Tokens, func(t cond.Token) bool { return t.Kind == cond.Dropped })
}

// inTemplate judges a path in a prompt or an argument, where only steps have fields.
func (f *fault) inTemplate(p *Pass) {
	s, name := p.scoped, f.Path.Root().Name
	for f.at = 1; f.at < len(f.Path) && f.Path[f.at].Name == "output"; f.at++ {
	}
	isStep, hasField := s.isOutput(name), f.at < len(f.Path)
	var what behind
	if hasField {
		what = p.behindDot(f)
	}
	switch {
	case !s.isWritten(name):
		if f.at > 1 || !s.looksLikeInput(f.Path) {
			return // a step that does not exist, or no variable
		}
		f.rule = map[behind]string{aField: "NL302", anIndex: "NL308"}[what]
		if what > anIndex {
			f.rule = "NL307"
		} else if what == anIndex && !f.Whole && !s.isRead(name) {
			f.rule = ""
		}
	case !hasField:
		if !isStep && s.keys[name] != nil {
			f.rule = "NL301"
		} else if !isStep {
			f.rule = "NL305"
		}
	case what == aFraction && isStep, what > anIndex && f.at == 1 && !isStep, what > anIndex && isStep && s.isText(name, f.Site):
		f.rule = "NL307"
	case !isStep && s.keys[name] == nil:
		f.rule = "NL305"
	case s.isText(name, f.Site):
		f.rule = "NL304"
	case what == anIndex:
		f.rule = "NL308"
	case !isStep:
		f.rule = "NL301"
	}
}

// behind is what stands behind a dot.
type behind uint8

const (
	aField    behind = iota
	anIndex          // $list.0
	aFraction        // $price.00
	anEnding         // $site.com
	aSentence        // $name.Please
)

// behindDot tells what the segment is that leads nowhere, by how it is written.
func (p *Pass) behindDot(f *fault) behind {
	name := f.Path[f.at].Name
	switch {
	case isNumber(name) && (f.Whole || len(name) == 1):
		return anIndex
	case f.Whole:
		return aField
	case isNumber(name):
		return aFraction
	case slices.Contains(endings, name):
		return anEnding
	case beginsSentence(name) && f.at == len(f.Path)-1 && p.goesOn(f.Span.End):
		return aSentence
	}
	return aField
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// endings are those of names of hosts and files that are seldom names of fields.
var endings = []string{
	"com", "org", "net", "io", "de", "eu", "ru", "pdf", "html", "txt", "csv", "md", "png", "jpg", "zip", "docx", "xlsx", "py", "js",
}

// beginsSentence reports whether a word is written like the first of a sentence, and not like ID or FirstName.
func beginsSentence(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && word[size:] == strings.ToLower(word[size:])
}

// goesOn reports whether a sentence goes on at a place of the file: with a blank, a line, a comma.
func (p *Pass) goesOn(at int) bool {
	return at < len(p.File.Text) && strings.IndexByte(" \n\r\\,", p.File.Text[at]) >= 0
}

// replaceUse writes another variable, or other words, instead of one. There is no fix if it is spelled otherwise
// than it reads, or shared.
func (p *Pass) replaceUse(u *program.Use, with, title string, safe bool) []source.Fix {
	if p.File.Slice(u.Span) != u.Path.String() || !p.mayEdit(u.Node) {
		return nil
	}
	return []source.Fix{{Title: title, Safe: safe, Edits: []source.Edit{{Span: u.Span, New: with}}}}
}

// mayEdit reports whether a string is written where it stands and nowhere else. A text may hold many variables,
// so the last answer is kept.
func (p *Pass) mayEdit(n *syntax.Node) bool {
	s := p.scope()
	if s.editing != n {
		s.editing = n
		_, s.edits = p.Editor().ReplaceString(n, n.Text.Value)
	}
	return s.edits
}

// dotted is a path without its outputs behind another root.
func dotted(root string, fields cond.Path) string {
	var b strings.Builder
	b.WriteString("$" + root)
	for _, f := range fields {
		b.WriteString("." + f.Name)
	}
	return b.String()
}

// siteWords say where a variable stands.
func siteWords(u *program.Use) string {
	switch u.Site {
	case program.InPrompt, program.InSystem:
		return "the " + u.Site.String() + " of " + describe(u.Step)
	case program.InCondition:
		return "the condition of " + describe(u.Step)
	}
	return "the argument " + quote(u.Arg) + " of " + describe(u.Step)
}
