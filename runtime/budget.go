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
	if limit == nil {
		return false
	}
	if r.walked && !r.state.changed() {
		r.stalled++
	} else {
		r.stalled = 0
	}
	r.walked = true
	r.state.forgetChanges()
	if !reaches(r.stalled, limit) {
		return false
	}
	r.end(Stalled, fmt.Sprintf("max_stalled_steps=%s exceeded: %d consecutive no-op step(s)", limit, r.stalled))
	return true
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
