package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/validator/rules"
)

// selectRules is the rules of all that --select and --ignore leave. Without --select, all are selected that are not
// optional.
func selectRules(all []*rules.Rule, selected, ignored []string) ([]*rules.Rule, error) {
	chosen, err := matching(all, "--select", selected)
	if err != nil {
		return nil, err
	}
	left, err := matching(all, "--ignore", ignored)
	if err != nil {
		return nil, err
	}
	run := []*rules.Rule{} // not nil, which would mean all
	for _, r := range all {
		if (len(selected) == 0 && !r.Optional || chosen[r]) && !left[r] {
			run = append(run, r)
		}
	}
	return run, nil
}

// matching is the rules that some of the words name.
func matching(all []*rules.Rule, flag string, words []string) (map[*rules.Rule]bool, error) {
	found := make(map[*rules.Rule]bool)
	for _, word := range words {
		before := len(found)
		known := slices.ContainsFunc(rules.Families(), func(f string) bool { return strings.EqualFold(f, word) })
		for _, r := range all {
			if names(word, r) {
				found[r], known = true, true
			}
		}
		if !known && len(found) == before {
			return nil, fmt.Errorf("%s: there is no rule or family %q%s: run nanolint rules for all of them",
				flag, word, didYouMean(word, ruleWords(all)))
		}
	}
	return found, nil
}

// names reports whether word is an id, a name, a family, or the beginning of ids: NL1.
func names(word string, r *rules.Rule) bool {
	isPrefix := len(word) > len("NL") && len(word) < len(r.ID) && strings.EqualFold(word, r.ID[:len(word)])
	return isPrefix || strings.EqualFold(word, r.ID) || strings.EqualFold(word, r.Name) || strings.EqualFold(word, r.Family())
}

// ruleWords is all words that name rules.
func ruleWords(all []*rules.Rule) []string {
	words := rules.Families()
	for _, r := range all {
		words = append(words, r.ID, r.Name)
	}
	return words
}

// completeRules completes a list of rules behind its last comma.
func (a *app) completeRules(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	done := typed[:strings.LastIndexByte(typed, ',')+1]
	var words []string
	for _, w := range ruleWords(a.rules) {
		words = append(words, done+w)
	}
	return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
