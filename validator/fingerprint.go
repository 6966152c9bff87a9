package validator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// fingerprintBytes is how much of the hash is kept: enough that no two of all findings ever made are alike by
// chance, and half as long in every file that keeps them.
const fingerprintBytes = 16

// Fingerprints tell the findings of a file from each other and know them again in a later state of it: one for
// each of the diagnostics, in their order, 32 hexadecimal digits each.
//
// A fingerprint is made of the rule, the name of the program, the id of the step and what the message states.
// Neither where the finding stands nor the name of the file is in it, nor what the message counts or advises,
// nor other steps, for an edit elsewhere may change that. So it survives edits of other steps, another order, language or
// indentation, and a file that moves. Findings of a file that are alike in all this are told apart by counting
// them from the top: of two that become one, the second is gone.
//
// What goes into a fingerprint does not change from release to release, unless the message does.
func (a *Analysis) Fingerprints() []string {
	prints := make([]string, len(a.Diagnostics))
	seen := make(map[string]int)
	names := make([]map[string]bool, len(a.Programs))
	for i, d := range a.Diagnostics {
		program := ""
		if d.Program < len(a.Programs) {
			program = a.Programs[d.Program].Name
			if names[d.Program] == nil {
				names[d.Program] = stepNames(a.Programs[d.Program])
			}
			d.Message = withoutOthers(d.Message, names[d.Program], d.Step)
		}
		stated, _ := Statement(d.Message)
		key := fmt.Sprintf("%q %q %q %q", d.Rule, program, d.Step, withoutCounts(stated))
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", key, seen[key]))
		seen[key]++
		prints[i] = hex.EncodeToString(sum[:fingerprintBytes])
	}
	return prints
}

// Statement takes a message apart: what it states, and behind a colon what it advises or explains. The colons
// of what is in quotes do not count.
func Statement(message string) (statement, rest string) {
	inQuotes := false
	for i := 0; i < len(message); i++ {
		switch c := message[i]; {
		case inQuotes && c == '\\':
			i++
		case c == '"':
			inQuotes = !inQuotes
		case !inQuotes && strings.HasPrefix(message[i:], ": "):
			return message[:i], message[i+len(": "):]
		}
	}
	return message, ""
}

// withoutCounts is a text with # for every number that is not in quotes and not a part of a name.
func withoutCounts(text string) string {
	var b strings.Builder
	inQuotes, inWord := false, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case inQuotes && c == '\\' && i+1 < len(text):
			b.WriteByte(c)
			i++
			c = text[i]
		case c == '"':
			inQuotes = !inQuotes
		case !inQuotes && !inWord && isDigit(c):
			for i+1 < len(text) && isDigit(text[i+1]) {
				i++
			}
			c = '#'
		}
		inWord = strings.IndexByte("$_.-#", c) >= 0 || isLetter(c) || isDigit(c)
		b.WriteByte(c)
	}
	return b.String()
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80 }
