// Package rules is what nanolint knows to be wrong with a program, one rule a file.
//
// A rule is a value: its documentation, a program that it reports, the same program put right, and
// a function that reads a [Pass] and reports. It registers itself; the registry is closed to other
// packages and sorted by id, so the order of the files means nothing. A rule stays silent about
// what it cannot know, and about the echo of a mistake that another rule reports.
package rules

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Rule is one thing that can be wrong.
type Rule struct {
	ID       string // NL101: never used again for another rule
	Name     string // undefined-target; also the name of its file
	Severity source.Severity

	// Doc is Markdown. The first sentence is the summary; then what happens at run time and why it
	// matters; then what to do instead.
	Doc string

	Bad  string // a program, in YAML unless Only says another language: this rule reports it
	Good string // the same program put right
	Only Only   // the language, if the mistake exists in one alone

	// Proof is how the mistake shows when Bad is run: a case of a scenario file, in YAML, with what comes of Bad
	// under bad and of Good under good. It is empty where nothing can be seen in a run; a table in the test says why.
	Proof string

	Declare func() Declared // what Bad and Good are checked under; nil if nothing is declared

	More []Example

	Optional bool // runs only when it is selected

	// Dead says that what the rule reports is there in vain: it never runs, or nobody reads it. Editors fade it.
	Dead bool

	// Yields says that a finding gives way where another rule has a warning or an error about the same text:
	// that one is the cause.
	Yields bool

	// Needs is what must be known beside the step of which the rule says something: any of it may refute the rule. A test
	// hides each part of each example in turn, and shows which rule guesses.
	Needs Needs

	// AboutSuppressions says that the rule runs when all others have, and sees which suppressions they used. It
	// reads nothing of the program.
	AboutSuppressions bool

	Run func(*Pass)
}

// Needs are parts of a program that Python code may compute, so that nobody knows them.
type Needs uint8

// What rules need. Those about control flow, data flow and all that follows need the other steps anyway.
const (
	OtherSteps Needs = 1 << iota // which there are, and where they lead
	Conditions                   // all of them
	Texts                        // all prompts and arguments
)

// Judges reports whether what the rule says holds whatever the parts are that cannot be known.
func (r *Rule) Judges(g program.Gaps) bool {
	switch {
	case g.Conditions && r.Needs&Conditions != 0, g.Texts && r.Needs&Texts != 0:
		return false
	case g.Structure:
		return (r.Family() == DocumentFamily || r.Family() == "conditions") && r.Needs&OtherSteps == 0
	}
	return true
}

// Only is the one language in which a mistake can be made.
type Only uint8

// The languages of a rule's examples.
const (
	AnyLanguage Only = iota
	OnlyYAML
	OnlyJSON
	OnlyPython
)

// Lang is the language of the rule's examples.
func (r *Rule) Lang() syntax.Lang {
	return [...]syntax.Lang{syntax.YAML, syntax.YAML, syntax.JSON, syntax.Python}[r.Only]
}

// Example is a program at the edge of a rule, and whether the rule reports it.
type Example struct {
	Name     string
	Program  string
	Declare  func() Declared
	Reported bool
}

// Declared is what the example is checked under. It is worked out when somebody asks, for it costs time that no check
// should take.
func (e Example) Declared() Declared {
	if e.Declare == nil {
		return Declared{}
	}
	return e.Declare()
}

// Examples are all examples of the rule: Bad, Good, and More.
func (r *Rule) Examples() []Example {
	return append([]Example{
		{Name: "Bad", Program: r.Bad, Declare: r.Declare, Reported: true},
		{Name: "Good", Program: r.Good, Declare: r.Declare},
	}, r.More...)
}

// Family is the kind of mistake, by the first digit of the id.
func (r *Rule) Family() string { return families[r.ID[2]-'0'] }

// FollowsValues reports whether the rule is one of those that follow values through the program, which take about as long as all
// others together.
func (r *Rule) FollowsValues() bool { return r.Family() == "conditions" || r.Family() == "data-flow" }

// DocumentFamily is the family of the rules about the document itself.
const DocumentFamily = "document"

var families = [...]string{
	DocumentFamily, "control-flow", "conditions", "data-flow", "model-guards",
	"retries-and-budgets", "suspend-and-resume", "parallel", "tools-and-policy", "versions",
}

// Families are the names of the families, in the order of their digits.
func Families() []string { return slices.Clone(families[:]) }

// Summary is the first sentence of the documentation.
func (r *Rule) Summary() string {
	doc := strings.Join(strings.Fields(r.Doc), " ")
	if first, _, found := strings.Cut(doc, ". "); found {
		return first + "."
	}
	return doc
}

// Advice is what to do instead: the first sentence of the last paragraph of the documentation.
func (r *Rule) Advice() string {
	doc := strings.TrimSpace(r.Doc)
	last := doc[strings.LastIndex(doc, "\n\n")+1:]
	advice := strings.Join(strings.Fields(last), " ")
	for _, end := range []string{". ", ": "} {
		advice, _, _ = strings.Cut(advice, end)
	}
	return strings.TrimSuffix(advice, ".")
}

// URL is the address of the rule's page.
func (r *Rule) URL() string {
	return "https://github.com/nanolint/nanolint/blob/main/testdata/golden/rules/" + r.ID + ".md"
}

var registry []*Rule

// rule registers a rule. Each file of a rule calls it once.
func rule(r Rule) *Rule {
	registry = append(registry, &r)
	return &r
}

var sorted = sync.OnceValue(func() []*Rule {
	all := slices.Clone(registry)
	slices.SortFunc(all, func(a, b *Rule) int { return cmp.Compare(a.ID, b.ID) })
	return all
})

// All is every rule, by id. The caller must not change it.
func All() []*Rule { return sorted() }

// Default is every rule that runs unless others are selected, by id. The caller must not change it.
func Default() []*Rule { return byDefault() }

var byDefault = sync.OnceValue(func() []*Rule {
	return slices.DeleteFunc(slices.Clone(All()), func(r *Rule) bool { return r.Optional })
})

// Find is the rule of an id or name, in any case, and nil if there is none.
func Find(idOrName string) *Rule {
	for _, r := range All() {
		if r.Is(idOrName) {
			return r
		}
	}
	return nil
}
