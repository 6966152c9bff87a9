package trace_test

import (
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/trace"
	"github.com/nanolint/nanolint/value"
)

// Whatever a file holds, each complaint has a place inside it, what was read can be written and read again, and a replay on
// whatever program comes to an end.
func FuzzTraces(f *testing.F) {
	for i, l := range readLines(f, "recorded.jsonl", recorded) {
		if i%4 == 0 {
			f.Add(l.file.Slice(l.root.Get("trace").Span), l.file.Slice(l.root.Get("program").Span))
		}
	}
	f.Fuzz(func(t *testing.T, text, programText string) {
		file := source.NewFile("fuzz", text)
		traces, notes := trace.Read(file, syntax.JSONL)
		inside := func(s source.Span) {
			if s.Start < 0 || s.End < s.Start || s.End > len(text) {
				t.Errorf("place %v is not inside the file", s)
			}
		}
		for _, n := range notes {
			inside(n.Span)
		}
		doc := syntax.Parse(source.NewFile("program", programText), syntax.JSON)[0]
		root, isProgram := doc.Root, len(doc.Problems) == 0 && len(schema.Check(doc.Root)) == 0
		for _, tr := range traces {
			again := read(t, "again", string(tr.AppendJSON(nil)))
			for _, one := range []*trace.Trace{tr, again} {
				trace.ReceiptOf(one, trace.HealthOf(one, tr))
			}
			if got, want := value.Repr(again.Value()), value.Repr(tr.Value()); got != want {
				t.Errorf("written and read again\n  %s\nis\n  %s", want, got)
			}
			if !isProgram {
				continue
			}
			found, doubts := trace.Replay(tr, runtime.New(program.Decode(root, program.Newest)))
			for _, x := range append(found, doubts...) {
				inside(x.Span)
				if x.Decided.End > len(programText) {
					t.Errorf("%s: %v is not inside the program", x.Message, x.Decided)
				}
			}
		}
	})
}
