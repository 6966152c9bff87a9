package runtime

import (
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/value"
)

// memory is what a run knows: data, which are the inputs, output keys and what a resume brought, and the outputs
// of steps by id. It is what references see, a [cond.State].
type memory struct {
	inputs  value.Value            // a dict; overlaid by data
	data    map[string]value.Value // nil as long as nothing is written
	outputs map[string]value.Value
	print   fingerprint

	// before holds what str() of an output was when the last step in sequence was over, of those written since;
	// nil if nobody asks.
	before map[string]was

	unspeakable string // an id with half a surrogate pair, which Python cannot hash
}

// was is an output as it was: its str(), or that there was none.
type was struct {
	text  string
	known bool
}

func (m *memory) init(inputs value.Value, watched bool) {
	m.inputs = inputs
	m.outputs = make(map[string]value.Value)
	if watched {
		m.before = make(map[string]was)
	}
}

// Output is the output of a step.
func (m *memory) Output(id string) (value.Value, bool) {
	v, ok := m.outputs[id]
	return v, ok
}

// Data is a value of the context.
func (m *memory) Data(name string) (value.Value, bool) {
	if v, ok := m.data[name]; ok {
		return v, true
	}
	return m.inputs.Get(name)
}

func (m *memory) setData(name string, v value.Value) {
	if m.data == nil {
		m.data = make(map[string]value.Value)
	}
	m.data[name] = v
}

// setOutput writes the output of a step.
func (m *memory) setOutput(id string, v value.Value) {
	if m.before != nil {
		if _, noted := m.before[id]; !noted {
			old, known := m.outputs[id]
			m.before[id] = was{text: value.Str(old), known: known}
		}
	}
	if m.unspeakable == "" && hasSurrogate(id) {
		m.unspeakable = id
	}
	m.outputs[id] = v
	m.print.put(id, v)
}

// changed reports whether any output is another than before, to Python's str.
func (m *memory) changed() bool {
	for id, old := range m.before {
		if now := m.outputs[id]; !old.known || value.Str(now) != old.text {
			return true
		}
	}
	return false
}

func (m *memory) forgetChanges() { clear(m.before) }

// dataValue is the data as one dict, the inputs first.
func (m *memory) dataValue() value.Value {
	var pairs []value.Pair
	if m.inputs.Kind() == value.Dict {
		for _, p := range m.inputs.Pairs() {
			v, _ := m.Data(p.Key)
			pairs = append(pairs, value.Pair{Key: p.Key, Value: v})
		}
	}
	added := len(pairs)
	for name, v := range m.data {
		if _, isInput := m.inputs.Get(name); !isInput {
			pairs = append(pairs, value.Pair{Key: name, Value: v})
		}
	}
	sortPairs(pairs[added:])
	return value.FromPairs(pairs)
}

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
		if isSurrogate(r) {
			return true
		}
		s = s[size:]
	}
	return false
}

func isSurrogate(r rune) bool { return 0xd800 <= r && r < 0xe000 }

// encodeError is what Python says of a text that it cannot encode: of the first run of halves of surrogate
// pairs in it.
func encodeError(text []byte) string {
	at, s := 0, string(text)
	for s != "" {
		r, size := value.DecodeRune(s)
		if !isSurrogate(r) {
			s, at = s[size:], at+1
			continue
		}
		last := at
		for rest := s[size:]; rest != ""; last++ {
			next, n := value.DecodeRune(rest)
			if !isSurrogate(next) {
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
