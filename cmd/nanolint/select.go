package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/validator/rules"
)

// refuseUnknown is the complaint about a word of a flag that names no rules.
func (a *app) refuseUnknown(flag string, words []string) error {
	for _, word := range words {
		if _, known := rules.Named(a.rules, word); !known {
			return fmt.Errorf("%s: there is no rule or family %q%s: run nanolint rules for all of them",
				flag, word, didYouMean(word, rules.Words(a.rules)))
		}
	}
	return nil
}

// completeRules completes a list of rules behind its last comma.
func (a *app) completeRules(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	done := typed[:strings.LastIndexByte(typed, ',')+1]
	var words []string
	for _, w := range rules.Words(a.rules) {
		words = append(words, done+w)
	}
	return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
