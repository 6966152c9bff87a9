package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

// What the rules about retries share: which tools must not be called twice, and words.

// toolOf is the name of the tool that a step calls, empty if it calls none.
func toolOf(s *program.Step) string {
	if s.Kind != program.Tool || s.Tool == nil || s.Tool.Kind != syntax.String {
		return ""
	}
	return s.Tool.Text.Value
}

// repeatable is what is known about calling a tool twice.
type repeatable uint8

const (
	unknownRepeat repeatable = iota
	declaredNo
	privilegedNo // it pays, deletes or sends, and cannot tell a repetition
	likelyNo
)

// isRepeatable judges the tool of a step by what is declared of it, else by its name and its arguments.
func (p *Pass) isRepeatable(s *program.Step) repeatable {
	switch p.Declared.Tools[toolOf(s)].Idempotent {
	case Yes:
		return unknownRepeat
	case No:
		return declaredNo
	}
	if slices.Contains(p.Declared.PrivilegedTools, toolOf(s)) && !hasIdempotencyKey(s) {
		return privilegedNo
	}
	if !hintsAtPayment(toolOf(s)) {
		return unknownRepeat
	}
	words := wordsOf(toolOf(s))
	if !hasAny(words, paymentWords) || hasAny(words, lookingWords) || hasIdempotencyKey(s) {
		return unknownRepeat
	}
	return likelyNo
}

// hintsAtPayment is a quick look, in any case of the first letter: no other name has a payment word.
func hintsAtPayment(name string) bool {
	return slices.ContainsFunc(paymentWords, func(w string) bool { return strings.Contains(name, w[1:]) })
}

// paymentWords are in the names of tools that move money, lookingWords in those that only look at what others did.
var paymentWords = strings.Fields("pay charge refund payout transfer withdraw debit disburse buy purchase")

var lookingWords = strings.Fields("check get read load list verify validate find fetch lookup look status show is has calculate compute " +
	"estimate quote parse log notify record query search poll wait await request plan prepare draft preview simulate")

// hasIdempotencyKey reports whether an argument may tell the tool that a call is a repetition.
func hasIdempotencyKey(s *program.Step) bool {
	if s.Args == nil {
		return false
	}
	return slices.ContainsFunc(s.Args.Pairs, func(pair syntax.Pair) bool {
		name := spelling.Fold(pair.Key.Text.Value)
		return strings.Contains(name, "idempoten") || hasAny(wordsOf(pair.Key.Text.Value), []string{"key", "nonce", "token", "reference", "ref", "uuid"}) ||
			name == "requestid" || name == "transactionid"
	})
}

// wordsOf is the words of a name, in lower case: of askManager, ask_manager and ask-manager the same two.
func wordsOf(name string) []string {
	var words []string
	start, before := -1, ' '
	end := func(i int) {
		if start >= 0 {
			words = append(words, strings.ToLower(name[start:i]))
		}
		start = -1
	}
	for i, r := range name {
		switch {
		case !unicode.IsLetter(r):
			end(i)
		case start < 0:
			start = i
		case unicode.IsUpper(r) && !unicode.IsUpper(before):
			end(i)
			start = i
		}
		before = r
	}
	end(len(name))
	return words
}

// hasAny reports whether one of the words is in a list.
func hasAny(words, list []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
}

// plural is a number of things.
func plural(n int, one, many string) string {
	switch n {
	case 1:
		return "one " + one
	case 2:
		return "two " + many
	}
	return fmt.Sprintf("%d %s", n, many)
}

// seconds is a time limit in words.
func seconds(limit float64) string {
	text := strconv.FormatFloat(limit, 'f', -1, 64)
	if limit == 1 {
		return text + " second"
	}
	return text + " seconds"
}
