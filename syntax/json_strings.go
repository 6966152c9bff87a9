package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

// tellControls reports the control characters of a string from the first of them to its closing quote:
// all in one problem, mended by one fix.
func (r *jsonReader) tellControls(first, end int) {
	const shown = 1000 // edits: a fix of more is no help
	var edits []source.Edit
	for i := first; i < end && len(edits) < shown; i++ {
		if c := r.text[i]; c < ' ' {
			edits = append(edits, source.Edit{Span: source.Span{Start: i, End: i + 1}, New: controlEscape(c)})
		}
	}
	message := "a control character stands in this string: write it as " + edits[0].New
	if c := r.text[first]; c == '\n' || c == '\r' {
		message = `a line break stands in this string: write it as \n`
	} else if c == '\t' {
		message = `a tab stands in this string: write it as \t`
	}
	r.tellFix(Malformed, edits[0].Span, message, &source.Fix{Title: "escape the control characters", Safe: true, Edits: edits})
}

// controlEscape is how JSON spells a control character.
func controlEscape(c byte) string {
	if k := strings.IndexByte("\b\f\n\r\t", c); k >= 0 {
		return `\` + "bfnrt"[k:k+1]
	}
	return fmt.Sprintf(`\u%04x`, c)
}

// acrossLines finds the closing quote of a string that was written over several lines, at whose first
// line break at is. It is one only if the next line does not begin as JSON would.
func (r *jsonReader) acrossLines(at int) (quote int, ok bool) {
	i := at
	for i < len(r.text) && blank[r.text[i]] {
		i++
	}
	if i == len(r.text) || strings.IndexByte(`"{}[],:'`, r.text[i]) >= 0 || r.commentAt(i) {
		return 0, false
	}
	for i < len(r.text) && r.text[i] != '"' {
		if r.text[i] == '\\' {
			i++
		}
		i++
	}
	if i >= len(r.text) || !r.endsValue(i+1) {
		return 0, false
	}
	if at > 0 && r.text[at-1] == '\r' {
		at--
	}
	r.tellControls(at, i)
	return i, true
}

// endsValue reports whether what stands at an offset may follow a value: nothing, a bracket, a colon, or
// a comma and whatever begins the next entry.
func (r *jsonReader) endsValue(at int) bool {
	from := at
	c := r.peek(&at)
	if c != ',' {
		return c == ' ' || c == '}' || c == ']' || c == ':' || r.lineBreak(from, at)
	}
	line := at + 1
	for line < len(r.text) && (r.text[line] == ' ' || r.text[line] == '\t') {
		line++
	}
	return line == len(r.text) || strings.IndexByte("\"{}[],\r\n", r.text[line]) >= 0
}

// peek moves at behind blanks and is the byte there, a blank at the end of the text.
func (r *jsonReader) peek(at *int) byte {
	for *at < len(r.text) && blank[r.text[*at]] {
		*at++
	}
	if *at == len(r.text) {
		return ' '
	}
	return r.text[*at]
}

// unterminated is the string that begins next and has no closing quote before the end of its line.
// A comma there, and brackets that were not opened in the string, are most likely not part of it.
func (r *jsonReader) unterminated(lineEnd int) *Node {
	start := r.pos
	line := strings.TrimRight(r.text[start+1:lineEnd], " \t\r")
	end := start + 1 + len(line)
	unopened := func(open, end string) int { return strings.Count(line, end) - strings.Count(line, open) }
	lists, objects := unopened("[", "]"), unopened("{", "}")
	for trimmed := line; ; end = start + 1 + len(trimmed) {
		switch {
		case strings.HasSuffix(trimmed, ","):
		case strings.HasSuffix(trimmed, "]") && lists > 0:
			lists--
		case strings.HasSuffix(trimmed, "}") && objects > 0:
			objects--
		default:
			trimmed = ""
		}
		if trimmed == "" {
			break
		}
		trimmed = strings.TrimRight(trimmed[:len(trimmed)-1], " \t")
	}
	rest := lineEnd
	if c := r.peek(&rest); c != ' ' || end != start+1+len(line) || len(r.stack) == 0 {
		missing := `"`
		if k := len(r.stack) - 1; k >= 0 && end == start+1+len(line) && strings.IndexByte(" ,:}]", c) < 0 &&
			(r.stack[k].node.Kind == List || r.stack[k].key != nil) {
			missing = `",` // the next entry follows
		}
		r.tellFix(Malformed, source.Span{Start: start, End: end}, "this string has no closing quote: add one",
			unsure("add the closing quote", source.Span{Start: end, End: end}, missing))
	}
	n := r.string(start, end, end)
	r.forgiven = true
	return n
}

// quoteInside is called where text follows the closing quote of the last value in its line. If the
// string seems to end at a later quote, the first one should have been escaped, and the string is read
// again as a whole.
func (r *jsonReader) quoteInside() bool {
	v := r.value
	if v == nil || v.Kind != String || r.last == 0 || r.text[r.last-1] != '"' || v.Span.End != r.last {
		return false
	}
	if c := r.text[r.last]; blank[c] && (r.text[r.pos] == '"' || r.lineBreak(r.last, r.pos)) {
		return false
	}
	inner := []int{r.last - 1}
	for i := r.last; i < len(r.text) && r.text[i] != '\n'; i++ {
		if r.text[i] == '\\' {
			i++
			continue
		}
		if r.text[i] != '"' {
			continue
		}
		if j := i + 1; r.endsValue(j) && r.peek(&j) != ':' {
			r.rejoin(v, inner, i)
			return true
		}
		if inner = append(inner, i); len(inner) > maxProblems {
			return false
		}
	}
	return false
}

// rejoin makes v the string up to a later quote.
func (r *jsonReader) rejoin(v *Node, inner []int, quote int) {
	fix := &source.Fix{Title: "escape the quotes inside the string"}
	for _, at := range inner {
		fix.Edits = append(fix.Edits, source.Edit{Span: source.Span{Start: at, End: at}, New: `\`})
	}
	r.tellFix(Malformed, source.Span{Start: inner[0], End: inner[0] + 1},
		`the string ends at this quote, but text follows: write \" for a quote that belongs to it`, fix)
	begun := len(r.problems)
	*v = *r.string(v.Span.Start, quote, quote+1)
	r.problems = r.problems[:begun] // its first part was read before
	r.last = quote + 1
}

func (r *jsonReader) lineBreak(from, to int) bool {
	return strings.IndexByte(r.text[from:to], '\n') >= 0
}

// singleQuoted reads a string between single quotes, or is nil if no second one stands in the line.
func (r *jsonReader) singleQuoted() *Node {
	start := r.pos
	for i := start + 1; i < len(r.text) && r.text[i] != '\n'; i++ {
		switch r.text[i] {
		case '\\':
			i++
		case '\'':
			begun := len(r.problems)
			n := r.string(start, i, i+1)
			r.problems = r.problems[:begun] // the fix writes all of it anew
			r.tellFix(Malformed, n.Span, "JSON strings stand between double quotes: write \" instead of '",
				fixed("use double quotes", n.Span, Quote(JSON, n.Text.Value)))
			return n
		}
	}
	return nil
}

// printable shortens a piece of the text to quote it in a message.
func printable(s string) string {
	const most = 30
	if len(s) > most {
		for n := most; ; n-- {
			if utf8.RuneStart(s[n]) {
				s = s[:n] + "…"
				break
			}
		}
	}
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7F || c == utf8.RuneError {
			return '�'
		}
		return c
	}, s)
}
