package validator

import (
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Found is a program in a file, before any judgement.
type Found struct {
	Program   *program.Program
	Problems  []syntax.Problem // of the text of its document
	IsProgram bool             // the document looks like a program, or Python code makes one of it

	Lang     syntax.Lang    // of the document
	Embedded bool           // the document stands in a string
	Fence    *syntax.Fenced // around the document, in Markdown
}

// isPartlyCode reports whether Python code computes something of the program: what is not known may be what somebody
// has suppressed.
func (x Found) isPartlyCode() bool { return x.Lang == syntax.Python && !x.Program.IsWhole() }

// Read finds the programs of a file, as o says. It judges nothing, and takes a small part of the time of
// [Analyze].
func Read(f *source.File, o Options) []Found {
	var found []Found
	for _, doc := range syntax.Parse(f, o.Lang) {
		root, looks := program.Find(doc.Root)
		if !looks && !doc.Sure && (o.ProgramsOnly || o.Lang == syntax.Python || doc.Fence != nil) {
			continue
		}
		looks = looks || doc.Sure && root.Get("steps") != nil
		found = append(found, Found{program.Decode(root, o.Target), doc.Problems, looks, doc.Lang, doc.Embedded, doc.Fence})
	}
	return found
}
