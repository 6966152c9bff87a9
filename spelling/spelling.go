// Package spelling finds the word that somebody meant who wrote another: the measure of nearness behind every
// "did you mean" about a user's own names. It promises to say nothing when two words are as near, and to do
// only so much work however many words there are.
package spelling

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Speller finds the word that was meant. Its work is bounded, so that a generated file with a hundred
// thousand misspelt names is still answered at once; behind the bound it suggests nothing.
type Speller struct{ budget int }

const fullBudget = 2_000_000

// New is a speller with all its work before it: one for each file is right.
func New() *Speller { return &Speller{fullBudget} }

// Nearest is the candidate that word was probably meant to be: at most a third of its letters away, and
// no other as near. The first of equals wins only if it differs from word in nothing but case, blanks,
// hyphens and underscores.
func (s *Speller) Nearest(word string, candidates func(yield func(string) bool)) (string, bool) {
	best, unique := "", false
	limit := utf8.RuneCountInString(word)/3 + 1
	for c := range candidates {
		if Fold(c) == Fold(word) && c != word {
			return c, true
		}
		if s.budget -= len(word) + len(c); s.budget < 0 {
			return "", false
		}
		if abs(len(c)-len(word)) > limit*utf8.UTFMax {
			continue
		}
		switch d := Distance(word, c, limit); {
		case c == word || d > limit:
		case d < limit || best == "":
			best, unique, limit = c, true, d
		case c != best:
			unique = false
		}
	}
	return best, unique && limit < utf8.RuneCountInString(word)
}

// DidYouMean is " (did you mean "x"?)" for a sentence about a word that is none of those there are, or nothing.
func DidYouMean(word string, among []string) string {
	if near, found := New().Nearest(word, slices.Values(among)); found {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	return ""
}

func abs(n int) int { return max(n, -n) }

var withoutSeparators = strings.NewReplacer("-", "", "_", "", " ", "")

// Fold is word without what people get wrong first.
func Fold(word string) string { return withoutSeparators.Replace(strings.ToLower(word)) }

// Distance is how many letters must be added, dropped, changed or swapped with their neighbour to make b
// of a; more than limit once that is certain.
func Distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if abs(len(x)-len(y)) > limit {
		return limit + 1
	}
	before, previous, current := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := range x {
		current[0] = i + 1
		least := current[0]
		for j := range y {
			d := previous[j]
			if x[i] != y[j] {
				d++
			}
			d = min(d, previous[j+1]+1, current[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				d = min(d, before[j-1]+1)
			}
			current[j+1] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, previous, current = previous, current, before
	}
	return previous[len(y)]
}
