package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// accepted is what is to be said about the suppressions of configurations when all files have been checked: the same as
// about those in programs.
type accepted struct {
	order   []*source.File // the configurations, as they were met
	entries map[*source.File]map[source.Span]source.Diagnostic
	failing map[*source.File]*setting
}

// The rules that have something to say about suppressions.
const (
	unusedRule = "unused-suppression"
	reasonRule = "suppression-without-reason"
)

// add takes over what the analysis of a file says.
func (x *accepted) add(r result) {
	for i, s := range r.setting.Suppressions {
		if s.Reason == "" {
			x.say(r.setting, s, reasonRule, "nobody says why this is suppressed: write the reason")
		}
		// Of a glob, other files may be suppressed, which this run may not have come to.
		if slices.Contains(r.analysis.Unused, i) && !strings.ContainsAny(s.Path, `*?[{\`) && !strings.HasSuffix(s.Path, "/") {
			x.say(r.setting, s, unusedRule, "this suppresses nothing in "+r.path+": remove it")
		}
	}
}

func (x *accepted) say(s *setting, at config.Suppression, rule, message string) {
	i := slices.IndexFunc(s.options.Rules, func(r *rules.Rule) bool { return r.Name == rule })
	if i < 0 {
		return
	}
	if x.entries == nil {
		x.entries, x.failing = make(map[*source.File]map[source.Span]source.Diagnostic), make(map[*source.File]*setting)
	}
	if x.entries[at.File] == nil {
		x.order = append(x.order, at.File)
		x.entries[at.File] = make(map[source.Span]source.Diagnostic)
	}
	x.failing[at.File] = s
	r := s.options.Rules[i]
	first := source.Span{Start: at.Span.Start, End: at.Span.Start + 1}
	x.entries[at.File][at.Span] = source.Diagnostic{
		Note: source.Note{Span: first, Message: message}, Rule: r.ID, Severity: cmp.Or(s.options.Severities[r.ID], r.Severity),
	}
}

// printAccepted prints it as findings in the configurations.
func (a *app) printAccepted(x *accepted, p report.Printer, totals *report.Totals) error {
	for _, f := range x.order {
		found := &validator.Analysis{File: f}
		for _, d := range x.entries[f] {
			found.Diagnostics = append(found.Diagnostics, d)
		}
		slices.SortFunc(found.Diagnostics, func(a, b source.Diagnostic) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
		totals.Add(found)
		a.judgeFile(x.failing[f], found)
		if err := p.File(found); err != nil {
			return err
		}
	}
	return nil
}
