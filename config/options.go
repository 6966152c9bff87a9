package config

import (
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

var severities = map[string]source.Severity{"info": source.Info, "warning": source.Warning, "error": source.Error}

// Options is what holds for a file, as the analysis takes it. The language and what follows from the command are left to
// the caller. It fails for a flag with an unknown version; configurations have been checked.
func (e *Effective) Options() (validator.Options, error) {
	target, err := program.ParseVersion(e.TargetVersion.Value)
	o := validator.Options{Target: target, Rules: e.run(), Declared: e.declared()}
	for _, s := range e.Severity {
		if v := severities[s.Severity.Value]; v != 0 {
			if o.Severities == nil {
				o.Severities = make(map[string]source.Severity)
			}
			o.Severities[s.Rule.ID] = v
		}
	}
	for _, s := range e.Suppressions {
		out := validator.Suppression{Step: s.Step, Pointer: s.Pointer, Reason: s.Reason}
		for _, w := range s.Rules {
			for _, r := range e.rules {
				if r.Is(w.Value) {
					out.Rules = append(out.Rules, r.ID)
				}
			}
		}
		o.Suppressions = append(o.Suppressions, out)
	}
	return o, err
}

// run is the rules that run.
func (e *Effective) run() []*rules.Rule {
	selected, left := e.named(e.Select), e.named(e.Ignore)
	for _, s := range e.Severity {
		if s.Severity.Value == "off" {
			left[s.Rule] = true
		}
	}
	run := []*rules.Rule{} // not nil, which would mean the usual ones
	for _, r := range e.rules {
		if selected[r] && !left[r] {
			run = append(run, r)
		}
	}
	return run
}

func (e *Effective) named(words []Word) map[*rules.Rule]bool {
	found := make(map[*rules.Rule]bool)
	for _, w := range words {
		some, _ := rules.Named(e.rules, w.Value)
		for _, r := range some {
			found[r] = true
		}
	}
	return found
}

// declared is what may be taken for granted.
func (e *Effective) declared() rules.Declared {
	d := rules.Declared{AllInputs: e.AllInputs, AllTools: e.AllTools}
	if e.AllInputs {
		d.Inputs = make(map[string]rules.Input, len(e.Inputs))
	}
	for _, in := range e.Inputs {
		d.Inputs[in.Name.Value] = rules.Input{Type: in.Type}
	}
	if e.AllTools {
		d.Tools = make(map[string]rules.Tool, len(e.Tools))
	}
	for _, t := range e.Tools {
		d.Tools[t.Name.Value] = rules.Tool{Suspends: answer(t.Suspends), Idempotent: answer(t.Idempotent), Input: t.Input, Output: t.Output, File: t.File, Span: t.Span}
	}
	if e.Policy != nil {
		d.Policy = &rules.Policy{Capabilities: make(map[string][]string, len(e.Policy.Capabilities))}
		for _, c := range e.Policy.Capabilities {
			d.Policy.Capabilities[c.Tool.Value] = c.May
		}
	}
	d.PrivilegedTools, d.Models = values(e.PrivilegedTools), values(e.Models)
	return d
}

func answer(said *bool) rules.Answer {
	switch {
	case said == nil:
		return rules.NotDeclared
	case *said:
		return rules.Yes
	}
	return rules.No
}

func values(words []Word) []string {
	var all []string
	for _, w := range words {
		all = append(all, w.Value)
	}
	return all
}
