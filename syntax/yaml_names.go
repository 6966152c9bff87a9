package syntax

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
)

// nameEnd is the end of the name that begins at an offset.
func (s *yamlScanner) nameEnd(at int) int {
	for at < len(s.text) && yamlBytes[s.text[at]]&yamlNameByte != 0 {
		at++
	}
	return at
}

// fetchName reads an anchor or alias.
func (s *yamlScanner) fetchName(c byte) {
	kind := yamlAnchor
	if c == '*' {
		kind = yamlAlias
	}
	end := s.nameEnd(s.pos + 1)
	if end == s.pos+1 || !s.blankAt(end) && strings.IndexByte("?:,]}%@`", s.text[end]) < 0 || kind == yamlAlias && s.wordsFollow(end) {
		s.mendName(c)
		return
	}
	s.saveKey()
	s.allowKey = false
	s.push(kind, s.pos, end).text = source.VerbatimText(s.text[s.pos+1:end], source.Span{Start: s.pos + 1, End: end})
	s.pos = end
}

// wordsFollow reports whether something stands on the line behind a value that ends at an offset and is
// outside of brackets.
func (s *yamlScanner) wordsFollow(end int) bool {
	at := s.behindBlanks(end)
	return s.flow == 0 && !s.lineEndAt(at) && s.text[at] != '#' && !(s.text[at] == ':' && s.blankAt(at+1))
}

// fetchTag reads !suffix, !!suffix, !handle!suffix or !<suffix>.
func (s *yamlScanner) fetchTag() {
	start := s.pos
	at := start + 1
	handle, suffix, ok := "", "!", true
	var from int
	switch {
	case strings.HasPrefix(s.text[at:], "<"):
		from = at + 1
		at = s.tagEnd(from)
		suffix, ok = unescapeTag(s.text[from:at])
		ok = ok && at > from && strings.HasPrefix(s.text[at:], ">")
		at++
	case s.blankAt(at):
	default:
		handle, at, ok = s.tagHandle(start)
		from = at
		at = s.tagEnd(from)
		var valid bool
		suffix, valid = unescapeTag(s.text[from:at])
		ok = ok && valid && at > from
	}
	if !ok || at < len(s.text) && s.text[at] != ' ' && yamlBreak(s.text, at) == 0 {
		s.mendTag()
		return
	}
	s.saveKey()
	s.allowKey = false
	t := s.push(yamlTag, start, at)
	t.text.Value, t.handle = suffix, handle
	s.pos = at
}

// tagHandle is the handle of the tag that begins at an offset: "!" unless another ! follows in the same word.
func (s *yamlScanner) tagHandle(start int) (handle string, end int, ok bool) {
	for at := start + 1; at < len(s.text) && s.text[at] != ' ' && yamlBreak(s.text, at) == 0; at++ {
		if s.text[at] == '!' {
			end = s.nameEnd(start+1) + 1
			return s.text[start:min(end, len(s.text))], end, at == end-1
		}
	}
	return "!", start + 1, true
}

func (s *yamlScanner) tagEnd(at int) int {
	for at < len(s.text) && yamlBytes[s.text[at]]&yamlTagByte != 0 {
		at++
	}
	return at
}

// unescapeTag replaces %XX.
func unescapeTag(spelled string) (string, bool) {
	if strings.IndexByte(spelled, '%') < 0 {
		return spelled, true
	}
	tag, err := url.PathUnescape(spelled)
	return tag, err == nil && utf8.ValidString(tag)
}

// fetchMarker reads a line that is about documents: a directive, --- or ...
func (s *yamlScanner) fetchMarker(c byte) {
	s.unwind(-1)
	s.dropKey()
	s.allowKey = false
	switch c {
	case '%':
		s.fetchDirective()
		return
	case '-':
		s.push(yamlDocStart, s.pos, s.pos+3)
	default:
		s.push(yamlDocEnd, s.pos, s.pos+3)
	}
	s.pos += 3
}

// fetchDirective reads a line that begins with a percent sign. The token's handle is its name, its text the rest.
func (s *yamlScanner) fetchDirective() {
	start := s.pos
	end := s.wordsEnd(start)
	nameEnd := s.nameEnd(start + 1)
	t := s.push(yamlDirective, start, end)
	t.handle = s.text[start+1 : nameEnd]
	arguments := s.text[min(nameEnd, end):end]
	t.text.Value = strings.Trim(arguments, " ")
	s.pos = s.lineEnd(start)
	wrong := ""
	switch {
	case t.handle == "" || arguments != "" && arguments[0] != ' ':
		wrong = "a line that begins with '%' is a directive, but has no name: begin with something else, or quote the text"
	case t.handle == "YAML" && !isVersion(t.text.Value):
		wrong = "%YAML must be followed by a version such as 1.1: write one, or remove the line"
	case t.handle == "TAG" && !isTagDirective(t.text.Value):
		wrong = "%TAG must be followed by a handle such as !e! and a prefix: write them, or remove the line"
	}
	if wrong != "" {
		span := t.span
		t.handle = "-" // one that is not looked at again
		s.tell(span, wrong, nil)
	}
}

// isVersion reports whether s is two numbers with a dot between.
func isVersion(s string) bool {
	major, minor, ok := strings.Cut(s, ".")
	return ok && isDigits(major) && isDigits(minor)
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isTagDirective reports whether s is a handle and a prefix.
func isTagDirective(s string) bool {
	handle, prefix, ok := cutBlanks(s)
	if !ok || handle[0] != '!' || strings.Trim(prefix, " ") == "" {
		return false
	}
	name := strings.TrimSuffix(handle[1:], "!")
	if len(handle) > 1 && (name == handle[1:] || strings.IndexFunc(name, func(c rune) bool {
		return c >= utf8.RuneSelf || yamlBytes[byte(c)]&yamlNameByte == 0
	}) >= 0) {
		return false
	}
	for i := range len(prefix) {
		if yamlBytes[prefix[i]]&yamlTagByte == 0 {
			return false
		}
	}
	_, ok = unescapeTag(prefix)
	return ok
}

func cutBlanks(s string) (before, after string, ok bool) {
	before, after, ok = strings.Cut(s, " ")
	return before, strings.TrimLeft(after, " "), ok
}
