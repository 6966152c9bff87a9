package validator

import (
	"strings"

	"github.com/nanolint/nanolint/program"
)

// stepNames are the ids of a program as messages quote them.
func stepNames(p *program.Program) map[string]bool {
	names := make(map[string]bool)
	for s := range p.All {
		names[`"`+s.ID()+`"`] = true
	}
	return names
}

// withoutOthers is a message with # for the names of other steps, and for each list of them: which steps are in a circle
// or behind a finding changes with every step that comes between, and it is the same finding.
func withoutOthers(message string, names map[string]bool, own string) string {
	var b strings.Builder
	for {
		start := strings.IndexByte(message, '"')
		if start < 0 {
			break
		}
		end := start + 1
		for end < len(message) && message[end] != '"' {
			if message[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(message) {
			break
		}
		b.WriteString(message[:start])
		if word := message[start : end+1]; names[word] && word != `"`+own+`"` {
			b.WriteByte('#')
		} else {
			b.WriteString(word)
		}
		message = message[end+1:]
	}
	b.WriteString(message)
	text := b.String()
	for _, joined := range [...]string{"#, #", "# and #"} {
		for strings.Contains(text, joined) {
			text = strings.ReplaceAll(text, joined, "#")
		}
	}
	return text
}
