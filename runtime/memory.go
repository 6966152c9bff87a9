package runtime

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/value"
)

// memory is what a run knows: data, which are the inputs, output keys and what a resume brought, and the outputs
// of steps by id. It is what references see, a [cond.State].
type memory struct {
	inputs  value.Value // a dict; overlaid by data
	names   *names
	outputs []output // by the slots of names
	data    []output
	print   fingerprint

	// before holds what str() of an output was when the last step in sequence was over, of those written since;
	// nil if nobody asks.
	before map[string]was

	unspeakable string // an id with half a surrogate pair, which Python cannot hash
}

// names is where the values of names stand, the same for all runs of a machine: of outputs the ids of steps and
// sub-steps, of data what output keys and resumes write.
type names struct{ outputs, data map[string]int }

func namesOf(p *program.Program) *names {
	n := &names{make(map[string]int), make(map[string]int)}
	add := func(m map[string]int, name string) {
		if _, known := m[name]; !known {
			m[name] = len(m)
		}
	}
	add(n.data, program.Webhook)
	add(n.data, program.WebhookSource)
	for s := range p.All {
		add(n.outputs, s.ID())
		if key := s.OutputKey.StringValue(); key != "" {
			add(n.data, key)
		}
	}
	return n
}

// output is a value that a step has put out or written, if it has.
type output struct {
	value value.Value
	known bool
}

// was is an output as it was: its str(), or that there was none.
type was struct {
	text  string
	known bool
}

func (m *memory) init(n *names, inputs value.Value, watched bool) {
	m.inputs, m.names = inputs, n
	all := make([]output, len(n.outputs)+len(n.data))
	m.outputs, m.data = all[:len(n.outputs)], all[len(n.outputs):]
	m.print.init(len(n.outputs))
	if watched {
		m.before = make(map[string]was)
	}
}

// Output is the output of a step.
func (m *memory) Output(id string) (value.Value, bool) {
	if i, ok := m.names.outputs[id]; ok {
		return m.outputs[i].value, m.outputs[i].known
	}
	return value.Value{}, false
}

// Data is a value of the context.
func (m *memory) Data(name string) (value.Value, bool) {
	if i, ok := m.names.data[name]; ok && m.data[i].known {
		return m.data[i].value, true
	}
	return m.inputs.Get(name)
}

func (m *memory) setData(name string, v value.Value) { m.data[m.names.data[name]] = output{v, true} }

// setOutput writes the output of a step.
func (m *memory) setOutput(id string, v value.Value) {
	if m.before != nil {
		if _, noted := m.before[id]; !noted {
			old, known := m.Output(id)
			m.before[id] = was{text: value.Str(old), known: known}
		}
	}
	if m.unspeakable == "" && hasSurrogate(id) {
		m.unspeakable = id
	}
	m.outputs[m.names.outputs[id]] = output{v, true}
	m.print.put(id, v)
}

// changed reports whether any output is another than before, to Python's str.
func (m *memory) changed() bool {
	for id, old := range m.before {
		if now, _ := m.Output(id); !old.known || value.Str(now) != old.text {
			return true
		}
	}
	return false
}

func (m *memory) forgetChanges() { clear(m.before) }

// snapshot records the fingerprint of the outputs. It ends the run, as the machine's is ended by an
// exception, if an id cannot be encoded.
func (r *Run) snapshot() bool {
	if r.state.unspeakable != "" {
		r.end(Raised, encodeError(r.state.print.text))
		return false
	}
	r.trace.Snapshots = append(r.trace.Snapshots, Snapshot{r.counted - 1, r.state.print.current()})
	return true
}

func hasSurrogate(s string) bool {
	if !strings.Contains(s, "\xed") {
		return false
	}
	for s != "" {
		r, size := value.DecodeRune(s)
		if value.IsSurrogate(r) {
			return true
		}
		s = s[size:]
	}
	return false
}

// encodeError is what Python says of a text that it cannot encode: of the first run of halves of surrogate
// pairs in it.
func encodeError(text []byte) string {
	at, s := 0, string(text)
	for s != "" {
		r, size := value.DecodeRune(s)
		if !value.IsSurrogate(r) {
			s, at = s[size:], at+1
			continue
		}
		last := at
		for rest := s[size:]; rest != ""; last++ {
			next, n := value.DecodeRune(rest)
			if !value.IsSurrogate(next) {
				break
			}
			rest = rest[n:]
		}
		if last > at {
			return fmt.Sprintf("UnicodeEncodeError: 'utf-8' codec can't encode characters in position %d-%d: surrogates not allowed", at, last)
		}
		return fmt.Sprintf("UnicodeEncodeError: 'utf-8' codec can't encode character '\\u%04x' in position %d: surrogates not allowed", r, at)
	}
	return ""
}
