package rules

import (
	"slices"
	"sort"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// comment is a suppression in a language that has comments:
//
//	# nanolint: ignore[rule, rule] reason
//	# nanolint: ignore-file[rule, rule] reason
//
// The first, behind something, is for its line and for all of a text that begins or ends there; on a line of its own,
// for the step, the item or the field that begins on the next line with anything but a comment. The second is for
// the file, wherever it stands.
type comment struct {
	own      bool        // nothing stands before it in its line
	brackets source.Span // what stands between them
}

const directive = SuppressionKey + ":"

// comments reads the comments of the file.
func (r *suppressionReader) comments() {
	text := r.file.Text
	for from := 0; ; {
		at := strings.Index(text[from:], directive)
		if at < 0 {
			return
		}
		at += from
		from = at + len(directive)
		hash := len(strings.TrimRight(text[:at], " \t")) - 1
		line := r.file.LineSpan(at)
		if hash < line.Start || text[hash] != '#' || hash > line.Start && text[hash-1] != ' ' && text[hash-1] != '\t' {
			continue
		}
		c := source.Span{Start: hash, End: line.Start + len(strings.TrimRight(r.file.Slice(line), " \t"))}
		program := r.programAt(hash)
		if program < 0 || r.isText(program, c) {
			continue
		}
		own := strings.TrimLeft(text[line.Start:hash], " \t") == ""
		if own { // it may stand above the first line of the next document
			next := r.programAt(codeBehind(text, line.End))
			if next >= 0 && next < len(r.programs) && r.programs[next].Fence == r.programs[program].Fence {
				program = next
			}
		}
		s := &Suppression{Span: c, Program: program}
		s.parse(r.file, from)
		s.comment.own = own
		if !s.wholeFile {
			s.covers = []source.Span{r.coverage(s, line)}
		}
		r.found = append(r.found, s)
	}
}

// root is the tree of a program of the file.
func (r *suppressionReader) root(number int) *syntax.Node {
	if number >= len(r.programs) {
		return nil
	}
	return r.programs[number].Program.Root
}

// isText reports whether what looks like a comment is part of a text.
func (r *suppressionReader) isText(program int, c source.Span) bool {
	n := syntax.Innermost(r.root(program), source.Span{Start: c.Start, End: c.Start})
	return n != nil && n.Kind == syntax.String && n.Text.Content().Start < c.Start && c.Start < n.Span.End
}

// parse reads a comment behind "nanolint:".
func (s *Suppression) parse(f *source.File, at int) {
	s.comment = &comment{}
	body := f.Text[at:s.Span.End]
	word, rest, opened := strings.Cut(body, "[")
	names, reason, closed := strings.Cut(rest, "]")
	switch strings.TrimSpace(word) {
	case "ignore":
	case "ignore-file":
		s.wholeFile = true
	default:
		opened = false
	}
	if !opened || !closed || strings.TrimSpace(names) == "" {
		s.wholeFile = false
		s.Mistake, s.Place = "write # nanolint: ignore[RULE] reason", s.Span
		return
	}
	start := at + len(word) + 1
	s.comment.brackets = source.Span{Start: start, End: start + len(names)}
	for name := range strings.SplitSeq(names, ",") {
		word := strings.TrimSpace(name)
		begin := start + len(name) - len(strings.TrimLeft(name, " \t"))
		start += len(name) + 1
		s.Names = append(s.Names, &SuppressedRule{
			Word: word, Span: source.Span{Start: begin, End: begin + len(word)}, Rule: Find(word), Reason: strings.TrimSpace(reason),
		})
	}
}

// coverage is the places that a comment is for.
func (r *suppressionReader) coverage(s *Suppression, line source.Span) source.Span {
	root := r.root(s.Program)
	if s.comment.own {
		return entryAt(root, r.file.Text, codeBehind(r.file.Text, line.End))
	}
	for _, at := range [...]int{line.Start, s.Span.Start} {
		n := syntax.Innermost(root, source.Span{Start: at, End: at})
		if n != nil && n.Kind == syntax.String {
			line.Start, line.End = min(line.Start, n.Span.Start), max(line.End, n.Span.End)
		}
	}
	return line
}

// codeBehind is the first byte behind an offset that is neither blank nor in a comment.
func codeBehind(text string, at int) int {
	for at < len(text) {
		switch text[at] {
		case ' ', '\t', '\r', '\n':
			at++
		case '#':
			next := strings.IndexAny(text[at:], "\r\n")
			if next < 0 {
				return len(text)
			}
			at += next
		default:
			return at
		}
	}
	return at
}

// entryAt is the outermost item or pair that begins at an offset, its dash included.
func entryAt(n *syntax.Node, text string, at int) source.Span {
	for n != nil {
		var spans func(int) source.Span
		count := len(n.Items)
		if spans = func(i int) source.Span { return n.Items[i].Span }; n.Kind == syntax.Map {
			count = sort.Search(len(n.Pairs), func(i int) bool { return n.Pairs[i].Merged })
			spans = func(i int) source.Span { return n.Pairs[i].Span() }
		}
		i := sort.Search(count, func(i int) bool { return spans(i).End > at })
		if i == count || !n.Span.Contains(spans(i)) {
			break
		}
		switch s := spans(i); {
		case s.Start >= at && strings.Trim(text[at:s.Start], "- \t\r\n") == "":
			return source.Span{Start: at, End: s.End}
		case s.Start > at:
			return source.Span{Start: -1, End: -1}
		case n.Kind == syntax.Map:
			n = n.Pairs[i].Value
		default:
			n = n.Items[i]
		}
	}
	return source.Span{Start: -1, End: -1}
}

// remove takes words out of a comment, and all of it if none are left.
func (c *comment) remove(s *Suppression, gone []*SuppressedRule) change {
	return func(e syntax.Editor) ([]source.Edit, bool) {
		var kept []string
		for _, n := range s.Names {
			if !slices.Contains(gone, n) {
				kept = append(kept, n.Word)
			}
		}
		if len(kept) > 0 {
			return []source.Edit{{Span: c.brackets, New: strings.Join(kept, ", ")}}, true
		}
		cut, text := s.Span, e.File.Text
		line := e.File.LineSpan(cut.Start)
		cut.End = line.End
		if c.own {
			cut.Start = line.Start
			if cut.End < len(text) && text[cut.End] == '\r' {
				cut.End++
			}
			if cut.End < len(text) && text[cut.End] == '\n' {
				cut.End++
			}
		} else {
			cut.Start = len(strings.TrimRight(text[:cut.Start], " \t"))
		}
		return []source.Edit{{Span: cut}}, true
	}
}
