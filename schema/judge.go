package schema

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nanolint/nanolint/syntax"
	"github.com/santhosh-tekuri/jsonschema/v5"
)

const schemaURL = "https://github.com/nanolint/nanolint/schema/program.schema.json"

// compiled is built when the first odd value is met: most runs never pay for it.
var compiled = sync.OnceValue(compile)

func compile() (s struct{ program, step *jsonschema.Schema }) {
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaURL, strings.NewReader(text)); err != nil {
		panic("schema: program.schema.json: " + err.Error())
	}
	s.program = c.MustCompile(schemaURL)
	s.step = c.MustCompile(schemaURL + "#/$defs/step")
	return s
}

// noRule is the rule of a verdict that breaks none.
const noRule = len(rules)

// verdict is what the validator says about one mapping, in order.
type verdict struct {
	faults map[string]fault // by field
	rule   int              // the first rule of the type that is broken: an index of allOf in the schema
}

// fault is what is wrong with a field.
type fault struct {
	missing bool
	empty   bool           // a list that must not be empty
	entries []int          // the entries that are wrong; nil if it is the value itself
	keys    []*syntax.Node // the keys of args that are no strings
}

// judge asks the validator about the fields of a mapping.
func judge(s *jsonschema.Schema, fields map[string]any) verdict {
	v := verdict{map[string]fault{}, noRule}
	var invalid *jsonschema.ValidationError
	if err := s.Validate(fields); errors.As(err, &invalid) {
		v.collect(s, fields, invalid)
	} else if err != nil {
		panic("schema: " + err.Error())
	}
	for _, f := range v.faults {
		slices.Sort(f.entries)
	}
	return v
}

// collect sorts an error and its causes. The validator finds errors in the order of Go maps; here the
// order is lost, and given by the table of fields later.
func (v *verdict) collect(s *jsonschema.Schema, fields map[string]any, e *jsonschema.ValidationError) {
	if rule, ok := strings.CutPrefix(e.KeywordLocation, "/allOf/"); ok {
		rule, _, _ = strings.Cut(rule, "/")
		n, _ := strconv.Atoi(rule)
		v.rule = min(v.rule, n)
		return
	}
	field, entry, inside := strings.Cut(strings.TrimPrefix(e.InstanceLocation, "/"), "/")
	switch {
	case e.KeywordLocation == "/required":
		for _, name := range s.Required {
			if _, ok := fields[name]; !ok {
				v.faults[name] = fault{missing: true}
			}
		}
	case field == "" || e.Message == "": // only holds the errors below
		for _, cause := range e.Causes {
			v.collect(s, fields, cause)
		}
	default:
		f := v.faults[field]
		f.empty = strings.HasSuffix(e.KeywordLocation, "/minItems")
		if inside {
			n, _ := strconv.Atoi(entry)
			f.entries = append(f.entries, n)
		}
		v.faults[field] = f
	}
}
