// Package validator is the whole analysis in one call: text in, judgements out.
//
// It reads the documents of a file, finds the programs in them, and runs every rule over each. The
// same file gives the same diagnostics in the same order on every run. A rule that panics is
// reported as a [Crash], and the other rules still run.
package validator

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/cores"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator/rules"
)

// Options say what to check.
type Options struct {
	Lang   syntax.Lang
	Target program.Version // the machine that is to run the programs; see [program.Newest]
	Rules  []*rules.Rule   // nil: all that are not optional

	// Declared is what is known of the world around the programs.
	Declared rules.Declared

	// Severities are what findings of rules count for, by id, whatever the rules say.
	Severities map[string]source.Severity

	// Suppressions are those that stand elsewhere than in the file.
	Suppressions []Suppression

	// ProgramsOnly passes over documents that do not look like programs, as in a search through
	// directories. Otherwise every document is taken for one, but for those of Python files.
	ProgramsOnly bool

	// Drafts also takes what has steps in Python and Markdown files but does not look like a program yet: somebody is
	// writing it.
	Drafts bool

	// Around runs every part of the work, for those who measure; nil: nothing is done around it. The part of a rule is
	// its id; one may be inside another. It is called by the goroutine that analyzes.
	Around rules.Around

	asked map[string]bool // the rules that somebody wants to hear of, by id; nil for all that run
}

// Analysis is what is to be said about a file.
type Analysis struct {
	File        *source.File
	Programs    []*program.Program
	Diagnostics []source.Diagnostic // by place, then by rule
	Crashes     []Crash
	IsBroken    bool  // the text is, and hides what else is to be said
	Unused      []int // those of [Options.Suppressions] of which it is known that they suppress nothing here

	found []Found
}

// Crash is a rule that panicked: a mistake of nanolint, not of the program.
type Crash struct {
	Rule  string
	Value any
	Stack string
}

func (c Crash) Error() string { return fmt.Sprintf("rule %s panicked: %v", c.Rule, c.Value) }

// Analyze checks the programs of a file.
func Analyze(f *source.File, o Options) *Analysis { return Judge(f, Read(f, o), o) }

// Judge checks programs that [Read] has found in a file.
func Judge(f *source.File, found []Found, o Options) *Analysis {
	a := &Analysis{File: f, found: found}
	run := o.Rules
	if run == nil {
		run = rules.Default()
	}
	for _, x := range found {
		a.IsBroken = a.IsBroken || slices.ContainsFunc(x.Problems, func(p syntax.Problem) bool { return p.Code == syntax.Malformed })
		a.analyze(x, o, run)
	}
	a.yield()
	o.Around.Do("suppressions", func() { a.suppress(found, o, run) })
	a.grade(o)
	slices.SortStableFunc(a.Diagnostics, func(x, y source.Diagnostic) int {
		return cmp.Or(
			cmp.Compare(x.Span.Start, y.Span.Start),
			cmp.Compare(x.Span.End, y.Span.End),
			cmp.Compare(x.Rule, y.Rule))
	})
	a.sayOnce()
	return a
}

// sayOnce drops what was found again, word for word, in a step that several programs of a Python file share.
func (a *Analysis) sayOnce() {
	if len(a.Programs) < 2 {
		return
	}
	type saying struct {
		rule, message string
		span          source.Span
	}
	said := make(map[saying]int) // in which program
	a.Diagnostics = slices.DeleteFunc(a.Diagnostics, func(d source.Diagnostic) bool {
		s := saying{d.Rule, d.Message, d.Span}
		program, again := said[s]
		if !again {
			said[s] = d.Program
		}
		return again && program != d.Program
	})
}

// grade gives findings the severity that somebody has chosen for their rules. What a rule itself says decides what
// gives way, so this comes after.
func (a *Analysis) grade(o Options) {
	if len(o.Severities) == 0 {
		return
	}
	for i := range a.Diagnostics {
		d := &a.Diagnostics[i]
		d.Severity = cmp.Or(o.Severities[d.Rule], d.Severity)
	}
}

// yield drops the findings of rules that give way where another rule has found the cause, in the same text.
func (a *Analysis) yield() {
	type text struct {
		program int
		pointer string
	}
	yielding := make(map[string]bool)
	for _, r := range rules.All() {
		yielding[r.ID] = r.Yields
	}
	yields := func(d source.Diagnostic) bool { return yielding[d.Rule] }
	if !slices.ContainsFunc(a.Diagnostics, yields) {
		return
	}
	explained := make(map[text]bool)
	for _, d := range a.Diagnostics {
		if d.Severity > source.Info && !yields(d) {
			explained[text{d.Program, d.Pointer}] = true
		}
	}
	a.Diagnostics = slices.DeleteFunc(a.Diagnostics, func(d source.Diagnostic) bool {
		return yields(d) && explained[text{d.Program, d.Pointer}]
	})
}

func (a *Analysis) analyze(x Found, o Options, run []*rules.Rule) {
	p := x.Program
	pass := rules.Pass{
		File: a.File, Lang: x.Lang, Embedded: x.Embedded,
		Problems: x.Problems, Program: p, IsProgram: x.IsProgram,
		Declared: o.Declared, Around: o.Around,
	}
	if x.Fence != nil {
		pass.File = x.Fence.Text
	}
	construct := func() { o.Around.Do("schema", func() { pass.Complaints = schema.Check(p.Root) }) }
	build := func() { o.Around.Do("graph", func() { pass.Graph = x.Graph() }) }
	number, where := len(a.Programs), newLocator(x)
	a.Programs = append(a.Programs, p)

	// What rules work out together is kept in their pass, so rules that run beside others have another one.
	judge := func(a *Analysis, pass rules.Pass, which func(*rules.Rule) bool) {
		for _, r := range run {
			if !r.AboutSuppressions && r.Judges(where.gaps) && which(r) {
				a.run(r, &pass, number, where, o)
			}
		}
	}
	if o.Around != nil || !cores.Gain(len(p.Steps)) {
		construct()
		build()
		judge(a, pass, func(*rules.Rule) bool { return true })
		return
	}
	cores.Do(construct, build)
	beside := Analysis{File: a.File}
	cores.Do(
		func() { judge(&beside, pass, (*rules.Rule).FollowsValues) },
		func() { judge(a, pass, func(r *rules.Rule) bool { return !r.FollowsValues() }) },
	)
	a.Diagnostics = append(a.Diagnostics, beside.Diagnostics...)
	a.Crashes = append(a.Crashes, beside.Crashes...)
}

// run runs one rule over a program.
func (a *Analysis) run(r *rules.Rule, pass *rules.Pass, number int, where locator, o Options) {
	pass.Report = func(d source.Diagnostic) {
		d.Rule, d.Program = r.ID, number
		d.Span = a.File.WholeCharacters(d.Span)
		d.Severity = cmp.Or(d.Severity, r.Severity)
		step := where.locate(&d)
		if step != nil && r.Family() != rules.DocumentFamily && where.isHalfTyped(step) {
			return
		}
		if where.gaps.Structure && (step == nil || step.Gaps().Structure) && r != rules.PartlyDynamic && !where.isProblem(d) {
			return // the part that is not known may refute it
		}
		if where.fence != nil {
			d.Fixes = withinFence(d.Fixes, where.fence)
		}
		a.Diagnostics = append(a.Diagnostics, d)
	}
	var crash *Crash
	if o.Around == nil { // where nobody measures, no closure for each rule
		crash = runRule(r, pass)
	} else {
		crash = runRuleWithin(o.Around, r, pass)
	}
	if crash != nil {
		a.Crashes = append(a.Crashes, *crash)
	}
}

// withinFence is the fixes that can be made where a program stands in a fence.
func withinFence(fixes []source.Fix, fence *syntax.Fenced) (within []source.Fix) {
	for _, f := range fixes {
		if edits, ok := fence.Edits(f.Edits); ok {
			f.Edits = edits
			within = append(within, f)
		}
	}
	return within
}

func runRuleWithin(around rules.Around, r *rules.Rule, pass *rules.Pass) (crash *Crash) {
	around(r.ID, func() { crash = runRule(r, pass) })
	return crash
}

// runRule runs one rule. This is the one place that recovers: what panics here is ours to mend, and the
// user's other findings must not be lost with it.
func runRule(r *rules.Rule, pass *rules.Pass) (crash *Crash) {
	defer func() {
		if v := recover(); v != nil {
			crash = &Crash{Rule: r.ID, Value: v, Stack: string(debug.Stack())}
		}
	}()
	r.Run(pass)
	return nil
}

// locator finds the step and the pointer of a place.
type locator struct {
	root     *syntax.Node
	steps    []*program.Step // top-level, in the order of the file
	problems []syntax.Problem
	fence    *syntax.Fenced
	gaps     program.Gaps // of a program in Python: what of it is not known

	elsewhere func() []syntax.Elsewhere
}

func newLocator(x Found) locator {
	l := locator{root: x.Program.Root, steps: stepsByPlace(x.Program), problems: x.Problems, fence: x.Fence, elsewhere: x.Elsewhere}
	if x.Lang == syntax.Python {
		l.gaps = x.Program.Gaps()
	}
	return l
}

func stepsByPlace(p *program.Program) []*program.Step {
	byStart := func(a, b *program.Step) int { return cmp.Compare(a.Node.Span.Start, b.Node.Span.Start) }
	if slices.IsSortedFunc(p.Steps, byStart) {
		return p.Steps
	}
	steps := slices.Clone(p.Steps) // aliases: a step may stand before the list
	slices.SortStableFunc(steps, byStart)
	return steps
}

// locate fills in the step and the pointer, unless the rule has, and returns the top-level step.
func (l locator) locate(d *source.Diagnostic) *program.Step {
	if d.Pointer == "" && l.root.Span.Contains(d.Span) {
		d.Pointer = syntax.PointerOf(l.root, d.Span)
	}
	step := stepAt(l.steps, d.Span)
	if at := l.findElsewhere(d.Span); at != nil {
		d.Pointer = cmp.Or(d.Pointer, at.PointerTo(d.Span))
		if step == nil {
			step = l.stepOf(d.Pointer)
		}
	}
	if step == nil {
		return nil
	}
	if d.Step == "" {
		inner := step
		for sub := step; sub != nil; sub = stepAt(sub.Subs, d.Span) {
			inner = sub
		}
		d.Step = inner.ID()
	}
	return step
}

// findElsewhere is the smallest part of the program that is written elsewhere and holds a place.
func (l locator) findElsewhere(at source.Span) *syntax.Elsewhere {
	if l.root.Span.Contains(at) {
		return nil
	}
	return syntax.SmallestElsewhere(l.elsewhere(), at)
}

// stepOf is the top-level step that a pointer leads into.
func (l locator) stepOf(pointer string) *program.Step {
	number, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/steps/"), "/")
	for _, s := range l.steps {
		if strconv.Itoa(s.Index) == number {
			return s
		}
	}
	return nil
}

// stepAt is the step of a list in the order of the file that holds a place.
func stepAt(steps []*program.Step, at source.Span) *program.Step {
	i := sort.Search(len(steps), func(i int) bool { return steps[i].Node.Span.Start > at.Start }) - 1
	if i < 0 || !steps[i].Node.Span.Contains(at) {
		return nil
	}
	return steps[i]
}

// isProblem reports whether a finding is a problem of the text.
func (l locator) isProblem(d source.Diagnostic) bool {
	return slices.ContainsFunc(l.problems, func(p syntax.Problem) bool { return p.Span == d.Span && p.Message == d.Message })
}

// isHalfTyped reports whether the text of a step is broken. What else could be said about such a step is the
// echo of a mistake that is being told, or of a line that is being typed.
func (l locator) isHalfTyped(s *program.Step) bool {
	at := s.Node.Span
	return slices.ContainsFunc(l.problems, func(p syntax.Problem) bool {
		return p.Code == syntax.Malformed && at.Start <= p.Span.Start && p.Span.Start <= at.End
	})
}
