package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

// Which steps suspend the run. The program does not say: a tool does by answering PENDING. What is declared is known. Else
// there is evidence: somebody reads what a resumed run is sent, so some tool before suspends the run, and its name may tell
// which. A name alone is next to nothing, and rules must be content with it only where the harm would be great.

// suspension is a step that suspends the run, and how that is known.
type suspension struct {
	step *program.Step
	how  evidence
}

// evidence is how it is known that a step suspends the run, the weakest first.
type evidence uint8

const (
	byItsName evidence = iota + 1 // its name says that it waits for somebody
	byReading                     // its name says so, and what a resumed run is sent is read behind it
	byNeed                        // what a resumed run is sent is read, and no other step can have suspended it
	declared
)

// severity is that of a mistake that is certain if the step suspends.
func (s *suspension) severity() source.Severity {
	if s.how == declared {
		return source.Error
	}
	return source.Warning
}

// when is the beginning of a sentence about the suspended run.
func (s *suspension) when() string {
	name := quote(s.step.ID())
	switch s.how {
	case byItsName:
		return fmt.Sprintf("if %s suspends the run, as its name says", name)
	case byReading:
		return fmt.Sprintf("when %s suspends the run, as its name and $%s say", name, program.Webhook)
	case byNeed:
		return fmt.Sprintf("when %s suspends the run, as somebody must who reads $%s", name, program.Webhook)
	}
	return fmt.Sprintf("when %s suspends the run", name)
}

// suspensionsOf is what is known about the suspensions of a program.
type suspensionsOf struct {
	all     []*suspension // also those by name alone, as listed
	byStep  map[*program.Step]*suspension
	readers []*program.Step   // steps that read what a resumed run is sent, also in a sub-step; as listed
	whole   *graphcheck.Graph // in which any tool may suspend, unless it is declared never to
	graph   *graphcheck.Graph // in which those tools do that are known to

	reads    []read          // see readsOfSuspended
	lookedAt map[string]bool // see looksAt
	visits   int             // of all walks behind a resume
}

// suspends is the suspension of a step, nil if nothing but a name speaks for it.
func (p *Pass) suspends(s *program.Step) *suspension {
	if found := p.suspended().byStep[s]; found != nil && found.how > byItsName {
		return found
	}
	return nil
}

// suspended finds out which steps suspend the run, once.
func (p *Pass) suspended() *suspensionsOf {
	if p.knownSuspensions != nil {
		return p.knownSuspensions
	}
	k := &suspensionsOf{byStep: map[*program.Step]*suspension{}, graph: p.Graph}
	p.knownSuspensions = k
	for _, s := range p.Program.Steps {
		if readsWebhook(s) {
			k.readers = append(k.readers, s)
		}
	}
	if k.readers == nil && len(p.Declared.Tools) == 0 && !slices.ContainsFunc(p.Program.Steps, isNamedForWaiting) {
		return k
	}
	k.whole = graphcheck.BuildAs(p.Program, func(e graphcheck.Edge) [2]program.State {
		if e.Halt == program.Suspended && p.suspendsAsDeclared(p.step(e.From)) == No {
			return [...]program.State{program.Nowhere, program.Nowhere}
		}
		return [...]program.State{e.To, program.Nowhere}
	})
	p.findSuspensions(k)
	k.graph = graphcheck.BuildAs(p.Program, func(e graphcheck.Edge) [2]program.State {
		if e.Halt == program.Suspended && p.suspends(p.step(e.From)) == nil {
			return [...]program.State{program.Nowhere, program.Nowhere}
		}
		return [...]program.State{e.To, program.Nowhere}
	})
	return k
}

func (p *Pass) suspendsAsDeclared(s *program.Step) Answer {
	return p.Declared.Tools[toolOf(s)].Suspends
}

// findSuspensions judges the tool steps that can run.
func (p *Pass) findSuspensions(k *suspensionsOf) {
	isDeclared := slices.ContainsFunc(p.Program.Steps, func(s *program.Step) bool { return p.suspendsAsDeclared(s) == Yes })
	before := p.beforeReaders(k)
	var waiting, candidates []*program.Step // of those before a reader
	for _, s := range p.Program.Steps {
		switch {
		case s.Kind != program.Tool || !k.whole.Reachable(s) || p.suspendsAsDeclared(s) == No:
		case p.suspendsAsDeclared(s) == Yes:
			k.byStep[s] = &suspension{s, declared}
		case isNamedForWaiting(s):
			k.byStep[s] = &suspension{s, byItsName}
		}
		if s.Kind == program.Tool && before[s] && p.suspendsAsDeclared(s) == NotDeclared {
			candidates = append(candidates, s)
			if mayWait(s) {
				waiting = append(waiting, s)
			}
		}
	}
	switch {
	case isDeclared: // that explains why somebody reads
	case len(waiting) > 0:
		for _, s := range waiting {
			k.byStep[s] = &suspension{s, byReading}
		}
	case len(candidates) == 1:
		k.byStep[candidates[0]] = &suspension{candidates[0], byNeed}
	}
	for _, s := range p.Program.Steps {
		if found := k.byStep[s]; found != nil {
			k.all = append(k.all, found)
		}
	}
}

// beforeReaders are the steps from which control can come to a reader of what a resumed run is sent.
func (p *Pass) beforeReaders(k *suspensionsOf) map[*program.Step]bool {
	before := make(map[*program.Step]bool)
	if k.readers == nil {
		return before
	}
	into := make(map[int][]int) // the steps that lead to each
	for i := range k.whole.Edges {
		if e := &k.whole.Edges[i]; e.To != program.Nowhere {
			into[e.To.Step] = append(into[e.To.Step], e.From.Step)
		}
	}
	queue := slices.Clone(k.readers)
	for ; len(queue) > 0; queue = queue[1:] {
		for _, from := range into[queue[0].Index] {
			if s := p.Program.Steps[from]; !before[s] {
				before[s] = true
				queue = append(queue, s)
			}
		}
	}
	return before
}

// readsWebhook reports whether a step, or one of its sub-steps, reads what a resumed run is sent.
func readsWebhook(s *program.Step) bool {
	return slices.ContainsFunc(s.Uses, isWebhook) || s.Kind == program.Parallel && slices.ContainsFunc(s.Subs, readsWebhook)
}

func isWebhook(u program.Use) bool {
	name := u.Path.Root().Name
	return name == program.Webhook || name == program.WebhookSource
}

// askingWords are in names of tools that wait for somebody, where something else says that they wait.
var askingWords = strings.Fields("approval approvals approve approver wait waits await awaits awaiting human review reviewer manual callback " +
	"webhook confirm confirmation ask asks manager supervisor operator consent signoff decision permission answer reply")

// answerWords are what somebody gives who is waited for.
var answerWords = strings.Fields("approval approvals confirmation consent signoff permission")

// actingWords are in names of tools that do something about an answer, or look for it, and do not wait.
var actingWords = strings.Fields("send tell store save mail email apply grant second seconds minute minutes hour hours day days " +
	"time timer delay sleep backoff check read load list verify validate find fetch lookup look status show is has log notify record query search")

// namesOf is the words of a step's id and of its tool, each for itself.
func namesOf(s *program.Step) [2][]string {
	return [...][]string{wordsOf(s.ID()), wordsOf(toolOf(s))}
}

// mayWait reports whether a name of a step goes with waiting for somebody.
func mayWait(s *program.Step) bool {
	for _, words := range namesOf(s) {
		if saysWaiting(words) || hasAny(words, askingWords) && !hasAny(words, actingWords) {
			return true
		}
	}
	return false
}

// isNamedForWaiting reports whether a name of a tool step says by itself that it waits for somebody.
func isNamedForWaiting(s *program.Step) bool {
	if s.Kind != program.Tool || !hintsAtWaiting(s.ID()) && !hintsAtWaiting(toolOf(s)) {
		return false
	}
	names := namesOf(s)
	return saysWaiting(names[0]) || saysWaiting(names[1])
}

// hintsAtWaiting is a quick look: no other name says that somebody is waited for.
func hintsAtWaiting(name string) bool {
	for _, part := range [...]string{"ait", "pproval", "onfirmation", "onsent", "ignoff", "ermission"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// saysWaiting reports whether words say that somebody is awaited: await payment, wait for the customer, ask for
// approval; but not wait for 5 seconds.
func saysWaiting(words []string) bool {
	switch {
	case hasAny(words, actingWords):
		return false
	case hasAny(words, []string{"await", "awaits", "awaiting"}), hasAny(words, []string{"wait", "waits", "waiting"}) && slices.Contains(words, "for"):
		return true
	}
	return hasAny(words, answerWords) && hasAny(words, []string{"ask", "get", "request", "require", "obtain", "human", "manual", "manager"})
}
