package rules

import (
	"strings"
	"sync"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/syntax"
)

// Names that people write for the fields of a program or a step. The names are folded: case, hyphens,
// underscores and blanks do not count.

// stepWords are other words for the fields of a step. Where a word may mean several fields, the value
// decides.
var stepWords = [...]struct{ field, words string }{
	{"id", "stepid step key stepname"},
	{"type", "kind steptype typ"},
	{"next_step", "next goto onsuccess success nextid nextnode transition jump jumpto nextsteps then"},
	{"then", "iftrue truebranch thenstep ontrue whentrue thengoto"},
	{"otherwise", "else elsestep iffalse falsebranch onfalse whenfalse elsegoto otherwisestep"},
	{"timeout_seconds", "timeout timeouts timeoutsec timeoutsecs timelimit deadline maxtime timeoutms"},
	{"on_timeout", "ontimeouts timeoutaction timeoutpolicy"},
	{"max_retries", "retries retry maxattempts attempts maxretry numretries retrycount retrylimit"},
	{"allowed_outputs", "outputs choices enum options allowed allowedvalues validoutputs allowedoutput labels"},
	{"output_key", "output outputs saveas resultkey storeas savein outputvar outputname resultvar result assign store"},
	{"args", "input inputs params parameters arguments kwargs toolargs toolinput with payload"},
	{"tool", "toolname function nameoftool action func functionname handler call toolid"},
	{"prompt", "prompttemplate template message userprompt text question userprompttemplate promptname"},
	{"system", "systemprompt systemmessage instructions sysprompt"},
	{"condition", "expression if when expr cond predicate test check"},
	{"parallel_steps", "branches steps substeps parallel tasks children parallelsubsteps"},
	{"max_concurrency", "concurrency maxparallel parallelism maxworkers workers concurrencylimit"},
	{"is_terminal", "terminal isfinal final end isend last isterminalstep"},
	{"on_error", "errorpolicy onexception errorhandling onerrors"},
}

// programWords are other words for the fields of a program.
var programWords = [...]struct{ field, words string }{
	{"name", "programname workflowname"},
	{"steps", "nodes tasks stages states step actions"},
	{"max_steps", "maxiterations maxiter steplimit stepslimit maxstep stepbudget"},
	{"max_stalled_steps", "maxstalled stalllimit maxstalls maxstalledstep"},
	{"max_tokens", "tokenlimit tokenbudget maxtotaltokens tokenslimit"},
}

// noSuchThing are names of things that a step cannot have, whatever its fields are called.
var noSuchThing = func() map[string]string {
	m := map[string]string{}
	for _, w := range strings.Fields("onfail onfailure errorstep onerrorstep onerrorgoto catch fallback fallbackstep " +
		"compensate compensation rollback failurestep except iferror") {
		m[w] = "there is no error branch, and a failed step ends the run unless on_error is skip or retry"
	}
	return m
}()

// noSuchProgramThing is the same for programs.
var noSuchProgramThing = func() map[string]string {
	m := map[string]string{}
	for _, w := range strings.Fields(startWords) {
		m[w] = "a run always begins with the first step of the list"
	}
	for _, w := range strings.Fields("edges transitions connections links flow") {
		m[w] = "steps are joined by their next_step, then and otherwise"
	}
	for _, w := range strings.Fields("timeout timelimit deadline") {
		m[w] = "a run has no time limit"
	}
	return m
}()

// startWords are names for the step to begin with.
const startWords = "start entry entrypoint startat initial initialstep firststep startstep begin startstepid entrystep"

// harmless are names of notes that people leave for each other. The runtime ignores them, as it should.
var harmless = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("description desc comment comments note notes title label name metadata meta tags tag " +
		"doc docs documentation displayname summary version nanolint position ui rationale reason why owner") {
		m[w] = true
	}
	return m
}()

// harmlessInProgram are more of them, beside a program's fields.
var harmlessInProgram = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("schema id type kind author authors context inputs input license created createdat created_at " +
		"updated updatedat date url source examples example schemaversion category team maintainer contact changelog") {
		m[w] = true
	}
	return m
}()

// isNote reports whether a field is a note for people.
func isNote(name string, ofProgram bool) bool {
	if name == "" || strings.HasPrefix(name, "_") || strings.HasPrefix(name, "$") ||
		strings.HasPrefix(strings.ToLower(name), "x-") {
		return true
	}
	w := fold(name)
	return harmless[w] || ofProgram && harmlessInProgram[w]
}

// synonyms maps a folded word to the fields that it may mean.
type synonyms map[string][]string

var stepSynonyms = sync.OnceValue(func() synonyms { return newSynonyms(stepWords[:]) })

var programSynonyms = sync.OnceValue(func() synonyms { return newSynonyms(programWords[:]) })

func newSynonyms(table []struct{ field, words string }) synonyms {
	m := synonyms{}
	for _, line := range table {
		for _, w := range strings.Fields(line.words) {
			m[w] = append(m[w], line.field)
		}
	}
	return m
}

// A meant finds the field that was meant by a name that is none, in one program or step.
type meant struct {
	spell   *speller
	step    *program.Step // nil: the program
	present map[string]bool
}

func newMeant(spell *speller, step *program.Step, node *syntax.Node) *meant {
	m := &meant{spell: spell, step: step, present: map[string]bool{}}
	for i := range node.Pairs {
		if name, ok := fieldName(&node.Pairs[i]); ok && m.table()[name] != nil {
			m.present[name] = true
		}
	}
	return m
}

// fieldName is the name of a pair, if it is a string.
func fieldName(pair *syntax.Pair) (string, bool) {
	return pair.Key.Text.Value, pair.Key.Kind == syntax.String
}

// table is the fields that there are.
func (m *meant) table() map[string]*schema.Field {
	if m.step == nil {
		return programFields()
	}
	return stepFields()
}

// synonyms are the words that people write for them.
func (m *meant) synonyms() synonyms {
	if m.step == nil {
		return programSynonyms()
	}
	return stepSynonyms()
}

// guess is a field that was probably meant.
type guess struct {
	field *schema.Field
	fits  bool // its value is what the field wants
}

// field is what a pair was meant to be, among the fields that would have an effect there and that are not
// there already. A word that people write for a field is enough; a name that only looks like one must
// have a value that fits.
func (m *meant) field(pair *syntax.Pair) (guess, bool) {
	name := pair.Key.Text.Value
	var first *guess
	for _, word := range m.synonyms()[fold(name)] {
		f := m.table()[word]
		if !m.isOpen(f) {
			continue
		}
		g := guess{f, hasType(f, pair.Value)}
		if g.fits {
			return g, true
		}
		if first == nil {
			first = &g
		}
	}
	if first != nil {
		return *first, true
	}
	near, ok := m.spell.nearest(name, m.fitting(pair.Value))
	if !ok || len(name) < 5 && distance(name, near, 1) > 1 && fold(name) != fold(near) {
		return guess{}, false
	}
	return guess{m.table()[near], true}, true
}

// isOpen reports whether a field would have an effect and is not there.
func (m *meant) isOpen(f *schema.Field) bool {
	return !m.present[f.Name] && (m.step == nil || isRead(f, m.step))
}

// fitting are the fields that a value could belong to.
func (m *meant) fitting(value *syntax.Node) func(yield func(string) bool) {
	fields := schema.ProgramFields()
	if m.step != nil {
		fields = schema.StepFields()
	}
	return func(yield func(string) bool) {
		for i := range fields {
			if f := &fields[i]; m.isOpen(f) && hasType(f, value) && !yield(f.Name) {
				return
			}
		}
	}
}

// isUseless reports whether a word stands for a field that the step does not read.
func (m *meant) isUseless(name string) (*schema.Field, bool) {
	if m.step == nil {
		return nil, false
	}
	for _, word := range m.synonyms()[fold(name)] {
		if f := m.table()[word]; !isRead(f, m.step) {
			return f, true
		}
	}
	return nil, false
}
