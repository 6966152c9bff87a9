package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"

	"github.com/nanolint/nanolint/validator"
)

// result is the analysis of a file, or the reason why there is none.
type result struct {
	path     string
	stdin    bool
	analysis *validator.Analysis
	fixed    *validator.Fixed // analysis is After of it; nil if no fixes were to be made
	err      error
}

// job is an input on its way to a result.
type job struct {
	input  input
	result chan result
}

// analyses analyzes files on all processors and returns the results in the order of the inputs. Only
// so many files are on the way at a time, so memory does not grow with their number. It ends early
// when ctx does.
func analyses(ctx context.Context, inputs iter.Seq[input], o validator.Options, fix fixes) iter.Seq[result] {
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
					j.result <- analyze(j.input, o, fix)
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

// internalError is a mistake of nanolint.
type internalError struct{ cause error }

func (e internalError) Error() string {
	return fmt.Sprintf("internal error: %v; please report this, with the program, at %s", e.cause, issuesURL)
}

// analyze analyzes one file, and fixes its text. A panic outside of the rules, too, must not take the findings in other
// files with it.
func analyze(in input, o validator.Options, fix fixes) (r result) {
	r.path, r.stdin = in.path, in.stdin != nil
	defer func() {
		if v := recover(); v != nil {
			r.analysis, r.fixed, r.err = nil, nil, internalError{fmt.Errorf("panic: %v", v)}
		}
	}()
	file, lang, err := load(in)
	if err != nil {
		r.err = err
		return r
	}
	o.Lang, o.ProgramsOnly = lang, !in.named
	if fix == noFixes {
		r.analysis = validator.Analyze(file, o)
		return r
	}
	r.fixed = validator.Fix(file, o, fix == allFixes)
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
