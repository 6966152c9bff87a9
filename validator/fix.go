package validator

import (
	"cmp"
	"slices"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator/rules"
)

// Fixed is what became of a file.
type Fixed struct {
	Before  *Analysis // of the file as it was
	After   *Analysis // of the text that the fixes leave; its File holds that text
	Applied []Applied // in the order in which they were made
	Done    bool      // fixing After once more would change nothing; false if the rounds were used up
}

// Applied is a fix that was made.
type Applied struct {
	Rule string
	Step string     // that of the diagnostic
	Fix  source.Fix // the places are those of the text that the round of the fix began with
}

const (
	maxRounds = 10

	// maxTrials is how many texts a round may analyze to find the fixes that spoil it. What has not been
	// tried by then is left alone, so that no file costs more than so many times its check.
	maxTrials = 64
)

// IsFixable reports whether [Fix] may apply a fix of the diagnostic. Only the first of its fixes counts:
// the others are alternatives that somebody has to choose. What is suppressed stays as it is.
func IsFixable(d source.Diagnostic, unsafe bool) bool {
	return len(d.Fixes) > 0 && !d.IsMuted() && (unsafe || d.Fixes[0].Safe)
}

// Fix applies fixes to the text of a file: the safe ones, and with unsafe also the others.
//
// It goes in rounds. A round analyzes the text, mends its syntax first, for what is said about a broken text
// are guesses, and else takes every fix in the order of the places; one that meets another waits for the
// next round. Then it analyzes what comes out. If that is no better, the fixes that spoil it are searched
// for by halves and left out.
//
// Better means that fewer syntax problems are left; or as many, no rule reports more errors, the rules whose
// fixes were made report less by as many, and there are fewer errors, or as many and fewer warnings, or
// as many and fewer infos. So no fix is made twice in a circle, and what rules are selected does not change
// what a fix may spoil: all rules are asked, and o.Rules only says whose fixes are made. Another Fix of the
// result changes nothing if it is done.
//
// Only the bytes of the fixes change. The order of everything is that of the places, never of a map.
func Fix(f *source.File, o Options, unsafe bool) *Fixed {
	x := newFixer(o, unsafe)
	now := &state{Analysis: Analyze(f, x.options)}
	fixed := &Fixed{Before: x.selected(now.Analysis)}
	for range maxRounds {
		next, applied := x.round(now)
		if len(applied) == 0 {
			fixed.Done = true
			break
		}
		now, fixed.Applied = next, append(fixed.Applied, applied...)
	}
	fixed.After = x.selected(now.Analysis)
	return fixed
}

// fixer holds what does not change from round to round.
type fixer struct {
	options Options // with all rules
	unsafe  bool
	asked   map[string]bool // the rules whose fixes are made; nil for all
	trials  int             // of this round
}

func newFixer(o Options, unsafe bool) *fixer {
	x := &fixer{options: o, unsafe: unsafe}
	if o.Rules == nil {
		return x
	}
	x.asked = make(map[string]bool)
	x.options.asked = x.asked
	for _, r := range o.Rules {
		x.asked[r.ID] = true
	}
	x.options.Rules = slices.Clone(o.Rules)
	for _, r := range rules.All() {
		if !x.asked[r.ID] {
			x.options.Rules = append(x.options.Rules, r)
		}
	}
	return x
}

func (x *fixer) isAsked(rule string) bool { return x.asked == nil || x.asked[rule] }

// selected is the analysis as the rules that were asked for would have made it.
func (x *fixer) selected(a *Analysis) *Analysis {
	s := *a
	s.Diagnostics, s.Crashes = nil, nil
	for _, d := range a.Diagnostics {
		if x.isAsked(d.Rule) {
			s.Diagnostics = append(s.Diagnostics, d)
		}
	}
	for _, c := range a.Crashes {
		if x.isAsked(c.Rule) {
			s.Crashes = append(s.Crashes, c)
		}
	}
	return &s
}

// round is the text after one round, and the fixes made; none if nothing can be made better.
func (x *fixer) round(base *state) (*state, []Applied) {
	x.trials = maxTrials
	failed := make(map[int]bool)
	for {
		chosen := x.choose(base, failed)
		if len(chosen) == 0 {
			return base, nil
		}
		b := batch{fixer: x, base: base, now: base}
		if b.add(chosen); len(b.made) > 0 {
			return b.now, b.applied()
		}
		for _, i := range chosen {
			failed[i] = true // those that waited for them get their turn
		}
	}
}

// choose is the diagnostics whose fixes are to be made together, by their numbers.
func (x *fixer) choose(s *state, failed map[int]bool) []int {
	var syntactic, all []int
	for i, d := range s.Diagnostics {
		if failed[i] || !IsFixable(d, x.unsafe) || !x.isAsked(d.Rule) {
			continue
		}
		all = append(all, i)
		if s.isProblem(d, x.options.Lang) {
			syntactic = append(syntactic, i)
		}
	}
	if len(syntactic) > 0 {
		all = syntactic
	}
	var taken spans
	return slices.DeleteFunc(all, func(i int) bool { return !taken.take(s.Diagnostics[i].Fixes[0].Edits) })
}

// batch is the fixes of a round that have proved to be good together.
type batch struct {
	*fixer
	base, now *state
	made      []int // diagnostics of base
}

// add makes those of the fixes that are good: all at once, or by halves.
func (b *batch) add(chosen []int) {
	if b.trials == 0 {
		return
	}
	b.trials--
	all := append(slices.Clone(b.made), chosen...)
	var edits []source.Edit
	fixes := make(map[string]int)
	for _, i := range all {
		edits = append(edits, b.base.Diagnostics[i].Fixes[0].Edits...)
	}
	for _, i := range chosen {
		fixes[b.base.Diagnostics[i].Rule]++
	}
	text, err := source.Apply(b.base.File.Text, edits)
	if err == nil {
		after := &state{Analysis: Analyze(source.NewFile(b.base.File.Name, text), b.options)}
		if after.isBetter(b.now, fixes, b.options.Lang) {
			b.now, b.made = after, all
			return
		}
	}
	if half := len(chosen) / 2; half > 0 {
		b.add(chosen[:half])
		b.add(chosen[half:])
	}
}

func (b *batch) applied() []Applied {
	slices.Sort(b.made)
	all := make([]Applied, len(b.made))
	for n, i := range b.made {
		d := b.base.Diagnostics[i]
		all[n] = Applied{d.Rule, d.Step, d.Fixes[0]}
	}
	return all
}

// state is a text and what is to be said about it.
type state struct {
	*Analysis
	read     bool
	problems map[problem]bool // of the syntax, once they are asked for
	total    int
}

// problem is what makes the diagnostic of a problem known for one.
type problem struct {
	start   int
	message string
}

// readProblems reads the text for its problems. Most files have no fixes, and so nobody asks.
func (s *state) readProblems(l syntax.Lang) {
	if s.read {
		return
	}
	s.read, s.problems = true, make(map[problem]bool)
	for _, doc := range syntax.Parse(s.File, l) {
		for _, p := range doc.Problems {
			s.problems[problem{p.Span.Start, p.Message}] = true
			s.total++
		}
	}
}

func (s *state) isProblem(d source.Diagnostic, l syntax.Lang) bool {
	s.readProblems(l)
	return s.problems[problem{d.Span.Start, d.Message}]
}

// isBetter reports whether s is better than what it was made of, by so many fixes of each rule.
func (s *state) isBetter(before *state, fixes map[string]int, l syntax.Lang) bool {
	before.readProblems(l)
	s.readProblems(l)
	was, is := countFindings(before.Diagnostics), countFindings(s.Diagnostics)
	for rule, n := range fixes {
		if is.of[rule] > was.of[rule]-n {
			return false
		}
	}
	switch {
	case len(s.Crashes) > len(before.Crashes), s.total > before.total:
		return false
	case s.total < before.total:
		return true // errors that were hidden may show
	case len(s.Programs) < len(before.Programs):
		return false // it is no program any more, so nothing is said about it
	}
	for rule, n := range is.errors {
		if n > was.errors[rule] {
			return false
		}
	}
	return slices.Compare(is.bySeverity[:], was.bySeverity[:]) < 0
}

// findings counts diagnostics.
type findings struct {
	of, errors map[string]int // by rule
	bySeverity [3]int         // the gravest first
}

func countFindings(ds []source.Diagnostic) findings {
	n := findings{of: make(map[string]int), errors: make(map[string]int)}
	for _, d := range ds {
		if d.IsMuted() {
			continue
		}
		n.of[d.Rule]++
		if d.Severity == source.Error {
			n.errors[d.Rule]++
		}
		n.bySeverity[source.Error-d.Severity]++
	}
	return n
}

// spans is the places of edits that can be made together, in order.
type spans []source.Span

// take adds the places of a fix, unless they meet one that is there: the same bytes, or an insertion at an
// end of what the other changes.
func (s *spans) take(edits []source.Edit) bool {
	for _, e := range edits {
		if i := s.find(e.Span); i < len(*s) && meets((*s)[i], e.Span) || i > 0 && meets((*s)[i-1], e.Span) {
			return false
		}
	}
	for _, e := range edits {
		*s = slices.Insert(*s, s.find(e.Span), e.Span)
	}
	return true
}

// find is where a place belongs. Places that are there do not meet, so only its neighbours can meet it.
func (s *spans) find(at source.Span) int {
	i, _ := slices.BinarySearchFunc(*s, at, func(a, b source.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return i
}

func meets(a, b source.Span) bool {
	if a.Len() == 0 || b.Len() == 0 {
		return a.Start <= b.End && b.Start <= a.End
	}
	return a.Start < b.End && b.Start < a.End
}
