package report_test

import (
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/validator"
)

// agentTokens is how many tokens a line of the agent format may take on average.
const agentTokens = 40

// tokens estimates how many tokens a language model reads for a text. It cuts it as the byte-pair encodings
// of language models do, into words with the blank before them, up to three digits, and runs of signs; and takes a
// word of up to ten letters for one token, four further letters for another, and two signs for one.
//
// On the lines of this test, that is 35.5 a line where o200k_base of OpenAI counts 33.8 and cl100k_base 33.9, a
// quarter of the bytes is 33.3, and 1.3 a word is 29.6. A model with a coarser vocabulary takes more.
func tokens(text string) int {
	n := 0
	for _, piece := range regexp.MustCompile(` ?[\pL\pM]+|\pN{1,3}| ?[^\s\pL\pM\pN]+|\s+`).FindAllString(text, -1) {
		word := strings.TrimSpace(piece)
		first, _ := utf8.DecodeRuneInString(word)
		switch {
		case unicode.IsLetter(first):
			n += 1 + max(0, (len(word)-10+3)/4)
		case unicode.IsNumber(first):
			n++
		default:
			n += max(1, (len(word)+1)/2)
		}
	}
	return n
}

// Every finding that a rule's page shows is one line with a place, what is wrong and what to write instead, and
// takes few tokens.
func TestAgentLines(t *testing.T) {
	shape := regexp.MustCompile(`^NL[0-9]{3} [^:]+(:[0-9]+)?: .+ -> .+$`)
	lines, sum, words, bytes := 0, 0, 0, 0
	for _, a := range examples() {
		text := string(printedBy(t, func(w io.Writer) report.Printer { return report.NewAgent(w, a.File.Name) }, []*validator.Analysis{a}))
		all := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		for _, line := range all[:len(all)-1] {
			if !shape.MatchString(line) {
				t.Errorf("%s is printed as %q", a.File.Name, line)
			}
			n := tokens(line)
			if n > 3*agentTokens {
				t.Errorf("%d tokens: %s", n, line)
			}
			lines, sum, words, bytes = lines+1, sum+n, words+len(strings.Fields(line)), bytes+len(line)
		}
	}
	mean := func(n float64) float64 { return n / float64(lines) }
	if got := mean(float64(sum)); got > agentTokens || lines < 200 {
		t.Errorf("%d lines of %.1f tokens on average", lines, got)
	}
	if byBytes, byWords := mean(float64(bytes)/4), mean(1.3*float64(words)); byBytes > agentTokens || byWords > agentTokens {
		t.Errorf("%.1f tokens on average by bytes, %.1f by words", byBytes, byWords)
	}
}
