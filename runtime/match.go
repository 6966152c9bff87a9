package runtime

import (
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/value"
)

// match is the records that come next, held to the step that the machine takes and to all that may come of it: its
// sub-steps' first, its own last. If they are not what it could have left, the difference is noted.
func (p *replay) match(s *step, all []program.Outcome) ([]Record, program.Outcome) {
	first := &p.given.Steps[p.next]
	failedWhole := first.ID == s.ID() && first.Status == StepFailed
	if s.Kind == program.Parallel && slices.Contains(all, program.Done) && !failedWhole {
		return p.matchBlock(s, all)
	}
	if first.ID != s.ID() {
		p.differs(Difference{
			List: "steps", Index: p.next, Message: fmt.Sprintf("steps[%d] is of '%s', but %s", p.next, first.ID, p.why(s)),
			Step: s.Step, Via: p.via(),
		})
		return nil, 0
	}
	o, bad := s.outcomeOf(first, all)
	if bad != nil {
		p.misfit(p.next, s, bad)
	}
	return p.given.Steps[p.next : p.next+1], o
}

// misfit is what is wrong with a record of the right step.
type misfit struct{ field, message string }

func misfitf(field, format string, args ...any) *misfit {
	return &misfit{field, fmt.Sprintf(format, args...)}
}

func (p *replay) misfit(at int, s *step, bad *misfit) {
	p.differs(Difference{
		List: "steps", Index: at, Field: bad.field, Message: fmt.Sprintf("steps[%d], of '%s', %s", at, s.ID(), bad.message), Step: s.Step,
	})
}

// matchBlock is match for a parallel block that has not failed.
func (p *replay) matchBlock(s *step, all []program.Outcome) ([]Record, program.Outcome) {
	records := p.given.Steps[p.next:]
	outputs := make([]value.Pair, 0, len(s.subs))
	for i := 0; i <= len(s.subs); i++ {
		at, sub := p.next+i, s
		if i < len(s.subs) {
			sub = &s.subs[i]
		}
		switch {
		case i == len(records):
			p.differs(Difference{
				Field: "status", Message: fmt.Sprintf("the trace ends in the middle of the block '%s': there is no record of '%s'", s.ID(), sub.ID()), Step: sub.Step,
			})
			return nil, 0
		case records[i].ID != sub.ID():
			why := p.why(s)
			if i > 0 {
				why = fmt.Sprintf("the next of the block '%s' is '%s'", s.ID(), sub.ID())
			} else if sub != s {
				why += fmt.Sprintf(", whose first sub-step is '%s'", sub.ID())
			}
			p.differs(Difference{List: "steps", Index: at, Message: fmt.Sprintf("steps[%d] is of '%s', but %s", at, records[i].ID, why), Step: sub.Step})
			return nil, 0
		case sub == s:
			_, bad := s.outcomeOf(&records[i], all)
			if bad == nil && !same(records[i].Output, value.FromPairs(outputs)) {
				bad = misfitf("output", "put out something else than its sub-steps did")
			}
			if bad != nil {
				p.misfit(at, s, bad)
			}
		default:
			if bad := s.fitsSub(sub, &records[i]); bad != nil {
				p.misfit(at, sub, bad)
				return nil, 0
			}
			outputs = append(outputs, value.Pair{Key: sub.ID(), Value: records[i].Output})
		}
	}
	return records[:len(s.subs)+1], program.Done
}

// fitsSub holds the record of a sub-step of the block s to what it may be: a failure is either skipped or ends the
// whole block, which then leaves no records of sub-steps.
func (s *step) fitsSub(sub *step, r *Record) *misfit {
	if r.Status != StepSuccess && (r.Status != StepSkipped || s.OnError != program.Skip) {
		return misfitf("status", "is %s, which cannot be in a block with on_error %s", r.Status, s.OnError)
	}
	return fits(sub, r)
}

// fits holds all else in a record to its status and its step.
func fits(s *step, r *Record) *misfit {
	for _, fits := range [...]func(*step, *Record) *misfit{fitsStatus, fitsRetries, fitsKind} {
		if bad := fits(s, r); bad != nil {
			return bad
		}
	}
	return nil
}

// outcomeOf is what came of a step by its record, which is held to what it may be.
func (s *step) outcomeOf(r *Record, all []program.Outcome) (program.Outcome, *misfit) {
	var o program.Outcome
	switch r.Status {
	case StepSuccess:
		o = program.Done
		if s.Kind == program.Condition {
			switch then, otherwise := branch(&s.Then), branch(&s.Otherwise); {
			case same(r.Output, then):
				o = program.True
			case same(r.Output, otherwise):
				o = program.False
			default:
				return 0, misfitf("output", "put out %s, but its branches are %s and %s", value.Repr(r.Output), value.Repr(then), value.Repr(otherwise))
			}
		}
	case StepFailed:
		o = program.Failed
	case StepSkipped:
		o = program.Skipped
	case StepPending:
		o = program.Pending
	default:
		return 0, misfitf("status", "is %s, which nothing is that is recorded", r.Status)
	}
	if !slices.Contains(all, o) {
		return 0, misfitf("status", "is %s, which cannot be with type %s and on_error %s", r.Status, s.Kind, s.OnError)
	}
	return o, fits(s, r)
}

// branch is what a condition puts out that goes this way.
func branch(r *program.Ref) value.Value {
	if r.Node == nil {
		return value.Value{}
	}
	return value.FromString(r.Name())
}

// fitsStatus holds what stands beside a status to it.
func fitsStatus(s *step, r *Record) *misfit {
	pending := value.FromString("PENDING")
	hasFailed := r.Status == StepFailed || r.Status == StepSkipped
	switch {
	case hasFailed && r.Error == "":
		return misfitf("error", "is %s without an error", r.Status)
	case hasFailed && !r.Output.IsNone():
		return misfitf("output", "is %s and yet has an output", r.Status)
	case !hasFailed && r.Error != "":
		return misfitf("error", "is %s and yet has an error", r.Status)
	case r.Status == StepPending && !same(r.Output, pending):
		return misfitf("output", "is pending, but its output is not 'PENDING'")
	case r.Status == StepSuccess && s.Kind == program.Tool && s.Parent == nil && same(r.Output, pending):
		return misfitf("output", "put out 'PENDING' and yet has not suspended the run")
	case r.Usage != nil && (hasFailed || s.Kind != program.LLM):
		return misfitf("usage", "has a usage, which only models that answer have")
	}
	return nil
}

func fitsRetries(s *step, r *Record) *misfit {
	most := s.attempts - 1
	switch {
	case r.Retries > most:
		return misfitf("retries", "was retried %d times, but may be %d times", r.Retries, most)
	case r.Status == StepFailed && r.Retries < most:
		return misfitf("retries", "failed after %d retries, but is retried %d times before it fails", r.Retries, most)
	}
	return nil
}

// fitsKind holds the output of a model to the answers that are allowed, and that of a model without time to what comes
// of that.
func fitsKind(s *step, r *Record) *misfit {
	if s.Kind != program.LLM {
		return nil
	}
	if s.timed && s.timeout <= 0 {
		got := s.timedOut()
		switch {
		case got.err != "" && r.Error != got.err:
			return misfitf("error", "has no time for its model, but its error is %s and not %s", quoted(r.Error), quoted(got.err))
		case got.err == "" && !same(r.Output, got.output):
			return misfitf("output", "has no time for its model, but put out %s and not %s", value.Repr(r.Output), value.Repr(got.output))
		}
		return nil
	}
	if !s.guarded || r.Status != StepSuccess {
		return nil
	}
	isFallback := s.OnError == program.Skip && same(r.Output, value.FromString(s.allowed[0]))
	if got := s.guard(r.Output); !isFallback && (got.err != "" || !same(got.output, r.Output)) {
		return misfitf("output", "put out %s, which is not among its allowed_outputs", value.Repr(r.Output))
	}
	return nil
}
