package rules

import (
	"slices"
	"strings"
)

// The words that name many rules at once.
const (
	AllWord     = "all"
	DefaultWord = "default" // all that are not optional
)

// Named are those of some rules that a word names: an id, a name, a family, the beginning of ids as in NL1, "all" or
// "default". It is false if there is no such word, in any case of its letters.
func Named(among []*Rule, word string) ([]*Rule, bool) {
	var found []*Rule
	for _, r := range among {
		if r.isNamed(word) {
			found = append(found, r)
		}
	}
	known := len(found) > 0 || strings.EqualFold(word, DefaultWord) || strings.EqualFold(word, AllWord) ||
		slices.ContainsFunc(families[:], func(f string) bool { return strings.EqualFold(f, word) })
	return found, known
}

func (r *Rule) isNamed(word string) bool {
	isPrefix := len(word) > len("NL") && len(word) < len(r.ID) && strings.EqualFold(word, r.ID[:len(word)])
	return isPrefix || r.Is(word) || strings.EqualFold(word, r.Family()) || strings.EqualFold(word, AllWord) ||
		strings.EqualFold(word, DefaultWord) && !r.Optional
}

// Is reports whether a word is the id or the name of the rule, in any case of its letters.
func (r *Rule) Is(word string) bool {
	return strings.EqualFold(r.ID, word) || strings.EqualFold(r.Name, word)
}

// Words are all words that name some of the rules, but for the beginnings of ids.
func Words(among []*Rule) []string {
	words := append([]string{DefaultWord, AllWord}, families[:]...)
	for _, r := range among {
		words = append(words, r.ID, r.Name)
	}
	return words
}
