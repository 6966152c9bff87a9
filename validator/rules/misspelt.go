package rules

import (
	"strings"
	"sync"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

// Names that people write for the fields of a program or a step. The names are folded: case, hyphens,
// underscores and blanks do not count.

// stepWords are other words for the fields of a step. Where a word may mean several fields, the value
// decides.
var stepWords = [...]struct{ field, words string }{
	{"id", "stepid step key stepname"},
	{"type", "kind steptype typ"},
	{"next_step", "next goto onsuccess success nextid nextnode transition jump jumpto nextsteps"},
	{"then", "iftrue truebranch thenstep ontrue whentrue thengoto"},
	{"otherwise", "else elsestep iffalse falsebranch onfalse whenfalse elsegoto otherwisestep"},
	{"timeout_seconds", "timeout timeouts timeoutsec timeoutsecs timelimit deadline maxtime"},
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

// impossible is what a program or step cannot say, whatever the field is called.
type impossible struct {
	severity source.Severity
	why      string
}

// impossibleInStep are the folded words for such things. A word that is also one for a field counts as that
// where the field can stand.
var impossibleInStep = sync.OnceValue(func() map[string]impossible {
	m := impossibleWords{}
	m.add(source.Error, "there is no error branch, and a failed step ends the run unless on_error is skip or retry",
		"onfail onfailure errorstep onerrorstep onerrorgoto catch fallback fallbackstep compensate compensation rollback failurestep except iferror")
	m.add(source.Error, "a step runs whenever the run comes to it, and only a condition before it can prevent that",
		"if when unless onlyif runif skipif skipwhen enabled disabled")
	m.add(source.Error, "write timeout_seconds, in seconds and on an llm step", "timeoutms timeoutmillis timeoutmilliseconds")
	m.add(source.Warning, "the adapter of the runtime chooses the model and its settings",
		"model modelname provider temperature topp topk seed llm maxoutputtokens frequencypenalty presencepenalty stopsequences")
	m.add(source.Warning, "steps run in the order of the list", "dependson needs requires order priority")
	m.add(source.Warning, "the waits between attempts are always 1, 2, 4 … seconds", "retrydelay backoff retrybackoff retryinterval delay")
	m.add(source.Warning, "answers are compared with allowed_outputs and with nothing else",
		"schema outputschema responseformat jsonschema outputformat outputtype responseschema")
	m.add(source.Warning, "only a next_step or branch that leads back repeats a step", "loop foreach while repeat until")
	return m
})

var impossibleInProgram = sync.OnceValue(func() map[string]impossible {
	m := impossibleWords{}
	m.add(source.Error, "a run always begins with the first step of the list",
		"start entry entrypoint startat startsat initial initialstep firststep startstep entrystep begin")
	m.add(source.Error, "steps are joined by their next_step, then and otherwise", "edges transitions connections links flow")
	m.add(source.Error, "a run has no time limit", "timeout timelimit deadline")
	m.add(source.Warning, "the adapter of the runtime chooses the model and its settings", "model provider temperature llm")
	return m
})

type impossibleWords map[string]impossible

func (m impossibleWords) add(severity source.Severity, why, words string) {
	for _, w := range strings.Fields(words) {
		m[w] = impossible{severity, why}
	}
}

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
	for _, w := range strings.Fields("schema id type kind author authors context inputs input license created createdat " +
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
	if name == SuppressionKey {
		return true
	}
	w := spelling.Fold(name)
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
	spell   *spelling.Speller
	step    *program.Step // nil: the program
	present map[string]bool
}

func newMeant(spell *spelling.Speller, step *program.Step, node *syntax.Node) *meant {
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
	for _, word := range m.synonyms()[spelling.Fold(name)] {
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
	near, ok := m.spell.Nearest(name, m.fitting(pair.Value))
	if !ok || len(name) < 5 && spelling.Distance(name, near, 1) > 1 && spelling.Fold(name) != spelling.Fold(near) {
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
	for _, word := range m.synonyms()[spelling.Fold(name)] {
		if f := m.table()[word]; !isRead(f, m.step) {
			return f, true
		}
	}
	return nil, false
}
