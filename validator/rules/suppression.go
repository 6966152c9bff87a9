package rules

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Suppression is what somebody has written into the file of a program so as not to be told of some findings: a comment,
// or the key "nanolint" of a step or program. The runtime ignores either.
type Suppression struct {
	Span    source.Span // of the comment from its # on, or of the key
	Program int         // the number of the program that it stands in
	Names   []*SuppressedRule

	// Mistake is what is wrong with how it is written, and Place where; it then names no rules.
	Mistake string
	Place   source.Span

	wholeProgram bool // a key of the program, which may have parts elsewhere in a Python file
	wholeFile    bool
	covers       []source.Span // unless it is for the whole file

	comment *comment     // nil if it is a key
	owner   *syntax.Node // the step or program that has the key
}

// SuppressedRule is one word of a suppression.
type SuppressedRule struct {
	Word   string
	Span   source.Span
	Rule   *Rule // nil if there is none of that name
	Reason string
	Used   bool // it has suppressed something
}

// SuppressionKey is the key of a step or a program that holds suppressions, in languages without comments.
const SuppressionKey = "nanolint"

// ReasonToWrite stands where somebody has to write a reason.
const ReasonToWrite = "TODO say why"

// Covers reports whether the suppression is for a finding.
func (s *Suppression) Covers(d *source.Diagnostic) bool {
	if s.wholeFile || s.wholeProgram && s.Program == d.Program {
		return true
	}
	return slices.ContainsFunc(s.covers, func(c source.Span) bool { return c.Start <= d.Span.Start && d.Span.Start <= c.End })
}

// Suppressions reads those of a file, in the order of the places. It takes no time where the word does not stand.
func Suppressions(f *source.File, l syntax.Lang, programs []Written) []*Suppression {
	if !strings.Contains(f.Text, SuppressionKey) {
		return nil
	}
	r := suppressionReader{file: f, lang: l, programs: programs}
	for i, p := range programs {
		r.key(i, p.Program.Root)
		if len(r.found) > 0 && r.found[len(r.found)-1].owner == p.Program.Root {
			r.found[len(r.found)-1].wholeProgram = true
		}
		for s := range p.Program.All {
			r.key(i, s.Node)
		}
		if p.Fence != nil { // the marks of block quotes are no part of it
			r.file = p.Editor.File
		}
	}
	if HasComments(l) || l == syntax.Markdown {
		r.comments()
	}
	slices.SortStableFunc(r.found, func(a, b *Suppression) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return r.found
}

type suppressionReader struct {
	file     *source.File
	lang     syntax.Lang
	programs []Written
	found    []*Suppression
	keys     map[*syntax.Node]*Suppression // by their values, which aliases and merge keys share
}

// key reads the key of a step or a program.
func (r *suppressionReader) key(number int, owner *syntax.Node) {
	p := owner.Pair(SuppressionKey)
	if p == nil || isPartlyUnknown(p.Value) {
		return
	}
	if s := r.keys[p.Value]; s != nil {
		s.covers = append(s.covers, owner.Span)
		return
	}
	s := &Suppression{Span: p.Key.Span, Program: number, owner: owner, covers: []source.Span{owner.Span}}
	if own := owner.Pairs; !owner.Span.Contains(p.Key.Span) { // what a name in Python stands for is written elsewhere
		s.covers = append(s.covers, source.Span{Start: own[0].Key.Span.Start, End: own[len(own)-1].Span().End})
	}
	if r.keys == nil {
		r.keys = make(map[*syntax.Node]*Suppression)
	}
	r.keys[p.Value] = s
	r.found = append(r.found, s)
	const form = `write {"ignore": {"RULE": "reason"}}`
	ignore := p.Value.Get("ignore")
	switch {
	case ignore == nil || len(p.Value.Pairs) != 1:
		s.Mistake, s.Place = form, p.Key.Span
	case ignore.Kind != syntax.Map:
		s.Mistake, s.Place = form, p.Value.Pairs[0].Key.Span
	default:
		for _, n := range ignore.Pairs {
			reason := ""
			if n.Value.Kind == syntax.String {
				reason = strings.TrimSpace(n.Value.Text.Value)
			}
			word := n.Key.Text.Value
			s.Names = append(s.Names, &SuppressedRule{Word: word, Span: n.Key.Span, Rule: Find(word), Reason: reason})
		}
	}
}

// isPartlyUnknown reports whether a part of a value cannot be known.
func isPartlyUnknown(n *syntax.Node) bool {
	if n.Kind == syntax.Opaque {
		return true
	}
	for _, p := range n.Pairs {
		if p.Key.Kind == syntax.Opaque || isPartlyUnknown(p.Value) {
			return true
		}
	}
	return slices.ContainsFunc(n.Items, isPartlyUnknown)
}

// ignored is the mapping of a key from rules to reasons.
func (s *Suppression) ignored() *syntax.Node { return s.owner.Get(SuppressionKey).Get("ignore") }

// remove takes words out of a suppression, and the whole of it if none are left.
func (s *Suppression) remove(gone []*SuppressedRule) change {
	if s.comment != nil {
		return s.comment.remove(s, gone)
	}
	if len(gone) == len(s.Names) {
		return removeField(s.owner, SuppressionKey)
	}
	var words []string
	for _, n := range gone {
		words = append(words, n.Word)
	}
	return removeFields(s.ignored(), words...)
}

// rename writes another word for a rule.
func (s *Suppression) rename(n *SuppressedRule, word string) change {
	if s.comment != nil {
		return func(syntax.Editor) ([]source.Edit, bool) { return []source.Edit{{Span: n.Span, New: word}}, true }
	}
	m := s.ignored()
	i := slices.IndexFunc(m.Pairs, func(p syntax.Pair) bool { return p.Key.Span == n.Span })
	return renameField(m, i, word)
}

// giveReason writes a reason for a rule that has none.
func (s *Suppression) giveReason(n *SuppressedRule, reason string) change {
	if s.comment != nil {
		at := source.Span{Start: s.Span.End, End: s.Span.End}
		return func(syntax.Editor) ([]source.Edit, bool) { return []source.Edit{{Span: at, New: " " + reason}}, true }
	}
	value := s.ignored().Get(n.Word)
	return func(e syntax.Editor) ([]source.Edit, bool) { return e.ReplaceString(value, reason) }
}

// programAt is the number of the program that a comment is for: that it stands in, or behind, in the same fence. It is -1 if
// nothing there has comments.
func (r *suppressionReader) programAt(at int) int {
	k := sort.Search(len(r.programs), func(k int) bool { return r.programs[k].Program.Root.Span.Start > at })
	if r.lang != syntax.Markdown {
		return max(k-1, 0)
	}
	for _, number := range [...]int{k - 1, k} {
		if number < 0 || number >= len(r.programs) {
			continue
		}
		if p := r.programs[number]; p.Fence.Holds(at) && HasComments(p.Editor.Lang) {
			return number
		}
	}
	return -1
}
