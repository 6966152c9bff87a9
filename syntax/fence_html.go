package syntax

import "strings"

// rawHTML is what ends the raw HTML that a line begins (CommonMark § 4.6): a text, or a line break for a blank line.
// It is empty if the line begins none. A tag alone on its line, of whatever name, begins some only
// outside of a paragraph.
func rawHTML(rest string, inParagraph bool) string {
	if !strings.HasPrefix(rest, "<") {
		return ""
	}
	lower := strings.ToLower(rest)
	for _, name := range [...]string{"script", "pre", "style", "textarea"} {
		if behind, ok := strings.CutPrefix(lower[1:], name); ok && (behind == "" || strings.ContainsAny(behind[:1], " \t>")) {
			return "</" + name + ">"
		}
	}
	switch {
	case strings.HasPrefix(rest, "<!--"):
		return "-->"
	case strings.HasPrefix(rest, "<?"):
		return "?>"
	case strings.HasPrefix(rest, "<![CDATA["):
		return "]]>"
	case len(rest) > 2 && rest[1] == '!' && isLetter(rest[2]):
		return ">"
	}
	name, behind := tagName(strings.TrimPrefix(lower[1:], "/"))
	switch {
	case blockTags[name] && (behind == "" || strings.ContainsAny(behind[:1], " \t>") || strings.HasPrefix(behind, "/>")):
		return "\n"
	case name != "" && !inParagraph && isWholeTag(behind):
		return "\n"
	}
	return ""
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func tagName(s string) (name, behind string) {
	n := 0
	for n < len(s) && (isLetter(s[n]) || n > 0 && (s[n] == '-' || s[n] >= '0' && s[n] <= '9')) {
		n++
	}
	return s[:n], s[n:]
}

// isWholeTag reports whether what stands behind the name of a tag ends it, and the line. An attribute may hold a
// bracket only in quotes.
func isWholeTag(behind string) bool {
	if behind == "" || !strings.ContainsAny(behind[:1], " \t/>") {
		return false
	}
	quote := byte(0)
	for i := range len(behind) {
		switch c := behind[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '<':
			return false
		case c == '>':
			return strings.Trim(behind[i+1:], " \t") == ""
		}
	}
	return false
}

// blockTags are the tags that begin raw HTML also inside a paragraph.
var blockTags = func() map[string]bool {
	tags := make(map[string]bool)
	for name := range strings.FieldsSeq(`address article aside base basefont blockquote body caption center col colgroup dd
		details dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr
		html iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section summary
		table tbody td tfoot th thead title tr track ul`) {
		tags[name] = true
	}
	return tags
}()
