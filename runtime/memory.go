package runtime

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/value"
)

// memory is what a run knows: data, which are the inputs, output keys and what a resume brought, and the outputs
// of steps by id. It is what references see, a [cond.State].
type memory struct {
	inputs value.Value // a dict; overlaid by data
	names  *names
	data   []datum     // by the slots of names
	print  fingerprint // which holds the outputs

	// changes are what outputs were when the last step in sequence was over, of those written since; only if
	// watched.
	changes []change
	watched bool

	unspeakable bool // whether there is an output whose id has half a surrogate pair, which Python cannot hash

	fewData  [8]datum
	fewSlots [8]slot
}

// names is where the values of names stand, the same for all runs of a machine: of outputs the ids of steps and
// sub-steps, in order, of data what output keys and resumes write.
type names struct {
	outputs, data map[string]int
	ids           []string // by slot
	unspeakable   []bool   // by slot; nil if all ids can be encoded
}

func namesOf(p *program.Program) *names {
	n := &names{outputs: make(map[string]int), data: map[string]int{program.Webhook: 0, program.WebhookSource: 1}}
	for s := range p.All {
		n.ids = append(n.ids, s.ID())
		if key := s.OutputKey.StringValue(); key != "" {
			if _, known := n.data[key]; !known {
				n.data[key] = len(n.data)
			}
		}
	}
	slices.Sort(n.ids)
	n.ids = slices.Compact(n.ids)
	for i, id := range n.ids {
		n.outputs[id] = i
		if hasSurrogate(id) {
			if n.unspeakable == nil {
				n.unspeakable = make([]bool, len(n.ids))
			}
			n.unspeakable[i] = true
		}
	}
	return n
}

// datum is a value of the context, if it has one.
type datum struct {
	value value.Value
	known bool
}

// change is an output as it was, or that there was none.
type change struct {
	slot  int
	value value.Value
	known bool
}

func (m *memory) init(n *names, inputs value.Value, watched bool) {
	m.inputs, m.names, m.watched = inputs, n, watched
	if m.data = m.fewData[:]; len(n.data) > len(m.data) {
		m.data = make([]datum, len(n.data))
	}
	slots := m.fewSlots[:]
	if len(n.ids) > len(slots) {
		slots = make([]slot, len(n.ids))
	}
	m.print.init(n.ids, slots)
}

// Output is the output of a step.
func (m *memory) Output(id string) (value.Value, bool) {
	if i, ok := m.names.outputs[id]; ok {
		return m.print.slots[i].value, m.print.slots[i].known
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

func (m *memory) setData(name string, v value.Value) { m.data[m.names.data[name]] = datum{v, true} }

// setOutput writes the output of the step that has this slot.
func (m *memory) setOutput(i int, v value.Value) {
	s := &m.print.slots[i]
	if s.known && value.Identical(s.value, v) {
		return
	}
	if m.watched && !s.noted {
		s.noted = true
		m.changes = append(m.changes, change{i, s.value, s.known})
	}
	if m.names.unspeakable != nil && m.names.unspeakable[i] {
		m.unspeakable = true
	}
	s.value, s.known = v, true
	m.print.touch(i)
}

// changed reports whether any output is another than before, to Python's str.
func (m *memory) changed() bool {
	for _, c := range m.changes {
		if now := m.print.slots[c.slot].value; !c.known || !value.Identical(now, c.value) && value.Str(now) != value.Str(c.value) {
			return true
		}
	}
	return false
}

func (m *memory) forgetChanges() {
	for _, c := range m.changes {
		m.print.slots[c.slot].noted = false
	}
	m.changes = m.changes[:0]
}

// snapshot records the fingerprint of the outputs. It ends the run, as the machine's is ended by an
// exception, if an id cannot be encoded.
func (r *Run) snapshot() bool {
	if r.state.unspeakable {
		r.end(Raised, encodeError(r.state.print.written()))
		return false
	}
	r.trace.Snapshots = append(roomy(r.trace.Snapshots), Snapshot{r.counted - 1, r.state.print.current()})
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
