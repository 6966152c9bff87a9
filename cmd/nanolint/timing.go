package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/nanolint/nanolint/validator/rules"
)

// timing adds up what the parts of a run take. One goroutine does all that is measured; a nil timing measures nothing.
type timing struct {
	parts map[string]*part
	open  []*part // each inside the one before
	since time.Time
}

// part is a part of the work, without those inside it.
type part struct {
	name  string
	took  time.Duration
	times int
}

// around measures a part of the work.
func (t *timing) around(name string, run func()) {
	if t == nil {
		run()
		return
	}
	p := t.parts[name]
	if p == nil {
		p = &part{name: name}
		if t.parts == nil {
			t.parts = make(map[string]*part)
		}
		t.parts[name] = p
	}
	p.times++
	t.lap()
	t.open = append(t.open, p)
	defer func() { // also after a panic, which is told elsewhere
		t.lap()
		t.open = t.open[:len(t.open)-1]
	}()
	run()
}

// lap gives the time since the last lap to the innermost part.
func (t *timing) lap() {
	now := time.Now()
	if n := len(t.open); n > 0 {
		t.open[n-1].took += now.Sub(t.since)
	}
	t.since = now
}

// timingShown is how many parts have a line of their own.
const timingShown = 25

// print prints what took longest first.
func (t *timing) print(w io.Writer) {
	parts := slices.SortedFunc(maps.Values(t.parts), func(a, b *part) int {
		return cmp.Or(cmp.Compare(b.took, a.took), cmp.Compare(a.name, b.name))
	})
	var total, rest time.Duration
	for i, p := range parts {
		total += p.took
		if i >= timingShown {
			rest += p.took
		}
	}
	line := func(took time.Duration, times, name string) {
		fmt.Fprintf(w, "nanolint: %10.3f ms %5.1f%% %8s  %s\n", float64(took.Nanoseconds())/1e6, 100*float64(took)/float64(max(total, 1)), times, name)
	}
	fmt.Fprintf(w, "nanolint: %13s %6s %8s  part\n", "time", "", "times")
	for i, p := range parts {
		if i == timingShown {
			line(rest, "", fmt.Sprintf("%d more", len(parts)-i))
			break
		}
		line(p.took, fmt.Sprint(p.times), nameOfPart(p.name))
	}
	line(total, "", "all")
}

// nameOfPart is a part in words: of a rule, the id and the name.
func nameOfPart(part string) string {
	if r := rules.Find(part); r != nil {
		return r.ID + " " + r.Name
	}
	return part
}
