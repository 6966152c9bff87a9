package lsp

import (
	"sort"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// Somebody who types in a long program waits for offers, and all that is new is in one step. So only that step is read, out of an
// excerpt of the text; the others are those of the last text that was read.

// manySteps is how many steps make it worth while.
const manySteps = 500

// reading is a text and what was found in it.
type reading struct {
	file   *source.File
	found  []validator.Found
	starts [][]int // where the steps of long programs begin, if an excerpt of them can be read
}

func newReading(f *source.File, found []validator.Found) *reading {
	r := &reading{file: f, found: found, starts: make([][]int, len(found))}
	for i, x := range found {
		if len(x.Program.Steps) >= manySteps && !x.Embedded && x.IsProgram {
			r.starts[i] = startsOf(x)
		}
	}
	return r
}

// isWhole reports whether the text hides nothing: behind an open quote, steps are missing that are there.
func (r *reading) isWhole() bool {
	for _, x := range r.found {
		for _, p := range x.Problems {
			if p.Code == syntax.Malformed {
				return false
			}
		}
	}
	return true
}

// excerpt is the text of a long program without most of its steps.
type excerpt struct {
	state *state // with one step of the text and the last, or the last alone; its program has all
	cut   int    // how many bytes are missing before the step
	lost  bool   // it does not hold what was expected: ask the whole text
}

// excerptAt is the excerpt around an offset. It is nil where the whole text must be asked.
func (s *Server) excerptAt(st *state, offset int) *excerpt {
	last := st.last.Load()
	if last == nil {
		return nil
	}
	old, text := last.file.Text, st.file.Text
	from := commonPrefix(old, text)
	if from == len(old) && from == len(text) {
		from = offset
	}
	to := len(old) - commonSuffix(old[from:], text[from:])
	for i, x := range last.found {
		starts := last.starts[i]
		if starts == nil || x.Lang != st.options.Lang {
			continue
		}
		n := len(starts)
		k := sort.SearchInts(starts, min(from, offset)) - 1
		longer := len(text) - len(old)
		switch {
		case k < 0 || offset > x.Program.Root.Span.End+longer || to > x.Program.Root.Span.End:
			continue
		case k < n-1 && (to >= starts[k+1] || offset >= starts[k+1]+longer):
			return nil
		}
		short := text[:starts[0]] + text[starts[k]:]
		if k < n-1 {
			short = text[:starts[0]] + text[starts[k]:starts[k+1]+longer] + text[starts[n-1]+longer:]
		}
		e := &excerpt{cut: starts[k] - starts[0], state: s.newState(st.uri, st.version, source.NewFile(st.file.Name, short), st.options)}
		e.state.complete = func(found []validator.Found) []validator.Found { return e.complete(found, x, k) }
		return e
	}
	return nil
}

// startsOf is where the steps of a program begin, each behind the one before. It is nil if they are not written so.
func startsOf(x validator.Found) []int {
	list := x.Program.Root.Get("steps")
	if list == nil || len(list.Items) != len(x.Program.Steps) || !x.Program.Root.Span.Contains(list.Span) {
		return nil
	}
	starts := make([]int, len(list.Items))
	for i, n := range list.Items {
		starts[i] = n.Span.Start
		if !list.Span.Contains(n.Span) || i > 0 && starts[i] < list.Items[i-1].Span.End {
			return nil
		}
	}
	return starts
}

// complete puts the steps that the excerpt leaves out into its program: those of x but step k.
func (e *excerpt) complete(found []validator.Found, x validator.Found, k int) []validator.Found {
	steps := min(len(x.Program.Steps)-k, 2)
	for i, y := range found {
		if y.Lang != x.Lang || y.Embedded || len(y.Program.Steps) != steps {
			continue
		}
		if whole, ok := y.Within(x, k); ok {
			found[i] = whole
			return found
		}
	}
	e.lost = true
	return nil
}

// offersAt is [Server.offers], from an excerpt if there is one.
func (s *Server) offersAt(st *state, offset int, typed string) (all []offer, more bool) {
	e := s.excerptAt(st, offset)
	if e == nil {
		return s.offers(st, offset, typed)
	}
	all, more = s.offers(e.state, offset-e.cut, typed)
	if e.lost {
		return s.offers(st, offset, typed)
	}
	for i := range all {
		all[i].over.Start += e.cut
		all[i].over.End += e.cut
	}
	return all, more
}

// commonPrefix is how many bytes two texts begin with alike.
func commonPrefix(a, b string) int {
	return common(min(len(a), len(b)), func(i, j int) bool { return a[i:j] == b[i:j] })
}

// commonSuffix is how many bytes two texts end with alike.
func commonSuffix(a, b string) int {
	return common(min(len(a), len(b)), func(i, j int) bool { return a[len(a)-j:len(a)-i] == b[len(b)-j:len(b)-i] })
}

// common is how many of n bytes are alike from the first on, if alike says so of those from i to j. It asks for many at a time.
func common(n int, alike func(i, j int) bool) int {
	i := 0
	for _, many := range [...]int{1 << 12, 1} {
		for i+many <= n && alike(i, i+many) {
			i += many
		}
	}
	return i
}
