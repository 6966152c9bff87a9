package program

import "math"

// defaultAttempts is how often a step with on_error: retry is tried if max_retries does not say.
const defaultAttempts = 3

// Attempts is how often the step is tried at most before it has failed for good. What max_retries counts is all
// attempts, the first included, and it is read only with on_error: retry. A sub-step is tried once each time its block
// is. More than [math.MaxInt32] are as many.
func (s *Step) Attempts() int {
	if s.OnError != Retry || s.Parent != nil {
		return 1
	}
	n, ok := IntOf(s.MaxRetries)
	switch {
	case s.MaxRetries == nil:
		return defaultAttempts
	case !ok: // nobody knows
		return 1
	case !n.IsInt64() || n.Int64() > math.MaxInt32:
		return max(1, n.Sign()*math.MaxInt32)
	}
	return max(1, int(n.Int64()))
}

// longestWait is the longest time between two attempts, in seconds.
const longestWait = 30

// Wait is the time between an attempt that failed and the next one, in seconds: 1 behind the first, twice as long
// behind each further one, and never more than 30.
func Wait(attempt int) int {
	if attempt > 5 {
		return longestWait
	}
	return 1 << (attempt - 1)
}

// Waits is the time that a step spends between so many attempts, in seconds.
func Waits(attempts int) int {
	const doubling = 5 // waits until the longest
	total := 0
	for n := 1; n < attempts && n <= doubling; n++ {
		total += Wait(n)
	}
	return total + max(0, attempts-1-doubling)*longestWait
}
