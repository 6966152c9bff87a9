package schema

import (
	"bytes"
	_ "embed" // the schema file
	"encoding/json"
	"slices"
	"sync"
)

//go:embed program.schema.json
var text string

// Text is the schema file.
func Text() string { return text }

// Type is what a field's value is, before any conversion.
type Type uint8

// The types of fields.
const (
	String  Type = iota // a string
	Integer             // an integer
	Number              // an integer or float
	Boolean             // true or false
	Word                // one of the field's Values
	Texts               // a list of strings
	Object              // a mapping with strings as keys
	Steps               // a list of steps
)

// Field is what there is to know about one field of a program or step.
type Field struct {
	Name        string
	Title       string // a few words
	Description string // a few sentences, in Markdown
	Type        Type
	Values      []Value  // of a Word: all that are allowed
	Examples    []string // as JSON
	Default     string   // as JSON; empty if the field is required
	Required    bool
	Nullable    bool     // null is accepted
	StepTypes   []string // the types of steps that read the field; empty means all
	InBlock     bool     // a step inside a parallel block reads the field
}

// Value is one of the words that a field may hold.
type Value struct{ Name, Description string }

// ReadBy reports whether steps of that type read the field.
func (f *Field) ReadBy(stepType string) bool {
	return len(f.StepTypes) == 0 || slices.Contains(f.StepTypes, stepType)
}

// ProgramFields is the fields of a program, in the order in which construction reads them. The slice
// is shared: do not change it.
func ProgramFields() []Field { return tables().program.fields }

// StepFields is the fields of a step, in the order in which construction reads them. The slice is
// shared: do not change it.
func StepFields() []Field { return tables().step.fields }

// ProgramField is the field of a program with that name.
func ProgramField(name string) (Field, bool) { return tables().program.lookup(name) }

// StepField is the field of a step with that name.
func StepField(name string) (Field, bool) { return tables().step.lookup(name) }

// table is the fields of one kind of mapping.
type table struct {
	fields []Field
	index  map[string]int

	// The indexes of the fields that every step is asked for.
	id, typ, prompt, tool, condition, then, otherwise, subs, guard int
}

func (t *table) lookup(name string) (Field, bool) {
	i, ok := t.index[name]
	if !ok {
		return Field{}, false
	}
	return t.fields[i], true
}

var tables = sync.OnceValue(readTables)

type bothTables struct{ program, step *table }

// readTables reads the fields from the schema file; it takes a fraction of a millisecond.
func readTables() bothTables {
	var file struct {
		objectSchema
		Defs struct{ Step objectSchema } `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(text), &file); err != nil {
		panic("schema: program.schema.json: " + err.Error())
	}
	return bothTables{file.objectSchema.table(), file.Defs.Step.table()}
}

// objectSchema is the part of a JSON Schema of objects that fields are read from.
type objectSchema struct {
	Properties properties
	Required   []string
}

func (o objectSchema) table() *table {
	t := &table{index: make(map[string]int, len(o.Properties))}
	for i, p := range o.Properties {
		f := p.field()
		f.Required = slices.Contains(o.Required, f.Name)
		t.fields = append(t.fields, f)
		t.index[f.Name] = i
	}
	t.id, t.typ, t.prompt, t.tool = t.index["id"], t.index["type"], t.index["prompt"], t.index["tool"]
	t.condition, t.then, t.otherwise = t.index["condition"], t.index["then"], t.index["otherwise"]
	t.subs, t.guard = t.index["parallel_steps"], t.index["allowed_outputs"]
	return t
}

// properties keeps the order of the file, which is the order of construction.
type properties []property

func (ps *properties) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		p := property{name: name.(string)}
		if err := d.Decode(&p); err != nil {
			return err
		}
		*ps = append(*ps, p)
	}
	return nil
}

// property is the schema of one field.
type property struct {
	name             string
	Title            string
	Description      string
	Type             typeNames
	Enum             []string
	EnumDescriptions []string
	AnyOf            []struct{ Type typeNames } // the plain form first, then what is converted to it
	Items            struct {
		Ref string `json:"$ref"`
	}
	Default  json.RawMessage
	Examples []json.RawMessage
	Types    []string `json:"x-step-types"`
	SubStep  bool     `json:"x-sub-step"`
}

// typeNames is a "type" keyword: one name or a list of them.
type typeNames []string

func (t *typeNames) UnmarshalJSON(data []byte) error {
	if data[0] == '[' {
		return json.Unmarshal(data, (*[]string)(t))
	}
	*t = make(typeNames, 1)
	return json.Unmarshal(data, &(*t)[0])
}

func (p property) field() Field {
	types := p.Type
	if len(p.AnyOf) > 0 {
		types = p.AnyOf[0].Type
	}
	f := Field{
		Name: p.name, Title: p.Title, Description: p.Description, Default: string(p.Default),
		Nullable: slices.Contains(types, "null"), StepTypes: p.Types, InBlock: p.SubStep,
	}
	switch types[0] {
	case "integer":
		f.Type = Integer
	case "number":
		f.Type = Number
	case "boolean":
		f.Type = Boolean
	case "object":
		f.Type = Object
	case "array":
		f.Type = Texts
		if p.Items.Ref != "" {
			f.Type = Steps
		}
	}
	for i, word := range p.Enum {
		f.Type = Word
		f.Values = append(f.Values, Value{word, p.EnumDescriptions[i]})
	}
	for _, e := range p.Examples {
		f.Examples = append(f.Examples, string(e))
	}
	return f
}
