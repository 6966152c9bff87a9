package rules

import (
	"strings"
	"unicode"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// Which answers and branches let something happen, and which hold it back, as far as their names tell; and where an
// answer leads to. A name tells nothing certain, so what rests on it alone is never an error.

// polarity is what a name promises.
type polarity int

// The polarities. A refusal also is what only asks somebody else.
const (
	refuses polarity = -1
	neutral polarity = 0
	goesOn  polarity = 1 // may be harmless
	commits polarity = 2 // money, access, or a decision

)

var polarities = wordTable(map[polarity]string{
	refuses: `no not reject deny denied denial refuse decline block escalate escalation stop abort cancel fail failure error unsafe
		invalid ineligible insufficient hold manual human help alarm alert quarantine never forbid forbidden ban freeze suspend
		disapprove unapprove disallow unauthorized apologize apologise handoff supervisor operator editor review reviewer ask end exit`,
	goesOn: `send continue proceed process publish pass go ship notify confirm`,
	commits: `yes ok okay approve allow accept pay payout refund grant execute release deploy merge transfer charge permit
		authorize authorise safe valid eligible unlock purchase buy disburse withdraw`,
})

// wordTable is the polarity of each word of some lists.
func wordTable(lists map[polarity]string) map[string]polarity {
	table := map[string]polarity{}
	for p, words := range lists {
		for _, w := range strings.Fields(words) {
			table[w] = p
		}
	}
	return table
}

// polarityOf is what a name promises: a refusal if one of its words is one, else the strongest of its words.
func polarityOf(name string) polarity {
	strongest := neutral
	for _, w := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch p := polarityOfWord(w); {
		case p == refuses:
			return refuses
		case p > strongest:
			strongest = p
		}
	}
	return strongest
}

// polarityOfWord knows a word also in its other forms: approved, approving.
func polarityOfWord(w string) polarity {
	forms := []string{w}
	for _, ending := range []string{"s", "d", "es", "ed", "ing"} {
		if stem, cut := strings.CutSuffix(w, ending); cut && len(stem) > 2 {
			forms = append(forms, stem, stem+"e")
		}
	}
	for _, f := range forms {
		if p, ok := polarities[f]; ok {
			return p
		}
	}
	return neutral
}

// polarityOfStep is what the id of a step and the name of its tool promise.
func polarityOfStep(s *program.Step) polarity {
	name := s.ID()
	if s.Tool != nil && s.Tool.Kind == syntax.String {
		name += " " + s.Tool.Text.Value
	}
	return polarityOf(name)
}

// isCatchAll reports whether an answer is there for what fits no other.
func isCatchAll(answer string) bool {
	switch spelling.Fold(answer) {
	case "other", "others", "unknown", "unclear", "unsure", "notsure", "none", "neither", "maybe", "undecided", "misc", "query":
		return true
	}
	return false
}

// maxValues is how many answers of a guard are followed, maxHops how many conditions in a row.
const maxValues, maxHops = 16, 32

// land is where an answer leads: the moves from a state of a condition on, through the conditions that read the
// answer, and the step behind them. It is nil where that is not known, or where the run ends.
func (p *Pass) land(at program.State, of *program.Step, v value.Value) ([]graphcheck.Edge, *program.Step) {
	var path []graphcheck.Edge
	for range maxHops {
		s := p.step(at)
		if s.Kind != program.Condition {
			return path, s
		}
		if s.Cond == nil || !isPlain(s.Cond) {
			return nil, nil
		}
		var on program.Outcome
		switch p.readings().decide(s, of, v) {
		case cond.CanBeTrue:
			on = program.True
		case cond.CanBeFalse:
			on = program.False
		default:
			return nil, nil
		}
		next := program.Nowhere
		for _, e := range p.Graph.From(at) {
			if e.On == on {
				next = e.To
				path = append(path, e)
			}
		}
		if next == program.Nowhere {
			return nil, nil
		}
		at = next
	}
	return nil, nil
}

// opening is how a fallback lets something happen.
type opening struct {
	at    program.State // of the condition
	path  []graphcheck.Edge
	lands *program.Step
	sure  bool
	safe  int // the entry of the guard that should be the fallback
}

// opens tells whether an answer, if it stands in for one that was not given, takes a branch that lets something
// happen while another answer would have held it back.
func (p *Pass) opens(s *program.Step, values []string, fallback string) *opening {
	for _, c := range p.firstReaders(s) {
		for _, e := range p.Graph.Entries(c) {
			at := program.State{Step: c.Index, Entry: e}
			path, lands := p.land(at, s, value.FromString(fallback))
			if lands == nil {
				continue
			}
			o := &opening{at: at, path: path, lands: lands, safe: -1}
			for i, v := range values[:min(len(values), maxValues)] {
				if v == fallback {
					continue
				}
				_, other := p.land(at, s, value.FromString(v))
				if other == nil || other == lands || !contrasts(lands, other, fallback, v) {
					continue
				}
				if o.safe < 0 {
					o.safe = i
				}
				held := polarityOf(v) == refuses || polarityOfStep(other) == refuses
				o.sure = o.sure || held && (polarityOfStep(lands) == commits || polarityOf(fallback) == commits)
			}
			if o.safe >= 0 {
				return o
			}
		}
	}
	return nil
}

// contrasts reports whether a branch lets something happen that another answer, with its branch, holds back.
func contrasts(lands, other *program.Step, fallback, v string) bool {
	branch, otherBranch := polarityOfStep(lands), polarityOfStep(other)
	switch {
	case branch == refuses || otherBranch > neutral && branch <= otherBranch:
		return false
	case branch > neutral:
		return otherBranch == refuses || polarityOf(v) == refuses || isCatchAll(v)
	}
	return polarityOf(fallback) > neutral && (otherBranch == refuses || polarityOf(v) == refuses)
}

// firstReaders are the conditions that read the output of a step and are not themselves chosen by such a condition.
func (p *Pass) firstReaders(s *program.Step) []*program.Step {
	tests := p.readings().tests[s]
	chosen := map[*program.Step]bool{}
	for _, t := range tests {
		chosen[t.cond.Then.To], chosen[t.cond.Otherwise.To] = true, true
	}
	var first []*program.Step
	for _, t := range tests {
		if !chosen[t.cond] && (len(first) == 0 || first[len(first)-1] != t.cond) && len(first) < maxHops {
			first = append(first, t.cond)
		}
	}
	return first
}

// reportOpening reports a fallback that opens.
func (p *Pass) reportOpening(s *program.Step, o *opening, message string, fixes []source.Fix) {
	d := source.Diagnostic{
		Note:    source.Note{Span: s.AllowedOutputs.Items[0].Span, Message: message},
		Related: p.witness(o.at, o.path...),
		IsPath:  true,
	}
	if !o.sure {
		d.Severity = source.Warning
	}
	first, safe := s.AllowedOutputs.Items[0], s.AllowedOutputs.Items[o.safe]
	if p.isAlias(s.AllowedOutputs) {
		d.Span = s.AllowedOutputs.Span
	} else if values, _ := guardOf(s); p.opens(s, values, safe.Text.Value) == nil && !p.opensWithNothing(s, o) {
		d.Fixes = p.fix("put "+quote(safe.Text.Value)+" first", false,
			replaceString(first, safe.Text.Value), replaceString(safe, first.Text.Value))
	}
	d.Fixes = append(d.Fixes, fixes...)
	p.Report(d)
}

// opensWithNothing reports whether an opening is there also when a step is skipped and has no output at all.
func (p *Pass) opensWithNothing(s *program.Step, o *opening) bool {
	_, lands := p.land(o.at, s, value.Value{})
	return s.OnError == program.Skip && lands == o.lands
}

// isPaddedFirst reports whether the fallback has white space around it, which another rule tells.
func isPaddedFirst(values []string) bool { return value.Strip(values[0]) != values[0] }
