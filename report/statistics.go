package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// NewStatistics prints how often each rule has reported, instead of the findings themselves, and a
// summary unless quiet.
func NewStatistics(w io.Writer, p Palette, quiet bool) Printer {
	return statistics{bufio.NewWriter(w), p, quiet}
}

type statistics struct {
	w       *bufio.Writer
	palette Palette
	quiet   bool
}

func (statistics) File(*validator.Analysis) error { return nil }

func (s statistics) Close(t Totals) error {
	ids := slices.SortedFunc(maps.Keys(t.byRule), func(a, b string) int {
		return cmp.Or(cmp.Compare(t.byRule[b], t.byRule[a]), cmp.Compare(a, b))
	})
	width := 0
	if len(ids) > 0 {
		width = len(fmt.Sprint(t.byRule[ids[0]]))
	}
	for _, id := range ids {
		fmt.Fprintf(s.w, "%*d  %s  %s\n", width, t.byRule[id], paint(s.palette.strong, id), nameOf(id))
	}
	if s.quiet {
		return s.w.Flush()
	}
	return summary(s.w, s.palette, t)
}

func nameOf(id string) string {
	if r := rules.Find(id); r != nil {
		return r.Name
	}
	return ""
}
