package trace

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// Finding is something about a trace that a program could not have made, or a doubt.
type Finding struct {
	source.Note             // in the file of the trace
	Path        string      // of the place, from the trace on: steps[3].status
	Decided     source.Span // in the file of the program: what decides about it
}

// Replay walks a program with the outcomes of a trace and says where the trace leaves it: of the records the first, for
// behind it everything may be different. Doubts are no contradiction, but say what could not be compared.
func Replay(t *Trace, m *runtime.Machine) (found, doubts []Finding) {
	got := m.Replay(&t.Trace)
	if t.Program != m.Program.Name {
		found = append(found, t.finding("program_name", []any{"program_name"}, programName(m.Program),
			fmt.Sprintf("program_name is %s, but the program is called %s", quoted(t.Program), quoted(m.Program.Name))))
	}
	if d := got.Difference; d != nil {
		found = append(found, t.difference(d, m.Program))
	} else if t.HasMetrics && t.Metrics != got.Trace.Metrics {
		found = append(found, t.finding("step_metrics", []any{"step_metrics"}, programName(m.Program),
			fmt.Sprintf("step_metrics is %s, but of these records it is %s",
				value.AppendJSON(nil, metricsValue(t.Metrics)), value.AppendJSON(nil, metricsValue(got.Trace.Metrics)))))
	}
	if got.Lost >= 0 {
		doubts = append(doubts, t.finding(fmt.Sprintf("state_snapshots[%d]", got.Lost), []any{"state_snapshots", got.Lost}, programName(m.Program),
			fmt.Sprintf("the recorded outputs do not give the hash of state_snapshots[%d]: one of them was changed, or JSON cannot hold it as it was (a tuple, "+
				"a set, a date, nan, or what a tool changed later); from there on hashes and stalls are not compared", got.Lost)))
	}
	return found, doubts
}

func (t *Trace) difference(d *runtime.Difference, p *program.Program) Finding {
	path, keys := "", []any(nil)
	if d.List != "" {
		path, keys = fmt.Sprintf("%s[%d]", d.List, d.Index), []any{d.List, d.Index}
	}
	if d.Field != "" {
		if path != "" {
			path += "."
		}
		path, keys = path+d.Field, append(keys, d.Field)
	}
	at := programName(p)
	switch {
	case d.Via != nil && d.Via.Node != nil:
		at = d.Via.Node.Span
	case d.Step != nil:
		at = d.Step.Place()
	}
	return t.finding(path, keys, at, d.Message)
}

func (t *Trace) finding(path string, keys []any, decided source.Span, message string) Finding {
	return Finding{source.Note{Span: t.place(keys), Message: message}, path, decided}
}

// place is where the value under keys stands, or the narrowest place around it: of an object its first key.
func (t *Trace) place(keys []any) source.Span {
	n := t.Node
	if n == nil {
		return source.Span{}
	}
	for _, key := range keys {
		var in *syntax.Node
		switch key := key.(type) {
		case string:
			in = n.Get(key)
		case int:
			if key < len(n.Items) {
				in = n.Items[key]
			}
		}
		if in == nil {
			break
		}
		n = in
	}
	if id := n.Get("step_id"); id != nil {
		return id.Span
	}
	return start(n)
}

// programName is a place that stands for a whole program.
func programName(p *program.Program) source.Span {
	if n := p.Root.Get("name"); n != nil {
		return n.Span
	}
	return start(p.Root)
}

func quoted(s string) string { return value.Repr(value.FromString(s)) }
