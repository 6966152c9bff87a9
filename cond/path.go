package cond

import (
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

// State is what the machine knows while it runs, as far as references can see it.
type State interface {
	// Output is what the step with that id has put out.
	Output(id string) (value.Value, bool)
	// Data is what stands under name in the context: inputs, output keys, webhook values.
	Data(name string) (value.Value, bool)
}

// Path is a dotted name, without the dollar sign: at least one segment, of which a condition may have
// empty ones.
type Path []Segment

// Segment is a part of a path between dots.
type Segment struct {
	Name string
	Span source.Span
}

// String is the path as it is written, with its dollar sign.
func (p Path) String() string {
	var b strings.Builder
	for i, s := range p {
		b.WriteByte("$."[min(i, 1)])
		b.WriteString(s.Name)
	}
	return b.String()
}

// Root is the first segment.
func (p Path) Root() Segment { return p[0] }

// LooksLikeName reports whether somebody may have meant a variable: the $5 of a price is one for the
// machine, too.
func (p Path) LooksLikeName() bool {
	first, n := value.DecodeRune(p[0].Name)
	_, digit := value.Digit(first)
	return n > 0 && !digit
}

const output = "output"

// InCondition is what the path means in a condition: never an error, None for what is not there.
//
// The machine looks into one dict: the outputs, each wrapped as {"output": value}, overlaid by the data.
// So a bare step id is the wrapper, a field of a step is reached behind "output" only, and data wins over
// a step of the same name. A second segment "output" is skipped where the value has no such key.
func (p Path) InCondition(s State) value.Value {
	rest := p[1:]
	v, isData := s.Data(p[0].Name)
	if !isData {
		out, ran := s.Output(p[0].Name)
		if !ran || len(rest) > 0 && rest[0].Name != output {
			return value.Value{}
		}
		if len(rest) == 0 {
			return value.FromPairs([]value.Pair{{Key: output, Value: out}})
		}
		v, rest = out, rest[1:]
	} else if len(rest) > 0 && rest[0].Name == output {
		if _, has := v.Get(output); !has {
			rest = rest[1:]
		}
	}
	for _, segment := range rest {
		v, _ = v.Get(segment.Name)
	}
	return v
}

// InTemplate is what the path means in a prompt or an argument, and whether it means anything.
//
// Here outputs win over data, "output" is skipped wherever it stands behind a step id, and data has no
// fields.
func (p Path) InTemplate(s State) (value.Value, bool) {
	v, ran := s.Output(p[0].Name)
	if !ran {
		if len(p) > 1 {
			return value.Value{}, false
		}
		return s.Data(p[0].Name)
	}
	for _, segment := range p[1:] {
		if segment.Name == output {
			continue
		}
		field, has := v.Get(segment.Name)
		if !has {
			return value.Value{}, false
		}
		v = field
	}
	return v, true
}

// pathAt reads the dotted name that stands in t.Value[start:end].
func pathAt(t source.Text, start, end int) Path {
	name := t.Value[start:end]
	p := make(Path, 0, 1+strings.Count(name, "."))
	for at := start; ; {
		dot := strings.IndexByte(t.Value[at:end], '.')
		if dot < 0 {
			return append(p, Segment{t.Value[at:end], t.Sub(at, end)})
		}
		p = append(p, Segment{t.Value[at : at+dot], t.Sub(at, at+dot)})
		at += dot + 1
	}
}
