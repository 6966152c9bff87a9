package config

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// A manifest says which tools there are. It is checked against the part of the schema that says the same inline.

// loadLayer reads the files that settings name, and keeps them for [Config.For].
func (r *reader) loadLayer(n *syntax.Node) {
	if tools := n.Get("tools"); tools != nil {
		r.tools(tools)
	}
	if policy := n.Get("policy"); policy != nil && policy.Kind == syntax.String {
		if d := r.load(policy); d != nil {
			s := r.shapeOf(d.file)
			s.check(d.root, defs("policy"))
		}
	}
}

// document is a file that a configuration names.
type document struct {
	file *source.File
	root *syntax.Node
}

// tools complains of what is wrong with tools and their manifests.
func (r *reader) tools(n *syntax.Node) {
	if n.Kind == syntax.String {
		r.manifest(n)
		return
	}
	for _, item := range n.Items {
		if item.Kind != syntax.Map {
			continue
		}
		name, manifest := item.Get("name"), item.Get("manifest")
		switch {
		case name == nil && manifest == nil:
			r.complain(firstByte(item), r.File, `a tool needs the key "name", or "manifest" with the path of a file`)
		case name != nil && manifest != nil:
			r.complain(manifest.Span, r.File, `"manifest" stands for many tools, so it cannot have a "name": make two entries`)
		case manifest != nil:
			r.manifest(manifest)
		}
	}
}

// manifest checks the file that n names.
func (r *reader) manifest(n *syntax.Node) {
	d := r.load(n)
	if d == nil {
		return
	}
	r.shapeOf(d.file).checkManifest(d)
}

// Manifest is tools that are listed elsewhere than in the files that configurations name.
type Manifest struct{ document }

// ParseManifest reads a manifest in JSON or YAML. It is nil if there is a problem.
func ParseManifest(f *source.File) (*Manifest, []Problem) {
	root, problems := parse(f)
	if len(problems) > 0 {
		return nil, problems
	}
	m := &Manifest{document{f, root}}
	s := shape{file: f, complain: func(at source.Span, message string) {
		problems = append(problems, Problem{f, source.Note{Span: at, Message: message}})
	}}
	if s.checkManifest(&m.document); len(problems) > 0 {
		return nil, problems
	}
	return m, nil
}

func (s *shape) checkManifest(d *document) {
	list := d.list()
	if list.Kind != syntax.List {
		s.complain(firstByte(list), `a manifest must be a list of tools, or a mapping with the key "tools"`)
		return
	}
	for _, tool := range list.Items {
		switch {
		case tool.Kind == syntax.String:
		case tool.Kind != syntax.Map:
			s.wrongType(tool, []string{"string", "object"})
		case tool.Get("name") == nil:
			s.complain(firstByte(tool), `a tool needs the key "name"`)
		default:
			s.checkManifestTool(tool)
		}
	}
}

// list is the tools of a manifest: an MCP server's answer has them under "tools", in its "result" if it was kept whole.
func (d *document) list() *syntax.Node {
	n := d.root
	if result := n.Get("result"); result != nil {
		n = result
	}
	if tools := n.Get("tools"); tools != nil {
		n = tools
	}
	return n
}

// checkManifestTool checks what is read of a tool. Servers say more of their tools (title, annotations, …), which
// is none of our business.
func (s *shape) checkManifestTool(tool *syntax.Node) {
	known := defs("tool").Get("properties")
	for _, p := range tool.Pairs {
		if want := known.Get(p.Key.Text.Value); want != nil && p.Value.Kind != syntax.Null {
			s.check(p.Value, want)
		}
	}
}

func defs(name string) *syntax.Node { return schema().Get("$defs").Get(name) }

func (r *reader) shapeOf(f *source.File) *shape {
	return &shape{file: f, complain: func(at source.Span, m string) { r.complain(at, f, m) }}
}

// load reads the file that n names, once. What is wrong with its text is complained of there, and that there is
// none, here.
func (r *reader) load(n *syntax.Node) *document {
	path := r.path(n.Text.Value)
	if d, known := r.documents[path]; known {
		return d
	}
	if r.documents == nil {
		r.documents = make(map[string]*document)
	}
	r.documents[path], r.finder.stamps[path] = nil, stampOf(path)
	text, err := readText(path)
	if err != nil {
		r.complain(n.Span, r.File, "cannot read "+quote(n.Text.Value)+": "+err.Error())
		return nil
	}
	f := source.NewFile(display(path), text)
	root, problems := parse(f)
	if len(problems) > 0 {
		r.Problems = append(r.Problems, problems...)
		return nil
	}
	r.documents[path] = &document{f, root}
	return r.documents[path]
}
