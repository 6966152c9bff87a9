package validator

import (
	"sync"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator/rules"
)

// Found is a program in a file, before any judgement.
type Found struct {
	Program   *program.Program
	Problems  []syntax.Problem // of the text of its document
	IsProgram bool             // the document looks like a program, or Python code makes one of it
	IsDraft   bool             // it is only found because of [Options.Drafts]

	Lang     syntax.Lang    // of the document
	Embedded bool           // the document stands in a string
	String   source.Span    // the Python expression that makes that string
	Fence    *syntax.Fenced // around the document, in Markdown

	graph     func() *graphcheck.Graph  // see Graph
	elsewhere func() []syntax.Elsewhere // looked for once; nil if nothing can be
}

// Elsewhere is the parts of the program that are written outside of it: what names in Python stand for.
func (x Found) Elsewhere() []syntax.Elsewhere {
	if x.elsewhere == nil {
		return nil
	}
	return x.elsewhere()
}

// Graph is the states and moves of a run in which no tool suspends. It is built once, for whoever asks first.
func (x Found) Graph() *graphcheck.Graph { return x.graph() }

// Within is the program whose step k was found alone, as the first of x: all else is what it was when whole was read. It is false
// if that would change what the other steps name.
func (x Found) Within(whole Found, k int) (Found, bool) {
	p, ok := whole.Program.WithStep(k, x.Program.Steps[0], x.Program.Root)
	if ok {
		x.Program, x.graph = p, sync.OnceValue(func() *graphcheck.Graph { return whole.Graph().Of(p, k) })
	}
	return x, ok
}

// Editor makes edits of the program, which is one of a file. [Found.InFile] makes edits of the file of them.
func (x Found) Editor(f *source.File) syntax.Editor {
	if x.Fence != nil {
		f = x.Fence.Text
	}
	return syntax.Editor{File: f, Lang: x.Lang, ReadOnly: x.Embedded}
}

// InFile is edits of a program as edits of the file that it stands in. It is false if they do not fit in there.
func (x Found) InFile(edits []source.Edit) ([]source.Edit, bool) {
	if x.Fence == nil {
		return edits, true
	}
	return x.Fence.Edits(edits)
}

// written is how the programs of a file are written.
func written(f *source.File, found []Found) []rules.Written {
	all := make([]rules.Written, len(found))
	for i, x := range found {
		all[i] = rules.Written{Program: x.Program, Editor: x.Editor(f), Fence: x.Fence}
	}
	return all
}

// IsPartlyUnknown reports whether Python code computes which steps there are, what they answer or where they lead.
func (x Found) IsPartlyUnknown() bool { return x.Lang == syntax.Python && x.Program.Gaps().Structure }

// IsComputed reports whether Python code computes something of the program: it cannot be run, and what is not known may be
// what somebody has suppressed.
func (x Found) IsComputed() bool { return x.Lang == syntax.Python && !x.Program.IsWhole() }

// Read finds the programs of a file, as o says. It judges nothing, and takes a small part of the time of
// [Analyze].
func Read(f *source.File, o Options) []Found {
	var docs []syntax.Document
	o.Around.Do("syntax", func() { docs = syntax.Parse(f, o.Lang) })
	var found []Found
	o.Around.Do("program", func() { found = find(docs, o) })
	return found
}

// find finds the programs in documents.
func find(docs []syntax.Document, o Options) (found []Found) {
	for _, doc := range docs {
		root, looks := program.Find(doc.Root)
		x := Found{
			IsProgram: looks || doc.Sure && root.Get("steps") != nil,
			Problems:  doc.Problems, Lang: doc.Lang, Embedded: doc.Embedded, String: doc.String, Fence: doc.Fence,
		}
		if !looks && !doc.Sure {
			x.IsDraft = o.Drafts && root.Get("steps") != nil && (o.Lang == syntax.Python || doc.Fence != nil)
			if !x.IsDraft && (o.ProgramsOnly || o.Lang == syntax.Python || doc.Fence != nil) {
				continue
			}
		}
		p := program.Decode(root, o.Target)
		x.Program, x.graph = p, sync.OnceValue(func() *graphcheck.Graph { return graphcheck.BuildAs(p, graphcheck.Unsuspended) })
		if x.Lang == syntax.Python {
			x.elsewhere = sync.OnceValue(func() []syntax.Elsewhere { return syntax.ElsewhereIn(root) })
		}
		found = append(found, x)
	}
	return found
}
