package validator

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator/rules"
)

// Suppression is findings of a file that somebody accepts elsewhere, as in a configuration.
type Suppression struct {
	Rules   []string // ids
	Step    string   // the id of the step that holds the place; empty for any place
	Pointer string   // the JSON pointer that the place is at or below; empty for any place
	Reason  string
}

func (s Suppression) covers(d source.Diagnostic) bool {
	return (s.Step == "" || s.Step == d.Step) && slices.Contains(s.Rules, d.Rule) &&
		(s.Pointer == "" || d.Pointer == s.Pointer || strings.HasPrefix(d.Pointer, s.Pointer+"/"))
}

// suppress marks the findings that nobody wants to be told of, and asks the rules about suppressions in between.
func (a *Analysis) suppress(found []Found, o Options, run []*rules.Rule) {
	here := rules.Suppressions(a.File, o.Lang, written(a.File, found))
	if len(here) == 0 && len(o.Suppressions) == 0 {
		return
	}
	used := make([]bool, len(o.Suppressions))
	for i := range a.Diagnostics {
		a.suppressOne(&a.Diagnostics[i], here, o, used)
	}
	told, hasRun := len(a.Diagnostics), a.hasRun(o, run)
	for number, x := range found {
		pass := &rules.Pass{
			File: a.File, Lang: x.Lang, Embedded: x.Embedded, Program: x.Program, IsProgram: x.IsProgram, HasRun: hasRun,
		}
		if x.Fence != nil {
			pass.File = x.Fence.Text
		}
		for _, s := range here {
			if s.Program == number {
				pass.Suppressions = append(pass.Suppressions, s)
			}
		}
		if len(pass.Suppressions) == 0 {
			continue
		}
		where := newLocator(x)
		for _, r := range run {
			if r.AboutSuppressions && r.Judges(where.gaps) {
				a.run(r, pass, number, where, o)
			}
		}
	}
	for i := range a.Diagnostics[told:] {
		a.suppressOne(&a.Diagnostics[told+i], here, o, used)
	}
	hasNotRun := func(id string) bool { return !hasRun(rules.Find(id)) }
	for i, s := range o.Suppressions {
		if !used[i] && len(found) > 0 && !slices.ContainsFunc(found, Found.IsComputed) && !slices.ContainsFunc(s.Rules, hasNotRun) {
			a.Unused = append(a.Unused, i)
		}
	}
}

// suppressOne marks a finding if somebody has suppressed it. All suppressions that cover it are in use.
func (a *Analysis) suppressOne(d *source.Diagnostic, here []*rules.Suppression, o Options, used []bool) {
	for i, s := range o.Suppressions {
		if s.covers(*d) {
			used[i] = true
			d.Suppression = source.Suppression{Kind: source.External, Reason: s.Reason}
		}
	}
	for _, s := range here {
		for _, n := range s.Names {
			if n.Rule != nil && n.Rule.ID == d.Rule && s.Covers(d) {
				n.Used = true
				d.Suppression = source.Suppression{Kind: source.InSource, Reason: cmp.Or(n.Reason, d.Suppression.Reason)}
			}
		}
	}
}

// hasRun tells of which rules it is known whether there is something to suppress: not of those that were not asked or
// crashed, and of none where broken text hides findings.
func (a *Analysis) hasRun(o Options, run []*rules.Rule) func(*rules.Rule) bool {
	ran := make(map[string]bool)
	for _, r := range run {
		ran[r.ID] = o.asked == nil || o.asked[r.ID]
	}
	for _, c := range a.Crashes {
		ran[c.Rule] = false
	}
	if a.IsBroken {
		clear(ran)
	}
	return func(r *rules.Rule) bool { return ran[r.ID] }
}
