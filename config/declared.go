package config

import (
	"slices"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Input is a name that callers pass to programs.
type Input struct {
	Name        Word
	Type        string // of JSON Schema; empty if nobody has said
	Description string
}

// Tool is a tool that the machine knows, as the last file describes it that does.
type Tool struct {
	Name        Word
	Description string
	Suspends    *bool // it may answer PENDING; nil if nobody has said
	Idempotent  *bool // calling it again changes nothing more; nil if nobody has said

	// The JSON Schemas of its arguments and its result, and the file that they stand in; nil if nobody has said.
	Input, Output         *syntax.Node
	InputFile, OutputFile *source.File

	File *source.File // that describes it last
	Span source.Span  // of its name there
}

// Policy is what a policy allows.
type Policy struct {
	Origin       string
	ID, Version  string
	Capabilities []Capability // by tool, in the order of the file
}

// Capability is what a tool may do.
type Capability struct {
	Tool Word
	May  []string
}

// Suppression is findings that a configuration accepts.
type Suppression struct {
	Path, Step, Pointer string
	Rules               []Word
	Reason              string

	File *source.File
	Span source.Span // of its entry
}

func (e *Effective) addInputs(c *Config, n *syntax.Node) {
	if n == nil {
		return
	}
	e.AllInputs = true
	for _, item := range n.Items {
		e.addInput(Input{Name: c.word(item)})
	}
	for _, p := range n.Pairs {
		in := Input{Name: c.word(p.Key)}
		if p.Value.Kind == syntax.String {
			in.Description = p.Value.Text.Value
		} else {
			in.Description = p.Value.Get("description").StringValue()
			if t := p.Value.Get("type"); t != nil {
				in.Type = wordOf(c.File, t)
			}
		}
		e.addInput(in)
	}
}

func (e *Effective) addInput(in Input) {
	if i := slices.IndexFunc(e.Inputs, func(x Input) bool { return x.Name.Value == in.Name.Value }); i >= 0 {
		e.Inputs[i] = in
		return
	}
	e.Inputs = append(e.Inputs, in)
}

func (e *Effective) addTools(c *Config, n *syntax.Node) {
	if n == nil {
		return
	}
	e.AllTools = true
	if n.Kind == syntax.String {
		e.addManifest(c, n)
	}
	for _, item := range n.Items {
		if m := item.Get("manifest"); m != nil {
			e.addManifest(c, m)
		} else {
			e.addTool(c.File, item)
		}
	}
}

func (e *Effective) addManifest(c *Config, n *syntax.Node) {
	e.addListed(c.documents[c.path(n.Text.Value)])
}

func (e *Effective) addListed(d *document) {
	e.AllTools = true
	for _, item := range d.list().Items {
		e.addTool(d.file, item)
	}
}

// addTool adds a tool, or what an entry says of one that is there.
func (e *Effective) addTool(f *source.File, n *syntax.Node) {
	name := n
	if n.Kind == syntax.Map {
		name = n.Get("name")
	}
	at := Word{name.Text.Value, place(f, name.Span)}
	i := slices.IndexFunc(e.Tools, func(t Tool) bool { return t.Name.Value == at.Value })
	if i < 0 {
		i = len(e.Tools)
		e.Tools = append(e.Tools, Tool{Name: at})
	}
	t := &e.Tools[i]
	t.File, t.Span = f, name.Text.Content()
	if d := n.Get("description").StringValue(); d != "" {
		t.Description = d
	}
	setAnswer(&t.Suspends, n.Get("suspends"))
	setAnswer(&t.Idempotent, n.Get("annotations").Get("idempotentHint"))
	setAnswer(&t.Idempotent, n.Get("idempotent"))
	if s := n.Get("inputSchema"); s != nil && s.Kind == syntax.Map {
		t.Input, t.InputFile = s, f
	}
	if s := n.Get("outputSchema"); s != nil && s.Kind == syntax.Map {
		t.Output, t.OutputFile = s, f
	}
}

// setAnswer takes over what a file says.
func setAnswer(to **bool, n *syntax.Node) {
	if n != nil && n.Kind == syntax.Bool {
		yes := n.Text.Value == "true"
		*to = &yes
	}
}

func (e *Effective) addPolicy(c *Config, n *syntax.Node) {
	if n == nil {
		return
	}
	f, origin := c.File, n
	if n.Kind == syntax.String {
		d := c.documents[c.path(n.Text.Value)]
		f, n = d.file, d.root
	}
	p := &Policy{Origin: place(c.File, origin.Span), ID: n.Get("policy_id").StringValue(), Version: n.Get("version").StringValue()}
	for _, tool := range n.Get("tool_capabilities").Pairs {
		may := Capability{Tool: Word{tool.Key.Text.Value, place(f, tool.Key.Span)}}
		for _, c := range tool.Value.Items {
			may.May = append(may.May, c.Text.Value)
		}
		p.Capabilities = append(p.Capabilities, may)
	}
	e.Policy = p
}

func (c *Config) suppression(n *syntax.Node) Suppression {
	return Suppression{
		Path: n.Get("path").StringValue(), Step: n.Get("step").StringValue(), Pointer: n.Get("pointer").StringValue(),
		Rules: c.words(n.Get("rules")), Reason: n.Get("reason").StringValue(),
		File: c.File, Span: n.Span,
	}
}
