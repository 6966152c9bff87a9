package trace

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/value"
)

// Health is what the reference's TraceAnalyzer measures, by its formulas.
type Health struct {
	ID, Program string
	Records     int

	Rollback   float64  // records that were retried, of all
	Churn      float64  // records of a step that has been recorded before, of all
	Path       *float64 // snapshots that are not those of the baseline, of the longer list; nil without a baseline
	Violations float64  // records that failed, of all
	Sequence   *float64 // neighbours in only one of trace and baseline, of those in either; nil without a baseline
	Entropy    float64  // of neighbours, in bits

	Alerts []string // what is above its threshold, in the reference's words
}

// thresholds: a metric above is an alert.
const (
	maxRollback   = 0.3
	maxChurn      = 0.4
	maxPath       = 0.5
	maxViolations = 0.2
	maxSequence   = 0.4
	maxEntropy    = 2.5 // bits
)

// HealthOf measures a trace, against a baseline if that is not nil.
func HealthOf(t, baseline *Trace) *Health {
	h := &Health{ID: t.ID, Program: t.Program, Records: len(t.Steps)}
	seen := make(map[string]bool)
	retried, repeated, failed := 0, 0, 0
	for i := range t.Steps {
		r := &t.Steps[i]
		if r.Retries > 0 {
			retried++
		}
		if seen[r.ID] {
			repeated++
		}
		if r.Status == runtime.StepFailed {
			failed++
		}
		seen[r.ID] = true
	}
	h.Rollback, h.Churn, h.Violations = share(retried, len(t.Steps)), share(repeated, len(t.Steps)), share(failed, len(t.Steps))
	h.Entropy = entropy(t)
	if baseline != nil {
		path, sequence := pathVariance(t, baseline), sequenceVariance(t, baseline)
		h.Path, h.Sequence = &path, &sequence
	}
	h.alert("rollback_density", &h.Rollback, maxRollback, "", "execution instability")
	h.alert("tool_churn_rate", &h.Churn, maxChurn, "", "tool oscillation detected")
	h.alert("path_variance", h.Path, maxPath, "", "state diverges from baseline")
	h.alert("invariant_violation_rate", &h.Violations, maxViolations, "", "high error rate")
	h.alert("transition_sequence_variance", h.Sequence, maxSequence, "", "structural path divergence from baseline")
	h.alert("transition_entropy", &h.Entropy, maxEntropy, " bits", "high path non-determinism")
	return h
}

func (h *Health) alert(name string, v *float64, limit float64, unit, meaning string) {
	if v != nil && *v > limit {
		h.Alerts = append(h.Alerts, fmt.Sprintf("%s %.3f > %v%s (%s)", name, *v, limit, unit, meaning))
	}
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// pathVariance may exceed 1: a snapshot at an index of its own counts on both sides.
func pathVariance(t, baseline *Trace) float64 {
	theirs := make(map[int]runtime.Snapshot)
	for _, s := range baseline.Snapshots {
		theirs[s.Index] = s
	}
	divergent := 0
	ours := make(map[int]bool)
	for _, s := range t.Snapshots {
		ours[s.Index] = true
		if other, there := theirs[s.Index]; !there || other != s {
			divergent++
		}
	}
	for _, s := range baseline.Snapshots {
		if !ours[s.Index] {
			divergent++
		}
	}
	return share(divergent, max(len(t.Snapshots), len(baseline.Snapshots)))
}

// transition is the ids of neighbouring records.
type transition struct{ from, to string }

// transitions are all different ones, in the order in which they first occur, with how often they do.
func transitions(t *Trace) (order []transition, counts map[transition]int) {
	counts = make(map[transition]int)
	for i := 1; i < len(t.Steps); i++ {
		pair := transition{t.Steps[i-1].ID, t.Steps[i].ID}
		if counts[pair] == 0 {
			order = append(order, pair)
		}
		counts[pair]++
	}
	return order, counts
}

func sequenceVariance(t, baseline *Trace) float64 {
	ours, inOurs := transitions(t)
	theirs, inTheirs := transitions(baseline)
	common := 0
	for _, pair := range ours {
		if inTheirs[pair] > 0 {
			common++
		}
	}
	either := len(inOurs) + len(theirs) - common
	return share(either-common, either)
}

func entropy(t *Trace) float64 {
	order, counts := transitions(t)
	if len(order) == 0 {
		return 0
	}
	total := len(t.Steps) - 1
	terms := make(map[int]float64) // by count: few differ
	sum := 0.0
	for _, pair := range order { // in the reference's order, in which the last digits come out as they do there
		n := counts[pair]
		term, known := terms[n]
		if !known {
			p := share(n, total)
			term = p * log2(p)
			terms[n] = term
		}
		sum += term
	}
	return -sum
}

// log2 is the logarithm to the last digit, for x from 0 to 1. That of package math is off by one in every fifth case, that of the C
// library, which Python asks, in one of five hundred. With each squaring of the mantissa the next bit of the
// logarithm comes out in front of the point, and an error at worst doubles with it.
func log2(x float64) float64 {
	const bits, precision = 80, 240
	fraction, exponent := math.Frexp(x)
	m := new(big.Float).SetPrec(precision).SetFloat64(2 * fraction) // from 1 up to 2
	sum := new(big.Float).SetPrec(precision).SetInt64(int64(exponent - 1))
	two := big.NewFloat(2)
	for i := 1; i <= bits; i++ {
		if m.Mul(m, m); m.Cmp(two) >= 0 {
			m.SetMantExp(m, -1)
			sum.Add(sum, new(big.Float).SetMantExp(big.NewFloat(1), -i))
		}
	}
	v, _ := sum.Float64()
	return v
}

// IsHealthy reports whether there is no alert.
func (h *Health) IsHealthy() bool { return len(h.Alerts) == 0 }

// Summary is the report as the reference's summary() prints it.
func (h *Health) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "TraceHealthReport(%s)\n", h.ID)
	fmt.Fprintf(&b, "  program        : %s\n", h.Program)
	fmt.Fprintf(&b, "  total_steps    : %d\n", h.Records)
	fmt.Fprintf(&b, "  rollback_density          : %.3f\n", h.Rollback)
	fmt.Fprintf(&b, "  tool_churn_rate           : %.3f\n", h.Churn)
	fmt.Fprintf(&b, "  path_variance             : %s\n", thousandths(h.Path))
	fmt.Fprintf(&b, "  invariant_violation_rate  : %.3f\n", h.Violations)
	fmt.Fprintf(&b, "  transition_seq_variance   : %s\n", thousandths(h.Sequence))
	fmt.Fprintf(&b, "  transition_entropy        : %.3f bits\n", h.Entropy)
	if h.IsHealthy() {
		return b.String() + "  status: HEALTHY"
	}
	b.WriteString("  alerts:")
	for _, alert := range h.Alerts {
		b.WriteString("\n    ⚠  " + alert)
	}
	return b.String()
}

func thousandths(v *float64) string {
	if v == nil {
		return "n/a"
	}
	return fmt.Sprintf("%.3f", *v)
}

// Value is the report as a dict with the fields of the reference's.
func (h *Health) Value() value.Value {
	alerts := make([]value.Value, len(h.Alerts))
	for i, a := range h.Alerts {
		alerts[i] = value.FromString(a)
	}
	return value.FromPairs([]value.Pair{
		{Key: "trace_id", Value: value.FromString(h.ID)},
		{Key: "program_name", Value: value.FromString(h.Program)},
		{Key: "total_steps", Value: value.FromInt(int64(h.Records))},
		{Key: "rollback_density", Value: value.FromFloat(h.Rollback)},
		{Key: "tool_churn_rate", Value: value.FromFloat(h.Churn)},
		{Key: "path_variance", Value: floatOrNone(h.Path)},
		{Key: "invariant_violation_rate", Value: value.FromFloat(h.Violations)},
		{Key: "transition_sequence_variance", Value: floatOrNone(h.Sequence)},
		{Key: "transition_entropy", Value: value.FromFloat(h.Entropy)},
		{Key: "alerts", Value: value.FromItems(alerts)},
	})
}

func floatOrNone(v *float64) value.Value {
	if v == nil {
		return value.Value{}
	}
	return value.FromFloat(*v)
}
