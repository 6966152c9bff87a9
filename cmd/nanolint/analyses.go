package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// result is the analysis of a file, or the reason why there is none.
type result struct {
	path     string
	named    bool // by the user
	stdin    bool
	setting  *setting
	analysis *validator.Analysis
	placed   *validator.Analysis // findings about the program in another file, the source of what made it; or nil
	fixed    *validator.Fixed    // analysis is After of it; nil if no fixes were to be made
	err      error
}

// task is what is to be done with each file.
type task struct {
	*settings
	noRules bool // only the programs are wanted
	fix     fixes
	known   *known // the findings of earlier runs
	reason  string // if findings are to be suppressed
	timing  *timing
	cache   *cache // what was found before; nil if nothing was
}

// job is an input on its way to a result.
type job struct {
	input  input
	result chan result
}

// analyses analyzes files on all processors and returns the results in the order of the inputs. Only
// so many files are on the way at a time, so memory does not grow with their number. It ends early
// when ctx does.
func analyses(ctx context.Context, inputs iter.Seq[input], t task) iter.Seq[result] {
	if t.timing != nil {
		return oneByOne(ctx, inputs, t)
	}
	return func(yield func(result) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		workers := 2 * runtime.GOMAXPROCS(0) // while some analyze, others wait for the disk
		work := make(chan *job)
		inOrder := make(chan *job, workers)
		go func() {
			defer close(work)
			defer close(inOrder)
			for in := range inputs {
				j := &job{in, make(chan result, 1)}
				for _, to := range [...]chan *job{inOrder, work} {
					select {
					case to <- j:
					case <-ctx.Done():
						return
					}
				}
			}
		}()
		for range workers {
			go func() {
				for j := range work {
					j.result <- t.analyze(j.input)
				}
			}()
		}
		for j := range inOrder {
			select {
			case r := <-j.result:
				if !yield(r) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// oneByOne is as analyses, with nothing going on beside what is measured.
func oneByOne(ctx context.Context, inputs iter.Seq[input], t task) iter.Seq[result] {
	return func(yield func(result) bool) {
		t.timing.around("finding files", func() {
			for in := range inputs {
				if ctx.Err() != nil || !yield(t.analyze(in)) {
					return
				}
			}
		})
	}
}

// internalError is a mistake of nanolint.
type internalError struct{ cause error }

func (e internalError) Error() string {
	return fmt.Sprintf("internal error: %v; please report this, with the program, at %s", e.cause, issuesURL)
}

// analyze analyzes one file, and fixes its text. A panic outside of the rules, too, must not take the findings in other
// files with it.
func (t task) analyze(in input) (r result) {
	t.timing.around("everything else", func() { r = t.analyzeOne(in) })
	return r
}

func (t task) analyzeOne(in input) (r result) {
	if known, ok := t.cache.untouched(in, t.settings); ok {
		return known
	}
	r.path, r.named, r.stdin = in.path, in.named, in.stdin != nil
	defer func() {
		if v := recover(); v != nil {
			r.analysis, r.fixed, r.err = nil, nil, internalError{fmt.Errorf("panic: %v", v)}
		}
	}()
	var file *source.File
	var lang syntax.Lang
	if t.timing.around("reading files", func() { file, lang, r.err = load(in) }); r.err != nil {
		return r
	}
	if t.timing.around("configuration", func() { r.setting, r.err = t.of(in.path) }); r.err != nil {
		return r
	}
	o := r.setting.options
	if t.timing != nil {
		o.Around = t.timing.around
	}
	o.Lang, o.ProgramsOnly = lang, !in.named
	if t.noRules {
		o.Rules = []*rules.Rule{} // nil would be the usual ones
	}
	if t.fix == suppressions {
		r.fixed = validator.Suppress(file, o, t.reason)
		r.analysis = r.fixed.After
		return r
	}
	if t.fix == noFixes {
		if r.analysis = t.cache.same(in, file, r.setting); r.analysis == nil {
			r.analysis = validator.Analyze(file, o)
		}
		t.cache.keep(in, r, t.settings)
		if in.dynamic != nil {
			r.analysis, r.placed = in.dynamic.place(r.analysis)
		}
		return r
	}
	r.fixed = validator.Fix(file, o, t.fix == allFixes)
	r.analysis = r.fixed.After
	return r
}

// statusOf is the exit status for an error of a file.
func statusOf(err error) int {
	var internal internalError
	if errors.As(err, &internal) {
		return statusInternal
	}
	return statusUnusable
}
