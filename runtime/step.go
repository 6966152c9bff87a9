package runtime

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// step is a step made ready to run.
type step struct {
	*program.Step
	slot           int // of its output
	key            int // of the datum that it writes; none if negative
	prompt, system template
	tool           string
	args           []argument
	allowed        []string
	guarded        bool // has allowed_outputs
	timeout        float64
	timed, falls   bool // has timeout_seconds; on_timeout is fallback
	attempts       int
	subs           []step
	distinct       bool // whether all of them have ids of their own
	limit          int  // how many sub-steps run at once: max_concurrency, or all
	condition      string
}

type argument struct {
	name  string
	text  template
	fixed value.Value
}

// template is a text, parsed if there is anything in it to replace.
type template struct {
	cond.Template
	text value.Value
	set  bool
}

func (n *names) compileAll(steps []*program.Step) []step {
	all := make([]step, len(steps))
	for i, s := range steps {
		all[i] = n.compile(s)
	}
	return all
}

func (n *names) compile(p *program.Step) step {
	s := step{
		Step: p, slot: n.outputs[p.ID()], key: -1, prompt: templateOf(p.Prompt), system: templateOf(p.System),
		tool: p.Tool.StringValue(), condition: p.Condition.StringValue(),
		falls: p.OnTimeout.StringValue() == "fallback", attempts: p.Attempts(), limit: len(p.Subs), subs: n.compileAll(p.Subs),
	}
	if key := p.OutputKey.StringValue(); key != "" && p.Parent == nil { // a block ignores the key of its sub-steps
		s.key = n.data[key]
	}
	seen := make(map[int]bool)
	for i := range s.subs {
		seen[s.subs[i].slot] = true
	}
	s.distinct = len(seen) == len(s.subs)
	if p.Args != nil {
		for i := range p.Args.Pairs {
			pair := &p.Args.Pairs[i]
			if p.Args.Pair(pair.Key.Text.Value) == pair { // of equal keys the last counts
				s.args = append(s.args, argument{pair.Key.Text.Value, templateOf(pair.Value), ValueOf(pair.Value)})
			}
		}
	}
	if p.AllowedOutputs != nil {
		s.guarded = true
		for _, n := range p.AllowedOutputs.Items {
			s.allowed = append(s.allowed, n.StringValue())
		}
	}
	s.timeout, s.timed = program.FloatOf(p.Timeout)
	if n, ok := program.IntOf(p.MaxConcurrency); ok {
		s.limit = n.Sign() * s.limit // more than there are limit nothing
		if n.IsInt64() && n.Int64() < int64(s.limit) {
			s.limit = int(n.Int64())
		}
	}
	return s
}

func templateOf(n *syntax.Node) template {
	if n == nil || n.Kind != syntax.String {
		return template{}
	}
	return template{cond.ParseTemplate(n.Text), value.FromString(n.Text.Value), true}
}

func (t *template) render(s cond.State) value.Value {
	if len(t.Uses) == 0 {
		return t.text
	}
	return t.Render(s)
}

// halt is why a run stops in the middle of a step, where the machine never goes on.
type halt struct {
	status Status
	reason string
}

// result is what came of one attempt.
type result struct {
	output value.Value
	usage  *Usage
	err    string          // an exception; empty if there was none
	branch program.Outcome // of a condition
}

func failed(format string, args ...any) result { return result{err: fmt.Sprintf(format, args...)} }

// attempt runs a step, as often as its policy allows, and writes what it put out. It records its sub-steps and then the
// step itself.
func (r *Run) attempt(s *step) (program.Outcome, *halt) {
	rec := Record{ID: s.ID()}
	for {
		got, h := r.execute(s)
		if h != nil {
			return 0, h
		}
		if got.err == "" {
			rec.Output, rec.Usage, rec.Status = got.output, got.usage, StepSuccess
			if s.Kind == program.Tool && got.output.Kind() == value.String && got.output.Text() == PendingAnswer {
				rec.Status, got.branch = StepPending, program.Pending
			} else {
				r.write(s, got.output)
			}
			r.trace.Steps = append(roomy(r.trace.Steps), rec)
			return got.branch, nil
		}
		if rec.Retries+1 < s.attempts {
			rec.Retries++
			if r.repeated++; r.repeated >= maxRepeated {
				return 0, &halt{Runaway, fmt.Sprintf("stopped in step '%s' after %d repeated attempts", s.ID(), maxRepeated)}
			}
			continue
		}
		outcome := program.Failed
		rec.Error, rec.Status = got.err, StepFailed
		if s.OnError == program.Skip {
			outcome, rec.Status = program.Skipped, StepSkipped
		}
		r.trace.Steps = append(roomy(r.trace.Steps), rec)
		return outcome, nil
	}
}

// write leaves the output of a step where others find it.
func (r *Run) write(s *step, v value.Value) {
	if s.key >= 0 {
		r.state.data[s.key] = datum{v, true}
	}
	r.state.setOutput(s.slot, v)
	if s.Kind == program.Parallel {
		for i, p := range v.Pairs() {
			if s.distinct {
				r.state.setOutput(s.subs[i].slot, p.Value)
			} else {
				r.state.setOutput(r.state.names.outputs[p.Key], p.Value)
			}
		}
	}
}

// execute makes one attempt.
func (r *Run) execute(s *step) (result, *halt) {
	switch s.Kind {
	case program.LLM:
		return r.askModel(s)
	case program.Tool:
		return r.callTool(s)
	case program.Condition:
		return r.decide(s), nil
	case program.Parallel:
		return r.block(s)
	}
	return failed("VMError: Unknown step type: %s", s.Type.StringValue()), nil
}

func (r *Run) callTool(s *step) (result, *halt) {
	call := ToolCall{Step: s.Step, Tool: s.tool}
	call.Args = r.room(len(s.args))
	for i := range s.args {
		a := &s.args[i]
		call.Args[i] = value.Pair{Key: a.name, Value: a.fixed}
		if a.text.set {
			call.Args[i].Value = a.text.render(&r.state)
		}
	}
	a := r.world.Tool(call)
	switch {
	case a.Stop != "":
		return result{}, &halt{Stopped, a.Stop}
	case a.Hangs:
		return result{}, never("tool", s)
	case a.Error != "":
		return result{err: raised(a.Error)}, nil
	}
	return result{output: a.Value}, nil
}

// room is place for so many arguments, cut from a larger piece.
func (r *Run) room(n int) []value.Pair {
	if n == 0 {
		return nil
	}
	if len(r.free) < n {
		r.free = make([]value.Pair, max(n, min(8<<r.pieces, 512)))
		r.pieces = min(r.pieces+1, 6)
	}
	args := r.free[:n:n]
	r.free = r.free[n:]
	return args
}

func never(what string, s *step) *halt {
	return &halt{Deadlock, fmt.Sprintf("the %s of step '%s' never answers", what, s.ID())}
}

func (r *Run) askModel(s *step) (result, *halt) {
	if s.timed && s.timeout <= 0 {
		return s.timedOut(), nil // the model is not even asked
	}
	call := ModelCall{Step: s.Step, Prompt: s.prompt.render(&r.state)}
	if s.system.set && s.system.text.Truth() {
		call.System, call.HasSystem = s.system.render(&r.state), true
	}
	a := r.world.Model(call)
	switch {
	case a.Stop != "":
		return result{}, &halt{Stopped, a.Stop}
	case a.Hangs && (!s.timed || math.IsInf(s.timeout, 1)):
		return result{}, never("model", s)
	case a.Hangs, s.timed && isTimeout(a.Error):
		return s.timedOut(), nil
	case a.Error != "":
		return result{err: raised(a.Error)}, nil
	}
	usage, err := r.used.usage(a.Usage)
	if err != "" {
		return result{err: err}, nil
	}
	got := s.guard(a.Value)
	if got.err == "" {
		got.usage = usage
	}
	return got, nil
}

// isTimeout reports whether a model raised what the machine takes for its own timeout.
func isTimeout(err string) bool {
	return err == "TimeoutError" || len(err) > 13 && err[:14] == "TimeoutError: "
}

// timedOut is what comes of a model that took too long.
func (s *step) timedOut() result {
	switch {
	case s.falls && len(s.allowed) > 0:
		return s.guard(value.FromString(s.allowed[0]))
	case s.falls:
		return s.guard(value.FromString(""))
	}
	return failed("VMError: Step '%s': LLM call timed out after %ss", s.ID(), value.Repr(value.FromFloat(s.timeout)))
}

// guard holds an answer to allowed_outputs.
func (s *step) guard(v value.Value) result {
	if !s.guarded {
		return result{output: v}
	}
	if v.Kind() != value.String {
		return failed("AttributeError: '%s' object has no attribute 'strip'", v.Kind())
	}
	stripped := value.Strip(v.Text())
	switch {
	case slices.Contains(s.allowed, stripped):
		return result{output: value.FromString(stripped)}
	case s.OnError == program.Skip:
		return result{output: value.FromString(s.allowed[0])}
	}
	return failed("VMError: Step '%s': LLM output %s not in allowed_outputs=%s", s.ID(), value.Repr(value.FromString(stripped)), reprAll(s.allowed))
}

func reprAll(texts []string) string {
	items := make([]value.Value, len(texts))
	for i, t := range texts {
		items[i] = value.FromString(t)
	}
	return value.Repr(value.FromItems(items))
}

func (r *Run) decide(s *step) result {
	expr := s.Cond
	if expr == nil {
		expr = cond.Parse(cond.Template{}.Text)
	}
	yes, err := expr.Eval(&r.state)
	if err != nil {
		return failed("VMError: Condition eval error '%s': %s", s.condition, err)
	}
	got, ref := result{branch: program.False}, &s.Otherwise
	if yes {
		got.branch, ref = program.True, &s.Then
	}
	if ref.Node != nil {
		got.output = value.FromString(ref.Name())
	}
	return got
}

// block runs the sub-steps of a parallel block. They see the state before the block, and all of them run
// whatever comes of the others, so one after the other does for all at once. One that never answers keeps its place
// for ever, and when none is left, those behind it never begin.
func (r *Run) block(s *step) (result, *halt) {
	switch {
	case s.limit < 0:
		return failed("ValueError: Semaphore initial value must be >= 0"), nil
	case s.limit == 0:
		return result{}, &halt{Deadlock, "max_concurrency of '" + s.ID() + "' is 0: its sub-steps wait for ever"}
	}
	before := len(r.trace.Steps)
	r.trace.Steps = slices.Grow(r.trace.Steps, len(s.subs)+1)
	outputs := make([]value.Pair, 0, len(s.subs))
	var failures []string
	var waits *halt
	for i, free := 0, s.limit; i < len(s.subs) && free > 0; i++ {
		sub := &s.subs[i]
		got, h := r.leaf(sub)
		switch {
		case h != nil && h.status == Deadlock:
			free--
			if waits == nil {
				waits = h
			}
			continue
		case h != nil:
			return result{}, h
		}
		r.trace.Steps = append(r.trace.Steps, Record{ID: sub.ID(), Status: StepSuccess, Output: got.output, Usage: got.usage, Error: got.err})
		rec := &r.trace.Steps[len(r.trace.Steps)-1]
		switch {
		case got.err != "" && s.OnError == program.Skip:
			rec.Status = StepSkipped
		case got.err != "":
			rec.Status = StepFailed
			failures = append(failures, sub.ID())
		}
		outputs = append(outputs, value.Pair{Key: sub.ID(), Value: rec.Output})
	}
	switch {
	case waits != nil:
		return result{}, waits
	case len(failures) > 0:
		r.trace.Steps = r.trace.Steps[:before]
		return failed("VMError: Parallel step '%s': sub-steps failed: %s", s.ID(), reprAll(failures)), nil
	case s.distinct:
		return result{output: value.FromDistinct(outputs)}, nil
	}
	return result{output: value.FromPairs(outputs)}, nil
}

func (r *Run) leaf(sub *step) (result, *halt) {
	if sub.Kind == program.LLM || sub.Kind == program.Tool {
		return r.execute(sub)
	}
	return failed("VMError: Sub-step %s: type %s not allowed inside parallel", strconv.Quote(sub.ID()), sub.Kind), nil
}
