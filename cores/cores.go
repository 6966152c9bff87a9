// Package cores shares work among the processors of the machine, where there is so much of it that a single file gains.
package cores

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// manySteps is how many steps of a program make it worth while: fewer are done before another processor has begun.
const manySteps = 500

// Gain reports whether work on so many steps is done sooner if it is shared.
func Gain(steps int) bool { return steps >= manySteps }

// Do runs tasks beside each other, and returns when all have ended. It panics if one of them has, and says where.
func Do(tasks ...func()) {
	var all sync.WaitGroup
	panics := make([]string, len(tasks))
	for i, task := range tasks {
		all.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					panics[i] = fmt.Sprintf("%v\n%s", v, debug.Stack())
				}
			}()
			task()
		})
	}
	all.Wait()
	for _, p := range panics {
		if p != "" {
			panic(p)
		}
	}
}
