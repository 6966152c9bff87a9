package runtime

import (
	"fmt"
	"math/big"
)

// isSpent ends the run if a budget is spent. The machine asks before each step that it does not enter as
// the branch of a condition, for steps first.
func (r *Run) isSpent() bool {
	m := r.machine
	if reaches(int64(r.counted), m.maxSteps) {
		r.end(BudgetExceeded, fmt.Sprintf("max_steps=%s exceeded after %d step(s)", m.maxSteps, r.counted))
		return true
	}
	if used := &r.tokens; m.maxUsed != nil && used.Cmp(m.maxUsed) >= 0 {
		r.end(BudgetExceeded, fmt.Sprintf("max_tokens=%s exceeded: %s tokens consumed", m.maxUsed, used))
		return true
	}
	return false
}

// isStalled ends the run if too many steps in a row have changed no output.
func (r *Run) isStalled() bool {
	limit := r.machine.maxStalled
	if limit == nil || r.replay != nil && r.replay.lost >= 0 {
		return false
	}
	r.stalled = r.noOps()
	r.walked = true
	r.state.forgetChanges()
	if !reaches(r.stalled, limit) {
		return false
	}
	r.end(Stalled, stalledAfter(r.stalled, limit))
	return true
}

// noOps is how many steps in a row have changed no output, if nothing changes any more.
func (r *Run) noOps() int64 {
	if r.walked && !r.state.changed() {
		return r.stalled + 1
	}
	return 0
}

func stalledAfter(steps int64, limit *big.Int) string {
	return fmt.Sprintf("max_stalled_steps=%s exceeded: %d consecutive no-op step(s)", limit, steps)
}

// reaches reports whether n has come to a limit, if there is one.
func reaches(n int64, limit *big.Int) bool {
	if limit == nil {
		return false
	}
	if !limit.IsInt64() {
		return limit.Sign() < 0
	}
	return n >= limit.Int64()
}
