package validator_test

import (
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator/rules"
)

// withoutProof are the rules whose mistake shows in no run, and why.
var withoutProof = map[string]string{
	"NL030": "it says what is not checked, not what is wrong",
	"NL001": "the runtime's reader refuses the file, so there is nothing to run",
	"NL002": "the runtime's reader refuses the file, so there is nothing to run",
	"NL003": "the runtime's reader refuses the file, so there is nothing to run",
	"NL004": "the runtime's reader ends in a RecursionError, so there is nothing to run",
	"NL005": "the runtime's reader does not come to an end, so there is nothing to run",
	"NL006": "the runtime's reader refuses the file, so there is nothing to run",
	"NL007": "the runtime's reader refuses the file, so there is nothing to run",
	"NL022": "the machine converts the value, and then both programs are one",
	"NL031": "the machine ignores suppressions, so both programs are one",
	"NL032": "the machine ignores suppressions, so both programs are one",
	"NL033": "the machine ignores suppressions, so both programs are one",
	"NL117": "the machine never follows the field: what its author meant by it stands in no program",
	"NL118": "the machine drops the field: what its author meant by it stands in no program",
	"NL122": "only the runtime's own validator is wrong about the program, its machine is not",
	"NL901": "the executor is the newest machine, and the mistake shows on older ones only",
}

// tidied are the rules whose safe fixes put nothing right but take away what does nothing, and why: what they leave must
// do what the bad program does.
var tidied = map[string]string{
	"NL413": "which answer was meant instead of the second one is for its author to say",
	"NL503": "which step before the condition should be tried again is for its author to say",
}

// The mistake of every rule shows when the bad program is run, and does not when the good one is: the executor, which
// knows nothing of rules, must agree with them. Where none can show, there must be none in any world.
func TestRuleIsProved(t *testing.T) {
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		reason := withoutProof[r.ID]
		switch {
		case (r.Proof == "") == (reason == ""):
			t.Fatal("a rule has either a proof or, in withoutProof, a reason why no run shows the mistake")
		case reason != "":
			if isWhole(r.Bad, langOf(r)) && langOf(r) != syntax.Python { // a part of it is code
				checkSameRuns(t, "the bad program and the good one", readProgram(r.Bad, langOf(r)), readProgram(r.Good, langOf(r)))
			}
			return
		}
		for _, c := range []struct {
			program, expect string
			meets           bool
		}{{r.Bad, "bad", true}, {r.Good, "good", true}, {r.Good, "bad", false}, {r.Bad, "good", false}} {
			differences := prove(t, r, c.expect, c.program)
			if meets := len(differences) == 0; meets != c.meets {
				t.Errorf("what is expected under %q is met: %v, want %v by\n%s%+v", c.expect, meets, c.meets, c.program, differences)
			}
		}
		checkScripted(t, r)
	})
}

// checkScripted wants every step and tool that a proof has answers for in one of the programs.
func checkScripted(t *testing.T, r *rules.Rule) {
	known := map[string]bool{}
	for _, text := range []string{r.Bad, r.Good} {
		for s := range readProgram(text, langOf(r)).All {
			known["llm "+s.ID()] = s.Kind == program.LLM || known["llm "+s.ID()]
			if s.Tool != nil {
				known["tools "+s.Tool.Text.Value] = true
			}
		}
	}
	given := syntax.Parse(source.NewFile("", r.Proof), syntax.YAML)[0].Root
	for _, table := range []string{"llm", "tools"} {
		if answers := given.Get(table); answers != nil {
			for _, p := range answers.Pairs {
				if name := p.Key.Text.Value; !known[table+" "+name] {
					t.Errorf("the proof has an answer under %s for %q, which is in neither program", table, name)
				}
			}
		}
	}
}

// What the safe fixes make of the bad program does what the good one does, whatever models and tools answer.
func TestSafeFixesAreProved(t *testing.T) {
	proved := 0
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		text, fixed := fixedSafely(t, r, rules.Example{Program: r.Bad, Declare: r.Declare})
		if !fixed || tidied[r.ID] != "" {
			return
		}
		proved++
		if r.Proof != "" {
			if differences := prove(t, r, "good", text); len(differences) > 0 {
				t.Errorf("the fixes do not put right what the proof is about:\n%s%+v", text, differences)
			}
		}
		checkSameRuns(t, "the fixed program and the good one", readProgram(text, langOf(r)), readProgram(r.Good, langOf(r)))
	})
	if proved < 20 {
		t.Errorf("only %d rules have safe fixes", proved)
	}
}

// Where no mistake shows, or none is put right, safe fixes change nothing that a run does.
func TestSafeFixesOfWhatHasNoEffect(t *testing.T) {
	forEachRule(t, func(t *testing.T, r *rules.Rule) {
		if withoutProof[r.ID] == "" && tidied[r.ID] == "" {
			return
		}
		for _, e := range append([]rules.Example{{Program: r.Bad, Declare: r.Declare, Reported: true}}, r.More...) {
			if !e.Reported || !isWhole(e.Program, langOf(r)) {
				continue
			}
			if after, fixed := fixedSafely(t, r, e); fixed {
				checkSameRuns(t, "the fixed program and the one before", readProgram(after, langOf(r)), readProgram(e.Program, langOf(r)))
			}
		}
	})
}

// fixedSafely is the program of an example after all safe fixes of a rule, and whether there are any.
func fixedSafely(t *testing.T, r *rules.Rule, e rules.Example) (string, bool) {
	t.Helper()
	var edits []source.Edit
	for _, d := range of(analyzeFor(t, r, e.Declared(), e.Program, langOf(r)), r.ID) {
		for _, f := range d.Fixes {
			if f.Safe {
				edits = append(edits, f.Edits...)
			}
		}
	}
	fixed, err := source.Apply(e.Program, edits)
	if err != nil {
		t.Fatal(err)
	}
	return fixed, len(edits) > 0
}

// isWhole reports whether a text is of its language, so that there is a program to run.
func isWhole(text string, l syntax.Lang) bool {
	return len(syntax.Parse(source.NewFile("", text), l)[0].Problems) == 0
}

func prove(t *testing.T, r *rules.Rule, expect, text string) []scenario.Difference {
	t.Helper()
	c, notes := report.ProofCase(r, expect, text)
	if len(notes) > 0 {
		t.Fatalf("the proof cannot be read: %v", notes)
	}
	if c.Expect == nil {
		t.Fatalf("the proof expects nothing under %q", expect)
	}
	_, differences := c.Check()
	return differences
}
