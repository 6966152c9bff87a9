package scenario

import (
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// What a case may expect. The keys of a run may stand beside the others: they are then about the last run.
var (
	runKeys = []string{"status", "error", "final_output", "steps", "snapshots", "canonical_hash", "suspended_step_id", "tokens"}
	ownKeys = []string{"path", "calls", "prompts", "runs", "rejected", "executed", "reference_validator"}

	stepKeys     = []string{"id", "status", "output", "error", "retries"}
	rejectedKeys = []string{"loc", "type", "msg"}
)

// expectation reads what a case expects, as far as its form goes.
func (r *reader) expectation(c *Case, n *syntax.Node) {
	if n == nil || !r.mapping(n, "expect") {
		return
	}
	c.Expect = n
	r.keys(n, slices.Concat(runKeys, ownKeys))
	runs := []*syntax.Node{n}
	if list := n.Get("runs"); list != nil {
		for _, run := range r.list(list, "runs") {
			if r.mapping(run, "a run") {
				r.keys(run, runKeys)
				runs = append(runs, run)
			}
		}
	}
	for _, run := range runs {
		if c.limit == 0 && run.Get("status").IsString("runaway") {
			c.limit = recordedLimit
		}
		if steps := run.Get("steps"); steps != nil {
			for _, s := range r.list(steps, "steps") {
				if r.mapping(s, "a step") {
					r.keys(s, stepKeys)
				}
			}
		}
	}
	for _, key := range []string{"path", "calls", "prompts", "rejected", "executed"} {
		if list := n.Get(key); list != nil {
			r.list(list, key)
		}
	}
	if rejected := n.Get("rejected"); rejected != nil {
		for _, c := range rejected.Items {
			if r.mapping(c, "a rejection") {
				r.keys(c, rejectedKeys)
			}
		}
	}
}

// Check runs a case and compares. The result is nil if construction refuses the program, or if the case is about all
// runs that there may be.
func (c *Case) Check() (*Result, []Difference) {
	d := &differ{}
	expect := c.Expect
	if expect == nil {
		expect = syntax.NewMap()
	}
	rejected := expect.Get("rejected")
	if c.Subject.Machine == nil || rejected != nil {
		d.rejected(c, rejected)
		return nil, d.found
	}
	if ids := expect.Get("executed"); ids != nil {
		d.exact("executed", ids, executed(c.Subject.Program))
		if !slices.ContainsFunc(expect.Pairs, isAboutRun) {
			return nil, d.found
		}
	}
	res := c.Run()
	if runs := expect.Get("runs"); runs != nil {
		d.runs(runs, res.Runs)
	}
	for i := range expect.Pairs {
		p := &expect.Pairs[i]
		switch key := p.Key.Text.Value; {
		case slices.Contains(runKeys, key):
			actual, _ := res.Runs[len(res.Runs)-1].Get(key)
			d.field(key, key, p.Value, actual)
		case key == "path":
			d.exact("path", p.Value, texts(res.Path))
		case key == "calls":
			d.exact("calls", p.Value, res.Calls)
		case key == "prompts":
			d.exact("prompts", p.Value, res.Prompts)
		}
	}
	return res, d.found
}

// isAboutRun reports whether an expectation is about one run, and not about all that there may be.
func isAboutRun(p syntax.Pair) bool {
	key := p.Key.Text.Value
	return key != "executed" && key != "reference_validator"
}

// executed is the ids of the steps that can run when every outcome is free, sorted.
func executed(p *program.Program) value.Value {
	g := graphcheck.Build(p)
	var ids []string
	for _, s := range p.Steps {
		if g.Reachable(s) {
			ids = append(ids, s.ID())
		}
	}
	slices.Sort(ids)
	return texts(slices.Compact(ids))
}

func texts(all []string) value.Value {
	items := make([]value.Value, len(all))
	for i, s := range all {
		items[i] = value.FromString(s)
	}
	return value.FromItems(items)
}
