package source

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Severity says how sure a diagnostic is: certain is an error, likely a warning, good to know an info.
type Severity uint8

// The severities, the gravest last.
const (
	Info Severity = iota + 1
	Warning
	Error
)

var severityNames = [...]string{Info: "info", Warning: "warning", Error: "error"}

func (s Severity) String() string { return severityNames[s] }

// Note is a sentence about a place. It is what the lower packages return: nobody has judged it yet.
type Note struct {
	Span    Span
	Message string
}

// Diagnostic is a judgement: what a rule says about a place, and what to do.
type Diagnostic struct {
	Note
	Rule     string // NL101
	Severity Severity
	Rejects  bool   // the runtime refuses to construct the program because of this
	Step     string // the id of the step that holds the place; empty if none does
	Pointer  string // the JSON pointer of the place inside the program
	Program  int    // the number of the program in its file
	Related  []Note // in order: a path, or the other places of the same fact
	IsPath   bool   // Related tells a way through the program, move by move
	Fixes    []Fix  // alternatives: at most one is applied

	Suppression Suppression
	Baseline    Baseline
}

// IsMuted reports whether somebody has said that the diagnostic is not to be told: it is suppressed, or an
// earlier run has said it.
func (d Diagnostic) IsMuted() bool {
	return d.Suppression.Kind != NotSuppressed || d.Baseline == Unchanged
}

// Suppression says that somebody has decided not to be told of a diagnostic. The zero value is none.
type Suppression struct {
	Kind   SuppressionKind
	Reason string // in the words of who decided; empty if none are given
}

// SuppressionKind is where a suppression stands.
type SuppressionKind uint8

// The places of suppressions.
const (
	NotSuppressed SuppressionKind = iota
	InSource                      // in the file of the program
	External                      // in another file, as a configuration is
)

// Baseline is how a diagnostic compares with those of an earlier run.
type Baseline uint8

// What a comparison says.
const (
	NotCompared Baseline = iota
	New                  // the earlier run has not said it
	Unchanged            // the earlier run has said it, too
)

// Fix is a change of the text that removes the diagnostic.
type Fix struct {
	Title string
	Safe  bool // may be applied unasked: the program then does what it was written to do
	Edits []Edit
}

// Edit replaces the bytes of Span.
type Edit struct {
	Span Span
	New  string
}

// ErrOverlap is returned by [Apply] for edits that change the same bytes.
var ErrOverlap = errors.New("edits overlap")

// Apply returns text with edits made. The edits may come in any order; none may touch the bytes of
// another, and two insertions at one place are an overlap.
func Apply(text string, edits []Edit) (string, error) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	var out strings.Builder
	end, last := 0, Span{-1, -1}
	for _, e := range edits {
		switch {
		case e.Span.Start > e.Span.End || e.Span.End > len(text) || e.Span.Start < 0:
			return "", fmt.Errorf("edit of bytes %d to %d in a text of %d bytes", e.Span.Start, e.Span.End, len(text))
		case e.Span.Start < end || e.Span == last:
			return "", ErrOverlap
		}
		out.WriteString(text[end:e.Span.Start])
		out.WriteString(e.New)
		end, last = e.Span.End, e.Span
	}
	out.WriteString(text[end:])
	return out.String(), nil
}
